"""Verdicts of the items of the static conformance requirements (SCR)."""

from collections.abc import Mapping

from rcs_conformance.catalogue import Catalogue, ScrItem, ics
from rcs_conformance.model.results import Verdict
from rcs_conformance.target import Ics
from rcs_conformance.verdict.run import ClauseResult, ItemResult
from rcs_conformance.verdict.truth import worst


def item_results(
    catalogue: Catalogue, claims: Ics, clauses: Mapping[str, ClauseResult]
) -> tuple[ItemResult, ...]:
    """The verdict of each item, in the catalogue's order.

    An item that does not apply, is optional and not claimed, or is of a later release of RCS than
    the target is tested for, is not applicable. An item with
    requirements has the worst verdict of their clauses; its operation is what those test. An item
    without any groups others: it has the worst verdict of the items that require it.

    Args:
        catalogue: Requirements and SCR items.
        claims: What the target claims to support.
        clauses: What became of each clause; those that are missing count as not tested.
    """
    claimed = ics.claimed_items(
        catalogue,
        claims.features,
        claims.items,
        claims.release,
        not_supported=claims.not_supported,
    )
    items = catalogue.items
    applicable = {
        name: item
        for name, item in items.items()
        if not ics.later_than(item.since, claims.release)
        and ics.applies(item, claimed)
        and (item.mandatory or name in claimed)
    }
    known: dict[str, Verdict] = {}
    for name in applicable:
        _item_verdict(name, applicable, catalogue, clauses, known)
    return tuple(
        ItemResult(
            item=item.item,
            function=item.function,
            mandatory=item.mandatory,
            claimed=item.item in claimed,
            applies=ics.applies(item, claimed),
            operation=str(item.operation or ""),
            requirements=tuple(item.requirements),
            verdict=known.get(item.item, Verdict.NOT_APPLICABLE),
            reason=ics.later_than(item.since, claims.release)
            or _reason(item, claimed, catalogue, clauses, known),
        )
        for item in items.values()
    )


def _item_verdict(
    name: str,
    applicable: Mapping[str, ScrItem],
    catalogue: Catalogue,
    clauses: Mapping[str, ClauseResult],
    known: dict[str, Verdict],
) -> Verdict:
    """The verdict of an item that applies, kept in `known`; items below it are judged first."""
    if name in known:
        return known[name]
    known[name] = Verdict.NOT_TESTED
    item = applicable[name]
    if item.requirements:
        parts = [
            clauses[clause.id].verdict if clause.id in clauses else Verdict.NOT_TESTED
            for clause in catalogue.select(item.requirements)
        ]
    else:
        parts = [
            _item_verdict(below, applicable, catalogue, clauses, known)
            for below, candidate in applicable.items()
            if candidate.requires and name in candidate.requires.names
        ]
    known[name] = worst(parts, default=Verdict.NOT_TESTED)
    return known[name]


def _reason(
    item: ScrItem,
    claimed: frozenset[str],
    catalogue: Catalogue,
    clauses: Mapping[str, ClauseResult],
    known: Mapping[str, Verdict],
) -> str:
    """Why an item is not applicable; empty for every other verdict."""
    if not ics.applies(item, claimed):
        return f"it requires {item.requires}, which the target does not claim"
    if item.item not in known:
        return "it is optional, and the target does not claim it"
    if known[item.item] is not Verdict.NOT_APPLICABLE:
        return ""
    behind = (clauses.get(clause.id) for clause in catalogue.select(item.requirements or ()))
    reasons = (found.reason for found in behind if found and found.reason)
    return next(reasons, "nothing behind it applies")
