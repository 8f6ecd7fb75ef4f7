"""Checks that both ways of notification bring the same: posted, and polled (UNI-CHT-007a.1).

A user is notified through whatever its subscriptions set up; where two of them differ only in the
way, what comes on one comes on the other as well.
"""

from dataclasses import fields, replace

from rcs_conformance.checks.equivalence import differences
from rcs_conformance.checks.judging import judged
from rcs_conformance.model.exchange import Notification
from rcs_conformance.model.results import CheckResult

CLAUSE = "UNI-CHT-007a.1"
_LONGEST = 400

POSTED, POLLED = "posted to notifyURL", "by long poll"


def same_on_both(pairs: int, user: str) -> CheckResult:
    """So many notifications came on both ways with the same content."""
    return judged(
        CLAUSE,
        "ways.same",
        holds=True,
        expected="the same on both ways",
        actual=f"{pairs} notifications came on both",
        where=f"notifications to {user}",
    )


def only_one(found: Notification, way: str, *, seconds: float) -> CheckResult:
    """A notification came on one way and not on the other.

    Args:
        found: The notification.
        way: On which way it came, `POSTED` or `POLLED`.
        seconds: How long it was waited for on the other.
    """
    other = POLLED if way == POSTED else POSTED
    return judged(
        CLAUSE,
        "ways.one",
        holds=False,
        expected=f"a {found.root} that is {way} comes {other} as well",
        actual=f"only {way}: {_shown(found.content)}; not {other} within {seconds:g} s",
        where=f"{found.root} to {found.user}",
        event=found.number,
    )


def different(posted: Notification, polled: Notification) -> CheckResult:
    """A notification came on both ways, but says something else on each."""
    first, second = _without_data(posted.content), _without_data(polled.content)
    return judged(
        CLAUSE,
        "ways.unlike",
        holds=False,
        expected=f"the same content {POSTED} and {POLLED}",
        actual=f"{POSTED} against {POLLED}: {'; '.join(differences(first, second))}",
        where=f"{posted.root} to {posted.user}",
        event=polled.number,
    )


def broken(user: str, trouble: str) -> CheckResult:
    """The channel of a user can be polled no longer, so that nothing comes that way."""
    return judged(
        CLAUSE,
        "ways.broken",
        holds=False,
        expected=f"the channel of {user} can be polled as long as it lasts",
        actual=trouble,
        where=f"POST channelURL of {user}",
    )


def _without_data(content: object) -> object:
    """What is told, without what the subscription gave to be returned."""
    return replace(content, callback_data=None)  # type: ignore[type-var]  # notifications have it


def _shown(content: object) -> str:
    """What is told, member by member, without the data of the subscription."""
    members = (
        (each.name, getattr(content, each.name))
        for each in fields(content)  # type: ignore[arg-type]  # notifications have some
        if each.name != "callback_data"
    )
    told = ", ".join(f"{name} {value!r}" for name, value in members if value not in (None, ()))
    return told if len(told) <= _LONGEST else f"{told[:_LONGEST]}..."
