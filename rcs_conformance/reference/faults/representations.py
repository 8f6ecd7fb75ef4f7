"""Faults in XML, JSON, form fields and lightweight resources (TS-CHAT-5)."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

from rcs_conformance.model.chat import (
    ChatMessage,
    ChatNotificationSubscription,
    ChatSessionInformation,
    ChatSubscriptionList,
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
    LongLivedGroupChatList,
    MessageStatus,
    MessageStatusReport,
    ParticipantInformation,
    ParticipantList,
)
from rcs_conformance.model.formats import FORM_MEDIA_TYPE, TEXT_XML, Format
from rcs_conformance.model.notifications import (
    CancellationReason,
    ChatEventNotification,
    ChatMessageNotification,
    ChatSessionInvitationNotification,
    ChatSubscriptionCancellationNotification,
    LongLivedGroupChatAddedNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.edits import each
from rcs_conformance.reference.lightweight import KINDS
from rcs_conformance.reference.negotiation import format_of
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import ANYWHERE, Usual, operations
from rcs_conformance.reference.state import Account
from rcs_conformance.reference.subscription_state import ChatSubscription
from rcs_conformance.wire.element import LoneElement

_Group = GroupChatSessionInformation
_Subscription = ChatNotificationSubscription

_JSON, _XML = Format.JSON, Format.XML
_ALONE = "in this format alone"
_MESSAGES = ("POST oneToOneMessages", "POST groupMessages", "POST longLivedMessages")

# Bytes and media types (TS-CHAT-5.1, 5.2, 5.14, 5.15) --------------------------------------------


@ANYWHERE.encoded("TS-CHAT-5.14", _XML)
def xml_cut_short(body: bytes) -> bytes:
    """XML responses lack their last character."""
    return body.rstrip()[:-1]


@ANYWHERE.encoded("TS-CHAT-5.14", _XML)
def xml_in_no_namespace(body: bytes) -> bytes:
    """XML responses are in no namespace."""
    plain = re.sub(rb'\s+xmlns(:\w+)?="[^"]*"', b"", body)
    return re.sub(rb"(</?)\w+:", rb"\1", plain)


@ANYWHERE.encoded("TS-CHAT-5.14", _XML)
def xml_status_in_capitals(body: bytes) -> bytes:
    """XML responses have status in capitals."""
    return _in_capitals(rb"<status>(\w+)<", body)


@ANYWHERE.encoded("TS-CHAT-5.15", _JSON)
def json_cut_short(body: bytes) -> bytes:
    """JSON responses lack their last character."""
    return xml_cut_short(body)


@ANYWHERE.encoded("TS-CHAT-5.15", _JSON)
def json_without_root(body: bytes) -> bytes:
    """JSON responses lack the root member."""
    (content,) = json.loads(body).values()
    return json.dumps(content, ensure_ascii=False).encode()


@ANYWHERE.encoded("TS-CHAT-5.15", _JSON)
def json_status_in_capitals(body: bytes) -> bytes:
    """JSON responses have status in capitals."""
    return _in_capitals(rb'"status":\s*"(\w+)"', body)


_Cancellations = tuple[ChatSubscriptionCancellationNotification, ...]


@ANYWHERE.rule(Rules.unsubscribed, "TS-CHAT-5.14")
def unsubscribing_told_without_link(
    usual: Usual[_Cancellations],
    subscription: ChatSubscription,
    told: ChatSubscriptionCancellationNotification,
) -> _Cancellations:
    """In XML, the notification of the end of a subscription does not link to it."""
    return (replace(told, link=()),) if subscription.format is _XML else ()


@ANYWHERE.rule(Rules.unsubscribed, "TS-CHAT-5.15")
def unsubscribing_told_with_foreign_id(
    usual: Usual[_Cancellations],
    subscription: ChatSubscription,
    told: ChatSubscriptionCancellationNotification,
) -> _Cancellations:
    """In JSON, the reason for the end of a subscription has a message id of no known form."""
    reason = CancellationReason(message_id="GONE", text="it was deleted")
    return (replace(told, reason=reason),) if subscription.format is _JSON else ()


def _in_capitals(pattern: bytes, body: bytes) -> bytes:
    return re.sub(pattern, lambda found: found[0].replace(found[1], found[1].upper()), body)


def _declared_as_text(raw: RawResponse, fmt: Format) -> RawResponse:
    headers = dict(raw.headers)
    if raw.status >= 300 or headers.get("Content-Type") != fmt.media_type:
        return raw
    headers["Content-Type"] = "text/plain"
    return replace(raw, headers=tuple(headers.items()))


@ANYWHERE.rule(Rules.finished, "TS-CHAT-5.1")
def xml_declared_as_text(usual: Usual[RawResponse], call: Call, raw: RawResponse) -> RawResponse:
    """XML responses have the Content-Type text/plain."""
    return _declared_as_text(usual(call, raw), _XML)


@ANYWHERE.rule(Rules.finished, "TS-CHAT-5.2")
def json_declared_as_text(usual: Usual[RawResponse], call: Call, raw: RawResponse) -> RawResponse:
    """JSON responses have the Content-Type text/plain."""
    return _declared_as_text(usual(call, raw), _JSON)


@ANYWHERE.rule(Rules.read, "TS-CHAT-5.1")
def text_xml_refused(usual: Usual[object], call: Call, decode: Callable[[Call], object]) -> object:
    """A request labelled text/xml is rejected with 415."""
    if call.content_type.startswith(TEXT_XML):
        raise rejections.unsupported_media(call.content_type)
    return usual(call, decode)


@operations("POST groups").ordered("TS-CHAT-5.1", TEXT_XML)
def text_xml_loses_closed(order: _Group) -> _Group:
    """The isClosed of a group chat labelled text/xml is ignored."""
    return replace(order, is_closed=None)


# Negotiation (TS-CHAT-5.1, 5.2) ------------------------------------------------------------------


def _not_acceptable(sent: Format) -> Callable[..., None]:
    def authorise(usual: Usual[None], call: Call, account: Account, owner: Account | None) -> None:
        usual(call, account, owner)
        if format_of(call.content_type) is sent and call.headers.get("accept") == "*/*":
            raise rejections.not_acceptable("*/*")

    return authorise


def _preference_ignored(sent: Format) -> Callable[..., Response]:
    def respond(usual: Usual[Response], call: Call, response: Response) -> Response:
        weighed = ";q=" in call.headers.get("accept", "")
        is_concerned = weighed and format_of(call.content_type) is sent
        response = usual(call, response)
        return replace(response, format=sent) if is_concerned else response

    return respond


def _unable_to_weigh(preferred: Format) -> Callable[..., None]:
    def authorise(usual: Usual[None], call: Call, account: Account, owner: Account | None) -> None:
        usual(call, account, owner)
        if f"{preferred.media_type};q=1" in call.headers.get("accept", ""):
            raise rejections.internal_error()

    return authorise


def _error_in(fmt: Format) -> Callable[..., Response]:
    def reject(usual: Usual[Response], call: Call, rejection: Rejection) -> Response:
        response = usual(call, rejection)
        return replace(response, format=fmt) if call.format is fmt.other else response

    return reject


def _always(fmt: Format) -> Callable[..., Response]:
    def respond(usual: Usual[Response], call: Call, response: Response) -> Response:
        return replace(usual(call, response), format=fmt)

    return respond


for _name, _fmt, _clause in (("xml", _XML, "TS-CHAT-5.1"), ("json", _JSON, "TS-CHAT-5.2")):
    ANYWHERE.add(
        f"{_name}-of-anything-refused",
        _clause,
        f"A request in {_fmt.name} that accepts any format returns 406.",
        Rules.authorise,
        _not_acceptable(_fmt),
    )
    ANYWHERE.add(
        f"{_name}-preference-ignored",
        _clause,
        f"A request in {_fmt.other.name} that prefers {_fmt.name} by weights gets"
        f" {_fmt.other.name}.",
        Rules.respond,
        _preference_ignored(_fmt.other),
    )
    ANYWHERE.add(
        f"{_name}-preference-fails",
        _clause,
        f"A request that prefers {_fmt.name} by weights returns 500.",
        Rules.authorise,
        _unable_to_weigh(_fmt),
    )
    ANYWHERE.add(
        f"{_name}-answered-in-{_fmt.other}",
        _clause,
        f"Every response is in {_fmt.other.name}, whatever the request accepts.",
        Rules.respond,
        _always(_fmt.other),
    )
    ANYWHERE.add(
        f"{_name}-error-in-{_fmt.other}",
        _clause,
        f"An error is in {_fmt.other.name} where {_fmt.name} was requested.",
        Rules.reject,
        _error_in(_fmt.other),
    )


# Form fields (TS-CHAT-5.3, 5.18) -----------------------------------------------------------------


def _is_form(call: Call) -> bool:
    return call.content_type.startswith(FORM_MEDIA_TYPE)


@ANYWHERE.rule(Rules.read, "TS-CHAT-5.3")
def form_refused(usual: Usual[object], call: Call, decode: Callable[[Call], object]) -> object:
    """Form fields are rejected with 415."""
    if _is_form(call):
        raise rejections.unsupported_media(call.content_type)
    return usual(call, decode)


@ANYWHERE.rule(Rules.read, "TS-CHAT-5.18")
def form_plus_kept(usual: Usual[object], call: Call, decode: Callable[[Call], object]) -> object:
    """A plus sign in form fields is not read as a space."""
    body = call.body.replace(b"+", b"%2B") if _is_form(call) else call.body
    return usual(replace(call, body=body), decode)


@operations("POST groups").ordered("TS-CHAT-5.18", FORM_MEDIA_TYPE)
def form_takes_one_address(order: _Group) -> _Group:
    """Only the first of several addresses in form fields is invited."""
    own = [entry for entry in order.participant if entry.is_originator]
    others = [entry for entry in order.participant if not entry.is_originator]
    return replace(order, participant=(*own, *others[:1]))


@operations("POST oneToOneSessions").ordered("TS-CHAT-5.18", FORM_MEDIA_TYPE)
def form_loses_subject(order: ChatSessionInformation) -> ChatSessionInformation:
    """The subject of a 1-to-1 session in form fields is ignored."""
    return replace(order, subject=None)


@operations("POST groups").ordered("TS-CHAT-5.18", FORM_MEDIA_TYPE)
def form_loses_closed(order: _Group) -> _Group:
    """The isClosed of a group chat in form fields is ignored."""
    return replace(order, is_closed=None)


@operations(*_MESSAGES).ordered("TS-CHAT-5.18", FORM_MEDIA_TYPE)
def form_ends_at_percent(order: ChatMessage) -> ChatMessage:
    """The text of a message in form fields ends at a percent sign."""
    return replace(order, text=order.text.partition("%")[0])


@operations("POST subscriptions").ordered("TS-CHAT-5.3", FORM_MEDIA_TYPE)
def form_subscription_unserved(order: _Subscription) -> _Subscription:
    """Notifications of a subscription in form fields go to another URL."""
    reference = order.callback_reference
    url = f"{reference.notify_url}/elsewhere"
    return replace(order, callback_reference=replace(reference, notify_url=url))


# What one format says and the other does not (TS-CHAT-5.4) ---------------------------------------


@operations("GET participants", "GET longLivedParticipants").shown("TS-CHAT-5.4", fmt=_JSON)
def json_leaves_participant_out(listed: ParticipantList) -> ParticipantList:
    """The last participant is listed in XML only."""
    return replace(listed, participant=listed.participant[:-1])


@operations("GET group").shown("TS-CHAT-5.4", fmt=_XML)
def xml_subject_differs(info: _Group) -> _Group:
    """The subject is read with an addition in XML."""
    return replace(info, subject=f"{info.subject or ''} (XML)")


@operations("GET subscription").shown("TS-CHAT-5.4", fmt=_JSON)
def json_subscription_differs(read: _Subscription) -> _Subscription:
    """A subscription is read with fewer members in JSON."""
    return replace(read, duration=None, client_correlator=None, confirmed_chat_supported=None)


@operations("GET oneToOneSession").shown("TS-CHAT-5.4", fmt=_JSON)
def json_session_names_originator(read: ChatSessionInformation) -> ChatSessionInformation:
    """A 1-to-1 session is read with originatorName in JSON only."""
    return replace(read, originator_name=_ALONE)


@operations("GET oneToOneSession").shown("TS-CHAT-5.4", fmt=_XML)
def xml_session_names_recipient(read: ChatSessionInformation) -> ChatSessionInformation:
    """A 1-to-1 session is read with tParticipantName in XML only."""
    return replace(read, t_participant_name=_ALONE)


@operations("GET participant", "GET longLivedParticipant").shown("TS-CHAT-5.4", fmt=_JSON)
def json_participant_named(read: ParticipantInformation) -> ParticipantInformation:
    """A single participant is read with a name in JSON only."""
    return replace(read, name=_ALONE)


@operations("GET longLivedGroup").shown("TS-CHAT-5.4", fmt=_XML)
def xml_long_lived_group_with_names(
    read: LongLivedGroupChatInformation,
) -> LongLivedGroupChatInformation:
    """The participants of a long-lived group are read with names in XML only."""
    named = each(read.participant, lambda entry: replace(entry, name=_ALONE))
    return replace(read, participant=named)


@operations("GET longLivedGroups").shown("TS-CHAT-5.4", fmt=_JSON)
def json_list_of_groups_cut(read: LongLivedGroupChatList) -> LongLivedGroupChatList:
    """The newest long-lived group is listed in XML only."""
    return replace(read, long_lived_group_chat=read.long_lived_group_chat[:-1])


@operations("GET subscriptions").shown("TS-CHAT-5.4", fmt=_XML)
def xml_list_of_subscriptions_thin(read: ChatSubscriptionList) -> ChatSubscriptionList:
    """The duration of subscriptions is listed in JSON only."""
    entries = (replace(entry, duration=None) for entry in read.chat_notification_subscription)
    return replace(read, chat_notification_subscription=tuple(entries))


@operations(
    "GET oneToOneMessageStatus", "GET groupMessageStatus", "GET longLivedMessageStatus"
).shown("TS-CHAT-5.4", fmt=_JSON)
def json_message_delivered(read: MessageStatusReport) -> MessageStatusReport:
    """A message that is Sent is read as Delivered in JSON."""
    is_sent = read.status is MessageStatus.SENT
    return replace(read, status=MessageStatus.DELIVERED) if is_sent else read


@operations("POST groups").ordered("TS-CHAT-5.4", _JSON.media_type)
def json_request_gives_names(order: _Group) -> _Group:
    """The participants of a group chat that is created in JSON have names."""
    named = each(order.participant, lambda entry: replace(entry, name=_ALONE))
    return replace(order, participant=named)


@operations("POST subscriptions").ordered("TS-CHAT-5.4", _XML.media_type)
def xml_request_loses_adhoc(order: _Subscription) -> _Subscription:
    """The adhocChatSupported of a subscription that is created in XML is ignored."""
    return replace(order, adhoc_chat_supported=None)


@ANYWHERE.notified_to("TS-CHAT-5.4")
def xml_event_described(notice: Notice, event: ChatEventNotification) -> ChatEventNotification:
    """An event is notified with a description in XML only."""
    return replace(event, event_description=_ALONE) if notice.format is _XML else event


@ANYWHERE.notified_to("TS-CHAT-5.4")
def json_message_names_sender(
    notice: Notice, message: ChatMessageNotification
) -> ChatMessageNotification:
    """A message is notified with senderName in JSON only."""
    return replace(message, sender_name=_ALONE) if notice.format is _JSON else message


@ANYWHERE.notified_to("TS-CHAT-5.4")
def json_invitation_names_originator(
    notice: Notice, invitation: ChatSessionInvitationNotification
) -> ChatSessionInvitationNotification:
    """An invitation to a 1-to-1 session has originatorName in JSON only."""
    return replace(invitation, originator_name=_ALONE) if notice.format is _JSON else invitation


@ANYWHERE.notified_to("TS-CHAT-5.4")
def xml_addition_without_participants(
    notice: Notice, added: LongLivedGroupChatAddedNotification
) -> LongLivedGroupChatAddedNotification:
    """The added-notification of a long-lived group has participants in JSON only."""
    return replace(added, participant=()) if notice.format is _XML else added


# Lightweight resources (TS-CHAT-5.11) ------------------------------------------------------------

_GET_ELEMENT = operations(*(f"GET {resource}" for resource in KINDS))
_PUT_ELEMENT = operations(*(f"PUT {resource}" for resource in KINDS))


@_GET_ELEMENT.shown("TS-CHAT-5.11")
def element_read_otherwise(element: LoneElement) -> LoneElement:
    """A single element is read in capitals."""
    return replace(element, value=str(element.value).upper())


@_GET_ELEMENT.shown("TS-CHAT-5.11")
def element_under_another_name(element: LoneElement) -> LoneElement:
    """The root of a single element has another name."""
    return replace(element, name="value")


@_PUT_ELEMENT.answered("TS-CHAT-5.11")
def element_change_lost(call: Call) -> Response:
    """The change of a single element returns 204 but has no effect."""
    return Response(status=204)
