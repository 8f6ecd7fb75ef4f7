"""What a probe found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from rcs_conformance.model.exchange import Exchange, header

_SHOWN = 120


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a probe found about one operation of the SCR table.

    Attributes:
        operation: Such as `POST groups isClosed`.
        served: Whether the target serves it; `None` where that could not be seen.
        why: What shows it, as a phrase: `GET answered 200`.
        event: Number of the exchange that shows it; `None` where there was none.
    """

    operation: str
    served: bool | None
    why: str
    event: int | None = None


Findings: TypeAlias = Mapping[str, Finding]
"""What was found, by operation."""


def by_operation(findings: Iterable[Finding]) -> Findings:
    """The findings; what is known outweighs what is not, and what came first the rest."""
    found: dict[str, Finding] = {}
    for each in findings:
        known = found.get(each.operation)
        if known is None or (known.served is None and each.served is not None):
            found[each.operation] = each
    return found


def described(exchange: Exchange, what: str = "") -> str:
    """What was asked and answered, as a phrase: `PUT answered 405, Allow: GET, POST`."""
    asked = f"{exchange.request.method} {what}".strip()
    allow = header(exchange.answer.headers, "allow")
    allowed = f", Allow: {allow[:_SHOWN]}" if allow and exchange.answer.status == 405 else ""
    return f"{asked} answered {exchange.answer.status}{allowed}"


def finding(operation: str, exchange: Exchange, *, served: bool | None, what: str = "") -> Finding:
    """What an exchange shows of an operation."""
    return Finding(
        operation=operation, served=served, why=described(exchange, what), event=exchange.number
    )
