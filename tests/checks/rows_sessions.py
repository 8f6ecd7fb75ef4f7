"""Rows about 1-to-1 sessions, invitations to them, and ad-hoc chat."""

from dataclasses import replace

from rcs_conformance.checks import (
    adhoc,
    chat_notifications,
    correlators,
    creations,
    first_messages,
    invitations,
    one_to_one_sessions,
    received_messages,
)
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import (
    ChatMessage,
    ChatSessionInformation,
    MessageStatus,
    MessageStatusReport,
)
from rcs_conformance.model.common import Link, ResourceReference
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    ChatSessionInvitationNotification,
    EventType,
    MultimediaChatMessageNotification,
)
from rcs_conformance.target import Permission
from tests.checks.records import (
    ALICE,
    BOB,
    BROKEN,
    CAROL,
    CONNECTED,
    DISCONNECTED,
    DONE,
    INVITED,
    LOST,
    REFUSED,
    Row,
    came,
    event,
    exchange,
    message,
    missed,
    notification,
    report,
)
from tests.checks.rows_media import IMAGE

AT = "http://host/chat/v1/tel%3A%2B15550100/oneToOne/tel%3A%2B15550101/s1"
SESSION = "/oneToOne/{otherUserId}/{sessionId}"
FIRST = ChatMessage(text="hi")
INVITATION = ChatSessionInvitationNotification(session_id="s1", originator_address=ALICE)
ENDED, CANCELLED = (
    ChatEventNotification(event_type=each)
    for each in (EventType.SESSION_ENDED, EventType.SESSION_CANCELLED)
)
BEFORE, AFTER = (notification(INVITATION, number=number) for number in (6, 8))


def session(**members: object) -> ChatSessionInformation:
    """A session of alice and bob."""
    given = {"originator_address": ALICE, "t_participant_address": BOB, **members}
    return ChatSessionInformation(**given)  # type: ignore[arg-type]


def read(**members: object) -> Exchange:
    """A reading of it."""
    return exchange(200, session(**members), operation="GET oneToOneSession")


def invited(**members: object) -> Awaited[ChatSessionInvitationNotification]:
    """An invitation to it that arrived."""
    content = ChatSessionInvitationNotification(**{"session_id": "s1", **members})  # type: ignore[arg-type]
    return came(content)


def told(text: str, by: str = ALICE) -> ChatMessageNotification:
    """What a message says."""
    return ChatMessageNotification(
        session_id="s1", sender_address=by, chat_message=ChatMessage(text=text)
    )


def pictured(media_type: str | None, by: str = ALICE) -> MultimediaChatMessageNotification:
    """What a picture is told by."""
    return MultimediaChatMessageNotification(
        session_id="s1", sender_address=by, content_type=media_type
    )


def seen(*found: Notification) -> list[Notification]:
    """Invitations that came."""
    return list(found)


