"""Model-based tests of group chats: target and model agree after every step.

Several users take random steps in group chats and long-lived groups. After each step, the
participants that the target shows, its notifications and the received messages must be those of the
model. Each step counts for the clause that is about it.
"""

from collections.abc import Callable
from typing import TypeAlias, TypeVar

import pytest
from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from rcs_conformance.checks import chat_notifications, invitations, participation, received_messages
from rcs_conformance.checks.judging import succeeded
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario import GroupChat, LongLivedChat, MultiUserChat, TestBed
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.scenario.model_based.chat_model import Standing
from rcs_conformance.scenario.model_based.machine import ChatMachine, Play

PICK = st.integers(min_value=0, max_value=3)
"""Which of those who can take a step takes it."""

OUTSIDE = (Standing.INVITED, Standing.LEFT, Standing.DECLINED)
"""How users stand to a chat who know it and take no part in it."""

Condition: TypeAlias = Callable[[Callable[..., None]], Callable[..., None]]


def some(*standings: Standing, beside: int = 0) -> Condition:
    """A condition: the chat goes on, and more than `beside` users have such a standing."""
    return precondition(
        lambda self: not self.model.over and len(self.model.who(*standings)) > beside
    )


def claimed(operation: str) -> Condition:
    """A condition: the target must or claims to support an operation."""
    return precondition(lambda self: self.bed.claims.operation(operation))


AnyChat = TypeVar("AnyChat", bound=MultiUserChat)


class Life(ChatMachine[AnyChat]):
    """The steps that groups of either kind have in common."""

    leaving = ""
    coming_back = ""
    out = ""
    gone = ""

    @rule(pick=PICK)
    @some(Standing.CONNECTED, beside=2)
    def leave(self, pick: int) -> None:
        """A participant leaves while two others take part; the others are notified."""
        name, user = self.chosen([one for one in self.model.connected if one != "alice"], pick)
        self.step(f"{name} leaves")
        left = self.chat.leave(user)
        self.verify(participation.accepted(left, self.leaving, "leave the chat"))
        self.model.standings[name] = Standing.LEFT
        self.agree(name, self.leaving)
        self.verify(
            self.notified(left, name, *((each, self.gone) for each in self.model.connected))
        )

    @rule(pick=PICK)
    @some(Standing.CONNECTED, beside=1)
    def send(self, pick: int) -> None:
        """A participant sends a message, which all other participants receive."""
        name, user = self.chosen(self.model.connected, pick)
        self.step(f"{name} sends a message")
        text = self.chat.text()
        sent = self.chat.send(user, ChatMessage(text=text))
        self.verify(participation.accepted(sent, self.chat.terms.sending, "send a message"))
        received = self.delivered(name, text)
        self.verify(received_messages.goes_on(each, self.chat.terms.receiving) for each in received)

    @rule(pick=PICK)
    @some(*OUTSIDE)
    def send_from_outside(self, pick: int) -> None:
        """A user that takes no part sends a message, which is rejected."""
        name, user = self.chosen(self.model.who(*OUTSIDE), pick)
        self.step(f"{name} sends a message without taking part")
        rejected = self.chat.send(user, ChatMessage(text=self.chat.text()))
        left = self.model.standings[name] is Standing.LEFT
        clause = self.out if left else "TS-CHAT-4.1.7"
        self.verify(participation.rejected(rejected, clause, "post without taking part"))


