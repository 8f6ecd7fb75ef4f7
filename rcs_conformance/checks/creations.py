"""Checks of the response to a creation: it names the created resource, which is found there."""

from rcs_conformance.checks.judging import at, member
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.wire.created import location, resource_url
from rcs_conformance.wire.urls import identifiers, same_resource


def identified(exchange: Exchange, template: str, clause: str) -> list[CheckResult]:
    """The response names the created resource, the same in header and body.

    Args:
        exchange: The creation.
        template: Path of such a resource in the binding.
        clause: That requires it.
    """
    header, body = location(exchange), resource_url(exchange)
    usable = [each for each in (header, body) if each and identifiers(each, template)]
    results = [
        at(exchange).require(
            clause,
            "creation.identified",
            holds=bool(usable),
            expected=f"Location or resourceURL = a URL that ends like {template}",
            actual=f"{member('Location', header)}, {member('resourceURL', body)}",
        )
    ]
    if header and body:
        results.append(
            at(exchange, "resourceURL").require(
                clause,
                "creation.same_url",
                holds=same_resource(header, body),
                expected=f"resourceURL = that of the Location header, {header!r}",
                actual=member("resourceURL", body),
            )
        )
    return results


def found(read: Exchange, clause: str) -> CheckResult:
    """The created resource is found under the URL of the response.

    Args:
        read: A GET of it by the user who created it.
        clause: That requires it.
    """
    return at(read).responds(
        clause, "creation.found", "2xx", "for the URL in the response to the creation"
    )
