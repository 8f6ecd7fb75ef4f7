"""A race in one chat: steps that leave at once and steps after each other, and their history."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from rcs_conformance.driver import Actor
from rcs_conformance.errors import HarnessError
from rcs_conformance.histories.chat_model import ChatState, Standing, begun
from rcs_conformance.histories.records import Action, Facet, Operation, Outcome, Shown, Signal
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ChatMessage, ChatSessionInformation, ParticipantList
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    EventType,
)
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.multi_user import MultiUserChat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.races.clauses import clauses
from rcs_conformance.scenario.races.starting_line import together
from rcs_conformance.scenario.setup.markers import marker_in
from rcs_conformance.scenario.situations import barrier

RaceChat = OneToOneChat | MultiUserChat
"""The chats that a race is in."""

_SIGNALS = {
    EventType.SESSION_CANCELLED: Signal.CANCELLED,
    EventType.DECLINED: Signal.DECLINED,
    EventType.SESSION_ENDED: Signal.ENDED,
}
_BUSY = (409, 429, 503)
"""Statuses that refuse a request because of others."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Something that a user does in a race.

    Attributes:
        who: The user, or one of its devices.
        action: What it does.
        subject: The user added or cancelled.
        clause: That its outcome is about, where it is not the usual one.
    """

    who: Actor
    action: Action
    subject: Actor | None = None
    clause: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Taken:
    """A step with its exchange.

    Attributes:
        step: The step.
        exchange: Of its request.
        text: Of the message.
        until: When its effect was notified, if that was looked at.
    """

    step: Step
    exchange: Exchange
    text: str = ""
    until: float = float("inf")


class Race:
    """A race in a chat.

    Args:
        bed: Where it takes place.
        chat: The chat, which was just begun.
        standing: How the users stand to it who were invited at its start.

    Attributes:
        initial: The chat before the race, in the model.
    """

    def __init__(self, bed: TestBed, chat: RaceChat, standing: Standing) -> None:
        self._bed = bed
        self.chat = chat
        self._taken: list[_Taken] = []
        self._is_caught_up = False
        others = [each.address for each in chat.invited]
        absent = [each.address for each in bed.actors if each not in chat.everyone]
        by = chat.originator.address
        self.initial: ChatState = begun(chat.kind, by, others, standing, *absent)

    @property
    def group(self) -> MultiUserChat:
        """The chat, which is no 1-to-1 session."""
        return _group(self.chat)

    def at_once(self, *steps: Step) -> None:
        """Take steps that leave at the same moment.

        Raises:
            TargetError: One of them got no response that can be judged.
            NotApplicable: The target does not support one of them.
        """
        texts = [self.chat.text() for _ in steps]
        requests = [self._request(each, text) for each, text in zip(steps, texts, strict=True)]
        exchanges = together(requests, self._bed.departures, self._bed.log.journal)
        for step, exchange, text in zip(steps, exchanges, texts, strict=True):
            self._taken.append(_Taken(step=step, exchange=exchange, text=text))

    def then(self, *steps: Step) -> None:
        """Take steps one after the other; raises as `at_once`."""
        for each in steps:
            self.at_once(each)

    def overtaking(
        self, step: Step, notified: Callable[[], Awaited[object]], *readers: Actor
    ) -> None:
        """Take a step, and read the chat as soon as another user is notified of it.

        Args:
            step: The step.
            notified: Waits until the notification arrives.
            *readers: Those who then read.
        """
        found: list[Awaited[object]] = []
        text = self.chat.text()

        def read() -> Exchange:
            found.append(notified())
            return self._request(Step(who=readers[0], action=Action.READ), "")()

        took, seen = together(
            [self._request(step, text), read], self._bed.departures, self._bed.log.journal
        )
        arrived = found[0].notification
        until = arrived.received.timestamp() if arrived else float("inf")
        self._taken.append(_Taken(step=step, exchange=took, text=text, until=until))
        first = Step(who=readers[0], action=Action.READ)
        self._taken.append(_Taken(step=first, exchange=seen))
        self.then(*(Step(who=each, action=Action.READ) for each in readers[1:]))

    def catch_up(self) -> None:
        """Wait until everything that the users were notified of has arrived.

        Raises:
            Inconclusive: A user is not notified of what comes later.
        """
        users = [each for each in self._bed.actors if each.address in self.chat.ids]
        first, *others = users
        barrier.wait_for_all(self._bed, self.chat.fmt, tuple(others))
        barrier.wait_for_all(self._bed, self.chat.fmt, (first,))
        self._is_caught_up = True

    def history(self) -> list[Operation]:
        """What happened, for the judge; what was not caught up with is not judged."""
        return [operation for each in self._taken for operation in self._operations(each)]

    # How steps become requests ---------------------------------------------------------------

    def _request(self, step: Step, text: str) -> Callable[[], Exchange]:
        """What sends the request of a step; mailboxes are open before it does."""
        chat, who, subject = self.chat, step.who, step.subject
        if subject is not None:
            chat.environment.mailboxes.of(subject, chat.fmt)
        sending: Mapping[Action, Callable[[], Exchange]] = {
            Action.READ: lambda: self._read(who),
            Action.SEND: lambda: chat.send(who, ChatMessage(text=text)),
            Action.ACCEPT: lambda: chat.accept(who),
            Action.LEAVE: lambda: _group(chat).leave(who),
            Action.END: lambda: _ending(chat).end(who),
            Action.CANCEL: lambda: _group(chat).remove(who, subject or who),
            Action.ADD: lambda: _group(chat).add(who, subject or who),
        }
        if step.action is Action.ACCEPT and self._has_left(who):
            return lambda: _group(chat).come_back(who)
        return sending[step.action]

    def _read(self, who: Actor) -> Exchange:
        if isinstance(self.chat, OneToOneChat):
            return self.chat.read(who)
        return self.chat.list_participants(who)

    def _has_left(self, who: Actor) -> bool:
        return any(
            each.step.who.address == who.address and each.step.action is Action.LEAVE
            for each in self._taken
        )

    # How steps become operations -------------------------------------------------------------

    def _operations(self, taken: _Taken) -> list[Operation]:
        step, exchange = taken.step, taken.exchange
        sent = exchange.started.timestamp()
        of_action = clauses(self.chat.kind, step.action)
        operation = Operation(
            user=step.who.address,
            action=step.action,
            subject=step.subject.address if step.subject else "",
            called=sent,
            returned=max(sent, min(sent + exchange.seconds, taken.until)),
            outcome=outcome_of(exchange),
            clauses={**of_action, **_named(step)},
            where=exchange.request.operation,
            event=exchange.number,
        )
        if operation.outcome is not Outcome.ACCEPTED:
            return [operation]
        match step.action:
            case Action.READ:
                return self._readings(operation, step.who, exchange)
            case Action.SEND:
                return [self._delivered(operation, step.who, taken.text)]
            case Action.END:
                return [replace(operation, signalled=self._signal(step.who))]
        return [operation]

    def _readings(self, read: Operation, who: Actor, exchange: Exchange) -> list[Operation]:
        """A reading of each user, for each of them another clause is at stake."""
        return [
            replace(read, shown=(entry,), clauses=clauses(self.chat.kind, Action.READ, clause))
            for entry in self._shown(who, exchange)
            for clause in [self._clause_of(entry[0])]
        ]

    def _shown(self, who: Actor, exchange: Exchange) -> Shown:
        content = exchange.answer.content
        if isinstance(content, ChatSessionInformation) and isinstance(self.chat, OneToOneChat):
            return ((self.chat.recipient.address, content.status),)
        if not isinstance(content, ParticipantList) or isinstance(self.chat, OneToOneChat):
            return ()
        return tuple(
            (
                address,
                next(
                    (e.status for e in content.participant if same_address(e.address, address)),
                    None,
                ),
            )
            for address in self.chat.named_to(who, *self._bed.actors)
        )

    def _clause_of(self, user: str) -> str:
        """The clause of the last step that was about the standing of a user."""
        found = ""
        for each in self._taken:
            step = each.step
            about = step.subject if step.action in (Action.ADD, Action.CANCEL) else step.who
            if about is not None and about.address == user and step.action in _MOVES:
                usual = clauses(self.chat.kind, step.action)[Facet.OUTCOME]
                found = step.clause or usual
        return found

    def _delivered(self, sent: Operation, who: Actor, text: str) -> Operation:
        """The message with those who got it; who did not, only after everything has arrived."""
        others = [
            each
            for each in self._bed.actors
            if each.address in self.chat.ids and each.address != who.address
        ]
        got = frozenset(each.address for each in others if self._has_got(each, text))
        missed = frozenset(each.address for each in others) - got if self._is_caught_up else None
        return replace(sent, received=got, missed=missed)

    def _has_got(self, who: Actor, text: str) -> bool:
        mailbox = self.chat.environment.mailboxes.of(who, self.chat.fmt)
        return any(
            isinstance(each.content, ChatMessageNotification)
            and each.content.chat_message is not None
            and marker_in(each.content.chat_message.text) == marker_in(text)
            for each in mailbox.arrived()
        )

    def _signal(self, who: Actor) -> Signal | None:
        """As what the others were notified of an end; a cancellation before anything else."""
        events = [
            event.event_type
            for each in self.chat.everyone
            if each.address != who.address and each.address in self.chat.ids
            for event in self.chat.received(each, ChatEventNotification)
            if event.session_id is not None or event.link  # else it may be any chat's
        ]
        return next((signal for kind, signal in _SIGNALS.items() if kind in events), None)


_MOVES = (Action.ACCEPT, Action.LEAVE, Action.ADD, Action.CANCEL)
"""The steps after which a user stands otherwise to a chat."""


def _named(step: Step) -> Mapping[Facet, str]:
    """The clause that a step names, for what it is about."""
    return dict.fromkeys((Facet.OUTCOME, Facet.SIGNALLED), step.clause) if step.clause else {}


def outcome_of(exchange: Exchange) -> Outcome:
    """What a response says."""
    status = exchange.answer.status
    if status in _BUSY:
        return Outcome.CONFLICT
    if status >= 500:
        return Outcome.FAILED
    return Outcome.ACCEPTED if 200 <= status < 300 else Outcome.REFUSED


def _group(chat: RaceChat) -> MultiUserChat:
    if isinstance(chat, OneToOneChat):
        raise HarnessError("a 1-to-1 session has no participants that leave or are added")
    return chat


def _ending(chat: RaceChat) -> OneToOneChat | GroupChat:
    if not isinstance(chat, OneToOneChat | GroupChat):
        raise HarnessError("no request ends a long-lived group")
    return chat


def readings(*users: Actor) -> Sequence[Step]:
    """Steps in which users read the chat."""
    return [Step(who=each, action=Action.READ) for each in users]
