"""Faults in client correlators and repeated requests (TS-CHAT-5.12)."""

from dataclasses import replace

from rcs_conformance.model.chat import (
    ChatMessage,
    ChatNotificationSubscription,
    GroupChatSessionInformation,
)
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import ANYWHERE, Usual, operations

_Correlated = GroupChatSessionInformation | ChatMessage | ChatNotificationSubscription

# Repeated requests -------------------------------------------------------------------------------


def _never(usual: Usual[bool], call: Call, correlator: str | None) -> bool:
    """No request counts as a repetition of an earlier one."""
    return False


for _name, _operations, _sentence in (
    ("group-made-twice", ["POST groups"], "A repeated start creates a second group chat."),
    (
        "subscription-made-twice",
        ["POST subscriptions"],
        "A repeated subscription creates a second one.",
    ),
    (
        "message-sent-twice",
        ["POST oneToOneMessages", "POST groupMessages", "POST longLivedMessages"],
        "A repeated message is sent a second time.",
    ),
):
    operations(*_operations).add(_name, "TS-CHAT-5.12", _sentence, Rules.repeats, _never)

# Correlators in responses ------------------------------------------------------------------------


@ANYWHERE.shown("TS-CHAT-5.12")
def correlator_changed(shown: _Correlated) -> _Correlated:
    """A clientCorrelator is shown with an addition."""
    given = shown.client_correlator
    return replace(shown, client_correlator=None if given is None else f"{given}-1")


@ANYWHERE.shown("TS-CHAT-5.12")
def correlator_invented(shown: _Correlated) -> _Correlated:
    """A resource created without a clientCorrelator is shown with one."""
    return replace(shown, client_correlator=shown.client_correlator or "made-up")
