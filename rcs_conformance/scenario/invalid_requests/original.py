"""The original request that mutations are made of, in a situation in which it would succeed."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from rcs_conformance.driver import Actor, Body
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format


def _nowhere() -> Iterable[bytes]:
    return ()


def _never(_who: Actor, _content: object) -> bool:
    return False


def _as_it_is(content: object) -> object:
    return content


def _nothing(_exchange: Exchange) -> None:
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class OriginalRequest:
    """A request that would succeed, and how to see whether it had an effect.

    Attributes:
        who: Who sends it.
        method: Its method.
        resource: Key of the resource that it goes to.
        fmt: Its format.
        content: Its body, given a marker.
        clause: Whose business it is that it succeeds.
        watchers: Who would be notified of its effect.
        written: Makes a body of the content where a structure alone is none.
        ids: Variables of the path.
        state: Reads what it would change, where that can be read.
        betrays: Whether a notification to a watcher shows the effect, though no marker is in it.
        elsewhere: Further texts in which a marker would show the effect.
        by_policy: Whether the operator may forbid it.
        undo: Takes the effect of the request back, given its exchange.
        about_files: Whether watchers are notified by their subscriptions to file transfers.
    """

    who: Actor
    method: str
    resource: str
    fmt: Format
    content: Callable[[str], object]
    clause: str
    watchers: tuple[Actor, ...]
    written: Callable[[object], object] = _as_it_is
    ids: Mapping[str, str] = field(default_factory=dict)
    state: Callable[[], Exchange] | None = None
    betrays: Callable[[Actor, object], bool] = _never
    elsewhere: Callable[[], Iterable[bytes]] = _nowhere
    by_policy: bool = False
    undo: Callable[[Exchange], object] = _nothing
    about_files: bool = False

    @property
    def is_listed(self) -> bool:
        """Whether what comes of it stands in a list, which other tests read meanwhile."""
        return self.elsewhere is not _nowhere

    def send(self, content: object | Body) -> Exchange:
        return self.who.send(self.method, self.resource, content, fmt=self.fmt, ids=self.ids)
