"""Faults in multimedia messages: sending, notifying, downloading (UNI-CHT-026, UNI-CHT-027)."""

from dataclasses import replace

from rcs_conformance.model.chat import ChatMessage, MessageStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import MultimediaChatMessageNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import edited
from rcs_conformance.reference.multipart import Multimedia
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import (
    ADHOC,
    ANYWHERE,
    GROUP,
    LONG_LIVED,
    Also,
    Deviation,
    Usual,
    operations,
)
from rcs_conformance.reference.state import Conversation, Member

_Multimedia = MultimediaChatMessageNotification

_ALL = (ChatKind.ADHOC, ChatKind.ONE_TO_ONE, ChatKind.LONG_LIVED)


def _same(clause: str, *kinds: ChatKind) -> Also:
    """Twins that break the same clause; in all other kinds where none is named."""
    return dict.fromkeys(kinds or _ALL, clause)


# Sending (UNI-CHT-026) ----------------------------------------------------------------------------


@GROUP.rule(
    Rules.may_send,
    "UNI-CHT-026.3",
    also={
        ChatKind.ADHOC: "UNI-CHT-026.1",
        ChatKind.ONE_TO_ONE: "UNI-CHT-026.2",
        ChatKind.LONG_LIVED: "UNI-CHT-026.4",
    },
)
def multimedia_refused(
    usual: Usual[None], conversation: Conversation, member: Member, content: object
) -> None:
    """Multimedia messages are rejected."""
    usual(conversation, member, content)
    if isinstance(content, Multimedia):
        raise rejections.forbidden("no sending")


@GROUP.rule(
    Rules.may_send,
    "UNI-CHT-026.3",
    also={ChatKind.ONE_TO_ONE: "UNI-CHT-026.2", ChatKind.LONG_LIVED: "UNI-CHT-026.4"},
)
def multimedia_from_originator_only(
    usual: Usual[None], conversation: Conversation, member: Member, content: object
) -> None:
    """Multimedia messages of all participants except the originator are rejected."""
    usual(conversation, member, content)
    if isinstance(content, Multimedia) and member.address != conversation.originator:
        raise rejections.forbidden("no sending")


@GROUP.rule(Rules.may_send, "UNI-CHT-026.3")
def multimedia_needs_text(
    usual: Usual[None], conversation: Conversation, member: Member, content: object
) -> None:
    """A multimedia message without text is rejected."""
    usual(conversation, member, content)
    if isinstance(content, Multimedia) and not getattr(content.root, "text", ""):
        raise rejections.forbidden("no sending")


def _with_status(response: Response, status: MessageStatus) -> Response:
    """The response to a multimedia message with another status."""
    if not isinstance(response.requested, Multimedia):
        return response
    return edited(response, ChatMessage, lambda message: replace(message, status=status))


@GROUP.responded(
    "UNI-CHT-026.5",
    "POST",
    Part.MESSAGES,
    also=_same("UNI-CHT-026.5", ChatKind.ADHOC, ChatKind.LONG_LIVED),
)
def multimedia_told_failed(response: Response) -> Response:
    """The response to a multimedia message that is delivered has status Failed."""
    return _with_status(response, MessageStatus.FAILED)


@GROUP.responded(
    "UNI-CHT-026.5", "POST", Part.MESSAGES, also=_same("UNI-CHT-026.5", ChatKind.ONE_TO_ONE)
)
def multimedia_told_displayed(response: Response) -> Response:
    """The response to a multimedia message has status Displayed."""
    return _with_status(response, MessageStatus.DISPLAYED)


@GROUP.converted("UNI-CHT-026.5", 404, also=_same("UNI-CHT-026.5"))
def multimedia_to_nothing_succeeds(call: Call, content: object, rejection: Rejection) -> Response:
    """A multimedia message to a chat that does not exist returns 201 with status Sent."""
    if not isinstance(content, Multimedia):
        raise rejection
    url = f"{call.root}{call.path}/none"
    sent = ChatMessage(text="", status=MessageStatus.SENT, resource_url=url)
    return Response(status=201, content=sent, headers=(("Location", url),))


@GROUP.dropped("UNI-CHT-026.6", Cause.SETTLED, also=_same("UNI-CHT-026.6"))
def multimedia_never_settled(notice: Notice) -> bool:
    """The sender of a pending multimedia message is not notified of its final status."""
    return notice.message is not None and notice.message.file is not None


# Notifying (UNI-CHT-027.1, 027.2) -----------------------------------------------------------------


@GROUP.notified("UNI-CHT-027.1", also=_same("UNI-CHT-027.1"))
def multimedia_not_told(message: _Multimedia) -> None:
    """The receivers are not notified of multimedia messages."""


