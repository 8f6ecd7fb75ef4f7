"""Faults in verbs, status codes and error bodies (TS-CHAT-5.5 to 5.9; in one format 5.1, 5.2)."""

import re
from collections.abc import Callable
from dataclasses import replace

from rcs_conformance.model.chat import ParticipantSessionStatus, ParticipantStatus
from rcs_conformance.model.common import PolicyException, RequestError, ServiceException
from rcs_conformance.model.formats import FORM_MEDIA_TYPE, Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.edits import edited
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.paths import POLL
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import (
    ADHOC,
    ANYWHERE,
    GROUP,
    LONG_LIVED,
    SESSION,
    Deviation,
    Twin,
    Usual,
)

_SUBSCRIPTIONS = ("subscriptions", "subscription")
_TRANSFERS = ("ftSubscriptions", "ftSubscription", "ftSessions", "ftSession", "ftStatus")
_CHANNELS = ("channels", "channel", POLL)

# Unsupported verbs (TS-CHAT-5.5) -----------------------------------------------------------------


@ANYWHERE.rejected("TS-CHAT-5.5", 405)
def allow_missing(call: Call, rejection: Rejection) -> Rejection:
    """405 has no Allow header."""
    return Rejection(405, rejection.message_id, rejection.text, *rejection.variables)


@ADHOC.rejected("TS-CHAT-5.5", 404)
def unknown_contact_not_allowed(call: Call, rejection: Rejection) -> Rejection:
    """A message to an unknown contact returns 405 without an Allow header."""
    unknown = rejection.message_id == "SVC0004"
    return Rejection(405, "SVC0004", rejection.text, *rejection.variables) if unknown else rejection


@ANYWHERE.rejected("TS-CHAT-5.5", 405)
def allow_lists_all(call: Call, rejection: Rejection) -> Rejection:
    """Allow lists verbs that the resource does not support."""
    return rejections.wrong_method(call.method, ("GET", "POST", "PUT", "DELETE"))


@ANYWHERE.rejected("TS-CHAT-5.5", 405)
def wrong_verb_not_found(call: Call, rejection: Rejection) -> Rejection:
    """An unsupported verb returns 404."""
    return rejections.not_found(call.path)


@ANYWHERE.rejected("TS-CHAT-5.5", 405)
def wrong_verb_refused(call: Call, rejection: Rejection) -> Rejection:
    """An unsupported verb returns 400."""
    return rejections.malformed(call.method)


@SESSION.rejected("TS-CHAT-5.5", 405)
def wrong_verb_on_session_not_found(call: Call, rejection: Rejection) -> Rejection:
    """An unsupported verb on a 1-to-1 session returns 404."""
    return rejections.not_found(call.path)


@ADHOC.rejected("TS-CHAT-5.5", 405)
def allow_on_adhoc_chat_too_long(call: Call, rejection: Rejection) -> Rejection:
    """Allow of ad-hoc messages lists DELETE."""
    return rejections.wrong_method(call.method, (*call.verbs, "DELETE"))


@LONG_LIVED.rejected("TS-CHAT-5.5", 405)
def allow_on_long_lived_group_cut(call: Call, rejection: Rejection) -> Rejection:
    """Allow of long-lived groups lacks the first of several verbs."""
    return rejections.wrong_method(call.method, call.verbs[1:] or call.verbs)


@ANYWHERE.rejected("TS-CHAT-5.5", 405, *_SUBSCRIPTIONS)
def wrong_verb_on_subscription_forbidden(call: Call, rejection: Rejection) -> Rejection:
    """An unsupported verb on a subscription returns 403."""
    return rejections.forbidden("unsupported")


@ANYWHERE.rejected("TS-CHAT-5.5", 405, "ftSessions", "ftSession", "ftStatus")
def wrong_verb_on_transfer_not_found(call: Call, rejection: Rejection) -> Rejection:
    """An unsupported verb on a file transfer returns 404."""
    return rejections.not_found(call.path)


@ANYWHERE.rejected("TS-CHAT-5.5", 405, "ftSubscriptions", "ftSubscription")
def allow_on_transfer_subscription_too_long(call: Call, rejection: Rejection) -> Rejection:
    """Allow of subscriptions to file transfers lists PATCH."""
    return rejections.wrong_method(call.method, (*call.verbs, "PATCH"))


@ANYWHERE.rejected("TS-CHAT-5.5", 405, "channels", "channel")
def wrong_verb_on_channel_forbidden(call: Call, rejection: Rejection) -> Rejection:
    """An unsupported verb on a notification channel returns 403."""
    return rejections.forbidden("unsupported")


