"""Telling one's own chats from those of others: any test may run beside any other.

An invitation is known by the marker in its subject. A subject that lost its marker says nothing;
then the chat itself is asked. Among chats without a subject only those of the holder of the
stage's lock are in question, and of them what came after its request.
"""

from rcs_conformance.driver import Actor
from rcs_conformance.model.chat import GroupChatSessionInformation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import GroupChatSessionInvitationNotification
from rcs_conformance.scenario.markers import marker_in
from rcs_conformance.scenario.preconditions import refused
from rcs_conformance.wire.urls import identifiers


class Recognition:
    """Remembers which session ids of which users belong to chats that are known."""

    def __init__(self) -> None:
        self._claimed: set[tuple[str, str]] = set()

    def claim(self, who: Actor, session_id: str) -> None:
        """Remember that a session id of a user belongs to a chat that is known."""
        self._claimed.add((who.address, session_id))

    def is_to(
        self,
        who: Actor,
        content: GroupChatSessionInvitationNotification,
        marker: str | None,
        fmt: Format,
    ) -> bool:
        """Whether an invitation of a user is to a certain chat that is not known yet.

        Args:
            who: The user.
            content: The invitation.
            marker: Of the chat; `None` for one without a subject.
            fmt: In which the chat is asked for its subject.
        """
        session_id = next(iter(ids_in(who, content)), None)
        if session_id is not None and (who.address, session_id) in self._claimed:
            return False
        shown = marker_in(content.subject)
        if shown is not None:
            return shown == marker
        if session_id is None:
            return False
        read = who.send("GET", "group", fmt=fmt, ids={"sessionId": session_id}).answer.content
        if not isinstance(read, GroupChatSessionInformation):
            return False
        return marker_in(read.subject) == marker


def ids_in(who: Actor, content: GroupChatSessionInvitationNotification) -> list[str]:
    """The session ids that an invitation tells, by its member and by its links."""
    template = who.binding.resources["group"].path or ""
    linked = (identifiers(link.href, template) for link in content.link)
    ids = [content.session_id, *(found["sessionId"] for found in linked if found)]
    return list(dict.fromkeys(each for each in ids if each))


def usable(who: Actor, ids: list[str], fmt: Format) -> str | None:
    """The first of several ids under which the chat is found; a single one is taken as it is.

    That they differ is the business of TS-CHAT-4.1.9.
    """
    if len(ids) < 2:
        return next(iter(ids), None)
    reads = ((each, who.send("GET", "group", fmt=fmt, ids={"sessionId": each})) for each in ids)
    return next((each for each, read in reads if not refused(read)), ids[0])
