"""A state machine: several users take steps in a chat; target and model are compared after each.

What the steps are and which clauses they are about, the tests of `suites/model` say; here is what
every such test needs. Each run of a machine is one example of its test. A step is shown as a
sentence, so that a failure is read as the shortest sequence of steps that leads to it.
"""

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from typing import Any, Generic, TypeVar

from hypothesis import note
from hypothesis.stateful import RuleBasedStateMachine

from rcs_conformance.checks import chat_notifications, participation, received_messages
from rcs_conformance.driver import Actor
from rcs_conformance.errors import HarnessError
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import CheckResult, Verify
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import chat_waits, message_waits
from rcs_conformance.scenario.chats.multi_user import MultiUserChat
from rcs_conformance.scenario.model_based.chat_model import ChatModel, Standing

NAMES = ("alice", "bob", "carol", "dave")
"""What the users are called in the steps, in the order of the target file."""

Play = Callable[[type["ChatMachine[Any]"], Format], None]
"""Runs a machine, as often and as long as the profile of the run says, in a format."""

Example = Callable[[], AbstractContextManager[None]]
"""Begins an example of the present test, which is judged at its end."""


AnyChat = TypeVar("AnyChat", bound=MultiUserChat)


class ChatMachine(RuleBasedStateMachine, Generic[AnyChat]):
    """A group chat, what the model says of it, and the steps taken so far.

    Args:
        bed: Where it takes place.
        verify: Takes the results of checks.
        fmt: The format of its requests.
        example: Begins an example.
    """

    def __init__(self, bed: TestBed, verify: Verify, fmt: Format, example: Example) -> None:
        super().__init__()
        self.bed = bed
        self.verify = verify
        self.fmt = fmt
        self.users = dict(zip(NAMES, bed.actors, strict=False))
        self.model = ChatModel(dict.fromkeys(self.users, Standing.ABSENT))
        self.steps = 0
        self._chat: AnyChat | None = None
        self._example = example()
        self._example.__enter__()

    @property
    def chat(self) -> AnyChat:
        """The chat, once it has begun."""
        if self._chat is None:
            raise HarnessError("the machine has not started its chat yet")
        return self._chat

    def begun(self, chat: AnyChat, standing: Standing) -> None:
        """The chat has begun: alice takes part, and the others stand so."""
        self._chat = chat
        for name, user in self.users.items():
            if user in chat.invited:
                self.model.standings[name] = standing
        self.model.standings["alice"] = Standing.CONNECTED

    def step(self, sentence: str) -> None:
        """Tell which step is taken."""
        self.steps += 1
        note(f"step {self.steps}: {sentence}")

    def chosen(self, names: Sequence[str], pick: int) -> tuple[str, Actor]:
        """One of several users, by whatever number."""
        name = names[pick % len(names)]
        return name, self.users[name]

    def agree(self, name: str, clause: str) -> None:
        """See that participants are shown as the model says.

        Args:
            name: Who took the step.
            clause: About the effect of the step; the standing of all other users is attributed to
                the clause about the participants. A reader whom a dialect leaves out is not judged.
        """
        reader = self.users[self.model.connected[0]]
        read = self.chat.read_participants(reader)
        shown = self.chat.named_to(reader, *self.users.values())
        self.verify(
            participation.status(
                read,
                user.address,
                clause if other == name else self.chat.terms.listing,
                self.model.expected(other),
            )
            for other, user in self.users.items()
            if user.address in shown
        )

    def notified(
        self, step: Exchange, name: str, *notified: tuple[str, str]
    ) -> Iterator[CheckResult]:
        """Check that users are notified of the standing of another one after a step.

        Args:
            step: The request of the step.
            name: Whose standing has changed.
            *notified: Each user who must be notified, with the clause that demands it.
        """
        present = [self.users[each].address for each in self.model.connected]
        expected = self.model.expected(name)
        for receiver, clause in notified:
            awaited = chat_waits.standing(
                self.chat, self.users[receiver], self.users[name], expected, present, step.number
            )
            how = "is connected" if name in self.model.connected else "is no longer connected"
            yield chat_notifications.notified(awaited, clause, f"{self.users[name].address} {how}")

    def delivered(self, name: str, text: str) -> list[Awaited[ChatMessageNotification]]:
        """Wait until all who take part beside the sender have got a message."""
        receivers = [self.users[each] for each in self.model.sent(name, text)]
        return [message_waits.message(self.chat, each, text) for each in receivers]

    def teardown(self) -> None:
        """End the run: nobody got a message that was not for it, and the example is judged."""
        failed = sys.exc_info()
        if failed[1] is None:
            try:
                self._finish()
            except BaseException:
                failed = sys.exc_info()
                self._example.__exit__(*failed)
                raise
        self._example.__exit__(*failed)

    def _finish(self) -> None:
        """Compare all messages, once something later has come to who takes no part any more."""
        if self._chat is None:
            return
        away = self.model.who(Standing.LEFT, Standing.DECLINED, Standing.INVITED)
        if away:
            users = tuple(self.users[name] for name in away)
            self.bed.groups.invited(GroupOffer(), self.fmt, invite=users)
        for name in (*self.model.connected, *away):
            user = self.users[name]
            got = message_waits.texts(self.chat, user)
            self.verify(
                received_messages.in_order(got, self.model.texts.get(name, []), user.address)
            )