@GROUP.notified_to("UNI-CHT-027.1")
def multimedia_kept_from_last(notice: Notice, message: _Multimedia) -> _Multimedia | None:
    """The last participant that joined is not notified of multimedia messages."""
    return None if notice.member is notice.conversation.connected[-1] else message


@GROUP.notified("UNI-CHT-027.1")
def multimedia_without_type(message: _Multimedia) -> _Multimedia:
    """The notification of a multimedia message does not have contentType."""
    return replace(message, content_type=None)


@GROUP.notified("UNI-CHT-027.1")
def multimedia_without_url(message: _Multimedia) -> _Multimedia:
    """The notification of a multimedia message does not have the URL of the file."""
    return replace(message, file_url=None)


@GROUP.notified("UNI-CHT-027.1")
def multimedia_told_as_bytes(message: _Multimedia) -> _Multimedia:
    """The contentType of every multimedia message is application/octet-stream."""
    return replace(message, content_type="application/octet-stream")


@GROUP.notified("UNI-CHT-027.2", also=_same("UNI-CHT-027.2"))
def multimedia_without_id(message: _Multimedia) -> _Multimedia:
    """The notification of a multimedia message does not have the id of the chat."""
    return replace(message, session_id=None, group_chat_id=None)


@GROUP.notified_to("UNI-CHT-027.2")
def multimedia_told_under_senders_id(notice: Notice, message: _Multimedia) -> _Multimedia:
    """The notification of a multimedia message has the session id of the sender."""
    sender = notice.conversation.member(notice.actor)
    return replace(message, session_id=sender.session_id if sender else None)


@ADHOC.notified_to("UNI-CHT-027.2")
def adhoc_multimedia_names_receiver(notice: Notice, message: _Multimedia) -> _Multimedia:
    """The notification of an ad-hoc multimedia message names the receiver as senderAddress."""
    return replace(message, sender_address=notice.member.address)


@LONG_LIVED.notified("UNI-CHT-027.2")
def long_lived_multimedia_told_under_session_id(message: _Multimedia) -> _Multimedia:
    """A multimedia message in a long-lived group chat is notified with groupChatId as sessionId."""
    return replace(message, session_id=message.group_chat_id, group_chat_id=None)


# Downloading (UNI-CHT-027.3, 027.4) ---------------------------------------------------------------


@GROUP.notified("UNI-CHT-027.3", also=_same("UNI-CHT-027.3", ChatKind.ADHOC, ChatKind.ONE_TO_ONE))
def file_url_dead(message: _Multimedia) -> _Multimedia:
    """No server listens at the URL of a file."""
    return replace(message, file_url="http://127.0.0.1:9/file")


@GROUP.notified_to("UNI-CHT-027.3")
def file_url_of_another(notice: Notice, message: _Multimedia) -> _Multimedia:
    """The receiver is notified of the sender's URL of a file."""
    root, _, path = (message.file_url or "").partition("/chat/")
    version, _, rest = path.partition("/")
    _, _, file = rest.partition("/")
    return replace(message, file_url=f"{root}/chat/{version}/{notice.actor}/{file}")


@ANYWHERE.deviation("UNI-CHT-027.3")
class FileLate(Deviation):
    """The first download of a file returns 404."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._requested: set[str] = set()

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        if response.file is None or call.path in self._requested:
            return response
        self._requested.add(call.path)
        return self.reject(call, rejections.not_found(call.path))


_DOWNLOAD = operations("GET file")


def _with_content(response: Response, content: bytes) -> Response:
    return replace(response, file=response.file and replace(response.file, content=content))


def _content(response: Response) -> bytes:
    return response.file.content if response.file else b""


@_DOWNLOAD.responded("UNI-CHT-027.4")
def file_line_ends(response: Response) -> Response:
    """CRLF in a file is changed to LF."""
    return _with_content(response, _content(response).replace(b"\r\n", b"\n"))


@_DOWNLOAD.responded("UNI-CHT-027.4")
def file_last_byte_lost(response: Response) -> Response:
    """The last byte of a file is cut off."""
    return _with_content(response, _content(response)[:-1])


@_DOWNLOAD.responded("UNI-CHT-027.4")
def file_as_text(response: Response) -> Response:
    """A file is decoded and encoded as UTF-8 text."""
    return _with_content(response, _content(response).decode("utf-8", "replace").encode())


@_DOWNLOAD.responded("UNI-CHT-027.4")
def file_cut(response: Response) -> Response:
    """A file is cut to 64 kB."""
    return _with_content(response, _content(response)[: 1 << 16])


@_DOWNLOAD.responded("UNI-CHT-027.4")
def file_as_bytes(response: Response) -> Response:
    """The media type of every file is application/octet-stream."""
    media_type = "application/octet-stream"
    return replace(response, file=response.file and replace(response.file, media_type=media_type))