class GroupLife(Life[GroupChat]):
    """The steps of a group chat: invited users accept or decline, and the originator ends it."""

    leaving, coming_back, out, gone = (
        "UNI-CHT-011.1",
        "UNI-CHT-015.1",
        "UNI-CHT-011.2",
        "UNI-CHT-017.2",
    )

    @initialize(invited=st.integers(min_value=1, max_value=2))
    def start(self, invited: int) -> None:
        """Alice starts the chat with one or two other users."""
        self.step(f"alice starts a group chat with {' and '.join(('bob', 'carol')[:invited])}")
        users = self.bed.actors[1 : 1 + invited]
        group = self.bed.groups.invited(GroupOffer(closed=False), self.fmt, invite=users)
        self.begun(group, Standing.INVITED)
        self.agree("bob", "UNI-CHT-002b.1")

    @rule(pick=PICK)
    @some(Standing.INVITED)
    def accept(self, pick: int) -> None:
        """An invited user accepts; all participants are notified."""
        name, user = self.chosen(self.model.who(Standing.INVITED), pick)
        self.step(f"{name} accepts")
        accepted = self.chat.accept(user)
        self.verify(participation.accepted(accepted, "UNI-CHT-008b.1", "accept the invitation"))
        self.model.standings[name] = Standing.CONNECTED
        self.agree(name, "UNI-CHT-008b.1")
        special = {"alice": "UNI-CHT-004b.1", name: "UNI-CHT-017.1"}
        those = ((each, special.get(each, "UNI-CHT-017.2")) for each in self.model.connected)
        self.verify(self.notified(accepted, name, *those))

    @rule(pick=PICK)
    @some(Standing.INVITED)
    def decline(self, pick: int) -> None:
        """An invited user declines; the originator is notified."""
        name, user = self.chosen(self.model.who(Standing.INVITED), pick)
        self.step(f"{name} declines")
        declined = self.chat.leave(user)
        self.verify(participation.accepted(declined, "UNI-CHT-009b.1", "decline the invitation"))
        self.model.standings[name] = Standing.DECLINED
        self.agree(name, "UNI-CHT-009b.1")
        self.verify(self.notified(declined, name, ("alice", "UNI-CHT-004b.3")))

    @rule(pick=PICK)
    @claimed("PUT participantStatus rejoin")
    @some(Standing.LEFT)
    def join_again(self, pick: int) -> None:
        """A user that left joins again; the other participants are notified."""
        name, user = self.chosen(self.model.who(Standing.LEFT), pick)
        self.step(f"{name} joins again")
        others = self.model.connected
        joined = self.chat.accept(user)
        self.verify(participation.accepted(joined, self.coming_back, "join again"))
        self.model.standings[name] = Standing.CONNECTED
        self.agree(name, self.coming_back)
        self.verify(self.notified(joined, name, *((each, "UNI-CHT-017.2") for each in others)))

    @rule(pick=PICK, by=PICK)
    @some(Standing.ABSENT)
    def add(self, pick: int, by: int) -> None:
        """A participant adds a user, who is invited."""
        (name, user), (adder, actor) = (
            self.chosen(self.model.who(Standing.ABSENT), pick),
            self.chosen(self.model.connected, by),
        )
        self.step(f"{adder} adds {name}")
        added = self.chat.add(actor, user)
        self.verify(participation.accepted(added, "UNI-CHT-014.1", "add a user"))
        self.model.standings[name] = Standing.INVITED
        self.verify(invitations.arrived(self.chat.invitation(user), "UNI-CHT-014.1"))
        self.agree(name, "UNI-CHT-014.1")

    @rule()
    @precondition(lambda self: self.steps > 7 and len(self.model.connected) > 1)
    @claimed("DELETE group")
    @some(Standing.CONNECTED)
    def end(self) -> None:
        """Alice ends the chat; all participants are notified."""
        self.step("alice ends the chat")
        ended = self.chat.end(self.users["alice"])
        self.verify(participation.accepted(ended, "TS-CHAT-4.1.6", "end the chat"))
        self.model.over = True
        notified = [
            chat_waits.end(self.chat, self.users[name]) for name in self.model.connected[1:]
        ]
        self.verify(
            chat_notifications.notified(each, "UNI-CHT-004b.4", "the chat has ended")
            for each in notified
        )

    @rule(pick=PICK)
    @precondition(lambda self: self.model.over)
    def send_after_the_end(self, pick: int) -> None:
        """A message to a chat that ended is rejected."""
        name, user = self.chosen(self.model.connected, pick)
        self.step(f"{name} sends a message to the chat that has ended")
        rejected = self.chat.send(user, ChatMessage(text=self.chat.text()))
        self.verify(
            participation.rejected(rejected, "TS-CHAT-4.1.6", "post to a chat that has ended")
        )


