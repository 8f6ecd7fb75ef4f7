"""Every operation on a family of resources, where it must succeed and where it must fail."""

from collections.abc import Callable, Mapping

from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.operations import (
    absence,
    both_formats,
    family_requests,
    forms,
    missing_resources,
    roles,
    unauthorized,
)
from rcs_conformance.scenario.operations.addressed_chat import AddressedChat, inhabited
from rcs_conformance.scenario.operations.channels import of_channels
from rcs_conformance.scenario.operations.families import CHANNELS, TRANSFERS, ResourceFamily
from rcs_conformance.scenario.operations.groups import claimed_offer, of_groups, of_long_lived
from rcs_conformance.scenario.operations.one_to_one import of_adhoc, of_sessions
from rcs_conformance.scenario.operations.results import OperationResult, OperationResults
from rcs_conformance.scenario.operations.subscriptions import of_subscriptions
from rcs_conformance.scenario.operations.unacceptable import (
    far_too_long,
    in_no_format,
    subscriptions_in_no_format,
)
from rcs_conformance.scenario.operations.verbs import unsupported, unsupported_on_subscriptions

__all__ = [
    "CHANNELS",
    "TRANSFERS",
    "AddressedChat",
    "OperationResult",
    "OperationResults",
    "ResourceFamily",
    "Sending",
    "absence",
    "both_formats",
    "claimed_offer",
    "family_requests",
    "far_too_long",
    "forms",
    "in_no_format",
    "inhabited",
    "missing_resources",
    "of_channels",
    "of_kind",
    "of_subscriptions",
    "roles",
    "subscriptions_in_no_format",
    "unauthorized",
    "unsupported",
    "unsupported_on_subscriptions",
]

Sending = Callable[[TestBed, ChatKind, Format], Exchange]
"""Makes a request about a chat of a kind."""

_OF_KIND: Mapping[ChatKind, Callable[[TestBed, Format], OperationResults]] = {
    ChatKind.ADHOC: of_adhoc,
    ChatKind.ONE_TO_ONE: of_sessions,
    ChatKind.GROUP: of_groups,
    ChatKind.LONG_LIVED: of_long_lived,
}


def of_kind(bed: TestBed, kind: ChatKind, fmt: Format) -> OperationResults:
    """Each operation on chats of a kind, once, as soon as it can succeed.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
    """
    return _OF_KIND[kind](bed, fmt)
