"""A file transfer in the test bed: who offers which file to whom, and what they can do with it."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.filetransfer import (
    FileTransferAcceptanceNotification,
    FileTransferEventNotification,
    FileTransferFileNotification,
    FileTransferSessionInformation,
    FileTransferSessionInvitationNotification,
    ReceiverSessionStatus,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.model.media import Attachment, Download
from rcs_conformance.model.notifications import EventType
from rcs_conformance.scenario.chats.multi_user import MultiUserChat
from rcs_conformance.scenario.environment import Environment
from rcs_conformance.scenario.mailboxes.deadlines import needing
from rcs_conformance.scenario.mailboxes.transfer_mailboxes import is_about
from rcs_conformance.scenario.setup.downloads import downloaded
from rcs_conformance.scenario.setup.preconditions import require_arrival, require_success
from rcs_conformance.strategies import PICTURE
from rcs_conformance.wire.created import created_id, location
from rcs_conformance.wire.urls import identifiers

Content = TypeVar("Content")
Invitation = Awaited[FileTransferSessionInvitationNotification]

TAKEN = ReceiverSessionStatus(status=ParticipantStatus.CONNECTED)
"""What accepts a file."""

AS_BEFORE = "UNI-FLT-001.2"
"""The clause behind what transfers do whether or not a group chat is named."""

IN_CHAT = "UNI-FLT-001.1"
"""The clause behind transfers that name one."""

NO_CHAT = "UNI-FLT-001.3"
"""The clause behind transfers that name one that does not exist."""


@dataclass(slots=True, kw_only=True)
class FileTransfer:
    """A file transfer that was requested; each user knows it under a session id of its own.

    Attributes:
        environment: The users, their mailboxes, and what the target claims.
        fmt: The format of its requests.
        marker: What tells its file from those of others.
        originator: Who offers the file.
        receivers: To whom it is offered.
        chat: The group chat that it names; `None` without one.
        file: The content that was sent, or that is to be fetched.
        request: The structure of the request that created it.
        creation: The exchange of that request.
        ids: Its session id by address of the user.
    """

    environment: Environment
    fmt: Format
    marker: str
    originator: Actor
    receivers: tuple[Actor, ...]
    chat: MultiUserChat | None
    file: Attachment
    request: FileTransferSessionInformation
    creation: Exchange
    ids: dict[str, str] = field(default_factory=dict)

    @property
    def owner(self) -> str:
        """The clause that a file is accepted and notified to the receivers."""
        return AS_BEFORE if self.chat is None else IN_CHAT

    def session_id(self, who: Actor) -> str:
        """The id under which a user knows the transfer.

        Raises:
            Inconclusive: The user has none, since it was not notified of one.
        """
        if who is self.originator and who.address not in self.ids:
            require_success(self.creation, self.owner)
            found = created_id(self.creation, self.environment.path("ftSession"), "sessionId")
            if found is not None:
                self.ids[who.address] = found
        if who.address not in self.ids:
            reason = f"no session id of the transfer is known for {who.address}"
            raise Inconclusive(Cause.PRECONDITION, reason, self.owner)
        return self.ids[who.address]

    # What a user can do ------------------------------------------------------------------------

    def read(self, who: Actor) -> Exchange:
        return self._do(who, "GET", "ftSession")

    def readings(self, who: Actor) -> list[Exchange]:
        """The reading of the transfer, where the target claims that."""
        return [self.read(who)] if self.environment.claims.operation("GET ftSession") else []

    def accept(self, who: Actor) -> Exchange:
        verbs = self.environment.binding.resources["ftStatus"].verbs
        return self._do(who, next(iter(verbs)), "ftStatus", TAKEN)

    def again(self) -> tuple[Exchange, str | None]:
        """Offer the file again by the same request; the session id of what that made."""
        made = self.originator.send("POST", "ftSessions", self.request, fmt=self.fmt)
        return made, created_id(made, self.environment.path("ftSession"), "sessionId")

    def delete(self, who: Actor) -> Exchange:
        """Cancel or abort it as its originator, decline or abort it as a receiver."""
        return self._do(who, "DELETE", "ftSession")

    def downloads(self, who: Actor, url: str | None) -> list[Download]:
        """The file as a user finds it at the target, as of `downloaded`.

        Empty if the URL is the originator's own: the target does not serve it then.
        """
        if url is None or url == self.request.file_information.file_url:
            return []
        return [downloaded(who, url, self.fmt)]

    # What a user does on the way to something else: `Inconclusive` where it is refused -----------

    def await_invitations(self) -> None:
        """Wait for the invitations of all receivers; a missing one is attributed to `owner`."""
        require_success(self.creation, self.owner)
        for each in self.receivers:
            with needing(self.owner):
                require_arrival(self.invitation(each), self.owner)

    def take(self, who: Actor) -> None:
        """Accept the file; a rejection is attributed to UNI-FLT-001.2."""
        require_success(self.accept(who), AS_BEFORE)

    def stop(self, who: Actor) -> None:
        """Delete the transfer; a rejection is attributed to UNI-FLT-001.2."""
        require_success(self.delete(who), AS_BEFORE)

    # What a user is told -----------------------------------------------------------------------

    def invitation(self, who: Actor) -> Invitation:
        """Wait until a user is notified that the file is offered; its session id is remembered."""
        found = self._awaited(who, FileTransferSessionInvitationNotification, self.is_offer)
        if found.content is not None:
            linked = (
                identifiers(link.href, self.environment.path("ftSession"))
                for link in found.content.link
            )
            ids = [found.content.session_id, *(each["sessionId"] for each in linked if each)]
            self.ids[who.address] = next((each for each in ids if each), "")
        return found

    def is_offer(self, content: FileTransferSessionInvitationNotification) -> bool:
        """Whether an invitation is to this transfer, by its file."""
        return is_about(content, self.marker)

    def offers(self, who: Actor) -> tuple[str | None, ...]:
        """The group chat in each invitation to it that a user got so far; `None` for none."""
        return tuple(
            each.group_chat_url
            for each in self.environment.transfer_mailboxes.offers(who, self.marker)
        )

    def acceptance(self) -> Awaited[FileTransferAcceptanceNotification]:
        """Wait until the originator is notified that a receiver accepted."""
        who = self.originator
        return self._awaited(
            who, FileTransferAcceptanceNotification, lambda content: self.is_here(who, content)
        )

    def location(self, who: Actor) -> str | None:
        """The URL of the file that a receiver that accepted was notified of; `None` for none.

        The invitation may carry it already, or a notification once the file is ready.
        """
        notified = require_arrival(self.invitation(who), self.owner).file_information
        if notified.file_url:
            return notified.file_url
        found = self._awaited(
            who, FileTransferFileNotification, lambda content: self.is_here(who, content)
        )
        return None if found.content is None else found.content.file_information.file_url

    def event(self, who: Actor, *kinds: EventType) -> Awaited[FileTransferEventNotification]:
        """Wait until a user is notified of one of these events."""
        return self._awaited(
            who,
            FileTransferEventNotification,
            lambda content: self.is_here(who, content) and content.event_type in kinds,
        )

    def is_here(self, who: Actor, content: object) -> bool:
        """Whether a notification is about this transfer: by its session id, or by its link."""
        own = self.session_id(who)
        if getattr(content, "session_id", None) == own:
            return True
        template = self.environment.path("ftSession")
        found = (identifiers(link.href, template) for link in getattr(content, "link", ()))
        return any(each is not None and each["sessionId"] == own for each in found)

    def _do(
        self, who: Actor, method: str, resource: str, content: object | None = None
    ) -> Exchange:
        ids = {"sessionId": self.session_id(who)}
        return who.send(method, resource, content, fmt=self.fmt, ids=ids)

    def _awaited(
        self, who: Actor, kind: type[Content], where: Callable[[Content], bool]
    ) -> Awaited[Content]:
        box = self.environment.transfer_mailboxes.present(who)
        if box is None:
            box = self.environment.transfer_mailboxes.of(who, self.fmt)
        return self.environment.mailboxes.arrivals.awaited(box, kind, where)


def picture(marker: str) -> Attachment:
    """A file whose name has a marker."""
    return replace(PICTURE, name=f"{marker}.png")


def reference(chat: MultiUserChat, who: Actor) -> str:
    """The URL of a group chat as one of its users sees it: the target's own where it told one.

    Raises:
        Inconclusive: The user does not know the chat.
    """
    composed = who.url(chat.terms.chat, **chat.variables(who))
    if chat.created_by is not None and who is chat.originator:
        shown = location(chat.created_by)
        told: tuple[str, ...] = () if shown is None else (shown,)
    else:
        told = chat.linked(who)
    absolute = (each for each in told if each.startswith(("http://", "https://")))
    return next(absolute, composed)
