"""Scenarios: the known states that tests start from, reached through driver and inbox.

Where a state cannot be reached, another clause is at fault: the scenario raises `Inconclusive` with
that clause as the precondition, and judges nothing.

The floors, from the ground up: `setup`, `mailboxes`, `environment` (what exists before the first
chat), `chats` of each kind, `preambles` (how a test starts from them), the test `bed`,
`situations`; on top `operations`, `invalid_requests`, `model_based` tests and `races`.
"""

from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.long_lived import LongLivedChat
from rcs_conformance.scenario.chats.multi_user import MultiUserChat
from rcs_conformance.scenario.chats.one_to_one import AdhocChat, OneToOneChat
from rcs_conformance.scenario.environment import TestBedSettings

__all__ = [
    "AdhocChat",
    "Chat",
    "GroupChat",
    "LongLivedChat",
    "MultiUserChat",
    "OneToOneChat",
    "TestBed",
    "TestBedSettings",
]
