"""Exchanges and notifications as records, without a network."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any, TypeVar

from rcs_conformance.checks.chat_notifications import AcceptedChat
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import (
    ChatMessage,
    ChatNotificationSubscription,
    ChatSubscriptionList,
    ComposingState,
    GroupChatSessionInformation,
    IsComposing,
    MessageStatus,
    ParticipantInformation,
    ParticipantList,
    ParticipantStatus,
)
from rcs_conformance.model.common import (
    CallbackReference,
    PolicyException,
    RequestError,
    ServiceException,
)
from rcs_conformance.model.exchange import Answer, Exchange, Headers, Notification, Request
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    ChatMessageStatusNotification,
    ChatParticipantStatusNotification,
    GroupChatSessionInvitationNotification,
)
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire import Codec, root_of
from rcs_conformance.wire.element import LoneElement, write_element

CODEC = Codec()
START = datetime(2026, 1, 1, 12, tzinfo=UTC)
ALICE, BOB, CAROL = (f"tel:+1555010{number}" for number in range(3))
AT = "http://host/chat/v1/tel%3A%2B15550100/group/s1"
INVITED, CONNECTED, DISCONNECTED = ParticipantStatus
Content = TypeVar("Content")


def exchange(
    status: int = 200,
    content: object | None = None,
    *headers: tuple[str, str],
    operation: str = "GET group",
    fmt: Format = Format.XML,
    root: str = "",
    body: bytes | None = None,
    problem: str = "",
) -> Exchange:
    """An exchange whose answer has this status and holds this structure."""
    method, resource = operation.split()
    request = Request(
        user=ALICE,
        resource=resource,
        method=method,
        url=AT,
        headers=(),
        body=b"",
        format=fmt,
        root=root,
    )
    labelled: Headers = headers if content is None else (("content-type", fmt.media_type), *headers)
    written = b"" if content is None else CODEC.encode(content, fmt)
    answer = Answer(
        status=status,
        headers=labelled,
        body=written if body is None else body,
        root="" if content is None else root_of(content).name,
        content=content,
        problem=problem,
    )
    return Exchange(number=3, request=request, answer=answer, started=START, seconds=0.01)


def notification(
    content: object | None, fmt: Format = Format.XML, **members: object
) -> Notification:
    """A notification to bob that holds this structure."""
    given: dict[str, object] = {
        "number": 7,
        "user": BOB,
        "format": fmt,
        "callback_data": "data",
        "received": START,
        "headers": (("content-type", fmt.media_type),),
        "body": b"" if content is None else CODEC.encode(content, fmt),
        "root": "" if content is None else root_of(content).name,
        "content": content,
    }
    return Notification(**{**given, **members})  # type: ignore[arg-type]


def came(content: Content) -> Awaited[Content]:
    """A notification to bob that arrived."""
    return Awaited(
        root=root_of(content).name,
        user=BOB,
        notification=notification(content),
        content=content,
        waited=5.0,
    )


def missed(content: Content) -> Awaited[Content]:
    """One of the same structure that did not."""
    return Awaited(
        root=root_of(content).name, user=BOB, notification=None, content=None, waited=5.0
    )


def people(**statuses: ParticipantStatus | None) -> tuple[ParticipantInformation, ...]:
    """Participants by name, alice as the originator."""
    addresses = {"alice": ALICE, "bob": BOB, "carol": CAROL}
    return tuple(
        ParticipantInformation(
            address=addresses[name], status=status, is_originator=name == "alice" or None
        )
        for name, status in statuses.items()
    )


def group(**members: object) -> GroupChatSessionInformation:
    """A group chat of alice, bob and carol."""
    everyone = people(alice=CONNECTED, bob=INVITED, carol=INVITED)
    return GroupChatSessionInformation(**{"participant": everyone, **members})  # type: ignore[arg-type]


def participants(**statuses: ParticipantStatus | None) -> Exchange:
    """A reading of the list of participants."""
    content = ParticipantList(participant=people(**statuses), resource_url=AT)
    return exchange(200, content, operation="GET participants")


def invitation(**members: object) -> Awaited[GroupChatSessionInvitationNotification]:
    """An invitation that arrived."""
    content = GroupChatSessionInvitationNotification(**{"session_id": "s1", **members})  # type: ignore[arg-type]
    return came(content)


def message(**members: object) -> Awaited[ChatMessageNotification]:
    """A message that arrived."""
    return came(ChatMessageNotification(**{"session_id": "s1", **members}))  # type: ignore[arg-type]


def event(**members: object) -> Awaited[ChatEventNotification]:
    """A session event that arrived."""
    return came(ChatEventNotification(**members))  # type: ignore[arg-type]


def told(**statuses: ParticipantStatus | None) -> ChatParticipantStatusNotification:
    """What a notification of participants says."""
    return ChatParticipantStatusNotification(session_id="s1", participant=people(**statuses))


def report(**members: object) -> Awaited[ChatMessageStatusNotification]:
    """A status report that arrived."""
    return came(ChatMessageStatusNotification(**{"message_id": "m1", **members}))  # type: ignore[arg-type]


Checked = CheckResult | Iterable[CheckResult]
Row = tuple[Callable[..., Checked], list[tuple[object, ...]], list[tuple[object, ...]]]
"""A check, arguments that conform, arguments that do not; its clause is in the golden file."""

GROUP = "/group/{sessionId}"
AT_HEADER = ("location", AT)
OTHER = AT.replace("s1", "s2")
DONE, REFUSED, LOST, BROKEN = (exchange(status) for status in (200, 403, 404, 500))
IDLE = IsComposing(state=ComposingState.IDLE)
ACTIVE = IsComposing(state=ComposingState.ACTIVE, refresh=60)
SENT, DELIVERED, DISPLAYED, FAILED = MessageStatus
TEXT = ChatMessage(text="hi", report_request=(DELIVERED,))
NO_MESSAGE = missed(message().content)


def posted(status: int, said: MessageStatus | None = None) -> Exchange:
    """The answer to a message."""
    content = ChatMessage(text="hi", status=said)
    return exchange(status, content, operation="POST groupMessages", root="chatMessage")


def asked(**members: object) -> ChatNotificationSubscription:
    """A subscription."""
    url = str(members.pop("url", "http://us/a"))
    callback = CallbackReference(notify_url=url, callback_data="d")
    return ChatNotificationSubscription(callback_reference=callback, **members)  # type: ignore[arg-type]


def error(message_id: str, status: int = 400) -> object:
    """An error answer."""
    if message_id.startswith("POL"):
        policy = PolicyException(message_id=message_id, text="no")
        return exchange(status, RequestError(policy_exception=policy))
    exception = ServiceException(message_id=message_id, text="no")
    return exchange(status, RequestError(service_exception=exception))


def listing(*members: ChatNotificationSubscription) -> object:
    """A reading of the list of subscriptions."""
    content = ChatSubscriptionList(chat_notification_subscription=members, resource_url=AT)
    return exchange(200, content, operation="GET subscriptions")


def alone(**members: object) -> object:
    """A reading of one participant."""
    content = ParticipantInformation(**{"address": BOB, "status": CONNECTED, **members})  # type: ignore[arg-type]
    return exchange(200, content, operation="GET participant")


def read(**members: object) -> object:
    """A reading of the chat."""
    return exchange(200, group(**members))


def lone(name: str, value: str | int) -> Exchange:
    """A reading of an element alone."""
    body = write_element(LoneElement(name=name, value=value), Format.XML)
    return exchange(200, body=body, operation="GET groupSubject")


def accepted_chat(
    start: list[str], declared: list[str], shown: list[str], notified: Awaited[Any] | None = None
) -> AcceptedChat:
    """A chat that was accepted, and the services in the one notification of that."""
    return AcceptedChat(
        notified=notified or message(), start=start, declared=declared, shown=[shown]
    )
