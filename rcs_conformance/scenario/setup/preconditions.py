"""What must hold for a test to go on; where it does not, another clause is to blame."""

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.awaited import Awaited, Content
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format


def format_clause(fmt: Format) -> str:
    """The clause that demands a representation and its validity."""
    return "TS-CHAT-5.1" if fmt is Format.XML else "TS-CHAT-5.2"


def refused(exchange: Exchange) -> bool:
    """Whether the target did not do what it was asked for."""
    return not 200 <= exchange.answer.status < 300


def require_success(exchange: Exchange, clause: str) -> None:
    """Go on only if a request succeeded, which is the business of `clause`.

    Raises:
        Inconclusive: It did not.
    """
    if refused(exchange):
        raise Inconclusive(Cause.PRECONDITION, str(exchange), clause)


def require_arrival(awaited: Awaited[Content], clause: str) -> Content:
    """Go on only if a notification arrived, which is the business of `clause`.

    Raises:
        Inconclusive: It did not.
    """
    if awaited.content is None:
        raise Inconclusive(Cause.PRECONDITION, f"{awaited.where}: {awaited.absence}", clause)
    return awaited.content
