"""The request bodies of the Chat API and of those beside it, each with its scene."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rcs_conformance.errors import NotApplicable
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.media import Attachment
from rcs_conformance.scenario.misses import beginnings, chats, elements, files
from rcs_conformance.scenario.misses.attempts import Trial, tried
from rcs_conformance.scenario.misses.scene import Scene
from rcs_conformance.scenario.stage import Stage
from rcs_conformance.scenario.terms import TERMS
from rcs_conformance.strategies.attachments import PICTURE
from rcs_conformance.strategies.invalid_requests import (
    BodyMutation,
    body_mutations,
    multipart_mutations,
    wrong_media_types,
)

Arrange = Callable[[Stage, Format], Scene]
"""Makes the situation in which a request would succeed."""

_PLACES = {
    ChatKind.ADHOC: ("an ad-hoc chat", "oneToOneMessages"),
    ChatKind.ONE_TO_ONE: ("a session", "oneToOneMessages"),
    ChatKind.GROUP: ("a group", "groupMessages"),
    ChatKind.LONG_LIVED: ("a long-lived group", "longLivedMessages"),
}
"""Where messages go in each kind of chat, in words and as the key of the resource."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A request with a body.

    Attributes:
        name: For the id of a test.
        claim: The operation, or the feature, by which a target claims to take it.
        arrange: Makes the situation in which it would succeed.
        form: The operation by which a target claims to take it as form fields; empty for none.
        kind: The kind of chat that must be there for it, if any.
        attachment: What comes with it, if it is a multimedia message or a file.
        mandatory: A member that the structure beside an attachment must have.
    """

    name: str
    claim: str
    arrange: Arrange
    form: str = ""
    kind: ChatKind | None = None
    attachment: Attachment | None = None
    mandatory: str = "text"

    def deviating(self, stage: Stage, fmt: Format) -> Trial:
        """Send all near misses of it in a format, and in form fields where the target takes them.

        Raises:
            NotApplicable: The target does not claim it.
            Inconclusive: It is refused alike where nothing is wrong with it.
        """

        def all_ways(body: object) -> Iterable[BodyMutation]:
            if self.attachment is not None:
                return multipart_mutations(self.attachment, fmt, self.mandatory)
            return body_mutations(body, fmt, as_form=stage.claims.operation(self.form))

        return tried(stage, lambda: self._scene(stage, fmt), all_ways)

    def mislabelled(self, stage: Stage, fmt: Format) -> Trial:
        """Send it with wrong media types; as `deviating`."""
        return tried(stage, lambda: self._scene(stage, fmt), lambda _body: wrong_media_types(fmt))

    def _scene(self, stage: Stage, fmt: Format) -> Scene:
        claims = stage.claims
        if self.kind is not None:
            claims.require(self.kind)
        if not claims.operation(self.claim) and not claims.feature(self.claim):
            raise NotApplicable(f"the target does not claim {self.claim}")
        return self.arrange(stage, fmt)


def _request(name: str, operation: str, arrange: Arrange) -> Asked:
    return Asked(name=name, claim=operation, arrange=arrange, form=f"{operation} form")


def _message(kind: ChatKind) -> Asked:
    place, resource = _PLACES[kind]
    return Asked(
        name=f"message in {place}",
        claim=f"POST {resource}",
        arrange=chats.message(kind),
        form=f"POST {resource} form",
        kind=kind,
    )


def _indication(kind: ChatKind) -> Asked:
    place, resource = _PLACES[kind]
    return Asked(
        name=f"indication in {place}",
        claim=f"POST {resource} isComposing",
        arrange=chats.indication(kind),
        form=f"POST {resource} form",
        kind=kind,
    )


def _upload(kind: ChatKind) -> Asked:
    place, resource = _PLACES[kind]
    return Asked(
        name=f"multimedia message in {place}",
        claim=f"POST {resource} multipart",
        arrange=chats.upload(kind),
        kind=kind,
        attachment=PICTURE,
    )


def _report(kind: ChatKind) -> Asked:
    resource = TERMS[kind].message_status
    has_item = kind is not ChatKind.LONG_LIVED
    return Asked(
        name=f"report in {_PLACES[kind][0]}",
        claim=f"PUT {resource}" if has_item else "group_message_status",
        arrange=chats.report(kind),
        kind=kind,
    )


LABELLED = (
    _request("subscription", "POST subscriptions", beginnings.subscription),
    _request("session", "POST oneToOneSessions", beginnings.session),
    _request("acceptance of a session", "PUT oneToOneStatus", chats.session_acceptance),
    _request("extension", "POST oneToOneExtend", beginnings.extension),
    _request(
        "extension to a long-lived group",
        "POST oneToOneExtendLongLived",
        beginnings.long_lived_extension,
    ),
    _request("group", "POST groups", beginnings.group),
    _request("acceptance of a group", "PUT participantStatus", chats.group_acceptance),
    _request("addition to a group", "POST participants", chats.group_addition),
    _request("long-lived group", "POST longLivedGroups", beginnings.long_lived),
    _request(
        "addition to a long-lived group", "POST longLivedParticipants", chats.long_lived_addition
    ),
    _request(
        "return to a long-lived group", "PUT longLivedParticipantStatus", chats.long_lived_return
    ),
    *(_message(kind) for kind in ChatKind),
    *(_report(kind) for kind in ChatKind),
    _request("channel", "POST channels", beginnings.channel),
    _request("subscription to file transfers", "POST ftSubscriptions", files.subscription),
    _request("file transfer", "POST ftSessions", files.transfer),
    _request("acceptance of a file", "PUT ftStatus", files.acceptance),
    Asked(name="duration alone", claim="lightweight", arrange=elements.duration),
    Asked(name="subject alone", claim="lightweight", arrange=elements.subject),
)
"""A request to every resource that takes a body."""

REQUESTS = (
    *LABELLED,
    Asked(
        name="session with a message",
        claim="POST oneToOneSessions",
        arrange=beginnings.session_with_message,
    ),
    Asked(
        name="session with content",
        claim="multimedia_first_message",
        arrange=beginnings.session_with_content,
        kind=ChatKind.ONE_TO_ONE,
        attachment=PICTURE,
    ),
    *(_indication(kind) for kind in ChatKind),
    *(_upload(kind) for kind in ChatKind),
    Asked(
        name="file transfer by value",
        claim="POST ftSessions multipart",
        arrange=files.transfer_by_value,
        attachment=PICTURE,
        mandatory="originatorAddress",
    ),
)
"""Every request with a body; those that share a resource share the claim."""
