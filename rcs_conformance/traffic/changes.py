"""Requests that may change something, and when the server was at work on one of them."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import datetime
from itertools import accumulate

from rcs_conformance.traffic.attributed import Seen


class Changes:
    """All requests of some traffic but readings.

    Args:
        seen: The exchanges of the traffic.
    """

    def __init__(self, seen: Iterable[Seen]) -> None:
        changing = [each for each in seen if each.exchange.request.method != "GET"]
        changing.sort(key=lambda each: each.started)
        self._starts = [each.started for each in changing]
        self._ends = [*accumulate((each.ended for each in changing), max)]

    def end(self, until: datetime) -> datetime:
        """When the last response came to those that were sent until a time; long ago for none."""
        place = bisect_right(self._starts, until)
        return self._ends[place - 1] if place else datetime.min.replace(tzinfo=until.tzinfo)