@ANYWHERE.rejected("TS-CHAT-5.5", 405, POLL)
def wrong_verb_on_poll_malformed(call: Call, rejection: Rejection) -> Rejection:
    """An unsupported verb on a channelURL returns 400."""
    return rejections.malformed(call.method)


# Status codes (TS-CHAT-5.6) ----------------------------------------------------------------------


def _without_location(response: Response) -> Response:
    kept = tuple(field for field in response.headers if field[0] != "Location")
    return replace(response, headers=kept)


@ANYWHERE.responded("TS-CHAT-5.6", status=201)
def created_answered_200(response: Response) -> Response:
    """A creation returns 200."""
    return replace(response, status=200)


@ANYWHERE.responded("TS-CHAT-5.6", status=204)
def deleted_answered_202(response: Response) -> Response:
    """202 is returned in place of 204."""
    return replace(response, status=202)


@ANYWHERE.responded("TS-CHAT-5.6", status=200)
def read_answered_203(response: Response) -> Response:
    """203 is returned in place of 200."""
    return replace(response, status=203)


@ANYWHERE.responded("TS-CHAT-5.6", status=201)
def created_without_location(response: Response) -> Response:
    """201 has no Location header."""
    return _without_location(response)


@SESSION.responded("TS-CHAT-5.6", "POST", Part.CHATS)
def session_created_with_200(response: Response) -> Response:
    """The creation of a 1-to-1 session returns 200."""
    return replace(response, status=200)


@LONG_LIVED.responded("TS-CHAT-5.6", "POST", Part.CHATS)
def long_lived_group_without_location(response: Response) -> Response:
    """The response to the creation of a long-lived group has no Location header."""
    return _without_location(response)


@SESSION.rejected("TS-CHAT-5.6", 406)
def session_in_no_format_answered_400(call: Call, rejection: Rejection) -> Rejection:
    """A request for a 1-to-1 session in an unknown format returns 400."""
    return rejections.malformed("Accept")


@ANYWHERE.rejected("TS-CHAT-5.6", 406, *_SUBSCRIPTIONS)
def subscription_in_no_format_answered_400(call: Call, rejection: Rejection) -> Rejection:
    """A request for a subscription in an unknown format returns 400."""
    return rejections.malformed("Accept")


@ANYWHERE.rejected("TS-CHAT-5.6", 406, *_TRANSFERS)
def transfer_in_no_format_answered_400(call: Call, rejection: Rejection) -> Rejection:
    """A request for a file transfer in an unknown format returns 400."""
    return rejections.malformed("Accept")


@ANYWHERE.rejected("TS-CHAT-5.6", 406, *_CHANNELS)
def channel_in_no_format_answered_415(call: Call, rejection: Rejection) -> Rejection:
    """A request for a notification channel in an unknown format returns 415."""
    return rejections.unsupported_media(call.headers.get("accept", ""))


@ANYWHERE.rejected("TS-CHAT-5.6", 413)
def too_long_answered_404(call: Call, rejection: Rejection) -> Rejection:
    """A body that is too long returns 404."""
    return rejections.not_found(call.path)


# Error bodies (TS-CHAT-5.7) ----------------------------------------------------------------------


def _exceptions_as(
    response: Response,
    service: Callable[[ServiceException], ServiceException],
    policy: Callable[[PolicyException], PolicyException],
) -> Response:
    """Change the exception in an error body."""

    def change(error: RequestError) -> RequestError:
        return replace(
            error,
            service_exception=error.service_exception and service(error.service_exception),
            policy_exception=error.policy_exception and policy(error.policy_exception),
        )

    return edited(response, RequestError, change)


@ANYWHERE.rule(Rules.reject, "TS-CHAT-5.7")
def error_id_unknown(usual: Usual[Response], call: Call, rejection: Rejection) -> Response:
    """The messageId of an error has no known form."""
    return _exceptions_as(
        usual(call, rejection),
        lambda service: replace(service, message_id="E1"),
        lambda policy: replace(policy, message_id="E2"),
    )


@ANYWHERE.rule(Rules.reject, "TS-CHAT-5.7")
def error_variables_lost(usual: Usual[Response], call: Call, rejection: Rejection) -> Response:
    """The text of an error refers to variables that are missing."""
    return _exceptions_as(
        usual(call, rejection),
        lambda service: replace(service, text=f"{service.text} (%1)", variables=()),
        lambda policy: replace(policy, text=f"{policy.text} (%1)", variables=()),
    )


