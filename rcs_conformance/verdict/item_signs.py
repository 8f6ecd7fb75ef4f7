"""What the tests of a run showed of SCR items: supported or not, and by which exchange."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from rcs_conformance.model.results import CheckResult, Outcome, TestRecord, Verdict
from rcs_conformance.verdict.run import ItemResult
from rcs_conformance.verdict.waivers import Waiver

SUPPORT = "TS-CHAT-5.13"
"""The clause that demands what is mandatory or claimed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sign:
    """What was seen of an item.

    Attributes:
        supported: Whether its operation was carried out.
        test: Id of the test.
        seen: The exchange or notification, and what was there.
        waived: Whether it is known and accepted that it was not.
    """

    supported: bool
    test: str
    seen: str
    waived: bool = False

    @property
    def verdict(self) -> Verdict:
        """What it says of the item where that is claimed."""
        if self.supported:
            return Verdict.PASS
        return Verdict.WAIVED if self.waived else Verdict.FAIL

    def __str__(self) -> str:
        return f"{self.seen} ({self.test})"


def signs_of(records: Iterable[TestRecord], waivers: Sequence[Waiver]) -> Mapping[str, Sign]:
    """The sign of each item: the first failure that is not waived, else one that is, else success.

    Args:
        records: What became of the tests, in order.
        waivers: Failures that are known and accepted.
    """
    signs: dict[str, Sign] = {}
    for record in records:
        for one in record.signs:
            failure = next((each for each in record.failures if each.item == one.item), None)
            waived = any(each.covers(SUPPORT, record.id, failure) for each in waivers)
            sign = Sign(
                supported=one.supported,
                test=record.id,
                seen=one.seen,
                waived=waived and not one.supported,
            )
            known = signs.get(one.item)
            if known is None or _weight(sign) > _weight(known):
                signs[one.item] = sign
    return signs


def _weight(sign: Sign) -> int:
    return 0 if sign.supported else 1 if sign.waived else 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FormOutcome:
    """What the tests that sent form requests came to, over one clause.

    Attributes:
        failed: SCR items whose form requests were sent in a test that failed.
        passed: Those in a test that passed.
    """

    failed: frozenset[str] = frozenset()
    passed: frozenset[str] = frozenset()


def form_outcomes(records: Iterable[TestRecord]) -> Mapping[str, FormOutcome]:
    """By clause, which items about form fields its tests speak of.

    One clause stands behind the form fields of all resources; each item is judged by its own.
    """
    failed: defaultdict[str, set[str]] = defaultdict(set)
    passed: defaultdict[str, set[str]] = defaultdict(set)
    for record in records:
        for count in record.counts if record.forms else ():
            (failed if count.failed else passed)[count.clause].update(record.forms)
    return {
        clause: FormOutcome(failed=frozenset(failed[clause]), passed=frozenset(passed[clause]))
        for clause in failed.keys() | passed.keys()
    }


def unclaimed(
    items: Iterable[ItemResult],
    signs: Mapping[str, Sign],
    records: Iterable[TestRecord],
    left_out: Set[str] = frozenset(),
) -> Iterator[tuple[str, CheckResult]]:
    """Remarks on items that were seen to be supported and are not claimed, beside those of tests.

    Args:
        items: What became of the items.
        signs: What was seen of them.
        records: The tests, which may have remarked upon an item themselves.
        left_out: Items of a later release than the target is tested for.
    """
    remarked = {result.item for record in records for result in record.remarks}
    for item in items:
        sign = signs.get(item.item)
        if item.item in remarked | left_out:
            continue
        if sign and sign.supported and not item.claimed:
            yield (
                sign.test,
                CheckResult(
                    clause=SUPPORT,
                    rule="item.unclaimed",
                    outcome=Outcome.REMARK,
                    expected=f"{item.item} is claimed where it is supported",
                    actual=f"it is served and not claimed: {sign.seen}",
                    where=item.operation,
                    item=item.item,
                ),
            )
