"""Lightweight resources in the test bed: single elements, read and changed alone (TS-CHAT-5.11)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rcs_conformance.driver import Actor, Body
from rcs_conformance.errors import NotApplicable
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.wire.element import LoneElement, write_element

VERBS = ("POST", "DELETE")
"""The verbs that such a resource does not have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """An element of something that exists.

    Attributes:
        who: Who reads and changes it.
        fmt: In which format.
        key: Of its own resource.
        whole: Key of the resource whose structure has it.
        ids: Path variables of both.
        element: Its name.
    """

    who: Actor
    fmt: Format
    key: str
    whole: str
    ids: Mapping[str, str]
    element: str

    def read(self) -> Exchange:
        return self.who.send("GET", self.key, fmt=self.fmt, ids=self.ids)

    def read_whole(self) -> Exchange:
        return self.who.send("GET", self.whole, fmt=self.fmt, ids=self.ids)

    def change(self, value: str | int) -> Exchange:
        data = write_element(LoneElement(name=self.element, value=value), self.fmt)
        body = Body(data=data, media_type=self.fmt.media_type)
        return self.who.send("PUT", self.key, body, fmt=self.fmt, ids=self.ids)

    def unsupported(self) -> Iterator[Exchange]:
        return (self.who.send(verb, self.key, fmt=self.fmt, ids=self.ids) for verb in VERBS)


def duration(bed: TestBed, fmt: Format) -> Part:
    """The duration of a subscription.

    Raises:
        NotApplicable: The binding has no such resource, or the whole cannot be read.
        Inconclusive: There is no subscription.
    """
    bed.claims.require_operation("GET subscription")
    subscription = bed.mailboxes.subscribed(bed.alice, fmt)
    ids = {"subscriptionId": subscription.id}
    return _part(bed, bed.alice, fmt, "subscriptionDuration", "subscription", ids)


def subject(bed: TestBed, fmt: Format) -> Part:
    """The subject of a group chat.

    Raises:
        NotApplicable: The target claims no group chat, or the binding has no such resource.
        Inconclusive: There is no group chat.
    """
    group = bed.groups.established(GroupOffer(), fmt, invite=(bed.bob,))
    return _part(bed, bed.alice, fmt, "groupSubject", "group", group.variables(bed.alice))


def _part(
    bed: TestBed, who: Actor, fmt: Format, key: str, whole: str, ids: Mapping[str, str]
) -> Part:
    if key not in bed.binding.resources:
        raise NotApplicable(f"binding {bed.binding.name} has no lightweight resource {key}")
    element = bed.binding.resources[key].element
    return Part(who=who, fmt=fmt, key=key, whole=whole, ids=ids, element=element)
