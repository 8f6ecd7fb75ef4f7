"""Loads the catalogue and checks that its parts fit each other, and fit a binding."""

from collections.abc import Set as AbstractSet
from datetime import date
from pathlib import Path

from rcs_conformance import kit
from rcs_conformance.catalogue.history import read_history
from rcs_conformance.catalogue.records import Catalogue, suggestion
from rcs_conformance.catalogue.requirements import read_requirements
from rcs_conformance.catalogue.scr import read_items
from rcs_conformance.errors import ConfigurationError


def load_catalogue(directory: Path = kit.CATALOGUE) -> Catalogue:
    """Reads `requirements.toml`, `scr.csv` and, where there is one, `releases.toml`.

    Args:
        directory: Where they are. Without `releases.toml` all of it is one release.

    Raises:
        ConfigurationError: One of them is wrong, or names something that another does not have;
            one line with file, entry and what would be right.
    """
    source, skipped, requirements = read_requirements(directory / "requirements.toml")
    items = read_items(directory / "scr.csv")
    history = None
    if (directory / "releases.toml").exists():
        history = read_history(directory / "releases.toml", requirements, items)
        requirements = {name: history.requirement(one) for name, one in requirements.items()}
        items = history.items(items)
    clauses = {clause.id: clause for one in requirements.values() for clause in one.clauses}
    known = {*requirements, *clauses}
    for item in items.values():
        for name in item.requirements:
            if name not in known:
                raise ConfigurationError(
                    f"{directory / 'scr.csv'}: {item.item}: unknown requirement or clause "
                    f"{name!r}; {suggestion(name, sorted(known))}"
                )
    return Catalogue(
        source=source,
        not_in_source=skipped,
        requirements=requirements,
        clauses=clauses,
        items=items,
        releases=history.releases if history else (),
        revised=history.revised if history else date.min,
    )


CONN_CHECK = "connCheck"
"""What is sent through a WebSocket to see whether the other side is there: no resource."""


def check_operations(
    catalogue: Catalogue, resources: AbstractSet[str], notifications: AbstractSet[str]
) -> None:
    """Refuses SCR operations that a binding has no resource or notification for.

    Args:
        catalogue: Whose items are checked.
        resources: Keys of the binding's resources.
        notifications: Canonical roots of the binding's notifications.

    Raises:
        ConfigurationError: An operation names an unknown resource or notification.
    """
    for item in catalogue.items.values():
        if item.operation is None:
            continue
        kind, known = (
            ("notification", notifications)
            if item.operation.notifies
            else ("resource", {*resources, CONN_CHECK})
        )
        if item.operation.subject not in known:
            raise ConfigurationError(
                f"scr.csv: {item.item}: operation {str(item.operation)!r}: unknown {kind} "
                f"{item.operation.subject!r}; {suggestion(item.operation.subject, sorted(known))}"
            )
