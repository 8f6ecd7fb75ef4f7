"""`rcs-conformance cleanup`: remove what earlier runs left on a target, as their ledgers say."""

import argparse
from collections import Counter
from collections.abc import Sequence

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.cli.run import tested
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.plugin.ledgers import RunLedger, abandoned
from rcs_conformance.report.text import inert
from rcs_conformance.target import Target
from rcs_conformance.wire.vocabulary import dialect

_LONGEST = 3600.0
"""Seconds for one run, at most."""

LEFT = 1
UNANSWERED = 6


def cleanup(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Remove it, and say what is left.

    Returns:
        0 if nothing is left, 1 if something is, 6 if the target gave no response.

    Raises:
        ConfigurationError: The target or the ledgers cannot be used.
    """
    target = tested(arguments, load_catalogue())
    if target is None:
        raise ConfigurationError("cleanup needs a target file or the URL of a server")
    try:
        ledgers, in_use = abandoned(target)
    except OSError as error:
        raise ConfigurationError(f"the ledgers cannot be read: {error}") from None
    if in_use:
        print(f"ledgers of runs that go on, left alone: {in_use}")  # noqa: T201 - the output
    return _worked_off(ledgers, target)


def _worked_off(ledgers: Sequence[RunLedger], target: Target) -> int:
    ended = left = 0
    reasons: Counter[str] = Counter()
    unanswered = False
    for ledger in ledgers:
        removal = ledger.remove(target, dialect(target.binding), ledger.open(), _LONGEST)
        ledger.close()
        ended += removal.summary.removed
        left += removal.summary.left
        reasons.update(removal.left.values())
        unanswered = unanswered or removal.is_unanswered
    print(f"ledgers: {len(ledgers)}; removed: {ended}; left: {left}")  # noqa: T201 - the output
    for reason, count in sorted(reasons.items()):
        print(f"left  {inert(reason)} ({count}x)")  # noqa: T201 - the output
    if unanswered:
        return UNANSWERED
    return LEFT if left else 0
