"""Faults in receiving messages and composing indications (UNI-CHT-020, UNI-CHT-021)."""

import html
import unicodedata
from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ComposingState, IsComposing, MessageStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.reference.edits import OneKind, Told
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.state import Conversation

RECEIVING = Faults()

_Told = ChatMessageNotification


class _Passed(Told):
    """Changes messages or composing indications on their way; `None` drops them."""

    cause = Cause.MESSAGE

    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return told

    def tell(self, notice: Notice) -> Iterable[Notice]:
        if notice.cause is not self.cause or not isinstance(notice.content, _Told):
            return (notice,)
        told = self._pass(notice, notice.content)
        return () if told is None else (replace(notice, content=told),)


def _senders_id(notice: Notice) -> str | None:
    sender = notice.conversation.member(notice.actor)
    return sender.session_id if sender else None


@RECEIVING.add(
    "message-kept-from-last", "UNI-CHT-020.3", "The last to join gets no messages of others."
)
class _MessageKeptFromLast(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return None if notice.member is notice.conversation.connected[-1] else told


@RECEIVING.add(
    "message-told-under-senders-id", "UNI-CHT-020.3", "A message has its sender's session id."
)
class _MessageUnderSendersId(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, session_id=_senders_id(notice))


@RECEIVING.add("message-without-id", "UNI-CHT-020.3", "A message comes without a session id.")
class _MessageWithoutId(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, session_id=None, group_chat_id=None)


@RECEIVING.add(
    "long-lived-message-told-under-session-id",
    "UNI-CHT-020.4",
    "A message in a long-lived group chat has its group chat id as a session id.",
)
class _MessageUnderSessionId(_Passed):
    kind = ChatKind.LONG_LIVED

    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, session_id=told.group_chat_id, group_chat_id=None)


@RECEIVING.add("time-stamp-of-1970", "UNI-CHT-020.5", "The time stamp is the start of the epoch.")
class _TimeStampOf1970(OneKind):
    def time_stamp(self, conversation: Conversation) -> str | None:
        return "1970-01-01T00:00:00Z"


@RECEIVING.add("time-stamp-ahead", "UNI-CHT-020.5", "The time stamp is a year ahead.")
class _TimeStampAhead(OneKind):
    def time_stamp(self, conversation: Conversation) -> str | None:
        stamp = super().time_stamp(conversation) or ""
        return f"{int(stamp[:4]) + 1}-01-01T00:00:00Z" if stamp else None


class _Requested(_Passed):
    """Changes what reports a message that is passed on asks for."""

    def _request(self, asked: tuple[MessageStatus, ...]) -> tuple[MessageStatus, ...]:
        return asked

    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        if told.chat_message is None:
            return told
        asked = self._request(told.chat_message.report_request)
        return replace(told, chat_message=replace(told.chat_message, report_request=asked))


@RECEIVING.add(
    "display-request-lost", "UNI-CHT-020.6", "A request for a display report is not passed on."
)
class _DisplayRequestLost(_Requested):
    def _request(self, asked: tuple[MessageStatus, ...]) -> tuple[MessageStatus, ...]:
        return tuple(status for status in asked if status is not MessageStatus.DISPLAYED)


@RECEIVING.add(
    "display-request-changed",
    "UNI-CHT-020.6",
    "A request for a display report is passed on as one for a delivery report.",
)
class _DisplayRequestChanged(_Requested):
    def _request(self, asked: tuple[MessageStatus, ...]) -> tuple[MessageStatus, ...]:
        changed = {MessageStatus.DISPLAYED: MessageStatus.DELIVERED}
        return tuple(dict.fromkeys(changed.get(status, status) for status in asked))


@RECEIVING.add(
    "report-link-lost",
    "UNI-CHT-020.6",
    "A message that asks for a report does not say where the report goes.",
)
class _ReportLinkLost(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, link=())


