"""Races of creations: requests at the same moment that create something, once or twice."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rcs_conformance.driver import Actor
from rcs_conformance.driver.ledger import CREATED
from rcs_conformance.errors import HarnessError, NotApplicable
from rcs_conformance.histories.records import Action, Facet, Operation
from rcs_conformance.model.chat import ChatMessage, ParticipantInformation, ParticipantList
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import chat_waits, message_waits
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.long_lived import LongLivedChat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.preambles.groups import extension_request
from rcs_conformance.scenario.preambles.preamble import marked
from rcs_conformance.scenario.races.race import outcome_of
from rcs_conformance.scenario.races.starting_line import together
from rcs_conformance.scenario.situations import barrier
from rcs_conformance.wire.created import created_as

TWICE = "TS-CHAT-5.12"
EXTENDING = {"oneToOneExtend": "UNI-CHT-013.1", "oneToOneExtendLongLived": "UNI-CHT-039.1"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Creations:
    """Requests that left at the same moment, each of which creates something.

    Attributes:
        history: For the judge.
        count: How many of them another user was notified of, after everything had arrived.
    """

    history: tuple[Operation, ...]
    count: int


def starts(bed: TestBed, kind: ChatKind, fmt: Format) -> Creations:
    """The same request for a chat, with one client correlator, by two devices of alice.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: Not even a single request starts one, or bob is not notified.
        TargetError: A request got no response that can be judged.
    """
    chat = _started(bed, kind, fmt)
    marker, correlator = bed.markers.next(), bed.markers.next()
    request = chat.request
    if request is None:
        raise HarnessError("a chat that was started has a request")
    again = replace(request, subject=marked(marker, "race"), client_correlator=correlator)  # type: ignore[type-var]  # a structure
    ids = {"otherUserId": bed.bob.address} if kind is ChatKind.ONE_TO_ONE else {}
    resource = chat.creation.request.resource

    def start(who: Actor) -> Callable[[], Exchange]:
        return lambda: who.send("POST", resource, again, fmt=fmt, ids=ids)

    exchanges = together(
        [start(each) for each in (bed.alice, bed.second_device(bed.alice))],
        bed.departures,
        bed.log.journal,
    )
    barrier.wait_for_all(bed, fmt, (bed.bob,))
    begun = chat_waits.begun_under(bed.mailboxes.of(bed.bob, fmt), marker)
    history = (_made(each, correlator, chat.created_id(each), TWICE) for each in exchanges)
    return Creations(history=tuple(history), count=len(begun))


def _started(bed: TestBed, kind: ChatKind, fmt: Format) -> OneToOneChat | GroupChat | LongLivedChat:
    match kind:
        case ChatKind.ONE_TO_ONE:
            return bed.sessions.invited(SessionOffer(), fmt)
        case ChatKind.GROUP:
            return bed.groups.invited(GroupOffer(), fmt)
        case ChatKind.LONG_LIVED:
            return bed.long_lived.established(GroupOffer(), fmt)
    raise HarnessError(f"a chat of kind {kind} is not started by a request")


def messages(bed: TestBed, kind: ChatKind, fmt: Format) -> Creations:
    """The same message, with one client correlator, by two devices of alice; raises as `starts`."""
    chat = bed.established_chat(kind, fmt)
    message = ChatMessage(text=chat.text(), client_correlator=bed.markers.next())
    devices = (bed.alice, bed.second_device(bed.alice))

    def send(who: Actor) -> Callable[[], Exchange]:
        return lambda: chat.send(who, message)

    exchanges = together([send(each) for each in devices], bed.departures, bed.log.journal)
    bed.require(message_waits.message(chat, bed.bob, chat.say(bed.alice)), chat.terms.receiving)
    correlator = message.client_correlator or ""
    history = (_made(each, correlator, chat.message_id(each), TWICE) for each in exchanges)
    count = message_waits.distinct(chat, bed.bob, message.text)
    return Creations(history=tuple(history), count=count)


def additions(bed: TestBed, kind: ChatKind, fmt: Format) -> Creations:
    """The same addition of dave, with one client correlator, by two devices of alice.

    Raises as `starts`. What is created is known by no id.
    """
    chat = bed.established_group(kind, GroupOffer(closed=False), fmt, (bed.bob,))
    bed.mailboxes.of(bed.dave, fmt)
    correlator = bed.markers.next()
    added = ParticipantInformation(address=bed.dave.address, client_correlator=correlator)
    request = ParticipantList(participant=(added,))

    def add(who: Actor) -> Callable[[], Exchange]:
        return lambda: chat.do(who, "POST", chat.terms.participants, request)

    exchanges = together(
        [add(each) for each in (bed.alice, bed.second_device(bed.alice))],
        bed.departures,
        bed.log.journal,
    )
    barrier.wait_for_all(bed, fmt, (bed.dave,))
    history = (_made(each, correlator, None, TWICE) for each in exchanges)
    return Creations(history=tuple(history), count=len(chat_waits.begun(chat, bed.dave)))


def extensions(bed: TestBed, resource: str, fmt: Format, *, by_both: bool) -> Creations:
    """Two extensions of a session with carol at the same moment.

    Args:
        bed: The test bed.
        resource: Key of the extension, to a group chat or to a long-lived group.
        fmt: The format.
        by_both: Whether alice and bob extend it, each for itself; otherwise two devices of alice
            send the same request, with one client correlator.

    Raises:
        NotApplicable: The target does not claim such extensions, or its policy forbids them.
        Inconclusive: No session could be established, or carol is not notified.
        TargetError: A request got no response that can be judged.
    """
    bed.claims.require_operation(f"POST {resource}")
    session = bed.sessions.established(SessionOffer(), fmt)
    bed.mailboxes.of(bed.carol, fmt)
    marker, correlator = bed.markers.next(), "" if by_both else bed.markers.next()
    plain = extension_request(GroupOffer(closed=False), (), marked(marker, "race"), (bed.carol,))
    request = replace(plain, client_correlator=correlator or None)
    second = bed.bob if by_both else bed.second_device(bed.alice)

    def extend(who: Actor) -> Callable[[], Exchange]:
        return lambda: session.do(who, "POST", resource, request)

    exchanges = together(
        [extend(each) for each in (bed.alice, second)], bed.departures, bed.log.journal
    )
    if all(each.answer.status == 403 for each in exchanges):
        raise NotApplicable("the operator's policy forbids such extensions")
    barrier.wait_for_all(bed, fmt, (bed.carol,))
    clause = TWICE if correlator else EXTENDING[resource]
    history = (
        _made(each, correlator, _extended(bed, resource, each), clause) for each in exchanges
    )
    begun = chat_waits.begun_under(bed.mailboxes.of(bed.carol, fmt), marker)
    return Creations(history=tuple(history), count=len(begun))


def _extended(bed: TestBed, resource: str, extension: Exchange) -> str | None:
    """The id of the group that an extension made."""
    made = CREATED[resource]
    found = created_as(extension, bed.path(made)) or {}
    return found.get("sessionId") or found.get("groupChatId")


def _made(exchange: Exchange, correlator: str, made: str | None, clause: str) -> Operation:
    sent = exchange.started.timestamp()
    return Operation(
        user=exchange.request.user,
        action=Action.MAKE,
        subject=correlator,
        called=sent,
        returned=sent + exchange.seconds,
        outcome=outcome_of(exchange),
        made=made,
        clauses=dict.fromkeys(Facet, clause),
        where=exchange.request.operation,
        event=exchange.number,
    )
