"""Variations in responses, identifiers and URLs."""

from dataclasses import replace
from urllib.parse import urlsplit

from rcs_conformance.model.chat import ChatMessage, ParticipantSessionStatus, ParticipantStatus
from rcs_conformance.model.common import ResourceReference
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Variations
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.state import Conversation

PROTOCOL = Variations()


@PROTOCOL.add("resource-references", "A creation is answered with a resourceReference.")
class _ResourceReferences(Rules):
    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        url: str | None = getattr(response.content, "resource_url", None)
        if response.status != 201 or url is None:
            return response
        return replace(response, content=ResourceReference(resource_url=url))


@PROTOCOL.add("status-echoed", "Setting a status is answered with 200 and the status.")
class _StatusEchoed(Rules):
    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        if not call.does("PUT", Part.STATUS):
            return response
        status = ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)
        return replace(response, status=200, content=status)


@PROTOCOL.add("composing-answered-201", "A composing indication is answered with 201 and itself.")
class _ComposingAnswered201(Rules):
    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        if not call.does("POST", Part.MESSAGES) or response.status != 204:
            return response
        location = (("Location", call.root + call.path),)
        return replace(response, status=201, content=content, headers=location)


@PROTOCOL.add("pending-answered-202", "A message whose status comes later is answered with 202.")
class _PendingAnswered202(Rules):
    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        sent = response.content if call.does("POST", Part.MESSAGES) else None
        pending = isinstance(sent, ChatMessage) and sent.status is None
        return replace(response, status=202) if pending else response


@PROTOCOL.add("repeat-answered-200", "A repeated creation is answered with 200.")
class _RepeatAnswered200(Rules):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._made: set[str] = set()

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        location = dict(response.headers).get("Location")
        if response.status != 201 or location is None or call.part is Part.PARTICIPANTS:
            return response
        again = location in self._made
        self._made.add(location)
        return replace(response, status=200) if again else response


@PROTOCOL.add("repeat-refused", "A repeated creation is rejected with 409.")
class _RepeatRefused(Rules):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._made: set[tuple[str, str]] = set()

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        correlator = getattr(content, "client_correlator", None)
        if correlator is None:
            return super().perform(call, content, operate)
        if (call.path, correlator) in self._made:
            raise rejections.duplicate_correlator(correlator)
        response = super().perform(call, content, operate)
        self._made.add((call.path, correlator))
        return response


@PROTOCOL.add("foreign-hidden", "Another user's resources are answered with 404.")
class _ForeignHidden(Rules):
    def reject(self, call: Call, rejection: Rejection) -> Response:
        if rejection.message_id == "POL2000":
            rejection = rejections.not_found(call.path)
        return super().reject(call, rejection)


@PROTOCOL.add("chunked-answers", "Answers come in pieces, without their length.")
class _ChunkedAnswers(Rules):
    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        return replace(super().finished(call, raw), chunked=bool(raw.body))


@PROTOCOL.add("ids-shared", "All users see a chat under the same session id.")
class _IdsShared(Rules):
    def session_id(self, number: int, conversation: Conversation) -> str:
        return f"group{conversation.number}"


@PROTOCOL.add("ids-signed", "Ids are signed numbers.")
class _IdsSigned(Rules):
    def session_id(self, number: int, conversation: Conversation) -> str:
        return f"-{self.random.getrandbits(30)}{number}"

    def message_id(self, number: int) -> str:
        return f"-{self.random.getrandbits(30)}{number}"


@PROTOCOL.add(
    "ids-beyond-ascii", "Ids hold characters that are not ASCII, spaces and question marks."
)
class _IdsBeyondAscii(Rules):
    def session_id(self, number: int, conversation: Conversation) -> str:
        return f"Grüße 群{number}?"

    def message_id(self, number: int) -> str:
        return f"№ {number}%#"


@PROTOCOL.add("ids-long", "Ids are 200 characters long and hold dots.")
class _IdsLong(Rules):
    def session_id(self, number: int, conversation: Conversation) -> str:
        return f"{number}.{self.random.getrandbits(792):0198x}"[:200]

    def message_id(self, number: int) -> str:
        return f"{number}..{self.random.getrandbits(792):0198x}"[:200]


@PROTOCOL.add("relative-resource-urls", "A resourceURL is relative to the server root.")
class _RelativeResourceUrls(Rules):
    def resource_url(self, root: str, url: str) -> str:
        return urlsplit(super().resource_url(root, url)).path


@PROTOCOL.add("bare-addresses", "Addresses in URLs are not percent-encoded.")
class _BareAddresses(Rules):
    def bare_characters(self) -> str:
        return ":@+"


@PROTOCOL.add("message-urls-of-status", "The URL of a message is that of its status.")
class _MessageUrlsOfStatus(Rules):
    def message_url(self, url: str) -> str:
        return f"{super().message_url(url)}/status"
