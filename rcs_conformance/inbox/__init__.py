"""The inbox: an HTTP listener for the target's notifications, and waiting for them."""

from rcs_conformance.inbox.listener import Inbox
from rcs_conformance.inbox.mailbox import Mailbox, Reader

__all__ = ["Inbox", "Mailbox", "Reader"]
