"""Checks that two notification modes deliver the same.

A user is notified through whatever its subscriptions set up. Where two of them differ in the mode
alone, a notification of one is due on the other as well.
"""

from collections.abc import Mapping
from dataclasses import replace

from rcs_conformance.checks.equivalence import differences
from rcs_conformance.checks.judging import Place, shown
from rcs_conformance.model.exchange import Notification
from rcs_conformance.model.results import CheckResult
from rcs_conformance.target import NotificationMode

CLAUSE = "UNI-CHT-007a.1"
_LONGEST = 400

LABELS: Mapping[NotificationMode, str] = {
    NotificationMode.CALLBACK: "by POST to notifyURL",
    NotificationMode.LONG_POLL: "by long poll",
    NotificationMode.WEBSOCKET: "by WebSocket",
    NotificationMode.WEBHOOK: "by webhook",
}
"""How a notification comes in each mode, as a phrase."""

Labels = tuple[str, str]
"""Two of them: the modes that are compared."""


def same_on_both(pairs: int, user: str, labels: Labels) -> CheckResult:
    """So many notifications were delivered in both modes with the same content."""
    return Place(f"notifications to {user}").require(
        CLAUSE,
        "ways.same",
        holds=True,
        expected=f"same content {' and '.join(labels)}",
        actual=f"same content in both modes, {pairs} notifications",
    )


def only_one(found: Notification, label: str, other: str, *, seconds: float) -> CheckResult:
    """A notification was delivered in one mode and not in the other.

    Args:
        found: The notification.
        label: How it was delivered.
        other: How it was not.
        seconds: How long the other mode was waited for.
    """
    return Place(f"{found.root} to {found.user}", found.number).require(
        CLAUSE,
        "ways.one",
        holds=False,
        expected=f"{found.root} delivered {label} and {other}",
        actual=f"delivered {label}, not {other} within {seconds:g} s: {_shown(found.content)}",
    )


def different(first: Notification, second: Notification, labels: Labels) -> CheckResult:
    """A notification was delivered in both modes with different content."""
    one, other = _without_data(first.content), _without_data(second.content)
    return Place(f"{first.root} to {first.user}", second.number).require(
        CLAUSE,
        "ways.unlike",
        holds=False,
        expected=f"same content {' and '.join(labels)}",
        actual=f"{' / '.join(labels)}: {'; '.join(differences(one, other))}",
    )


def broken(user: str, trouble: str, label: str) -> CheckResult:
    """The channel of a user brings nothing any more, so nothing is delivered in that mode."""
    return Place(f"notifications to {user} {label}").require(
        CLAUSE,
        "ways.broken",
        holds=False,
        expected=f"the channel of {user} brings what is delivered {label}",
        actual=trouble,
    )


def _without_data(content: object) -> object:
    """The content without the data that each subscription has for itself."""
    return replace(content, callback_data=None)  # type: ignore[type-var]  # notifications have it


def _shown(content: object) -> str:
    """The content without the data of the subscription, shortened."""
    text = shown(_without_data(content))
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
