"""Verdicts of the items of the static conformance requirements (SCR)."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from rcs_conformance.catalogue import FORM, Catalogue, ScrItem, ics
from rcs_conformance.model.results import Verdict
from rcs_conformance.target import Ics
from rcs_conformance.verdict.item_signs import FormOutcome, Sign
from rcs_conformance.verdict.run import ClauseResult, ItemResult
from rcs_conformance.verdict.truth import worst

_BROKEN = (Verdict.FAIL, Verdict.WAIVED)
_EXPLAINED = {
    Verdict.FAIL: "failed",
    Verdict.WAIVED: "waived",
    Verdict.INCONCLUSIVE: "inconclusive",
    Verdict.ERROR: "error in the test suite",
}
"""Verdicts whose reason is what stands behind an item, with the word for it."""


def item_results(
    catalogue: Catalogue,
    claims: Ics,
    clauses: Mapping[str, ClauseResult],
    signs: Mapping[str, Sign],
    forms: Mapping[str, FormOutcome],
) -> tuple[ItemResult, ...]:
    """The verdict of each item, in the catalogue's order.

    An item that does not apply, is optional and not claimed, or is of a later release of RCS than
    the target is tested for, is not applicable. An item with requirements has the worst verdict of
    their clauses and of its operation, as far as that was seen. An item without any groups others:
    it has the worst verdict of the items that require it. A clause that failed over the form fields
    of other items fails none that is about form fields.

    Args:
        catalogue: Requirements and SCR items.
        claims: What the target claims to support.
        clauses: What became of each clause; those that are missing count as not tested.
        signs: What was seen of each item.
        forms: By clause, what became of the form requests of items.
    """
    claimed = ics.claimed_items(
        catalogue,
        claims.features,
        claims.items,
        claims.release,
        not_supported=claims.not_supported,
    )
    table = _Table(
        catalogue=catalogue,
        claimed=claimed,
        release=claims.release,
        clauses=clauses,
        signs=signs,
        forms=forms,
    )
    return tuple(table.result(item) for item in catalogue.items.values())


@dataclass(slots=True, kw_only=True)
class _Table:
    """The items, and what their verdicts follow from."""

    catalogue: Catalogue
    claimed: frozenset[str]
    release: str
    clauses: Mapping[str, ClauseResult]
    signs: Mapping[str, Sign]
    forms: Mapping[str, FormOutcome]
    _known: dict[str, Verdict] = field(default_factory=dict)

    def result(self, item: ScrItem) -> ItemResult:
        """What became of an item."""
        applicable = self._is_applicable(item)
        verdict = self._verdict(item) if applicable else Verdict.NOT_APPLICABLE
        sign = self.signs.get(item.item)
        return ItemResult(
            item=item.item,
            function=item.function,
            mandatory=item.mandatory,
            claimed=item.item in self.claimed,
            applies=ics.applies(item, self.claimed),
            operation=str(item.operation or ""),
            requirements=tuple(item.requirements),
            verdict=verdict,
            reason=self._reason(item, verdict),
            supported=sign.supported if sign else self._supported_below(item),
            seen=str(sign or ""),
            reference=item.reference,
        )

    def _is_applicable(self, item: ScrItem) -> bool:
        return (
            not ics.later_than(item.since, self.release)
            and ics.applies(item, self.claimed)
            and (item.mandatory or item.item in self.claimed)
        )

    def _below(self, item: ScrItem) -> list[ScrItem]:
        """The items that require an item, among other things."""
        return [
            one
            for one in self.catalogue.items.values()
            if one.requires and item.item in one.requires.names
        ]

    def _verdict(self, item: ScrItem) -> Verdict:
        """The verdict of an item that applies; items below it are judged first."""
        if item.item in self._known:
            return self._known[item.item]
        self._known[item.item] = Verdict.NOT_TESTED
        sign = self.signs.get(item.item)
        parts = [sign.verdict] if sign else []
        if item.requirements:
            parts += [
                self._behind(item, clause.id) for clause in self.catalogue.select(item.requirements)
            ]
        elif item.operation is None:
            parts += [
                self._verdict(below) for below in self._below(item) if self._is_applicable(below)
            ]
        self._known[item.item] = worst(parts, default=Verdict.NOT_TESTED)
        return self._known[item.item]

    def _behind(self, item: ScrItem, clause: str) -> Verdict:
        """What a clause says of an item."""
        if clause not in self.clauses:
            return Verdict.NOT_TESTED
        verdict = self.clauses[clause].verdict
        is_form = item.operation is not None and item.operation.qualifier == FORM
        outcome = self.forms.get(clause, FormOutcome())
        if not is_form or verdict not in _BROKEN or item.item in outcome.failed:
            return verdict
        return Verdict.PASS if item.item in outcome.passed else Verdict.NOT_TESTED

    def _supported_below(self, item: ScrItem) -> bool | None:
        """Whether an item without an operation is supported, by the mandatory ones that need it."""
        if item.operation is not None:
            return None
        below = (one for one in self._below(item) if one.mandatory and one.operation)
        seen = [self.signs[one.item].supported for one in below if one.item in self.signs]
        return all(seen) if seen else None

    def _those_behind(self, item: ScrItem, verdict: Verdict) -> list[str]:
        """The clauses behind an item with its verdict; the items below one without clauses."""
        if item.requirements:
            behind = [clause.id for clause in self.catalogue.select(item.requirements)]
            return [name for name in behind if self._behind(item, name) is verdict]
        below = [each for each in self._below(item) if self._is_applicable(each)]
        return [each.item for each in below if self._verdict(each) is verdict]

    def _reason(self, item: ScrItem, verdict: Verdict) -> str:
        """Why an item has its verdict; empty where it passed or was not tested."""
        if later := ics.later_than(item.since, self.release):
            return later
        if not ics.applies(item, self.claimed):
            return f"it requires {ics.condition(item)}, which the target does not claim"
        if not self._is_applicable(item):
            return "it is optional, and the target does not claim it"
        sign = self.signs.get(item.item)
        if sign and not sign.supported:
            return f"it is not served: {sign}"
        if verdict in _EXPLAINED:
            return f"{_EXPLAINED[verdict]}: {', '.join(self._those_behind(item, verdict))}"
        return self._excuse(item) if verdict is Verdict.NOT_APPLICABLE else ""

    def _excuse(self, item: ScrItem) -> str:
        """Why nothing behind an item applies."""
        behind = (
            self.clauses.get(clause.id) for clause in self.catalogue.select(item.requirements)
        )
        reasons = (found.reason for found in behind if found and found.reason)
        return next(reasons, "nothing behind it applies")
