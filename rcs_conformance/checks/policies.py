"""Checks of what an operator's policy decides: either outcome conforms, but it must be one."""

from collections.abc import Sequence

from rcs_conformance.checks.group_clauses import entry_of, within
from rcs_conformance.checks.judging import at, status_of, succeeded
from rcs_conformance.checks.request_errors import described, message_id
from rcs_conformance.model.common import RequestError
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.target import OriginatorLeave, Permission


def decided(
    exchange: Exchange, clause: str, what: str, policy: Permission | None = None
) -> CheckResult:
    """A request that a policy decides is accepted, or rejected as not allowed by policy.

    Args:
        exchange: The request.
        clause: That leaves it to the policy.
        what: What it is for: `join again`.
        policy: What the target file says of it; `None`: both conform.
    """
    accepted, rejected = succeeded(exchange), rejected_by_policy(exchange)
    yes, no = "status 2xx", "status 403 with a policyException"
    expected = {
        None: f"{yes}, or {no}, for the request to {what}",
        Permission.ALLOWED: f"{yes} for the request to {what}, as the target file says",
        Permission.REFUSED: f"{no} for the request to {what}, as the target file says",
    }
    holds = {None: accepted or rejected, Permission.ALLOWED: accepted, Permission.REFUSED: rejected}
    has_error = isinstance(exchange.answer.content, RequestError)
    return at(exchange).require(
        clause,
        "policy.decided",
        holds=holds[policy],
        expected=expected[policy],
        actual=f"{status_of(exchange)} with {described(message_id(exchange))}" if has_error else "",
    )


def originator_left(posted: Exchange, policy: OriginatorLeave | None) -> list[CheckResult]:
    """A chat whose originator left ends or continues as the target file says.

    Args:
        posted: A message of another participant after that.
        policy: What the target file says; `None`: both conform, and nothing is checked.
    """
    if policy is None:
        return []
    continues = policy is OriginatorLeave.GOES_ON
    return [
        at(posted).require(
            "UNI-CHT-011.3",
            "policy.originator_left",
            holds=succeeded(posted) == continues,
            expected=f"status {'2xx' if continues else '4xx'} for a message: after the originator "
            f"left, the chat {'continues' if continues else 'ends'}, as the target file says",
        )
    ]


def rejected_by_policy(exchange: Exchange) -> bool:
    """Whether a request was rejected as not allowed by policy.

    Whether the response has a requestError at all is another clause's: `request_errors`.
    """
    error = exchange.answer.content
    by_policy = not isinstance(error, RequestError) or error.policy_exception is not None
    return exchange.answer.status == 403 and by_policy


def not_added(read: Exchange, addresses: Sequence[str], clause: str) -> list[CheckResult]:
    """After a rejected addition, its users are not in the group.

    Args:
        read: A GET of the group by one of its participants.
        addresses: Of the users in the addition.
        clause: That leaves it to the policy.
    """
    return [
        within(read, "participant").require(
            clause,
            "policy.nobody_came",
            holds=entry_of(read, address) is None,
            expected=f"participant {address} absent: its addition was rejected",
            actual=f"participant {address} {'present' if entry_of(read, address) else 'absent'}",
        )
        for address in addresses
    ]
