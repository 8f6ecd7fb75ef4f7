"""Faults in starting and showing 1-to-1 sessions (UNI-CHT-001, 001a, TS-CHAT-4.1.4)."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import ClassVar

from rcs_conformance.model.chat import (
    ChatMessage,
    ChatSessionInformation,
)
from rcs_conformance.model.notifications import (
    ChatMessageNotification,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import edited, retold
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import SESSION, Deviation, Usual
from rcs_conformance.reference.state import Conversation, Member

_Info = ChatSessionInformation
_Message = ChatMessageNotification

# The id (UNI-CHT-001.1) ---------------------------------------------------------------------------


@SESSION.ordered("UNI-CHT-001.1")
def session_refused(order: _Info) -> _Info:
    """The start of a 1-to-1 session is rejected."""
    raise rejections.forbidden("no 1-to-1 chat")


@SESSION.created("UNI-CHT-001.1")
def session_returns_no_id(response: Response) -> Response:
    """The response to a start does not contain the URL of the session."""
    bare = replace(response, headers=())
    return edited(bare, _Info, lambda info: replace(info, resource_url=None, chat_message=None))


@SESSION.created("UNI-CHT-001.1")
def session_returns_unknown_id(response: Response) -> Response:
    """The response to a start contains the URL of a session that does not exist."""
    headers = tuple((name, value + "0") for name, value in response.headers)
    return session_returns_two_ids(replace(response, headers=headers))


@SESSION.created("UNI-CHT-001.1")
def session_located_elsewhere(response: Response) -> Response:
    """Location in the response to a start is the URL of a session that does not exist."""
    return replace(response, headers=tuple((name, value + "0") for name, value in response.headers))


@SESSION.created("UNI-CHT-001.1")
def session_returns_two_ids(response: Response) -> Response:
    """The resourceURL in the response to a start is not the URL in Location."""
    return edited(response, _Info, lambda info: replace(info, resource_url=f"{info.resource_url}0"))


# The recipient (UNI-CHT-001.2 to .4, 001.8) -------------------------------------------------------


def _is_named_by(order: _Info, scheme: str) -> bool:
    return order.t_participant_address.lower().startswith(scheme)


class _NamedNotNotified(Deviation):
    """Sends no invitation to a recipient whose address has a certain scheme."""

    scheme: ClassVar[str]

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._is_named = False

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if isinstance(content, _Info):
            self._is_named = _is_named_by(content, self.scheme)
        return super().perform(call, content, operate)

    def notices(self, notice: Notice) -> Iterable[Notice]:
        lost = notice.cause is Cause.STARTED and self._is_named
        return () if lost else super().notices(notice)


@SESSION.shown_to("UNI-CHT-001.2")
def msisdn_shown_as_another(user: str, info: _Info) -> _Info:
    """A recipient with a tel: URI is shown to the originator with another tel: URI."""
    is_msisdn = info.t_participant_address.startswith("tel:")
    if user != info.originator_address or not is_msisdn:
        return info
    return replace(info, t_participant_address=f"{info.t_participant_address}0")


@SESSION.ordered("UNI-CHT-001.3")
def sip_recipient_refused(order: _Info) -> _Info:
    """A start with a SIP URI as the recipient is rejected."""
    if _is_named_by(order, "sip:"):
        raise rejections.no_valid_address("tParticipantAddress")
    return order


@SESSION.deviation("UNI-CHT-001.3")
class SipRecipientNotTold(_NamedNotNotified):
    """A recipient with a SIP URI is not notified of the session."""

    scheme = "sip:"


@SESSION.ordered("UNI-CHT-001.4")
def contact_refused(order: _Info) -> _Info:
    """A start with a contact as the recipient is rejected."""
    if _is_named_by(order, "acr:"):
        raise rejections.no_valid_address("tParticipantAddress")
    return order


@SESSION.deviation("UNI-CHT-001.4")
class ContactNotTold(_NamedNotNotified):
    """A recipient that is a contact is not notified of the session."""

    scheme = "acr:"


def _is_no_address(content: object, rejection: Rejection) -> bool:
    return isinstance(content, _Info) and rejection.message_id == "SVC0004"


@SESSION.rule(Rules.perform, "UNI-CHT-001.8")
def recipient_unchecked(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """A start with an invalid address returns 201."""
    try:
        return usual(call, content, operate)
    except Rejection as rejection:
        if not isinstance(content, _Info) or not _is_no_address(content, rejection):
            raise
        url = f"{call.root}{call.path}/none"
        shown = replace(content, resource_url=url)
        return Response(status=201, content=shown, headers=(("Location", url),))


@SESSION.rule(Rules.perform, "UNI-CHT-001.8")
def recipient_crashes(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """A start with an invalid address returns 500."""
    try:
        return usual(call, content, operate)
    except Rejection as rejection:
        if _is_no_address(content, rejection):
            raise rejections.internal_error() from rejection
        raise


# The subject (UNI-CHT-001.5, 001.6) ---------------------------------------------------------------


@SESSION.ordered("UNI-CHT-001.5")
def session_needs_subject(order: _Info) -> _Info:
    """A start without a subject is rejected."""
    if order.subject is None:
        raise rejections.malformed("subject is missing")
    return order


@SESSION.shown("UNI-CHT-001.5")
def session_subject_invented(info: _Info) -> _Info:
    """A session without a subject is shown with one."""
    return replace(info, subject="Chat") if info.subject is None else info


@SESSION.shown("UNI-CHT-001.6")
def session_subject_cut(info: _Info) -> _Info:
    """The subject is shown cut to 24 characters."""
    return replace(info, subject=info.subject and info.subject[:24])


@SESSION.shown_to("UNI-CHT-001.6")
def session_subject_lost_to_invited(user: str, info: _Info) -> _Info:
    """The session is shown to the invited user without its subject."""
    return info if user == info.originator_address else replace(info, subject=None)


# Several sessions between the same users (UNI-CHT-001.7) ------------------------------------------


class _SameUsers(Deviation):
    """Knows all sessions between the same two users."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._known: dict[int, Conversation] = {}

    def _newest(self, conversation: Conversation) -> Conversation:
        users = conversation.members.keys()
        between = [each for each in self._known.values() if each.members.keys() == users]
        return max([conversation, *between], key=lambda each: each.number)

    def notices(self, notice: Notice) -> Iterable[Notice]:
        self._known[notice.conversation.number] = notice.conversation
        return super().notices(notice)


