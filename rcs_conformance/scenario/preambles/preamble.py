"""What the preambles of all kinds of chat have in common."""

from collections.abc import Callable
from typing import ClassVar, TypeAlias

from rcs_conformance.driver import Actor
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario.environment import Environment
from rcs_conformance.scenario.setup.chat_lock import pairs_with
from rcs_conformance.strategies.invalid_requests import Mutation

Writing: TypeAlias = Callable[[object], object]
"""Makes the body of a request of its structure, such as form fields."""


def unchanged(content: object) -> object:
    """The structure, to be written in the format of the request."""
    return content


class Preamble:
    """Starts chats of one kind.

    Args:
        environment: The users, their mailboxes, and what the target claims.
    """

    kind: ClassVar[ChatKind]

    def __init__(self, environment: Environment) -> None:
        self._environment = environment

    def _open(self, users: tuple[Actor, ...], fmt: Format, *, is_marked: bool = True) -> str:
        """Open the mailboxes of those who take part; the marker of their chat.

        Args:
            users: Who takes part.
            fmt: The format of their mailboxes.
            is_marked: Whether a text of it tells their chat from others; else no other test has the
                like meanwhile.

        Raises:
            NotApplicable: The target does not claim this kind of chat.
        """
        self._environment.claims.require(self.kind)
        if not is_marked:
            everyone = [each.address for each in self._environment.actors]
            names = [each.address for each in users]
            self._environment.chat_lock.acquire(pairs_with(names, everyone), until_known=True)
        for each in users:
            self._environment.mailboxes.of(each, fmt)
        return self._environment.markers.next()

    def _written(
        self, content: object, fmt: Format, mutation: Mutation | None, written: Writing
    ) -> object:
        """What is sent: the structure, as it is, with something wrong, or written otherwise."""
        if mutation is not None:
            return self._environment.mutated(content, mutation, fmt)
        return written(content)


def marked(marker: str, text: str | None) -> str | None:
    """A text behind a marker; `None` stays `None`."""
    return None if text is None else f"{marker} {text}".strip()