SESSIONS: list[Row] = [
    (
        correlators.shown_with_first_message,
        [(read(chat_message=replace(FIRST, client_correlator="c1")), "c1")],
        [(read(chat_message=FIRST), "c1")],
    ),
    (
        one_to_one_sessions.started,
        [(exchange(201),)],
        [(REFUSED,), (BROKEN,)],
    ),
    (
        one_to_one_sessions.started,
        [(exchange(201), "UNI-CHT-001.3", "with a SIP URI")],
        [(REFUSED, "UNI-CHT-001.3", "with a SIP URI")],
    ),
    (
        creations.identified,
        [
            (exchange(201, session(resource_url=AT), ("location", AT)), SESSION, "UNI-CHT-001.1"),
            (exchange(201, ResourceReference(resource_url=AT)), SESSION, "UNI-CHT-001.1"),
        ],
        [
            (exchange(201, session()), SESSION, "UNI-CHT-001.1"),
            (
                exchange(201, session(resource_url=f"{AT}0"), ("location", AT)),
                SESSION,
                "UNI-CHT-001.1",
            ),
        ],
    ),
    (
        creations.found,
        [(read(), "UNI-CHT-001.1")],
        [(LOST, "UNI-CHT-001.1")],
    ),
    (
        one_to_one_sessions.recipient_rejected,
        [(REFUSED, "tel:"), (LOST, "tel:")],
        [(exchange(201), "tel:"), (BROKEN, "tel:")],
    ),
    (
        one_to_one_sessions.unknown_recipient,
        [(REFUSED,), (LOST,), (exchange(201),)],
        [(BROKEN,), (exchange(302),)],
    ),
    (
        one_to_one_sessions.recipient,
        [
            (read(), [BOB], "UNI-CHT-001.2"),
            (read(t_participant_address="sip:bob@x"), [BOB, "sip:bob@x"], "UNI-CHT-001.2"),
            (read(t_participant_address=f"sip:{BOB[4:]}@x;user=phone"), [BOB], "UNI-CHT-001.2"),
        ],
        [(read(t_participant_address=CAROL), [BOB], "UNI-CHT-001.2")],
    ),
    (
        one_to_one_sessions.originator,
        [(read(), [ALICE])],
        [(read(originator_address=BOB), [ALICE])],
    ),
    (
        one_to_one_sessions.own_url,
        [(read(), SESSION, "s1"), (read(resource_url=AT), SESSION, "s1")],
        [(read(resource_url=AT), SESSION, "s2"), (read(resource_url="/else"), SESSION, "s1")],
    ),
    (
        one_to_one_sessions.hidden,
        [(LOST,), (exchange(403),)],
        [(read(),), (BROKEN,), (exchange(400),)],
    ),
    (
        one_to_one_sessions.subject,
        [(read(), None), (read(subject=""), None)],
        [(read(subject="a"), None)],
    ),
    (
        one_to_one_sessions.subject,
        [(read(subject="a"), "a")],
        [(read(subject="b"), "a"), (read(), "a")],
    ),
    (
        one_to_one_sessions.unmixed,
        [(read(subject="a"), "a", ["a", "b"]), (read(subject="x"), "a", ["a", "b"])],
        [(read(subject="b"), "a", ["a", "b"])],
    ),
    (
        one_to_one_sessions.distinct,
        [(["s1", "s2"], ALICE)],
        [(["s1", "s1"], ALICE)],
    ),
    (
        first_messages.shown_on_session,
        [
            (read(), None, None),
            (read(subject="a"), "a", "hi"),
            (read(subject="a", chat_message=FIRST), "a", "hi"),
            (read(chat_message=FIRST), None, "hi"),
        ],
        [
            (read(subject="hi"), None, "hi"),
            (read(subject="hi", chat_message=FIRST), "a", "hi"),
            (read(chat_message=FIRST), "a", "hi"),
            (read(subject="hi", chat_message=FIRST), "hi", None),
        ],
    ),
    (
        first_messages.in_invitation,
        [
            (invited(), None, "hi"),
            (invited(subject="a", chat_message=FIRST), "a", "hi"),
            (invited(subject="a", chat_message=ChatMessage(text="other")), "a", "hi"),
        ],
        [
            (invited(subject="hi"), None, "hi"),
            (invited(chat_message=FIRST), "a", "hi"),
            (invited(subject="a", chat_message=ChatMessage(text="a")), "a", "hi"),
            (invited(subject="a", chat_message=ChatMessage(text="a")), "a", None),
        ],
    ),
    (
        first_messages.delivered,
        [([], "hi", ALICE, BOB), ([told("hi")], "hi", ALICE, BOB)],
        [([told("h")], "hi", ALICE, BOB), ([told("hi", BOB)], "hi", ALICE, BOB)],
    ),
    (
        first_messages.policy_followed,
        [
            ([told("hi")], invited(), Permission.ALLOWED),
            ([], invited(chat_message=FIRST), Permission.ALLOWED),
            ([], invited(), Permission.REFUSED),
        ],
        [
            ([], invited(), Permission.ALLOWED),
            ([], invited(chat_message=FIRST), Permission.REFUSED),
            ([told("hi")], invited(), Permission.REFUSED),
        ],
    ),
    (
        first_messages.content_announced,
        [
            ([], IMAGE, ALICE, BOB),
            ([pictured("Image/PNG; q=1")], IMAGE, ALICE, BOB),
        ],
        [
            ([pictured("text/plain")], IMAGE, ALICE, BOB),
            ([pictured(None)], IMAGE, ALICE, BOB),
            ([pictured("image/png", BOB)], IMAGE, ALICE, BOB),
        ],
    ),
    (
        one_to_one_sessions.connected,
        [(read(status=CONNECTED),), (read(),)],
        [(read(status=INVITED),), (read(status=DISCONNECTED),)],
    ),
    (
        one_to_one_sessions.not_connected,
        [(read(status=INVITED),), (read(),)],
        [(read(status=CONNECTED),)],
    ),
    (
        one_to_one_sessions.over,
        [(read(status=DISCONNECTED), "UNI-CHT-005.1"), (LOST, "UNI-CHT-005.1")],
        [
            (read(status=CONNECTED), "UNI-CHT-005.1"),
            (read(), "UNI-CHT-005.1"),
            (BROKEN, "UNI-CHT-005.1"),
        ],
    ),
]

