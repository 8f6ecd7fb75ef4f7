"""Faults in verbs, codes and formats that strike one family of resources (TS-CHAT-5)."""

import re
from dataclasses import replace

from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.edits import OneKind
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection

FAMILIES = Faults()

_SUBSCRIPTIONS = ("subscriptions", "subscription")


class _Refused(OneKind):
    """Rejects with one status otherwise, in one kind of chat."""

    status = 405

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejection

    def reject(self, call: Call, rejection: Rejection) -> Response:
        if rejection.status == self.status:
            rejection = self._refuse(call, rejection)
        return super().reject(call, rejection)


@FAMILIES.add(
    "wrong-verb-on-session-not-found",
    "TS-CHAT-5.5",
    "On 1-to-1 sessions an unsupported verb is answered with 404.",
)
class _WrongVerbOnSession(_Refused):
    kind = ChatKind.ONE_TO_ONE

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejections.not_found(call.path)


@FAMILIES.add(
    "allow-on-adhoc-chat-too-long", "TS-CHAT-5.5", "On ad-hoc messages Allow lists DELETE."
)
class _AllowOnAdhocChat(_Refused):
    kind = ChatKind.ADHOC

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejections.wrong_method(call.method, (*call.verbs, "DELETE"))


@FAMILIES.add(
    "allow-on-long-lived-group-cut",
    "TS-CHAT-5.5",
    "On long-lived groups Allow leaves the first verb out, where there are several.",
)
class _AllowOnLongLived(_Refused):
    kind = ChatKind.LONG_LIVED

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejections.wrong_method(call.method, call.verbs[1:] or call.verbs)


@FAMILIES.add(
    "wrong-verb-on-subscription-forbidden",
    "TS-CHAT-5.5",
    "On subscriptions an unsupported verb is answered with 403.",
)
class _WrongVerbOnSubscription(_Refused):
    kind = None

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        mine = call.resource in _SUBSCRIPTIONS
        return rejections.forbidden("unsupported") if mine else rejection


@FAMILIES.add(
    "session-in-no-format-answered-400",
    "TS-CHAT-5.6",
    "A 1-to-1 session in a format that is not known is rejected with 400.",
)
class _SessionInNoFormat(_Refused):
    kind = ChatKind.ONE_TO_ONE
    status = 406

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejections.malformed("Accept")


@FAMILIES.add(
    "subscription-in-no-format-answered-400",
    "TS-CHAT-5.6",
    "A subscription in a format that is not known is rejected with 400.",
)
class _SubscriptionInNoFormat(_Refused):
    kind = None
    status = 406

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejections.malformed("Accept") if call.resource in _SUBSCRIPTIONS else rejection


@FAMILIES.add("too-long-answered-404", "TS-CHAT-5.6", "A body that is too long is not found.")
class _TooLong(_Refused):
    kind = None
    status = 413

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejections.not_found(call.path)


@FAMILIES.add(
    "session-created-with-200", "TS-CHAT-5.6", "A 1-to-1 session is created with status 200."
)
class _SessionCreatedWith200(OneKind):
    kind = ChatKind.ONE_TO_ONE

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        return replace(response, status=200) if call.does("POST", Part.CHATS) else response


@FAMILIES.add(
    "long-lived-group-without-location",
    "TS-CHAT-5.6",
    "A long-lived group is created without a Location header.",
)
class _LongLivedWithoutLocation(OneKind):
    kind = ChatKind.LONG_LIVED

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        kept = tuple(field for field in response.headers if field[0] != "Location")
        return replace(response, headers=kept) if call.does("POST", Part.CHATS) else response


@FAMILIES.add(
    "unknown-session-forbidden", "TS-CHAT-5.9", "A 1-to-1 session that does not exist is forbidden."
)
class _UnknownSession(_Refused):
    kind = ChatKind.ONE_TO_ONE
    status = 404

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejections.forbidden("no such session")


@FAMILIES.add(
    "unknown-long-lived-group-malformed",
    "TS-CHAT-5.9",
    "A long-lived group that does not exist is answered with 400.",
)
class _UnknownLongLivedGroup(_Refused):
    kind = ChatKind.LONG_LIVED
    status = 404

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        return rejections.malformed("groupChatId")


@FAMILIES.add(
    "unknown-message-malformed",
    "TS-CHAT-5.9",
    "The status of a message that does not exist is answered with 400.",
)
class _UnknownMessage(_Refused):
    kind = None
    status = 404

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        mine = call.part is Part.MESSAGE_STATUS
        return rejections.malformed("messageId") if mine else rejection


@FAMILIES.add(
    "unknown-participant-forbidden",
    "TS-CHAT-5.9",
    "A participant whom a group chat does not have is answered with 403.",
)
class _UnknownParticipant(_Refused):
    status = 404

    def _refuse(self, call: Call, rejection: Rejection) -> Rejection:
        mine = call.part is Part.PARTICIPANT
        return rejections.forbidden("no such participant") if mine else rejection


class _Invalid(OneKind):
    """Leaves an element out of the responses in one format."""

    format = Format.XML
    pattern = rb""

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        raw = super().finished(call, raw)
        mine = dict(raw.headers).get("Content-Type") == self.format.media_type
        if not mine or raw.status >= 300:
            return raw
        return replace(raw, body=re.sub(self.pattern, b"", raw.body))


@FAMILIES.add(
    "xml-session-without-originator",
    "TS-CHAT-5.1",
    "In XML a 1-to-1 session has no originatorAddress.",
)
class _XmlSession(_Invalid):
    kind = ChatKind.ONE_TO_ONE
    pattern = rb"<originatorAddress>.*?</originatorAddress>"


@FAMILIES.add(
    "json-long-lived-group-without-subject",
    "TS-CHAT-5.2",
    "In JSON a long-lived group has no subject.",
)
class _JsonLongLived(_Invalid):
    kind = ChatKind.LONG_LIVED
    format = Format.JSON
    pattern = rb'"subject":"(?:[^"\\]|\\.)*",?'
