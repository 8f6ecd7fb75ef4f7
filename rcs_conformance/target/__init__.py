"""The target: what the tester says about the implementation under test (IXIT and ICS).

Read once from a target file or from the command line into frozen records; secrets stay wrapped.
"""

from rcs_conformance.target.authentication import Client, ClientAuthentication, Tls
from rcs_conformance.target.inline import inline_target
from rcs_conformance.target.loading import load_target
from rcs_conformance.target.records import (
    GROUP,
    DeclaredServices,
    FirstMessage,
    Ics,
    Limits,
    NotificationMode,
    Notifications,
    OriginatorLeave,
    Permission,
    Policy,
    Reading,
    Target,
    User,
    modes_of,
)
from rcs_conformance.target.secret import Secret
from rcs_conformance.target.triggers import (
    TRIGGERS,
    CommandTrigger,
    HttpTrigger,
    PromptTrigger,
    Trigger,
    TriggerContext,
)

__all__ = [
    "GROUP",
    "TRIGGERS",
    "Client",
    "ClientAuthentication",
    "CommandTrigger",
    "DeclaredServices",
    "FirstMessage",
    "HttpTrigger",
    "Ics",
    "Limits",
    "NotificationMode",
    "Notifications",
    "OriginatorLeave",
    "Permission",
    "Policy",
    "PromptTrigger",
    "Reading",
    "Secret",
    "Target",
    "Tls",
    "Trigger",
    "TriggerContext",
    "User",
    "inline_target",
    "load_target",
    "modes_of",
]
