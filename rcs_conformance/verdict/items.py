"""Verdicts of the items of the static conformance requirements (SCR)."""

from collections.abc import Mapping

from rcs_conformance.catalogue import Catalogue, ScrItem, ics
from rcs_conformance.model.results import Verdict
from rcs_conformance.target import Ics
from rcs_conformance.verdict.run import ItemResult
from rcs_conformance.verdict.truth import worst


def item_results(
    catalogue: Catalogue, claims: Ics, verdicts: Mapping[str, Verdict]
) -> tuple[ItemResult, ...]:
    """The verdict of each item, in the catalogue's order.

    An item that does not apply, or is optional and not claimed, is not applicable. An item with
    requirements has the worst verdict of their clauses; its operation is what those test. An item
    without any groups others: it has the worst verdict of the items that require it.

    Args:
        catalogue: Requirements and SCR items.
        claims: What the target claims to support.
        verdicts: Verdict of each clause; clauses that are missing count as not tested.
    """
    claimed = ics.claimed_items(catalogue, claims.features, claims.items)
    items = catalogue.items
    applicable = {
        name: item
        for name, item in items.items()
        if ics.applies(item, claimed) and (item.mandatory or name in claimed)
    }
    known: dict[str, Verdict] = {}
    for name in applicable:
        _item_verdict(name, applicable, catalogue, verdicts, known)
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
        )
        for item in items.values()
    )


def _item_verdict(
    name: str,
    applicable: Mapping[str, ScrItem],
    catalogue: Catalogue,
    verdicts: Mapping[str, Verdict],
    known: dict[str, Verdict],
) -> Verdict:
    """The verdict of an item that applies, kept in `known`; items below it are judged first."""
    if name in known:
        return known[name]
    known[name] = Verdict.NOT_TESTED
    item = applicable[name]
    if item.requirements:
        parts = [
            verdicts.get(clause.id, Verdict.NOT_TESTED)
            for clause in catalogue.select(item.requirements)
        ]
    else:
        parts = [
            _item_verdict(below, applicable, catalogue, verdicts, known)
            for below, candidate in applicable.items()
            if candidate.requires and name in candidate.requires.names
        ]
    known[name] = worst(parts, default=Verdict.NOT_TESTED)
    return known[name]
