"""Rounds: every operation of a family of resources, where it succeeds and where it must not."""

from collections.abc import Callable, Mapping

from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario.rounds import absences, beside, forms, readings, trespassing
from rcs_conformance.scenario.rounds.belongings import CHANNELS, TRANSFERS, Family
from rcs_conformance.scenario.rounds.channels import of_channels
from rcs_conformance.scenario.rounds.done import Done, Round
from rcs_conformance.scenario.rounds.groups import claimed_offer, of_groups, of_long_lived
from rcs_conformance.scenario.rounds.pairs import of_adhoc, of_sessions
from rcs_conformance.scenario.rounds.spots import Spot, inhabited
from rcs_conformance.scenario.rounds.subscriptions import of_subscriptions
from rcs_conformance.scenario.rounds.unavailable import (
    far_too_long,
    in_no_format,
    subscriptions_in_no_format,
)
from rcs_conformance.scenario.rounds.verbs import unsupported, unsupported_on_subscriptions
from rcs_conformance.scenario.stage import Stage

__all__ = [
    "CHANNELS",
    "TRANSFERS",
    "Done",
    "Family",
    "Round",
    "Spot",
    "absences",
    "beside",
    "claimed_offer",
    "far_too_long",
    "forms",
    "in_no_format",
    "inhabited",
    "of_channels",
    "of_kind",
    "of_subscriptions",
    "readings",
    "subscriptions_in_no_format",
    "trespassing",
    "unsupported",
    "unsupported_on_subscriptions",
]

_OF_KIND: Mapping[ChatKind, Callable[[Stage, Format], Round]] = {
    ChatKind.ADHOC: of_adhoc,
    ChatKind.ONE_TO_ONE: of_sessions,
    ChatKind.GROUP: of_groups,
    ChatKind.LONG_LIVED: of_long_lived,
}


def of_kind(stage: Stage, kind: ChatKind, fmt: Format) -> Round:
    """Each operation on chats of a kind, once, as soon as it can succeed.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
    """
    return _OF_KIND[kind](stage, fmt)
