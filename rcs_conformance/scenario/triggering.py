"""Triggers on the stage: by name, with a reason where one is missing or does not work."""

from rcs_conformance.driver import Actor, pull_command, pull_request
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.target import CommandTrigger, HttpTrigger, Target, TriggerContext


class Triggers:
    """The triggers that a target file names."""

    def __init__(self, target: Target) -> None:
        self._target = target

    def fire(self, name: str, who: Actor, session_id: str | None = None) -> None:
        """Make the target do what a trigger stands for.

        Args:
            name: Such as `expire`.
            who: The user whom it is about.
            session_id: The chat that it is about, as that user knows it.

        Raises:
            Inconclusive: The target file names no such trigger, or it did not work.
        """
        trigger = self._target.triggers.get(name)
        if trigger is None:
            raise Inconclusive(Cause.NO_TRIGGER, f"the target file has no [triggers.{name}]")
        context = TriggerContext(
            server_root=self._target.server_root, session_id=session_id, user_id=who.address
        )
        try:
            self._pull(trigger.filled(context))
        except Inconclusive as error:
            raise Inconclusive(error.cause, f"trigger {name}: {error}") from error

    def _pull(self, trigger: object) -> None:
        seconds = self._target.limits.deadline
        if isinstance(trigger, HttpTrigger):
            pull_request(trigger, seconds)
        elif isinstance(trigger, CommandTrigger):
            pull_command(trigger, seconds)
        else:
            raise Inconclusive(Cause.NO_TRIGGER, "a prompt needs an operator at a terminal")