class LongLivedLife(Life[LongLivedChat]):
    """The steps of a long-lived group, whose members need not accept."""

    leaving, coming_back, out, gone = (
        "UNI-CHT-033.1",
        "UNI-CHT-040.1",
        "UNI-CHT-033.2",
        "UNI-CHT-036.2",
    )

    @initialize(invited=st.integers(min_value=1, max_value=2))
    def create(self, invited: int) -> None:
        """Alice creates the group with one or two other users, who take part at once."""
        self.step(f"alice creates a group with {' and '.join(('bob', 'carol')[:invited])}")
        users = self.bed.actors[1 : 1 + invited]
        group = self.bed.long_lived.established(GroupOffer(closed=False), self.fmt, invite=users)
        self.begun(group, Standing.CONNECTED)
        self.agree("bob", "UNI-CHT-030.7")

    @rule(pick=PICK)
    @some(Standing.LEFT)
    def join_again(self, pick: int) -> None:
        """A user that left joins again and takes part, unless policy forbids it."""
        name, user = self.chosen(self.model.who(Standing.LEFT), pick)
        self.step(f"{name} joins again")
        if succeeded(self.chat.accept(user)):
            self.model.standings[name] = Standing.CONNECTED
        self.agree(name, self.coming_back)

    @rule(pick=PICK, by=PICK)
    @some(Standing.ABSENT)
    def add(self, pick: int, by: int) -> None:
        """A member adds a user, who takes part at once; the others are notified."""
        (name, user), (adder, actor) = (
            self.chosen(self.model.who(Standing.ABSENT), pick),
            self.chosen(self.model.connected, by),
        )
        self.step(f"{adder} adds {name}")
        others = [each for each in self.model.connected if each != adder]
        added = self.chat.add(actor, user)
        self.verify(participation.accepted(added, "UNI-CHT-031.1", "add a user"))
        self.model.standings[name] = Standing.CONNECTED
        addition = self.chat.addition(user)
        self.verify(
            chat_notifications.notified(addition, "UNI-CHT-032.1", "it was added to the group")
        )
        self.agree(name, "UNI-CHT-031.1")
        self.verify(self.notified(added, name, *((each, "UNI-CHT-036.1") for each in others)))


@pytest.mark.requirement(
    "TS-CHAT-4.1.6",
    also=(
        *("UNI-CHT-002b.1", "UNI-CHT-004b.1", "UNI-CHT-004b.3", "UNI-CHT-004b.4"),
        *("UNI-CHT-008b.1", "UNI-CHT-009b.1", "UNI-CHT-011.1", "UNI-CHT-011.2", "UNI-CHT-014.1"),
        *("UNI-CHT-015.1", "UNI-CHT-017.1", "UNI-CHT-017.2", "UNI-CHT-018.3", "UNI-CHT-020.3"),
        "TS-CHAT-4.1.7",
    ),
)
def test_group_chat_lives_as_its_model(bed: TestBed, play: Play, fmt: Format) -> None:
    """After any steps in a group chat, the target shows what the model says.

    Stimulus: random sequences of accepting, declining, leaving, joining again, adding, sending and
    ending by up to four users.
    """
    bed.claims.require(ChatKind.GROUP)

    play(GroupLife, fmt)


@pytest.mark.requirement(
    "UNI-CHT-035.1",
    also=(
        *("UNI-CHT-030.7", "UNI-CHT-031.1", "UNI-CHT-032.1", "UNI-CHT-033.1", "UNI-CHT-033.2"),
        *("UNI-CHT-036.1", "UNI-CHT-036.2", "UNI-CHT-040.1", "UNI-CHT-018.4", "UNI-CHT-020.4"),
        "TS-CHAT-4.1.7",
    ),
)
def test_long_lived_group_lives_as_its_model(bed: TestBed, play: Play, fmt: Format) -> None:
    """After any steps in a long-lived group, the target shows what the model says.

    Stimulus: random sequences of leaving, joining again, adding and sending by up to four users.
    """
    bed.claims.require(ChatKind.LONG_LIVED)

    play(LongLivedLife, fmt)
