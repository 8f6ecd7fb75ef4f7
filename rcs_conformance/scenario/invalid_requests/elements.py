"""Original requests for changes to elements that stand alone: lightweight resources."""

from collections.abc import Callable
from dataclasses import replace

from rcs_conformance.driver import Body
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.invalid_requests.original import OriginalRequest
from rcs_conformance.scenario.situations import lightweight
from rcs_conformance.scenario.situations.lightweight import Part
from rcs_conformance.wire.element import LoneElement

_SHORTER = 3600
"""Seconds, so many less than a subscription is made for that none can have run down to them."""


def duration(bed: TestBed, fmt: Format) -> OriginalRequest:
    """A shorter duration for a subscription of alice, which is ended then."""
    part = lightweight.duration(bed, fmt)

    def undo(_exchange: Exchange) -> None:
        part.who.send("DELETE", part.whole, fmt=fmt, ids=part.ids)

    return replace(_change(part, lambda _marker: _SHORTER), undo=undo)


def subject(bed: TestBed, fmt: Format) -> OriginalRequest:
    """Another subject for a group chat of alice and bob."""
    return _change(lightweight.subject(bed, fmt), lambda marker: f"{marker} talk")


def _change(part: Part, value: Callable[[str], str | int]) -> OriginalRequest:
    """A change of an element; it causes no notification, and shows in the structure that has it."""
    return OriginalRequest(
        who=part.who,
        method="PUT",
        resource=part.key,
        fmt=part.fmt,
        content=lambda marker: LoneElement(name=part.element, value=value(marker)),
        clause="TS-CHAT-5.11",
        watchers=(),
        written=lambda content: Body(
            data=part.who.codec.encode(content, part.fmt), media_type=part.fmt.media_type
        ),
        ids=part.ids,
        state=part.read_whole,
    )
