"""The inbox: takes the target's notifications, however they come, and waits for them."""

from rcs_conformance.inbox.distribution import Distribution
from rcs_conformance.inbox.feed import Feed
from rcs_conformance.inbox.hook import Hook
from rcs_conformance.inbox.listener import Inbox
from rcs_conformance.inbox.loss import NO_LOSS, Loss
from rcs_conformance.inbox.mailbox import Mailbox, Reader
from rcs_conformance.inbox.stream import Stream
from rcs_conformance.inbox.turns import Apart, Turns

__all__ = [
    "NO_LOSS",
    "Apart",
    "Distribution",
    "Feed",
    "Hook",
    "Inbox",
    "Loss",
    "Mailbox",
    "Reader",
    "Stream",
    "Turns",
]