@ANYWHERE.rule(Rules.reject, "TS-CHAT-5.7")
def error_without_body(usual: Usual[Response], call: Call, rejection: Rejection) -> Response:
    """An error has no body."""
    return replace(usual(call, rejection), content=None)


@ANYWHERE.rule(Rules.finished, "TS-CHAT-5.7")
def error_as_page(usual: Usual[RawResponse], call: Call, raw: RawResponse) -> RawResponse:
    """The body of an error is an HTML page."""
    raw = usual(call, raw)
    if raw.status < 400:
        return raw
    headers = {**dict(raw.headers), "Content-Type": "text/html"}
    return replace(raw, headers=tuple(headers.items()), body=b"<html><p>Error</p></html>")


@SESSION.responded(
    "TS-CHAT-5.7",
    also={
        ChatKind.ADHOC: Twin(
            "TS-CHAT-5.7", "adhoc-error-without-body", "Errors about ad-hoc chats have no body."
        ),
        ChatKind.LONG_LIVED: Twin(
            "TS-CHAT-5.7",
            "long-lived-error-without-body",
            "Errors about long-lived groups have no body.",
        ),
    },
)
def session_error_without_body(response: Response) -> Response:
    """Errors about 1-to-1 sessions have no body."""
    return replace(response, content=None) if response.status >= 400 else response


@ANYWHERE.rule(Rules.respond, "TS-CHAT-5.7")
def subscription_error_without_body(
    usual: Usual[Response], call: Call, response: Response
) -> Response:
    """Errors about subscriptions have no body."""
    response = usual(call, response)
    empty = response.status >= 400 and call.resource in _SUBSCRIPTIONS
    return replace(response, content=None) if empty else response


def _renamed(rejection: Rejection, message_id: str) -> Rejection:
    return Rejection(
        rejection.status,
        message_id,
        rejection.text,
        *rejection.variables,
        headers=rejection.headers,
    )


@ANYWHERE.rejected("TS-CHAT-5.7", 403)
def policy_as_service(call: Call, rejection: Rejection) -> Rejection:
    """403 contains a serviceException."""
    return _renamed(rejection, "SVC0001")


@ANYWHERE.rejected("TS-CHAT-5.7", 404)
def not_found_as_policy(call: Call, rejection: Rejection) -> Rejection:
    """404 contains a policyException."""
    return _renamed(rejection, "POL0001")


@ANYWHERE.rejected("TS-CHAT-5.7", 400)
def invalid_input_as_policy(call: Call, rejection: Rejection) -> Rejection:
    """400 contains a policyException."""
    return _renamed(rejection, "POL0001")


@ANYWHERE.rejected("TS-CHAT-5.7", 401)
def invalid_token_as_input(call: Call, rejection: Rejection) -> Rejection:
    """401 contains the messageId of an invalid input."""
    return _renamed(rejection, "SVC0002")


@ANYWHERE.rejected("TS-CHAT-5.7", 404, "ftSession", "ftStatus")
def unknown_transfer_as_policy(call: Call, rejection: Rejection) -> Rejection:
    """404 of a file transfer contains a policyException."""
    return Rejection(404, "POL0001", "There is no %1", call.path)


# Malformed bodies (TS-CHAT-5.8) ------------------------------------------------------------------


@ANYWHERE.rule(Rules.misread, "TS-CHAT-5.8")
def malformed_fails(
    usual: Usual[object], call: Call, decode: Callable[[Call], object], rejection: Rejection
) -> object:
    """A malformed body returns 500."""
    if rejection.status == 400:
        raise rejections.internal_error()
    return usual(call, decode, rejection)


class _Carried(Deviation):
    """Hands the rejection of a malformed body on in place of a structure."""

    def misread(self, call: Call, decode: Callable[[Call], object], rejection: Rejection) -> object:
        if rejection.status != 400:
            raise rejection
        return rejection


@ANYWHERE.deviation("TS-CHAT-5.8")
class MalformedSucceeds(_Carried):
    """A malformed body returns 204."""

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if isinstance(content, Rejection):
            return Response(status=204)
        return super().perform(call, content, operate)


@ANYWHERE.deviation("TS-CHAT-5.8")
class UnknownStatusAccepts(_Carried):
    """An invalid participant status is rejected, but the user is connected."""

    def misread(self, call: Call, decode: Callable[[Call], object], rejection: Rejection) -> object:
        if call.operation != "PUT participantStatus":
            raise rejection
        return super().misread(call, decode, rejection)

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if not isinstance(content, Rejection):
            return super().perform(call, content, operate)
        connected = ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)
        super().perform(call, connected, operate)
        raise content


# Resources that do not exist (TS-CHAT-5.9) -------------------------------------------------------