SESSION_INVITATIONS: list[Row] = [
    (invitations.arrived, [(invited(),)], [(missed(INVITATION),)]),
    (
        invitations.originator,
        [(invited(originator_address=ALICE), ALICE)],
        [(invited(), ALICE), (invited(originator_address=BOB), ALICE)],
    ),
    (
        invitations.subject,
        [(invited(subject="a"), "a"), (invited(), None)],
        [(invited(), "a"), (invited(subject="b"), None)],
    ),
    (
        invitations.first_message,
        [
            (invited(), "hi", "a"),
            (invited(chat_message=FIRST), "hi", "a"),
            (invited(chat_message=ChatMessage(text="a")), "hi", "a"),
            (invited(), None, "a"),
        ],
        [
            (invited(chat_message=ChatMessage(text="h")), "hi", "a"),
            (invited(chat_message=FIRST), None, "a"),
        ],
    ),
    (
        invitations.leads_to_session,
        [(invited(), read(subject="rc1 a"), "rc1"), (invited(), read(), "rc1")],
        [
            (invited(), LOST, "rc1"),
            (invited(), read(subject="rc2 a"), "rc1"),
            (invited(session_id=None), None, "rc1"),
        ],
    ),
    (
        invitations.originator_name,
        [(invited(originator_name="A"), "A")],
        [(invited(originator_name="B"), "A"), (invited(), "A")],
    ),
    (
        invitations.leads_to_chat,
        [(invited(link=(Link(rel="r", href=AT),)), read(), SESSION)],
        [
            (invited(link=(Link(rel="r", href=AT),)), LOST, SESSION),
            (invited(link=(Link(rel="r", href=f"{AT}0"),)), read(), SESSION),
            (invited(), read(), SESSION),
            (invited(session_id=None, link=(Link(rel="r", href=AT),)), read(), SESSION),
        ],
    ),
    (
        chat_notifications.ended_not_cancelled,
        [(event(event_type=EventType.SESSION_ENDED), "UNI-CHT-003a.3", "UNI-CHT-012a.1")],
        [(event(event_type=EventType.SESSION_CANCELLED), "UNI-CHT-003a.3", "UNI-CHT-012a.1")],
    ),
    (
        chat_notifications.no_acceptance,
        [([], ALICE), ([ENDED], ALICE)],
        [([ChatEventNotification(event_type=EventType.ACCEPTED)], ALICE)],
    ),
    (
        chat_notifications.no_cancellation,
        [([ENDED], BOB), ([], BOB)],
        [([ENDED, CANCELLED], BOB)],
    ),
]

BETWEEN_TWO: list[Row] = [
    (
        adhoc.no_invitation_before,
        [(message(), seen()), (message(), seen(AFTER))],
        [(message(), seen(BEFORE))],
    ),
    (
        adhoc.no_invitation_after,
        [(message(), seen()), (message(), seen(BEFORE)), (message(), seen(BEFORE, AFTER))],
        [(message(), seen(AFTER)), (message(), seen(BEFORE, AFTER, AFTER))],
    ),
    (
        adhoc.cannot_be_answered,
        [(LOST, "accept"), (exchange(405), "accept")],
        [(DONE, "accept"), (BROKEN, "accept")],
    ),
    (
        received_messages.in_order,
        [(["a", "b"], ["a", "b"], BOB, "TS-CHAT-4.1.2")],
        [(["b", "a"], ["a", "b"], BOB, "TS-CHAT-4.1.2")],
    ),
    (
        received_messages.not_received,
        [(["b"], "a", BOB, "it sent it", "TS-CHAT-4.1.2")],
        [(["a"], "a", BOB, "it sent it", "TS-CHAT-4.1.2")],
    ),
    (
        received_messages.reported,
        [(report(status=MessageStatus.DISPLAYED), MessageStatus.DISPLAYED, "TS-CHAT-4.1.3")],
        [(report(status=MessageStatus.DELIVERED), MessageStatus.DISPLAYED, "TS-CHAT-4.1.3")],
    ),
    (
        received_messages.status_shown,
        [
            (
                exchange(200, MessageStatusReport(status=MessageStatus.DISPLAYED)),
                MessageStatus.DISPLAYED,
                "TS-CHAT-4.1.3",
            )
        ],
        [
            (
                exchange(200, MessageStatusReport(status=MessageStatus.SENT)),
                MessageStatus.DISPLAYED,
                "TS-CHAT-4.1.3",
            )
        ],
    ),
]
