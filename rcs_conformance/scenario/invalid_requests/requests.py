"""The request bodies of the Chat API and of those beside it, each with its original request."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from rcs_conformance.errors import NotApplicable
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.media import Attachment
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.invalid_requests import chats, creations, elements, files
from rcs_conformance.scenario.invalid_requests.attempts import Trial, tried
from rcs_conformance.scenario.invalid_requests.original import OriginalRequest
from rcs_conformance.scenario.setup.terms import TERMS
from rcs_conformance.strategies.attachments import PICTURE
from rcs_conformance.strategies.invalid_requests import (
    BodyMutation,
    body_mutations,
    multipart_mutations,
    wrong_media_types,
)

Arrange = Callable[[TestBed, Format], OriginalRequest]
"""Makes the situation in which a request would succeed."""

_PLACES = {
    ChatKind.ADHOC: ("an ad-hoc chat", "oneToOneMessages"),
    ChatKind.ONE_TO_ONE: ("a session", "oneToOneMessages"),
    ChatKind.GROUP: ("a group", "groupMessages"),
    ChatKind.LONG_LIVED: ("a long-lived group", "longLivedMessages"),
}
"""Where messages go in each kind of chat, in words and as the key of the resource."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BodyRequest:
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

    def send_mutations(self, bed: TestBed, fmt: Format) -> Trial:
        """Send all mutations of it in a format, and in form fields where the target takes them.

        Raises:
            NotApplicable: The target does not claim it.
            Inconclusive: The valid request is rejected alike.
        """

        def all_ways(body: object) -> Iterable[BodyMutation]:
            if self.attachment is not None:
                return multipart_mutations(self.attachment, fmt, self.mandatory)
            return body_mutations(body, fmt, as_form=bed.claims.operation(self.form))

        return tried(bed, lambda: self._original(bed, fmt), all_ways)

    def send_with_wrong_media_types(self, bed: TestBed, fmt: Format) -> Trial:
        """Send it with wrong media types; as `send_mutations`."""
        return tried(bed, lambda: self._original(bed, fmt), lambda _body: wrong_media_types(fmt))

    def _original(self, bed: TestBed, fmt: Format) -> OriginalRequest:
        claims = bed.claims
        if self.kind is not None:
            claims.require(self.kind)
        if not claims.operation(self.claim) and not claims.feature(self.claim):
            raise NotApplicable(f"the target does not claim {self.claim}")
        return self.arrange(bed, fmt)


def _request(name: str, operation: str, arrange: Arrange) -> BodyRequest:
    return BodyRequest(name=name, claim=operation, arrange=arrange, form=f"{operation} form")


def _message(kind: ChatKind) -> BodyRequest:
    place, resource = _PLACES[kind]
    return BodyRequest(
        name=f"message in {place}",
        claim=f"POST {resource}",
        arrange=chats.message(kind),
        form=f"POST {resource} form",
        kind=kind,
    )


def _indication(kind: ChatKind) -> BodyRequest:
    place, resource = _PLACES[kind]
    return BodyRequest(
        name=f"indication in {place}",
        claim=f"POST {resource} isComposing",
        arrange=chats.indication(kind),
        form=f"POST {resource} form",
        kind=kind,
    )


def _upload(kind: ChatKind) -> BodyRequest:
    place, resource = _PLACES[kind]
    return BodyRequest(
        name=f"multimedia message in {place}",
        claim=f"POST {resource} multipart",
        arrange=chats.upload(kind),
        kind=kind,
        attachment=PICTURE,
    )


def _report(kind: ChatKind) -> BodyRequest:
    resource = TERMS[kind].message_status
    has_item = kind is not ChatKind.LONG_LIVED
    return BodyRequest(
        name=f"report in {_PLACES[kind][0]}",
        claim=f"PUT {resource}" if has_item else "group_message_status",
        arrange=chats.report(kind),
        kind=kind,
    )


LABELLED = (
    _request("subscription", "POST subscriptions", creations.subscription),
    _request("session", "POST oneToOneSessions", creations.session),
    _request("acceptance of a session", "PUT oneToOneStatus", chats.session_acceptance),
    _request("extension", "POST oneToOneExtend", creations.extension),
    _request(
        "extension to a long-lived group",
        "POST oneToOneExtendLongLived",
        creations.long_lived_extension,
    ),
    _request("group", "POST groups", creations.group),
    _request("acceptance of a group", "PUT participantStatus", chats.group_acceptance),
    _request("addition to a group", "POST participants", chats.group_addition),
    _request("long-lived group", "POST longLivedGroups", creations.long_lived),
    _request(
        "addition to a long-lived group", "POST longLivedParticipants", chats.long_lived_addition
    ),
    _request(
        "return to a long-lived group", "PUT longLivedParticipantStatus", chats.long_lived_return
    ),
    *(_message(kind) for kind in ChatKind),
    *(_report(kind) for kind in ChatKind),
    _request("channel", "POST channels LongPolling", creations.channel),
    _request("subscription to file transfers", "POST ftSubscriptions", files.subscription),
    _request("file transfer", "POST ftSessions", files.transfer),
    _request("acceptance of a file", "PUT ftStatus", files.acceptance),
    BodyRequest(name="duration alone", claim="lightweight", arrange=elements.duration),
    BodyRequest(name="subject alone", claim="lightweight", arrange=elements.subject),
)
"""A request to every resource that takes a body."""

REQUESTS = (
    *LABELLED,
    BodyRequest(
        name="session with a message",
        claim="POST oneToOneSessions",
        arrange=creations.session_with_message,
    ),
    BodyRequest(
        name="session with content",
        claim="multimedia_first_message",
        arrange=creations.session_with_content,
        kind=ChatKind.ONE_TO_ONE,
        attachment=PICTURE,
    ),
    *(_indication(kind) for kind in ChatKind),
    *(_upload(kind) for kind in ChatKind),
    BodyRequest(
        name="file transfer by value",
        claim="POST ftSessions multipart",
        arrange=files.transfer_by_value,
        attachment=PICTURE,
        mandatory="originatorAddress",
    ),
)
"""Every request with a body; those that share a resource share the claim."""
