"""What it costs to judge bodies by their schemas: alike to one that was accepted, and anew."""

import statistics
import time
from collections.abc import Callable

from rcs_conformance import kit
from rcs_conformance.model.formats import Format
from rcs_conformance.wire import schema_json, schema_xml
from rcs_conformance.wire.guard import parse_json, parse_xml
from rcs_conformance.wire.schema import violations

ROOT = "groupChatSessionInformation"
BODIES = 100


def alike_to_anew(fmt: Format, rounds: int) -> float:
    """The time for a body like an accepted one, by that for judging the body itself."""
    bodies = [path.read_bytes() for path in sorted(kit.PAYLOADS.glob(f"{ROOT}/valid/*.{fmt}"))]
    for body in bodies:
        assert not violations(body, fmt, ROOT)
        assert not _anew(body, fmt)
    return statistics.median(
        _seconds(lambda body: violations(body, fmt, ROOT), bodies)
        / _seconds(lambda body: _anew(body, fmt), bodies)
        for _ in range(rounds)
    )


def _anew(body: bytes, fmt: Format) -> list[object]:
    if fmt is Format.JSON:
        return [*schema_json.violations_of(parse_json(body), ROOT)]
    return [*schema_xml.violations_of(parse_xml(body), "chat", ROOT)]


def _seconds(judge: Callable[[bytes], object], bodies: list[bytes]) -> float:
    begun = time.thread_time()
    for _ in range(BODIES):
        for body in bodies:
            judge(body)
    return time.thread_time() - begun
