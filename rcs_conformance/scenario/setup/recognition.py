"""Recognises the chats of a test among those of others: any test may run beside any other.

An invitation is known by the marker in its subject or first message. Where both lost it they say
nothing; then the chat itself is read. Among chats without a subject only those of the holder of
the test bed's lock are in question, and of them what came after its request; so what says nothing,
and cannot be read either, is taken for one of them. A person who uses the same accounts gives chats
texts without a marker: those count only where no other invitation came.
"""

from collections.abc import Container, Iterable

from rcs_conformance.driver import Actor
from rcs_conformance.model.chat import ChatSessionInformation, GroupChatSessionInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import (
    ChatSessionInvitationNotification,
    GroupChatSessionInvitationNotification,
    MultimediaChatMessageNotification,
)
from rcs_conformance.scenario.setup.markers import marker_in
from rcs_conformance.scenario.setup.preconditions import rejected
from rcs_conformance.scenario.setup.terms import ADHOC_ID
from rcs_conformance.wire.urls import identifiers

Invitation = ChatSessionInvitationNotification | GroupChatSessionInvitationNotification
"""What tells a user of a session that it can accept."""

ShownChat = ChatSessionInformation | GroupChatSessionInformation
"""What shows such a session."""


Multimedia = MultimediaChatMessageNotification
_Content = tuple[str, str | None, str | None]


class Recognition:
    """Remembers which session ids of users belong to chats, and which content to messages."""

    def __init__(self) -> None:
        self._claimed: set[tuple[str, str]] = set()
        self._shown: dict[_Content, str] = {}

    def is_about(self, who: Actor, notified: Multimedia, text: str) -> bool:
        """Whether notified content was not recognised beside another text before."""
        return self._shown.get(_content(who, notified), text) == text

    def note(self, who: Actor, notified: Multimedia, text: str) -> None:
        """Remember beside which text the content that a user was notified of was sent."""
        self._shown[_content(who, notified)] = text

    def claim(self, who: Actor, session_id: str) -> None:
        """Remember that a session id of a user belongs to a chat that is known."""
        self._claimed.add((who.address, session_id))

    def is_to(
        self,
        who: Actor,
        content: Invitation,
        markers: Container[str | None],
        fmt: Format,
        *,
        bare: bool = False,
    ) -> bool:
        """Whether an invitation of a user is to a certain chat that is not known yet.

        Args:
            who: The user.
            content: The invitation.
            markers: Of the chat; `None` among them: it may be shown without one.
            fmt: The format in which the chat is read to see its subject.
            bare: Whether one that is shown without a marker must be shown without any text: others
                give their chats subjects.
        """
        session_id = next(iter(ids_in(who, content)), None)
        if session_id is not None and (who.address, session_id) in self._claimed:
            return False
        texts = _texts(content)
        if _marker(texts) is None and session_id is not None:
            read = _read(who, content, session_id, fmt)
            found = None if read is None else read.answer.content
            texts += _texts(found) if isinstance(found, ShownChat) else ()
        shown = _marker(texts)
        return shown in markers and (shown is not None or not (bare and texts))

    def is_unasked(self, who: Actor, content: Invitation, text: str) -> bool:
        """Whether an invitation of a user is one that a message outside of any session caused.

        Without a marker it is, if it invites to no session of its own: others who use the same
        accounts start sessions without any.

        Args:
            who: The user.
            content: The invitation.
            text: The message.
        """
        shown = _marker(_texts(content))
        if shown is not None:
            return shown == marker_in(text)
        return set(ids_in(who, content)) <= {ADHOC_ID}

    @staticmethod
    def usable(who: Actor, content: Invitation, fmt: Format) -> str | None:
        """The first id in an invitation under which the chat is found; a single one as it is.

        That they differ is attributed to TS-CHAT-4.1.8 and 4.1.9.
        """
        ids = ids_in(who, content)
        if len(ids) < 2:
            return next(iter(ids), None)
        reads = ((each, _read(who, content, each, fmt)) for each in ids)
        found = (each for each, read in reads if read is not None and not rejected(read))
        return next(found, ids[0])


def ids_in(who: Actor, content: Invitation) -> list[str]:
    """The session ids that an invitation tells, by its member and by its links."""
    template = who.binding.resources[_resource(content)].path or ""
    linked = (identifiers(link.href, template) for link in content.link)
    ids = [content.session_id, *(found["sessionId"] for found in linked if found)]
    return list(dict.fromkeys(each for each in ids if each))


def _texts(content: Invitation | ShownChat) -> tuple[str, ...]:
    """What a chat is shown with: its subject, and its first message."""
    message = getattr(content, "chat_message", None)
    shown = (content.subject, getattr(message, "text", None))
    return tuple(each for each in shown if each)


def _marker(texts: Iterable[str]) -> str | None:
    return next((found for found in map(marker_in, texts) if found), None)


def _resource(content: Invitation) -> str:
    is_group = isinstance(content, GroupChatSessionInvitationNotification)
    return "group" if is_group else "oneToOneSession"


def _read(who: Actor, content: Invitation, session_id: str, fmt: Format) -> Exchange | None:
    """The chat that an invitation is to; `None` if it does not say where to read it."""
    ids = {"sessionId": session_id}
    if isinstance(content, ChatSessionInvitationNotification):
        if not content.originator_address:
            return None
        ids["otherUserId"] = content.originator_address
    return who.send("GET", _resource(content), fmt=fmt, ids=ids)


def _content(who: Actor, notified: Multimedia) -> _Content:
    """What identifies content that is notified again."""
    return who.address, notified.message_id, notified.file_url
