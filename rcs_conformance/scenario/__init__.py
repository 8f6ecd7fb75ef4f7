"""Scenarios: the known situations that tests start from, arranged through driver and inbox.

Where the target does not let a situation come about, that is the business of another clause: the
scenario raises `Inconclusive` with that clause as precondition and judges nothing.
"""

from rcs_conformance.scenario.conversation import Conversation
from rcs_conformance.scenario.gathering import Gathering
from rcs_conformance.scenario.group import GroupChat
from rcs_conformance.scenario.long_lived import LongLivedChat
from rcs_conformance.scenario.one_to_one import AdhocChat, OneToOneChat
from rcs_conformance.scenario.stage import Stage, StageSettings

__all__ = [
    "AdhocChat",
    "Conversation",
    "Gathering",
    "GroupChat",
    "LongLivedChat",
    "OneToOneChat",
    "Stage",
    "StageSettings",
]
