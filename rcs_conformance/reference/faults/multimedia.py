"""Faults in multimedia messages: taking them, telling of them, handing them out (026, 027)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ChatMessage, MessageStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import MultimediaChatMessageNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Converted, OneKind, SomeOperations, Told, edited
from rcs_conformance.reference.multipart import Multimedia
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Conversation, File, Member

MULTIMEDIA = Faults()

_Told = MultimediaChatMessageNotification


# Taking them ------------------------------------------------------------------------------------


class _Restricted(OneKind):
    """Rejects some multimedia messages, even from connected participants."""

    def _is_refused(self, conversation: Conversation, member: Member, content: Multimedia) -> bool:
        return True

    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        super().may_send(conversation, member, content)
        if isinstance(content, Multimedia) and self._is_refused(conversation, member, content):
            raise rejections.forbidden("no sending")


@MULTIMEDIA.add(
    "multimedia-refused", "UNI-CHT-026.3", "No multimedia message is taken in a group chat."
)
class _MultimediaRefused(_Restricted):
    """Rejects all of them."""


@MULTIMEDIA.add(
    "multimedia-from-originator-only",
    "UNI-CHT-026.3",
    "Only the originator may send multimedia messages.",
)
class _MultimediaFromOriginatorOnly(_Restricted):
    def _is_refused(self, conversation: Conversation, member: Member, content: Multimedia) -> bool:
        return member.address != conversation.originator


@MULTIMEDIA.add(
    "multimedia-needs-text", "UNI-CHT-026.3", "A multimedia message without text is rejected."
)
class _MultimediaNeedsText(_Restricted):
    def _is_refused(self, conversation: Conversation, member: Member, content: Multimedia) -> bool:
        return not getattr(content.root, "text", "")


class _Taken(OneKind):
    """Changes the response to a multimedia message that was taken."""

    def _take(self, response: Response) -> Response:
        return response

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        is_multimedia = call.does("POST", Part.MESSAGES) and call.is_multipart
        taken = is_multimedia and isinstance(response.content, ChatMessage)
        return self._take(response) if taken else response


@MULTIMEDIA.add(
    "multimedia-told-failed",
    "UNI-CHT-026.5",
    "A multimedia message that is delivered is answered as Failed.",
)
class _MultimediaToldFailed(_Taken):
    def _take(self, response: Response) -> Response:
        failed = MessageStatus.FAILED
        return edited(response, ChatMessage, lambda message: replace(message, status=failed))


@MULTIMEDIA.add(
    "multimedia-told-displayed",
    "UNI-CHT-026.5",
    "A multimedia message is answered as Displayed at once.",
)
class _MultimediaToldDisplayed(_Taken):
    def _take(self, response: Response) -> Response:
        displayed = MessageStatus.DISPLAYED
        return edited(response, ChatMessage, lambda message: replace(message, status=displayed))


@MULTIMEDIA.add(
    "multimedia-to-nothing-succeeds",
    "UNI-CHT-026.5",
    "A multimedia message to no chat is answered as Sent.",
)
class _MultimediaToNothingSucceeds(Converted):
    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if not isinstance(content, Multimedia) or rejection.status != 404:
            return super().convert(call, content, rejection)
        url = f"{call.root}{call.path}/none"
        sent = ChatMessage(text="", status=MessageStatus.SENT, resource_url=url)
        return Response(status=201, content=sent, headers=(("Location", url),))


@MULTIMEDIA.add(
    "multimedia-never-settled",
    "UNI-CHT-026.6",
    "No final status follows a multimedia message that is pending.",
)
class _MultimediaNeverSettled(Told):
    def tell(self, notice: Notice) -> Iterable[Notice]:
        has_file = notice.message is not None and notice.message.file is not None
        return () if notice.cause is Cause.SETTLED and has_file else (notice,)


# Telling of them --------------------------------------------------------------------------------


class _Passed(Told):
    """Changes what tells of multimedia messages; `None` drops it."""

    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return told

    def tell(self, notice: Notice) -> Iterable[Notice]:
        if not isinstance(notice.content, _Told):
            return (notice,)
        told = self._pass(notice, notice.content)
        return () if told is None else (replace(notice, content=told),)


@MULTIMEDIA.add("multimedia-not-told", "UNI-CHT-027.1", "Nobody is told of multimedia messages.")
class _MultimediaNotTold(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return None


@MULTIMEDIA.add(
    "multimedia-kept-from-last",
    "UNI-CHT-027.1",
    "The last to join is not told of multimedia messages.",
)
class _MultimediaKeptFromLast(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return None if notice.member is notice.conversation.connected[-1] else told


@MULTIMEDIA.add(
    "multimedia-without-type", "UNI-CHT-027.1", "A multimedia message is told without its type."
)
class _MultimediaWithoutType(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, content_type=None)


@MULTIMEDIA.add(
    "multimedia-without-url", "UNI-CHT-027.1", "A multimedia message is told without a URL."
)
class _MultimediaWithoutUrl(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, file_url=None)


@MULTIMEDIA.add(
    "multimedia-told-as-bytes",
    "UNI-CHT-027.1",
    "Multimedia messages are told as of type application/octet-stream.",
)
class _MultimediaToldAsBytes(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, content_type="application/octet-stream")


@MULTIMEDIA.add(
    "multimedia-without-id", "UNI-CHT-027.2", "A multimedia message is told without a chat id."
)
class _MultimediaWithoutId(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, session_id=None, group_chat_id=None)


@MULTIMEDIA.add(
    "multimedia-told-under-senders-id",
    "UNI-CHT-027.2",
    "A multimedia message is told under its sender's session id.",
)
class _MultimediaUnderSendersId(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        sender = notice.conversation.member(notice.actor)
        return replace(told, session_id=sender.session_id if sender else None)


@MULTIMEDIA.add(
    "adhoc-multimedia-names-receiver",
    "UNI-CHT-027.2",
    "A multimedia message in an ad-hoc chat names its receiver in place of the contact.",
)
class _MultimediaNamesReceiver(_Passed):
    kind = ChatKind.ADHOC

    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, sender_address=notice.member.address)


@MULTIMEDIA.add(
    "long-lived-multimedia-told-under-session-id",
    "UNI-CHT-027.2",
    "A multimedia message in a long-lived group chat has its group chat id as a session id.",
)
class _MultimediaUnderSessionId(_Passed):
    kind = ChatKind.LONG_LIVED

    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, session_id=told.group_chat_id, group_chat_id=None)


# Handing them out -------------------------------------------------------------------------------


@MULTIMEDIA.add("file-url-dead", "UNI-CHT-027.3", "Nobody listens at the URL of a file.")
class _FileUrlDead(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, file_url="http://127.0.0.1:9/file")


@MULTIMEDIA.add("file-url-of-another", "UNI-CHT-027.3", "The URL of a file is that of its sender.")
class _FileUrlOfAnother(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        root, _, path = (told.file_url or "").partition("/chat/")
        version, _, rest = path.partition("/")
        _, _, file = rest.partition("/")
        return replace(told, file_url=f"{root}/chat/{version}/{notice.actor}/{file}")


@MULTIMEDIA.add("file-late", "UNI-CHT-027.3", "A file is not found when it is first asked for.")
class _FileLate(Rules):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._asked: set[str] = set()

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        if response.file is None or call.path in self._asked:
            return response
        self._asked.add(call.path)
        return self.reject(call, rejections.not_found(call.path))


class _HandedOut(SomeOperations):
    """Changes a file that is downloaded."""

    operations = frozenset({"GET file"})

    def _hand_out(self, file: File) -> File:
        return file

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        if response.file is None:
            return response
        return replace(response, file=self._hand_out(response.file))


@MULTIMEDIA.add("file-line-ends", "UNI-CHT-027.4", "Line ends in a file are converted.")
class _FileLineEnds(_HandedOut):
    def _hand_out(self, file: File) -> File:
        return replace(file, content=file.content.replace(b"\r\n", b"\n"))


@MULTIMEDIA.add("file-last-byte-lost", "UNI-CHT-027.4", "The last byte of a file is cut off.")
class _FileLastByteLost(_HandedOut):
    def _hand_out(self, file: File) -> File:
        return replace(file, content=file.content[:-1])


@MULTIMEDIA.add("file-as-text", "UNI-CHT-027.4", "A file is read and written as if it were text.")
class _FileAsText(_HandedOut):
    def _hand_out(self, file: File) -> File:
        return replace(file, content=file.content.decode("utf-8", "replace").encode())


@MULTIMEDIA.add("file-cut", "UNI-CHT-027.4", "A file is cut to 64 kB.")
class _FileCut(_HandedOut):
    def _hand_out(self, file: File) -> File:
        return replace(file, content=file.content[: 1 << 16])


@MULTIMEDIA.add("file-as-bytes", "UNI-CHT-027.4", "Any file is of type application/octet-stream.")
class _FileAsBytes(_HandedOut):
    def _hand_out(self, file: File) -> File:
        return replace(file, media_type="application/octet-stream")
