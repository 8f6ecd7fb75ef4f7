"""Checks of the answer to a creation: it says what was created, and that is found there."""

from rcs_conformance.checks.judging import judged, place_of, status_of, succeeded
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.created import location, resource_url
from rcs_conformance.wire.urls import identifiers, same_resource


def identified(exchange: Exchange, template: str, clause: str) -> list[CheckResult]:
    """The answer names what was created, in header and body alike.

    Args:
        exchange: The creation.
        template: Path of such a resource in the binding.
        clause: That demands it.
    """
    at, url = location(exchange), resource_url(exchange)
    told = [each for each in (at, url) if each and identifiers(each, template)]
    results = [
        judged(
            clause,
            "creation.identified",
            bool(told),
            expected=f"a URL that ends like {template}, in Location or resourceURL",
            actual=f"Location {at or 'missing'}, resourceURL {url or 'missing'}",
            where=place_of(exchange),
            event=exchange.number,
        )
    ]
    if at and url:
        results.append(
            judged(
                clause,
                "creation.same_url",
                same_resource(at, url),
                expected=f"a resourceURL that names the same resource as Location: {at}",
                actual=f"resourceURL {url}",
                where=place_of(exchange, "resourceURL"),
                event=exchange.number,
            )
        )
    return results


def found(read: Exchange, clause: str) -> CheckResult:
    """Under the URL that was returned, what was created is found.

    Args:
        read: A reading by who created it.
        clause: That demands it.
    """
    return judged(
        clause,
        "creation.found",
        succeeded(read),
        expected="what was created is found under the URL that was returned",
        actual=status_of(read),
        where=place_of(read),
        event=read.number,
    )
