"""Checks of what an operator's policy decides: either outcome conforms, but it must be one."""

from collections.abc import Sequence

from rcs_conformance.checks.group_clauses import entry_of, within
from rcs_conformance.checks.judging import judged, place_of, status_of, succeeded
from rcs_conformance.model.common import RequestError
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.results import CheckResult
from rcs_conformance.target import OriginatorLeave, Permission


def decided(
    exchange: Exchange, clause: str, what: str, policy: Permission | None = None
) -> CheckResult:
    """A request that a policy decides is granted, or refused as not allowed by policy.

    Args:
        exchange: The request.
        clause: That leaves it to the policy.
        what: What the user asks for, as a phrase: `join again`.
        policy: What the target file says of it; `None`: either is fine.
    """
    granted, refused = succeeded(exchange), rejected_by_policy(exchange)
    expected = {
        None: f"to {what} is granted, or refused with status 403 and a policy exception",
        Permission.ALLOWED: f"to {what} is granted, as the target file says",
        Permission.REFUSED: f"to {what} is refused with 403 and a policy exception, as it says",
    }
    holds = {
        None: granted or refused,
        Permission.ALLOWED: granted,
        Permission.REFUSED: refused,
    }
    return judged(
        clause,
        "policy.decided",
        holds[policy],
        expected=expected[policy],
        actual=_shown(exchange),
        where=place_of(exchange),
        event=exchange.number,
    )


def originator_left(posted: Exchange, policy: OriginatorLeave | None) -> list[CheckResult]:
    """UNI-CHT-011.3: a chat whose originator left ends or goes on as the target file says.

    Args:
        posted: A message by another participant after that.
        policy: What the target file says; `None`: either is fine, and nothing is judged.
    """
    if policy is None:
        return []
    goes_on = policy is OriginatorLeave.GOES_ON
    return [
        judged(
            "UNI-CHT-011.3",
            "policy.originator_left",
            succeeded(posted) == goes_on,
            expected=f"the chat {'goes on' if goes_on else 'ends'}, as the target file says",
            actual=f"a message is answered with {status_of(posted)}",
            where=place_of(posted),
            event=posted.number,
        )
    ]


def rejected_by_policy(exchange: Exchange) -> bool:
    """Whether a request was refused as not allowed by policy.

    That a refusal says why at all is the business of TS-CHAT-5.7.
    """
    error = exchange.answer.content
    by_policy = not isinstance(error, RequestError) or error.policy_exception is not None
    return exchange.answer.status == 403 and by_policy


def not_added(read: Exchange, addresses: Sequence[str], clause: str) -> list[CheckResult]:
    """After a refusal, those who should have been added are not in the group.

    Args:
        read: A reading of the group by one who is in it.
        addresses: Of those who should have been added.
        clause: That leaves it to the policy.
    """
    return [
        judged(
            clause,
            "policy.nobody_came",
            entry_of(read, address) is None,
            expected=f"{address} is not in the group, for its addition was refused",
            actual="shown" if entry_of(read, address) else "not shown",
            where=within(read, "participant"),
            event=read.number,
        )
        for address in addresses
    ]


def _shown(exchange: Exchange) -> str:
    error = exchange.answer.content
    if not isinstance(error, RequestError):
        return status_of(exchange)
    exception = error.policy_exception or error.service_exception
    return f"{status_of(exchange)}, {exception.message_id if exception else 'no exception'}"
