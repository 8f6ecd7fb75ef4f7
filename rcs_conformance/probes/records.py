"""The findings of probes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rcs_conformance.model.exchange import Exchange, header

_SHOWN = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """A finding about one operation of the SCR table.

    Attributes:
        operation: Such as `POST groups isClosed`.
        served: Whether the target supports it; `None` if unknown.
        why: What shows it, as a phrase: `GET returned 200`.
        event: Number of the exchange that shows it; `None` without one.
    """

    operation: str
    served: bool | None
    why: str
    event: int | None = None


Findings: TypeAlias = Mapping[str, Finding]
"""What was found, by operation."""


def by_operation(findings: Iterable[Finding]) -> Findings:
    """The findings by operation; the first that is not unknown counts."""
    found: dict[str, Finding] = {}
    for each in findings:
        known = found.get(each.operation)
        if known is None or (known.served is None and each.served is not None):
            found[each.operation] = each
    return found


def described(exchange: Exchange, what: str = "") -> str:
    """Request and response as a phrase: `PUT returned 405, Allow: GET, POST`."""
    request = f"{exchange.request.method} {what}".strip()
    allow = header(exchange.answer.headers, "allow")
    allowed = f", Allow: {allow[:_SHOWN]}" if allow and exchange.answer.status == 405 else ""
    return f"{request} returned {exchange.answer.status}{allowed}"


def allowed(exchange: Exchange) -> frozenset[str]:
    """The verbs that a 405 lists; none where there is no list."""
    allow = header(exchange.answer.headers, "allow") if exchange.answer.status == 405 else None
    return frozenset(verb.strip().upper() for verb in (allow or "").split(",")) - {""}


def finding(operation: str, exchange: Exchange, *, served: bool | None, what: str = "") -> Finding:
    """The finding that an exchange shows."""
    return Finding(
        operation=operation, served=served, why=described(exchange, what), event=exchange.number
    )
