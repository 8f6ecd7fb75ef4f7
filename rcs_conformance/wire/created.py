"""What an answer to a creation says about what was created."""

from collections.abc import Mapping

from rcs_conformance.model.exchange import Exchange, header
from rcs_conformance.wire.urls import identifiers


def location(exchange: Exchange) -> str | None:
    """The URL in the `Location` header."""
    return header(exchange.answer.headers, "location")


def resource_url(exchange: Exchange) -> str | None:
    """The `resourceURL` in the body, full or reference."""
    found = getattr(exchange.answer.content, "resource_url", None)
    return found if isinstance(found, str) else None


def created_as(exchange: Exchange, template: str) -> Mapping[str, str] | None:
    """The variables in the URL of what was created, by whichever of the two URLs has them.

    Where both have them and the target serves one alone, by that one.

    Args:
        exchange: A creation.
        template: Path of what was created, such as `/oneToOne/{otherUserId}/{sessionId}`.
    """
    for url in (exchange.created_url, location(exchange), resource_url(exchange)):
        found = identifiers(url, template) if url else None
        if found:
            return found
    return None


def created_id(exchange: Exchange, template: str, variable: str) -> str | None:
    """The id of what was created, as `created_as`.

    Args:
        exchange: A creation.
        template: Path of what was created, such as `/group/{sessionId}`.
        variable: The variable in it that is the id.
    """
    found = created_as(exchange, template)
    return None if found is None else found[variable]
