"""The inbox: takes the target's notifications, posted to it or polled for, and waits for them."""

from rcs_conformance.inbox.feed import Feed
from rcs_conformance.inbox.listener import Inbox
from rcs_conformance.inbox.mailbox import Mailbox, Reader

__all__ = ["Feed", "Inbox", "Mailbox", "Reader"]
