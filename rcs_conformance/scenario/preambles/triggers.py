"""The triggers of the target file, fired by name."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from rcs_conformance.driver import Actor, prompt_operator, run_trigger_command, send_trigger_request
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.setup.preconditions import rejected
from rcs_conformance.target import CommandTrigger, HttpTrigger, Target, Trigger, TriggerContext

_ATTEMPTS = 5
"""How often a message is sent that another one may have come before."""


class Triggers:
    """The triggers that a target file names.

    Args:
        target: The implementation under test.
        aside: In which the streams of the process are those of its start, to ask an operator.
    """

    def __init__(
        self, target: Target, aside: Callable[[], AbstractContextManager[None]] = nullcontext
    ) -> None:
        self._target = target
        self._aside = aside

    def fire(
        self, name: str, chat: Chat, who: Actor, services: tuple[str, ...] | None = None
    ) -> None:
        """Fire a trigger of the target file.

        Args:
            name: Such as `expire`.
            chat: The chat that it is about.
            who: The user as whom the chat is named.
            services: The services that the chat shall have, with `services`.

        Raises:
            Inconclusive: The target file names no such trigger, or it did not work.
        """
        if name in self._target.unavailable_triggers:
            reason = f"the target file declares the trigger {name} unavailable"
            raise Inconclusive(Cause.UNAVAILABLE, reason)
        trigger = self._target.triggers.get(name)
        if trigger is None:
            raise Inconclusive(Cause.NO_TRIGGER, f"the target file has no [triggers.{name}]")
        is_long_lived = chat.kind is ChatKind.LONG_LIVED
        context = TriggerContext(
            server_root=self._target.server_root,
            session_id=None if is_long_lived else chat.chat_id(who),
            group_chat_id=chat.chat_id(who) if is_long_lived else None,
            user_id=who.user.in_urls,
            services=services,
        )
        try:
            who.journal.observed(
                f"trigger {name}", lambda: self._pull(trigger.filled(context), who)
            )
        except Inconclusive as error:
            raise Inconclusive(error.cause, f"trigger {name}: {error}") from error

    def pending(self, chat: Chat, who: Actor, send: Callable[[], Exchange]) -> Exchange:
        """Fire `pending`, and send a message whose response is to be pending.

        In an ad-hoc chat, which others share, their message may be the next one: there it is tried
        several times.

        Args:
            chat: The chat.
            who: Who sends.
            send: Sends the message.

        Raises:
            Inconclusive: As `fire`.
        """
        more = _ATTEMPTS if chat.kind is ChatKind.ADHOC else 1
        while True:
            self.fire("pending", chat, who)
            sent, more = send(), more - 1
            if rejected(sent) or getattr(sent.answer.content, "status", None) is None or not more:
                return sent

    def _pull(self, trigger: Trigger, who: Actor) -> None:
        seconds = self._target.limits.deadline
        if isinstance(trigger, HttpTrigger):
            send_trigger_request(
                trigger, self._target, who.authorization(trigger.method, trigger.url)
            )
        elif isinstance(trigger, CommandTrigger):
            run_trigger_command(trigger, seconds)
        else:
            with self._aside():
                prompt_operator(trigger)
