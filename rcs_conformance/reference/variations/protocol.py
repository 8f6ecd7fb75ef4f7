"""Permitted variations in responses, identifiers and URLs."""

from collections import Counter
from dataclasses import replace
from urllib.parse import urlsplit

from rcs_conformance.model.chat import ChatMessage, ParticipantSessionStatus, ParticipantStatus
from rcs_conformance.model.common import ResourceReference
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import ANYWHERE, PERMITTED, Deviation, Usual
from rcs_conformance.reference.state import Conversation

# Responses ---------------------------------------------------------------------------------------


@ANYWHERE.responded(PERMITTED, status=201)
def resource_references(response: Response) -> Response:
    """A creation returns a resourceReference."""
    url: str | None = getattr(response.content, "resource_url", None)
    if url is None:
        return response
    return replace(response, content=ResourceReference(resource_url=url))


@ANYWHERE.rule(Rules.perform, PERMITTED)
def status_echoed(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """PUT of a status returns 200 with the status."""
    response = usual(call, content, operate)
    if not call.does("PUT", Part.STATUS):
        return response
    status = ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)
    return replace(response, status=200, content=status)


@ANYWHERE.rule(Rules.perform, PERMITTED)
def composing_answered_201(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """An isComposing returns 201 with itself."""
    response = usual(call, content, operate)
    if not call.does("POST", Part.MESSAGES) or response.status != 204:
        return response
    location = (("Location", call.root + call.path),)
    return replace(response, status=201, content=content, headers=location)


@ANYWHERE.responded(PERMITTED, "POST", Part.MESSAGES)
def pending_answered_202(response: Response) -> Response:
    """A message whose status comes later returns 202."""
    sent = response.content
    pending = isinstance(sent, ChatMessage) and sent.status is None
    return replace(response, status=202) if pending else response


@ANYWHERE.deviation(PERMITTED)
class RepeatAnswered200(Deviation):
    """A repeated creation returns 200."""

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


@ANYWHERE.deviation(PERMITTED)
class RepeatRefused(Deviation):
    """A repeated creation returns 409."""

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


@ANYWHERE.rule(Rules.reject, PERMITTED)
def foreign_hidden(usual: Usual[Response], call: Call, rejection: Rejection) -> Response:
    """A request for another user's resources returns 404."""
    if rejection.message_id == "POL2000":
        rejection = rejections.not_found(call.path)
    return usual(call, rejection)


@ANYWHERE.rule(Rules.finished, PERMITTED)
def chunked_answers(usual: Usual[RawResponse], call: Call, raw: RawResponse) -> RawResponse:
    """Responses are chunked, without Content-Length."""
    return replace(usual(call, raw), chunked=bool(raw.body))


# Identifiers -------------------------------------------------------------------------------------


@ANYWHERE.rule(Rules.session_id, PERMITTED)
def ids_shared(usual: Usual[str], number: int, conversation: Conversation, address: str) -> str:
    """A chat has the same sessionId for all users."""
    return f"group{conversation.number}"


@ANYWHERE.deviation(PERMITTED)
class IdsCountedByUser(Deviation):
    """The sessions and file transfers of each user are numbered from 1, so that ids recur."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._count: Counter[str] = Counter()

    def session_id(self, number: int, conversation: Conversation, address: str) -> str:
        return self._next(address)

    def group_chat_id(self, number: int, conversation: Conversation) -> str:
        return f"g{number}"

    def transfer_id(self, number: int, address: str) -> str:
        return self._next(address)

    def _next(self, address: str) -> str:
        self._count[address] += 1
        return str(self._count[address])


@ANYWHERE.deviation(PERMITTED)
class IdsSigned(Deviation):
    """Ids are negative numbers."""

    def session_id(self, number: int, conversation: Conversation, address: str) -> str:
        return f"-{self.random.getrandbits(30)}{number}"

    def message_id(self, number: int) -> str:
        return f"-{self.random.getrandbits(30)}{number}"


@ANYWHERE.deviation(PERMITTED)
class IdsBeyondAscii(Deviation):
    """Ids contain characters outside ASCII, spaces and question marks."""

    def session_id(self, number: int, conversation: Conversation, address: str) -> str:
        return f"Grüße 群{number}?"

    def message_id(self, number: int) -> str:
        return f"№ {number}%#"


@ANYWHERE.deviation(PERMITTED)
class IdsLong(Deviation):
    """Ids are 200 characters long and contain dots."""

    def session_id(self, number: int, conversation: Conversation, address: str) -> str:
        return f"{number}.{self.random.getrandbits(792):0198x}"[:200]

    def message_id(self, number: int) -> str:
        return f"{number}..{self.random.getrandbits(792):0198x}"[:200]


# URLs --------------------------------------------------------------------------------------------


@ANYWHERE.rule(Rules.resource_url, PERMITTED)
def relative_resource_urls(usual: Usual[str], root: str, url: str) -> str:
    """A resourceURL is relative to the server root."""
    return urlsplit(usual(root, url)).path


@ANYWHERE.rule(Rules.bare_characters, PERMITTED)
def bare_addresses(usual: Usual[str]) -> str:
    """Addresses in URLs are not percent-encoded."""
    return ":@+"


@ANYWHERE.rule(Rules.message_url, PERMITTED)
def message_urls_of_status(usual: Usual[str], url: str) -> str:
    """The URL of a message is the URL of its status."""
    return f"{usual(url)}/status"
