"""The rules of the server: every decision that a fault or a variation may take otherwise.

`Rules` conforms. A deviation is a subclass that overrides the one method it is about; several are
combined by inheriting from all of them, so each calls `super()` for what it leaves as it is. The
modules stand in the order in which a request meets them: protocol, state, telling; then what
channels and file transfers add.
"""

from rcs_conformance.reference.rules.channels import ChannelRules
from rcs_conformance.reference.rules.protocol import Operate
from rcs_conformance.reference.rules.state import SERVICES
from rcs_conformance.reference.rules.transfers import FILE_TRANSFER, TransferRules

__all__ = ["FILE_TRANSFER", "SERVICES", "Operate", "Rules"]


class Rules(TransferRules, ChannelRules):
    """What the server does, as the binding has it."""
