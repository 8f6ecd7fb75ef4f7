"""Traffic of the script of `tests.reference` with a server that has no socket."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import count

from rcs_conformance.binding import load_binding
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.traffic.attribution import attributed
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.judging import Judged, judged
from rcs_conformance.traffic.secrecy import without_secrets
from tests.reference.in_process import Environ, Exchanged, InProcess
from tests.reference.script import SCENES, Scene

ROOT = "http://server:80"
_STEP = timedelta(milliseconds=10)


class Scripted(InProcess):
    """Speaks to an application, and keeps what would have been on the wire.

    Attributes:
        entries: What was, in order.
    """

    def __init__(self, faults: tuple[str, ...] = (), variations: tuple[str, ...] = ()) -> None:
        super().__init__(faults, variations)
        self.entries: list[Entry] = []
        self._numbers = count(1)
        self._now = datetime.now(UTC) - timedelta(seconds=30)
        self._lanes: dict[str, list[tuple[Outgoing, bytes]]] = {}
        self._held: set[int] = set()
        keep = self.outlet.put

        def put(notice: Outgoing) -> None:
            keep(notice)
            lane = self._lanes.setdefault(notice.subscription.id, [])
            lane.insert(0 if notice.overtakes else len(lane), (notice, self._written(notice)))

        self.outlet.put = put  # type: ignore[method-assign]

    def exchanged(self, environ: Environ, raw: bytes) -> Exchanged:
        """Send a request as it is, keep it with its response, and deliver what it causes."""
        started = self._tick()
        status, answered, pieces = super().exchanged(environ, raw)
        sent = ((_field(name), value) for name, value in environ.items())
        self.entries.append(
            Entry(
                number=next(self._numbers),
                method=environ["REQUEST_METHOD"],
                url=f"{ROOT}{environ['REQUEST_URI']}",
                request_headers=tuple((name, value) for name, value in sent if name and value),
                request_body=raw,
                status=int(status[:3]),
                headers=tuple((name.lower(), value) for name, value in answered),
                body=b"".join(pieces),
                started=started,
                seconds=_STEP.total_seconds() / 2,
            )
        )
        self._deliver()
        return status, answered, pieces

    def _tick(self) -> datetime:
        self._now += _STEP
        return self._now

    def _written(self, notice: Outgoing) -> bytes:
        encoded: bytes = self.outlet.encode(notice)
        return encoded

    def _deliver(self) -> None:
        """What was notified arrives; what is held, and what is behind it, a request later."""
        for lane in self._lanes.values():
            if lane and lane[0][0].hold and id(lane[0][0]) not in self._held:
                self._held.add(id(lane[0][0]))
                continue
            for notice, body in lane:
                self._arrive(notice, body)
            lane.clear()

    def _arrive(self, notice: Outgoing, body: bytes) -> None:
        self.entries.append(
            Entry(
                number=next(self._numbers),
                method="POST",
                url=notice.url,
                request_headers=(("content-type", notice.format.media_type),),
                request_body=body,
                status=204,
                started=self._tick(),
                inbound=True,
            )
        )


def _field(variable: str) -> str:
    """The header field that a variable of WSGI is about; empty for other variables."""
    if not variable.startswith(("HTTP_", "CONTENT_TYPE")):
        return ""
    return variable.removeprefix("HTTP_").replace("_", "-").lower()


def scripted(
    faults: tuple[str, ...] = (),
    variations: tuple[str, ...] = (),
    scenes: Sequence[Scene] = SCENES,
) -> list[Entry]:
    """The traffic of the script with a server, of some scenes or of all."""
    server = Scripted(faults, variations)
    for scene in scenes:
        scene(server)
    return server.entries


def understood(entries: Sequence[Entry], binding: str = "oma-v1") -> Judged:
    """What traffic without secrets shows."""
    known = load_binding(binding)
    return judged(attributed(entries, known), entries, known)


def judgement(entries: Sequence[Entry], binding: str = "oma-v1") -> Judged:
    """What traffic shows, as the command judges it."""
    return understood(without_secrets(entries), binding)


def moved(entries: Sequence[Entry], host: str) -> list[Entry]:
    """Entries of another server and other clients, with the same numbers after these."""

    def there(text: bytes) -> bytes:
        return text.replace(b"//server:80", b"//%b" % host.encode()).replace(
            b"//client/", b"//client.%b/" % host.encode()
        )

    return [
        replace(
            each,
            number=each.number + len(entries),
            url=there(each.url.encode()).decode(),
            request_body=there(each.request_body),
            headers=tuple((n, there(v.encode()).decode()) for n, v in each.headers),
            body=there(each.body),
        )
        for each in entries
    ]
