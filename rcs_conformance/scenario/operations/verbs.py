"""Each verb that a resource does not have, tried on a resource that exists."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.operations.addressed_chat import AddressedChat, inhabited
from rcs_conformance.scenario.operations.messages import has_status
from rcs_conformance.scenario.operations.requests import ChatRequest

VERBS = ("GET", "POST", "PUT", "DELETE")
"""The verbs that are tried."""

KEYS: Mapping[ChatKind, tuple[str, ...]] = {
    ChatKind.ADHOC: ("oneToOneMessages", "oneToOneMessageStatus"),
    ChatKind.ONE_TO_ONE: (
        "oneToOneSessions",
        "oneToOneSession",
        "oneToOneStatus",
        "oneToOneExtend",
        "oneToOneExtendLongLived",
        "oneToOneMessages",
        "oneToOneMessageStatus",
    ),
    ChatKind.GROUP: (
        "groups",
        "group",
        "participants",
        "participant",
        "participantStatus",
        "groupMessages",
        "groupMessageStatus",
    ),
    ChatKind.LONG_LIVED: (
        "longLivedGroups",
        "longLivedGroup",
        "longLivedParticipants",
        "longLivedParticipant",
        "longLivedParticipantStatus",
        "longLivedMessages",
        "longLivedMessageStatus",
    ),
}
"""The resources of each kind of chat."""

SUBSCRIPTIONS = ("subscriptions", "subscription")
"""The resources of subscriptions."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported:
    """A verb that a resource does not have, tried on it.

    Attributes:
        exchange: What was exchanged.
        required: The verbs that the target must or claims to support.
        row: All verbs that the resource may have, those beyond the binding's row among them.
    """

    exchange: Exchange
    required: frozenset[str]
    row: frozenset[str]


def unsupported(bed: TestBed, kind: ChatKind, fmt: Format) -> Iterator[Unsupported]:
    """Each verb that a resource of a kind of chat does not have, on those that are claimed."""
    addressed = inhabited(bed, kind, fmt)
    for key in KEYS[kind]:
        row = frozenset(bed.binding.resources[key].verbs)
        possible = bed.binding.resources[key].possible
        required = row if _claimed_by_feature(addressed, key) else bed.claims.verbs(key) & row
        for verb in VERBS if required else ():
            if verb not in possible:
                exchange = addressed.send(ChatRequest(method=verb, resource=key))
                yield Unsupported(exchange=exchange, required=required, row=possible)


def unsupported_on_subscriptions(bed: TestBed, fmt: Format) -> Iterator[Unsupported]:
    """Each verb that the resources of subscriptions do not have."""
    ids = {"subscriptionId": bed.mailboxes.subscription(bed.alice, fmt).id}
    for key in SUBSCRIPTIONS:
        row = frozenset(bed.binding.resources[key].verbs)
        possible = bed.binding.resources[key].possible
        for verb in VERBS:
            if verb not in possible:
                exchange = bed.alice.send(verb, key, fmt=fmt, ids=ids)
                required = bed.claims.verbs(key) & row
                yield Unsupported(exchange=exchange, required=required, row=possible)


def _claimed_by_feature(addressed: AddressedChat, key: str) -> bool:
    """Whether no SCR item is about a resource that the target claims all the same."""
    is_status = key == addressed.chat.terms.message_status
    return (
        addressed.chat.kind is ChatKind.LONG_LIVED
        and is_status
        and has_status(addressed.chat, "GET")
    )
