"""The rules of the server: every decision that a fault or a variation can change.

`Rules` conforms to the binding. A deviation is a subclass that overrides one method or a few.
Several deviations are combined by inheriting from all of them, so each calls `super()`. The modules
follow the way of a request: protocol, state, notification; then channels and file transfers.
"""

from rcs_conformance.reference.rules.channels import ChannelRules
from rcs_conformance.reference.rules.protocol import Operate
from rcs_conformance.reference.rules.state import SERVICES
from rcs_conformance.reference.rules.transfers import FILE_TRANSFER, TransferRules

__all__ = ["FILE_TRANSFER", "SERVICES", "Operate", "Rules"]


class Rules(TransferRules, ChannelRules):
    """What a conforming server does."""