@SESSION.deviation("UNI-CHT-001.7")
class MessagesGoToNewestSession(_SameUsers):
    """Messages of all sessions between the same users are notified with the id of the newest."""

    def notices(self, notice: Notice) -> Iterable[Notice]:
        newest = self._newest(notice.conversation).part_of(notice.member.address)

        def moved(message: _Message) -> _Message:
            return replace(message, session_id=newest.session_id)

        for each in super().notices(notice):
            yield from retold(each, _Message, moved)


@SESSION.deviation("UNI-CHT-001.7")
class EndEndsAllSessions(_SameUsers):
    """The end of a session ends all sessions between the same users."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._ended: dict[frozenset[str], int] = {}

    def notices(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is Cause.ENDED:
            newest = self._newest(notice.conversation).number
            self._ended[frozenset(notice.conversation.members)] = newest
        return super().notices(notice)

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        ended = self._ended.get(frozenset(conversation.members), 0)
        return conversation.number > ended and super().available(call, conversation, member)


# The first message (UNI-CHT-001a) -----------------------------------------------------------------


@SESSION.ordered("UNI-CHT-001a.1")
def first_message_refused(order: _Info) -> _Info:
    """A start with a message is rejected."""
    if order.chat_message is not None:
        raise rejections.malformed("chatMessage")
    return order


@SESSION.dropped("UNI-CHT-001a.1", Cause.STARTED)
def first_message_costs_invitation(notice: Notice) -> object:
    """The recipient of a first message is not invited."""
    return notice.conversation.first


def _after_first(notice: Notice, change: Callable[[_Message], _Message]) -> Iterator[Notice]:
    """A message, behind the first message of its session, which is changed."""
    first = notice.conversation.first
    if first and notice.member.address != notice.conversation.originator:
        content = ChatMessage(text=first.text)
        yield from retold(
            notice,
            _Message,
            lambda message: change(
                replace(message, message_id=first.id, chat_message=content, link=())
            ),
        )
    yield notice


@SESSION.delivered("UNI-CHT-001a.2", Cause.MESSAGE)
def first_message_delivered_cut(notice: Notice) -> Iterator[Notice]:
    """The first message is delivered cut to 20 characters."""

    def cut(message: _Message) -> _Message:
        text = message.chat_message.text[:20] if message.chat_message else ""
        return replace(message, chat_message=ChatMessage(text=text))

    return _after_first(notice, cut)


@SESSION.delivered("UNI-CHT-001a.2", Cause.MESSAGE)
def first_message_of_nobody(notice: Notice) -> Iterator[Notice]:
    """The first message is delivered with the address of an unknown user as senderAddress."""
    return _after_first(notice, lambda message: replace(message, sender_address="tel:+15550199"))


@SESSION.shown("UNI-CHT-001a.3")
def first_message_becomes_subject(info: _Info) -> _Info:
    """A session without a subject is shown with the first message as its subject."""
    first = info.chat_message.text if info.chat_message else None
    return replace(info, subject=first) if info.subject is None else info


@SESSION.shown("UNI-CHT-001a.3")
def subject_becomes_first_message(info: _Info) -> _Info:
    """A session without a first message is shown with its subject as the first message."""
    if info.subject is None or info.chat_message is not None:
        return info
    return replace(info, chat_message=ChatMessage(text=info.subject))


@SESSION.rule(Rules.perform, "UNI-CHT-001a.4")
def first_content_refused(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """A start with multimedia content is rejected."""
    if call.does("POST", Part.CHATS) and call.is_multipart:
        raise rejections.unsupported_media(call.content_type)
    return usual(call, content, operate)


# Reading (TS-CHAT-4.1.4) --------------------------------------------------------------------------


@SESSION.deviation("TS-CHAT-4.1.4")
class SessionShownToOutsiders(Deviation):
    """A session can be read by users who do not take part in it."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._known: dict[str, _Info] = {}

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        if isinstance(response.content, _Info) and response.content.resource_url:
            self._known[response.content.resource_url.rpartition("/")[2]] = response.content
        return response

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        try:
            return super().perform(call, content, operate)
        except Rejection as rejection:
            known = self._known.get(call.path.rpartition("/")[2])
            if not call.does("GET", Part.CHAT) or known is None or rejection.status != 404:
                raise
            if call.variables["userId"] in (known.originator_address, known.t_participant_address):
                raise
            return Response(status=200, content=known)


@SESSION.shown_to("TS-CHAT-4.1.4")
def session_turned_round(user: str, info: _Info) -> _Info:
    """The invited user is shown the session with originator and recipient swapped."""
    if user == info.originator_address:
        return info
    return replace(
        info,
        originator_address=info.t_participant_address,
        t_participant_address=info.originator_address,
    )
