"""Original requests about chats that exist: acceptances, additions, messages, reports."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from rcs_conformance.driver import Actor
from rcs_conformance.model.chat import ChatMessage, IsComposing, MessageStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    ChatMessageStatusNotification,
    EventType,
    MultimediaChatMessageNotification,
)
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import chat_waits, message_waits
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.chats.multi_user import MultiUserChat
from rcs_conformance.scenario.invalid_requests.creations import services, with_picture
from rcs_conformance.scenario.invalid_requests.original import OriginalRequest
from rcs_conformance.scenario.setup.markers import marker_in
from rcs_conformance.scenario.setup.preconditions import require_arrival, require_success
from rcs_conformance.strategies import samples
from rcs_conformance.strategies.samples import SampleUsers


def session_acceptance(bed: TestBed, fmt: Format) -> OriginalRequest:
    """Bob's acceptance of a session that alice started."""
    chat = bed.sessions.invited(SessionOffer(), fmt)

    users = SampleUsers(originator=bed.bob.address, others=())

    return OriginalRequest(
        who=bed.bob,
        method="PUT",
        resource="oneToOneStatus",
        fmt=fmt,
        content=lambda _marker: samples.acceptance(users),
        clause="UNI-CHT-008a.1",
        watchers=(bed.alice,),
        ids=chat.variables(bed.bob),
        state=lambda: chat.read(bed.alice),
        betrays=lambda who, content: (
            isinstance(content, ChatEventNotification)
            and content.event_type is EventType.ACCEPTED
            and chat.is_here(who, content)
        ),
    )


def group_acceptance(bed: TestBed, fmt: Format) -> OriginalRequest:
    """Bob's acceptance of an invitation by alice to a group chat in which carol takes part."""
    chat = bed.groups.invited(GroupOffer(), fmt)
    chat.join(bed.carol)
    return _acceptance(bed, chat, "UNI-CHT-008b.1")


def long_lived_return(bed: TestBed, fmt: Format) -> OriginalRequest:
    """Bob's return to a long-lived group that he left; the operator may forbid it."""
    chat = bed.long_lived.established(GroupOffer(), fmt)
    chat.depart(bed.bob)
    for each in (bed.alice, bed.carol):
        require_arrival(chat_waits.gone(chat, each, bed.bob), "UNI-CHT-033.1")
    return replace(_acceptance(bed, chat, "UNI-CHT-040.1"), by_policy=True)


def _acceptance(bed: TestBed, chat: MultiUserChat, clause: str) -> OriginalRequest:
    """Bob's acceptance of a place in a chat of alice and carol."""
    users = SampleUsers(originator=bed.bob.address, others=(), services=services(bed))
    return OriginalRequest(
        who=bed.bob,
        method="PUT",
        resource=chat.terms.participant_status,
        fmt=chat.fmt,
        content=lambda _marker: samples.acceptance(users),
        clause=clause,
        watchers=(bed.alice, bed.carol),
        ids={**chat.variables(bed.bob), "participantId": bed.bob.address},
        state=_people(bed, chat),
        betrays=lambda who, content: (
            chat.is_here(who, content) and chat_waits.says_accepted(content, bed.bob)
        ),
    )


def group_addition(bed: TestBed, fmt: Format) -> OriginalRequest:
    """The addition of carol by alice to a group chat with bob."""
    chat = bed.groups.established(GroupOffer(closed=False), fmt, invite=(bed.bob,))
    return _addition(bed, chat, "UNI-CHT-014.1")


def long_lived_addition(bed: TestBed, fmt: Format) -> OriginalRequest:
    """The addition of carol by alice to a long-lived group with bob."""
    chat = bed.long_lived.established(GroupOffer(closed=False), fmt, invite=(bed.bob,))
    return _addition(bed, chat, "UNI-CHT-031.1")


def _addition(bed: TestBed, chat: MultiUserChat, clause: str) -> OriginalRequest:
    users = SampleUsers(originator=bed.alice.address, others=(bed.carol.address,))
    return OriginalRequest(
        who=bed.alice,
        method="POST",
        resource=chat.terms.participants,
        fmt=chat.fmt,
        content=lambda _marker: samples.additions(users),
        clause=clause,
        watchers=(bed.bob, bed.carol),
        ids=chat.variables(bed.alice),
        state=_people(bed, chat),
        betrays=lambda who, content: (
            who is bed.carol and marker_in(getattr(content, "subject", None)) == chat.marker
        ),
    )


