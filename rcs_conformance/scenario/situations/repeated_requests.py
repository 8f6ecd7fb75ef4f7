"""Requests that are made twice with the same client correlator (TS-CHAT-5.12)."""

from dataclasses import dataclass

from rcs_conformance.errors import HarnessError, NotApplicable
from rcs_conformance.model.chat import ParticipantInformation, ParticipantList
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats.file_transfer import FileTransfer
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.long_lived import LongLivedChat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.mailboxes.channels import CLAUSE
from rcs_conformance.scenario.setup.preconditions import require_arrival, require_success
from rcs_conformance.scenario.situations import own_channel

Startable = OneToOneChat | GroupChat | LongLivedChat
"""The chats that a user requests."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A request that was made again.

    Attributes:
        exchange: The second one.
        ids: The id of what was created, by the first and by the second answer.
    """

    exchange: Exchange
    ids: tuple[str | None, str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Twice(Again):
    """A creation that was requested twice with a correlator.

    Attributes:
        correlator: The correlator.
        first: The first one.
        read: Readings of what it made, as far as the target serves them.
    """

    correlator: str
    first: Exchange
    read: tuple[Exchange, ...]


def begun(bed: TestBed, kind: ChatKind, fmt: Format, correlator: str | None) -> Startable:
    """An established chat of a kind that was requested with a correlator, or without one.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: It could not be established.
    """
    match kind:
        case ChatKind.ONE_TO_ONE:
            session = bed.sessions.invited(SessionOffer(), fmt, correlator=correlator)
            session.join()
            return session
        case ChatKind.GROUP:
            group = bed.groups.invited(GroupOffer(), fmt, correlator=correlator)
            for each in group.invited:
                group.join(each)
            return group
        case ChatKind.LONG_LIVED:
            is_long_lived = bed.long_lived.started(GroupOffer(), fmt, correlator=correlator)
            is_long_lived.await_invitations()
            return is_long_lived
    raise HarnessError(f"a chat of kind {kind} is not started by a request")


def start(chat: Startable) -> Again:
    """Request the same chat again."""
    again = chat.start_again()
    return Again(exchange=again, ids=(chat.chat_id(chat.originator), chat.created_id(again)))


def extension(bed: TestBed, fmt: Format) -> tuple[GroupChat, Again]:
    """Make a group chat of a 1-to-1 session twice by the same request; carol has joined it.

    Raises:
        NotApplicable: The target does not claim that.
        Inconclusive: It could not be done once.
    """
    bed.claims.require_operation("POST oneToOneExtend")
    session = bed.sessions.established(SessionOffer(), fmt)
    group = bed.groups.extend(session, GroupOffer(), bed.carol, correlator=bed.markers.next())
    require_success(group.creation, "UNI-CHT-013.1")
    again = session.do(bed.alice, "POST", "oneToOneExtend", group.request)
    require_arrival(group.invitation(bed.carol), "UNI-CHT-013.1")
    group.join(bed.carol)
    ids = (group.chat_id(bed.alice), group.created_id(again))
    return group, Again(exchange=again, ids=ids)


def long_lived_extension(bed: TestBed, fmt: Format) -> tuple[LongLivedChat, Again]:
    """Make a long-lived group of a 1-to-1 session twice by the same request.

    Raises:
        NotApplicable: The target does not claim that, or its policy forbids it.
        Inconclusive: It could not be done once.
    """
    bed.claims.require_operation("POST oneToOneExtendLongLived")
    session = bed.sessions.established(SessionOffer(), fmt)
    group = bed.long_lived.extend(session, GroupOffer(), bed.carol, correlator=bed.markers.next())
    if group.creation.answer.status == 403:
        raise NotApplicable("the operator's policy forbids such extensions")
    require_success(group.creation, "UNI-CHT-039.1")
    again = session.do(bed.alice, "POST", "oneToOneExtendLongLived", group.request)
    require_arrival(group.addition(bed.carol), "UNI-CHT-032.1")
    ids = (group.chat_id(bed.alice), group.created_id(again))
    return group, Again(exchange=again, ids=ids)


def addition(
    bed: TestBed, kind: ChatKind, fmt: Format, correlator: str
) -> tuple[GroupChat | LongLivedChat, tuple[Exchange, ...]]:
    """Add carol to a group of alice and bob by one request three times; the last as she takes part.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: She could not be added once.
    """
    chat: GroupChat | LongLivedChat
    if kind is ChatKind.GROUP:
        chat = bed.groups.established(GroupOffer(), fmt, invite=(bed.bob,))
    else:
        chat = bed.long_lived.established(GroupOffer(), fmt, invite=(bed.bob,))
    bed.mailboxes.of(bed.carol, fmt)
    added = ParticipantInformation(address=bed.carol.address, client_correlator=correlator)
    request = ParticipantList(participant=(added,))

    def add() -> Exchange:
        return chat.do(bed.alice, "POST", chat.terms.participants, request)

    first, again = add(), add()
    if isinstance(chat, GroupChat):
        require_success(first, "UNI-CHT-014.1")
        require_arrival(chat.invitation(bed.carol), "UNI-CHT-014.1")
        chat.join(bed.carol)
    else:
        require_success(first, "UNI-CHT-031.1")
        require_arrival(chat.addition(bed.carol), "UNI-CHT-032.1")
    return chat, (first, again, add())


def transfer(bed: TestBed, fmt: Format) -> tuple[FileTransfer, Twice]:
    """Offer bob a file twice by the same request, then another one that shows what came before.

    Raises:
        NotApplicable: The target claims no file transfer.
        Inconclusive: It could not be offered once.
    """
    bed.claims.require_operation("POST ftSessions")
    correlator, bob = bed.markers.next(), (bed.bob,)
    offered = bed.transfers.offered(bed.alice, bob, fmt, correlator=correlator)
    again, made = offered.again()
    read = tuple(offered.readings(bed.alice))
    bed.transfers.offered(bed.alice, bob, fmt)
    ids = (offered.session_id(bed.alice), made)
    return offered, Twice(
        exchange=again, ids=ids, correlator=correlator, first=offered.creation, read=read
    )


def transfer_subscription(bed: TestBed, fmt: Format) -> Twice:
    """Subscribe alice to file transfers twice by the same request.

    Raises:
        NotApplicable: The target claims no file transfer.
        Inconclusive: It could not be done once.
    """
    bed.claims.require_operation("POST ftSubscriptions")
    correlator = bed.markers.next()
    made = bed.transfer_mailboxes.subscribed(bed.alice, fmt, correlator=correlator)
    again = made.again()
    read = made.read()
    made.delete()
    if again.id_or_none not in (None, made.id):
        again.delete()
    return Twice(
        exchange=again.creation,
        ids=(made.id, again.id_or_none),
        correlator=correlator,
        first=made.creation,
        read=_served(read),
    )


def channel(bed: TestBed, fmt: Format) -> Twice:
    """Make alice a channel twice by the same request.

    Raises:
        NotApplicable: The target claims no channels.
        Inconclusive: It could not be made once.
    """
    correlator = bed.markers.next()
    made = own_channel.channel(bed, bed.alice, fmt, correlator)
    require_success(made.creation, CLAUSE)
    again = own_channel.channel(bed, bed.alice, fmt, correlator)
    read = made.fetch()
    made.delete()
    if again.id not in (None, made.id):
        again.delete()
    return Twice(
        exchange=again.creation,
        ids=(made.id, again.id),
        correlator=correlator,
        first=made.creation,
        read=_served(read),
    )


def _served(read: Exchange) -> tuple[Exchange, ...]:
    """A reading that no SCR item is about, if the target serves it."""
    return (read,) if 200 <= read.answer.status < 300 else ()
