"""Traffic of the script of `tests.reference` with a server that has no socket."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from itertools import count

from rcs_conformance.binding import load_binding
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.serving import Environ, StartResponse
from rcs_conformance.traffic.attribution import attributed
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.judging import Judged, judged
from rcs_conformance.traffic.secrecy import without_secrets
from tests.reference.in_process import JSON, InProcess, _raw
from tests.reference.script import play

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
        self._body = b""
        keep, application = self.outlet.put, self.application

        def put(notice: Outgoing) -> None:
            keep(notice)
            lane = self._lanes.setdefault(notice.subscription.id, [])
            lane.insert(0 if notice.overtakes else len(lane), (notice, self._written(notice)))

        def answer(environ: Environ, start_response: StartResponse) -> list[bytes]:
            pieces = [*application(environ, start_response)]
            self._body = b"".join(pieces)
            return pieces

        self.outlet.put = put  # type: ignore[method-assign]
        self.application = answer  # type: ignore[assignment]

    def ask(
        self,
        user: int,
        method: str,
        path: str,
        body: object = None,
        *,
        kind: str = JSON,
        accept: str = JSON,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, dict[str, str], str]:
        raw = _raw(body)
        sent = {
            "accept": accept,
            "authorization": f"Bearer token-{user}",
            **({"content-type": kind} if raw else {}),
            **{_field(name): value for name, value in (headers or {}).items()},
        }
        started = self._tick()
        status, answered, text = super().ask(
            user, method, path, body, kind=kind, accept=accept, headers=headers
        )
        self.entries.append(
            Entry(
                number=next(self._numbers),
                method=method,
                url=f"{ROOT}{path}",
                request_headers=tuple((k, v) for k, v in sent.items() if str(v) != "None"),
                request_body=raw,
                status=status,
                headers=tuple((name.lower(), value) for name, value in answered.items()),
                body=self._body,
                started=started,
                seconds=_STEP.total_seconds() / 2,
            )
        )
        self._deliver()
        return status, answered, text

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
    """The header field that a variable of WSGI is about."""
    return variable.removeprefix("HTTP_").replace("_", "-").lower()


def scripted(faults: tuple[str, ...] = (), variations: tuple[str, ...] = ()) -> list[Entry]:
    """The traffic of the whole script with a server."""
    server = Scripted(faults, variations)
    play(server)
    return server.entries


def judgement(entries: list[Entry], binding: str = "oma-v1") -> Judged:
    """What traffic shows."""
    plain = without_secrets(entries)
    known = load_binding(binding)
    return judged(attributed(plain, known), plain, known)
