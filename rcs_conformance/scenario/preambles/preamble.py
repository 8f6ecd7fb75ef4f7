"""What it takes to start a chat of any kind in the test bed."""

from typing import TYPE_CHECKING, ClassVar

from rcs_conformance.driver import Actor
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.strategies.invalid_requests import Mutation

if TYPE_CHECKING:
    from rcs_conformance.scenario.bed import TestBed


class Preamble:
    """Starts chats of one kind.

    Args:
        bed: Where they take place.
    """

    kind: ClassVar[ChatKind]

    def __init__(self, bed: "TestBed") -> None:
        self._bed = bed

    def _open(self, users: tuple[Actor, ...], fmt: Format, *, alone: bool = False) -> str:
        """Open the mailboxes of those who take part; the marker of their chat.

        Args:
            users: Who takes part.
            fmt: The format of their mailboxes.
            alone: Whether nobody else may have such a chat meanwhile, for nothing tells them apart.

        Raises:
            NotApplicable: The target does not claim this kind of chat.
        """
        self._bed.claims.require(self.kind)
        if alone:
            self._bed.keep_others_out()
        for each in users:
            self._bed.mailboxes.of(each, fmt)
        return self._bed.markers.next()

    def _written(
        self, content: object, by: Actor, fmt: Format, deviation: Mutation | None, *, as_form: bool
    ) -> object:
        """What is sent: the structure, as it is, with something wrong, or as form fields."""
        if deviation is not None:
            return self._bed.near_miss(content, deviation, fmt)
        return by.form(content) if as_form else content


def marked(marker: str, text: str | None) -> str | None:
    """A text behind a marker; `None` stays `None`."""
    return None if text is None else f"{marker} {text}".strip()
