"""Scenarios: the known situations that tests start from, arranged through driver and inbox.

Where the target does not let a situation come about, that is the business of another clause: the
scenario raises `Inconclusive` with that clause as precondition and judges nothing.
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