class _Texted(_Passed):
    """Changes the text of a message that is passed on."""

    def _text(self, text: str) -> str:
        return text

    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        if told.chat_message is None:
            return told
        text = self._text(told.chat_message.text)
        return replace(told, chat_message=replace(told.chat_message, text=text))


@RECEIVING.add("text-trimmed", "UNI-CHT-020.7", "White space around a text is lost.")
class _TextTrimmed(_Texted):
    def _text(self, text: str) -> str:
        return text.strip()


@RECEIVING.add("text-ascii", "UNI-CHT-020.7", "What is not ASCII in a text becomes ?.")
class _TextAscii(_Texted):
    def _text(self, text: str) -> str:
        return text.encode("ascii", "replace").decode()


@RECEIVING.add("text-entities", "UNI-CHT-020.7", "A text is escaped once more than it should be.")
class _TextEntities(_Texted):
    def _text(self, text: str) -> str:
        return html.escape(text)


@RECEIVING.add("text-cut", "UNI-CHT-020.7", "A text is cut to 160 characters.")
class _TextCut(_Texted):
    def _text(self, text: str) -> str:
        return text[:160]


@RECEIVING.add("text-line-ends", "UNI-CHT-020.7", "A return in a text becomes a line feed.")
class _TextLineEnds(_Texted):
    def _text(self, text: str) -> str:
        return text.replace("\r\n", "\n").replace("\r", "\n")


@RECEIVING.add("text-composed", "UNI-CHT-020.7", "A text is brought into a normal form.")
class _TextComposed(_Texted):
    def _text(self, text: str) -> str:
        return unicodedata.normalize("NFC", text)


@RECEIVING.add("text-with-markup-lost", "UNI-CHT-020.7", "A message with markup does not arrive.")
class _TextWithMarkupLost(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return None if told.chat_message and "<" in told.chat_message.text else told


@RECEIVING.add("message-names-receiver", "UNI-CHT-020.7", "A message names its receiver as sender.")
class _MessageNamesReceiver(_Passed):
    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, sender_address=notice.member.address)


@RECEIVING.add("composing-not-told", "UNI-CHT-021.3", "No isComposing is passed on.")
class _ComposingNotTold(_Passed):
    cause = Cause.COMPOSING

    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return None


@RECEIVING.add(
    "composing-told-under-senders-id", "UNI-CHT-021.3", "isComposing has its sender's session id."
)
class _ComposingUnderSendersId(_Passed):
    cause = Cause.COMPOSING

    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, session_id=_senders_id(notice))


@RECEIVING.add("composing-without-id", "UNI-CHT-021.3", "isComposing comes without a session id.")
class _ComposingWithoutId(_Passed):
    cause = Cause.COMPOSING

    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        return replace(told, session_id=None, group_chat_id=None)


class _Indicated(_Passed):
    """Changes an indication that is passed on."""

    cause = Cause.COMPOSING

    def _indicate(self, indication: IsComposing) -> IsComposing:
        return indication

    def _pass(self, notice: Notice, told: _Told) -> _Told | None:
        if told.is_composing is None:
            return told
        return replace(told, is_composing=self._indicate(told.is_composing))


@RECEIVING.add("composing-always-active", "UNI-CHT-021.5", "The state idle is passed on as active.")
class _ComposingAlwaysActive(_Indicated):
    def _indicate(self, indication: IsComposing) -> IsComposing:
        return replace(indication, state=ComposingState.ACTIVE)


@RECEIVING.add("composing-refresh-lost", "UNI-CHT-021.5", "The refresh time is not passed on.")
class _ComposingRefreshLost(_Indicated):
    def _indicate(self, indication: IsComposing) -> IsComposing:
        return replace(indication, refresh=None)


@RECEIVING.add("composing-refresh-doubled", "UNI-CHT-021.5", "The refresh time is doubled.")
class _ComposingRefreshDoubled(_Indicated):
    def _indicate(self, indication: IsComposing) -> IsComposing:
        doubled = None if indication.refresh is None else 2 * indication.refresh
        return replace(indication, refresh=doubled)
