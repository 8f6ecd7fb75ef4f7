"""Near misses on the stage: requests that are wrong in one thing (TS-CHAT-5.8)."""

from collections.abc import Callable
from dataclasses import dataclass

from rcs_conformance.driver import Actor
from rcs_conformance.model.chat import (
    ChatMessage,
    ComposingState,
    IsComposing,
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.scenario.group import GroupChat
from rcs_conformance.scenario.stage import Stage
from rcs_conformance.strategies.near_miss import (
    Deviation,
    cut_short,
    empty,
    other_namespace,
    other_root,
    twice,
    value_of,
    without,
)

STARTS = (cut_short(), empty(), other_root(), without("address"), value_of("isOriginator", "maybe"))
"""What can be wrong with a request for a group chat, in either format."""

STARTS_IN_XML = (other_namespace(), twice("subject"))
"""What can be wrong with it in XML alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """A request about a group chat that is wrong in one thing.

    Attributes:
        what: The request, as a phrase.
        deviation: What is wrong with it.
        resource: Key of the resource that it goes to.
        method: Its method.
        content: The valid structure that it deviates from.
    """

    what: str
    deviation: Deviation
    resource: str
    method: str
    content: Callable[[Stage, GroupChat], object]

    @property
    def name(self) -> str:
        """Request and deviation, for the id of a test."""
        return f"{self.what} with {self.deviation.name}"

    def send(self, stage: Stage, group: GroupChat) -> Exchange:
        """Send it: bob is only invited, carol takes part."""
        who: Actor = stage.bob if self.resource == "participantStatus" else stage.carol
        body = stage.near_miss(self.content(stage, group), self.deviation, group.fmt)
        return group.do(who, self.method, self.resource, body, participantId=who.address)


def _acceptance(_stage: Stage, _group: GroupChat) -> object:
    return ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)


def _addition(stage: Stage, _group: GroupChat) -> object:
    added = ParticipantInformation(address=stage.actors[-1].address)
    return ParticipantList(participant=(added,))


def _message(_stage: Stage, group: GroupChat) -> object:
    return ChatMessage(text=group.text())


def _indication(_stage: Stage, _group: GroupChat) -> object:
    return IsComposing(state=ComposingState.ACTIVE, refresh=60)


def _misses(
    what: str,
    method: str,
    resource: str,
    content: Callable[[Stage, GroupChat], object],
    *deviations: Deviation,
) -> tuple[Miss, ...]:
    return tuple(
        Miss(what=what, deviation=each, resource=resource, method=method, content=content)
        for each in deviations
    )


CHANGES = (
    *_misses(
        "acceptance",
        "PUT",
        "participantStatus",
        _acceptance,
        *(cut_short(), other_root(), without("status"), value_of("status", "Present")),
    ),
    *_misses(
        "addition",
        "POST",
        "participants",
        _addition,
        *(cut_short(), other_root(), without("address")),
    ),
    *_misses(
        "message",
        "POST",
        "groupMessages",
        _message,
        *(cut_short(), empty(), other_root(), without("text")),
    ),
    *_misses(
        "indication",
        "POST",
        "groupMessages",
        _indication,
        *(without("state"), value_of("state", "busy"), value_of("refresh", "soon")),
    ),
)
"""What can be wrong with requests about a group chat."""


def composing(stage: Stage, group: GroupChat) -> Exchange:
    """Send a composing indication whose state is none."""
    miss = stage.near_miss(_indication(stage, group), value_of("state", "busy"), group.fmt)
    return group.compose(stage.alice, miss)