def message(kind: ChatKind) -> Callable[[TestBed, Format], OriginalRequest]:
    """A message by alice in a chat of a kind."""

    def arrange(bed: TestBed, fmt: Format) -> OriginalRequest:
        chat = bed.established_chat(kind, fmt)
        return _sending(bed, chat, samples.message, chat.terms.sending)

    return arrange


def indication(kind: ChatKind) -> Callable[[TestBed, Format], OriginalRequest]:
    """A composing indication by alice in a chat of a kind."""

    def arrange(bed: TestBed, fmt: Format) -> OriginalRequest:
        chat = bed.established_chat(kind, fmt)
        return _sending(bed, chat, samples.indication, chat.terms.composing)

    return arrange


def _sending(
    bed: TestBed, chat: Chat, content: Callable[[str], object], clause: str
) -> OriginalRequest:
    kinds = (ChatMessageNotification, MultimediaChatMessageNotification)
    times: set[datetime | None] = set()

    def noted(marker: str) -> object:
        made = content(marker)
        if isinstance(made, IsComposing):
            times.add(_time(made.lastactive))
        return made

    def betrays(who: Actor, notified: object) -> bool:
        """In an ad-hoc chat, which is shared with others, only a time of this test's own does."""
        if not isinstance(notified, kinds) or not chat.is_here(who, notified):
            return False
        if chat.kind is ChatKind.ADHOC:
            indication = getattr(notified, "is_composing", None)
            time = _time(indication.lastactive) if isinstance(indication, IsComposing) else None
            return time is not None and time in times
        return notified.chat_message is None or marker_in(notified.chat_message.text) is None

    return OriginalRequest(
        who=bed.alice,
        method="POST",
        resource=chat.terms.messages,
        fmt=chat.fmt,
        content=noted,
        clause=clause,
        watchers=chat.invited,
        ids=chat.variables(bed.alice),
        betrays=betrays,
    )


def _time(text: str | None) -> datetime | None:
    """The time that a text names; `None` where it names none."""
    try:
        return None if text is None else datetime.fromisoformat(text)
    except ValueError:
        return None


def upload(kind: ChatKind) -> Callable[[TestBed, Format], OriginalRequest]:
    """A multimedia message by alice in a chat of a kind."""

    def arrange(bed: TestBed, fmt: Format) -> OriginalRequest:
        chat = bed.established_chat(kind, fmt)
        original = _sending(bed, chat, samples.message, chat.terms.uploading)
        return replace(original, written=with_picture(bed, fmt))

    return arrange


def report(kind: ChatKind) -> Callable[[TestBed, Format], OriginalRequest]:
    """Bob's report that he saw a message of alice's in a chat of a kind."""

    def arrange(bed: TestBed, fmt: Format) -> OriginalRequest:
        chat = bed.established_chat(kind, fmt)
        text = chat.text()
        message = ChatMessage(text=text, report_request=(MessageStatus.DISPLAYED,))
        sent = chat.send(bed.alice, message)
        require_success(sent, chat.terms.sending)
        arrived = message_waits.message(chat, bed.bob, text)
        notified = require_arrival(arrived, chat.terms.receiving).message_id or ""
        return _report(bed, chat, notified, chat.message_id(sent))

    return arrange


def _report(bed: TestBed, chat: Chat, notified: str, known: str | None) -> OriginalRequest:
    """The report of a message, by the id that bob received and the one that alice knows."""

    def read() -> Exchange:
        return chat.read_status(bed.alice, known)

    return OriginalRequest(
        who=bed.bob,
        method="PUT",
        resource=chat.terms.message_status,
        fmt=chat.fmt,
        content=lambda _marker: samples.report(),
        clause=chat.terms.reporting,
        watchers=(bed.alice,),
        ids={**chat.variables(bed.bob), "messageId": notified},
        state=read if bed.claims.operation(f"GET {chat.terms.message_status}") else None,
        betrays=lambda _who, content: (
            isinstance(content, ChatMessageStatusNotification)
            and content.message_id == known
            and content.status is MessageStatus.DISPLAYED
        ),
    )


def _people(bed: TestBed, chat: MultiUserChat) -> Callable[[], Exchange]:
    """Reads who takes part: the list of participants, or the chat where there is none."""
    if bed.claims.operation(f"GET {chat.terms.participants}"):
        return lambda: chat.read_participants(bed.alice)
    return lambda: chat.read(bed.alice)