def _is_read(call: Call) -> bool:
    return call.method == "GET" or not call.resource


@ANYWHERE.rejected("TS-CHAT-5.9", 404)
def unknown_answered_400(call: Call, rejection: Rejection) -> Rejection:
    """Reading a resource that does not exist returns 400."""
    return rejections.malformed(call.path) if _is_read(call) else rejection


@ANYWHERE.rejected("TS-CHAT-5.9", 404)
def unknown_answered_410(call: Call, rejection: Rejection) -> Rejection:
    """Reading a resource that does not exist returns 410."""
    gone = rejections.not_found(call.path)
    other = Rejection(410, gone.message_id, gone.text, *gone.variables)
    return other if _is_read(call) else rejection


@ANYWHERE.rule(Rules.reject, "TS-CHAT-5.9")
def unknown_subscription_deleted(
    usual: Usual[Response], call: Call, rejection: Rejection
) -> Response:
    """Deleting a subscription that does not exist returns 204."""
    if (call.operation, rejection.status) == ("DELETE subscription", 404):
        return Response(status=204)
    return usual(call, rejection)


@ANYWHERE.rejected("TS-CHAT-5.9", 404)
def unknown_chat_of_form_malformed(call: Call, rejection: Rejection) -> Rejection:
    """A message in form fields to a chat that does not exist returns 400."""
    is_form = call.content_type.startswith(FORM_MEDIA_TYPE) and call.part is Part.MESSAGES
    return rejections.malformed("sessionId") if is_form else rejection


@ANYWHERE.rejected("TS-CHAT-5.9", 404)
def unknown_chat_of_content_forbidden(call: Call, rejection: Rejection) -> Rejection:
    """A multimedia message to a chat that does not exist returns 403."""
    is_content = call.is_multipart and call.part is Part.MESSAGES
    return rejections.forbidden("no such chat") if is_content else rejection


@SESSION.rejected("TS-CHAT-5.9", 404)
def unknown_session_forbidden(call: Call, rejection: Rejection) -> Rejection:
    """A 1-to-1 session that does not exist returns 403."""
    return rejections.forbidden("no such session")


@LONG_LIVED.rejected("TS-CHAT-5.9", 404)
def unknown_long_lived_group_malformed(call: Call, rejection: Rejection) -> Rejection:
    """A long-lived group that does not exist returns 400."""
    return rejections.malformed("groupChatId")


@ANYWHERE.rejected("TS-CHAT-5.9", 404)
def unknown_message_malformed(call: Call, rejection: Rejection) -> Rejection:
    """The status of a message that does not exist returns 400."""
    is_status = call.part is Part.MESSAGE_STATUS
    return rejections.malformed("messageId") if is_status else rejection


@GROUP.rejected("TS-CHAT-5.9", 404)
def unknown_participant_forbidden(call: Call, rejection: Rejection) -> Rejection:
    """A participant that a group chat does not have returns 403."""
    is_participant = call.part is Part.PARTICIPANT
    return rejections.forbidden("no such participant") if is_participant else rejection


@ANYWHERE.rejected("TS-CHAT-5.9", 404, "ftSession", "ftStatus")
def unknown_transfer_forbidden(call: Call, rejection: Rejection) -> Rejection:
    """A file transfer that does not exist returns 403."""
    return rejections.forbidden("no such transfer")


@ANYWHERE.rejected("TS-CHAT-5.9", 404, "ftSubscription")
def unknown_transfer_subscription_malformed(call: Call, rejection: Rejection) -> Rejection:
    """A subscription to file transfers that does not exist returns 400."""
    return rejections.malformed("subscriptionId")


@ANYWHERE.rejected("TS-CHAT-5.9", 404, "channel")
def unknown_channel_malformed(call: Call, rejection: Rejection) -> Rejection:
    """A notification channel that does not exist returns 400."""
    return rejections.malformed("channelId")


# Mandatory members of one kind of chat in one format (TS-CHAT-5.14, 5.15) ------------------------


@SESSION.encoded("TS-CHAT-5.14", Format.XML)
def xml_session_without_originator(body: bytes) -> bytes:
    """A 1-to-1 session in XML has no originatorAddress."""
    return re.sub(rb"<originatorAddress>.*?</originatorAddress>", b"", body)


@LONG_LIVED.encoded("TS-CHAT-5.15", Format.JSON)
def json_long_lived_participants_without_address(body: bytes) -> bytes:
    """Participants of a long-lived group in JSON have no address."""
    return re.sub(rb'"address":"(?:[^"\\]|\\.)*",?', b"", body)
