"""Checks that both notification modes deliver the same: callback and long poll.

A user is notified through whatever its subscriptions set up. Where two of them differ in the mode
alone, a notification of one is due on the other as well.
"""

from dataclasses import replace

from rcs_conformance.checks.equivalence import differences
from rcs_conformance.checks.judging import Place, shown
from rcs_conformance.model.exchange import Notification
from rcs_conformance.model.results import CheckResult

CLAUSE = "UNI-CHT-007a.1"
_LONGEST = 400

POSTED, POLLED = "by POST to notifyURL", "by long poll"


def same_on_both(pairs: int, user: str) -> CheckResult:
    """So many notifications were delivered in both modes with the same content."""
    return Place(f"notifications to {user}").require(
        CLAUSE,
        "ways.same",
        holds=True,
        expected=f"same content {POSTED} and {POLLED}",
        actual=f"same content in both modes, {pairs} notifications",
    )


def only_one(found: Notification, mode: str, *, seconds: float) -> CheckResult:
    """A notification was delivered in one mode and not in the other.

    Args:
        found: The notification.
        mode: How it was delivered, `POSTED` or `POLLED`.
        seconds: How long the other mode was waited for.
    """
    other = POLLED if mode == POSTED else POSTED
    return Place(f"{found.root} to {found.user}", found.number).require(
        CLAUSE,
        "ways.one",
        holds=False,
        expected=f"{found.root} delivered {POSTED} and {POLLED}",
        actual=f"delivered {mode}, not {other} within {seconds:g} s: {_shown(found.content)}",
    )


def different(posted: Notification, polled: Notification) -> CheckResult:
    """A notification was delivered in both modes with different content."""
    first, second = _without_data(posted.content), _without_data(polled.content)
    return Place(f"{posted.root} to {posted.user}", polled.number).require(
        CLAUSE,
        "ways.unlike",
        holds=False,
        expected=f"same content {POSTED} and {POLLED}",
        actual=f"{POSTED} / {POLLED}: {'; '.join(differences(first, second))}",
    )


def broken(user: str, trouble: str) -> CheckResult:
    """The channel of a user can no longer be polled, so nothing is delivered in that mode."""
    return Place(f"POST channelURL of {user}").require(
        CLAUSE,
        "ways.broken",
        holds=False,
        expected=f"status 200 for each long poll of the channel of {user}",
        actual=trouble,
    )


def _without_data(content: object) -> object:
    """The content without the data that each subscription has for itself."""
    return replace(content, callback_data=None)  # type: ignore[type-var]  # notifications have it


def _shown(content: object) -> str:
    """The content without the data of the subscription, shortened."""
    text = shown(_without_data(content))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
