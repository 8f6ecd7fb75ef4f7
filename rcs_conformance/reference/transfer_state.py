"""What the server remembers of file transfers: subscriptions and sessions."""

from dataclasses import dataclass, field

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.filetransfer import (
    FileInformation,
    FileTransferNotificationSubscription,
)
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.state import Conversation, File
from rcs_conformance.reference.subscription_state import Subscriptions


@dataclass(slots=True, kw_only=True)
class Side:
    """A user's part in a file transfer, under a session id of its own.

    Attributes:
        address: The user's main address.
        session_id: Under which this user sees the transfer.
        status: Invited, connected, or disconnected.
    """

    address: str
    session_id: str
    status: ParticipantStatus = ParticipantStatus.INVITED


@dataclass(slots=True, kw_only=True)
class Transfer:
    """A file on its way from one user to others.

    Attributes:
        information: What the originator said of the file.
        originator: The side of the user that offers it.
        originator_name: As it was given.
        receivers: The sides of the users that it is offered to.
        receiver_name: As it was given.
        conversation: The group chat in which it is offered; `None` outside of any.
        correlator: That it was started with.
        file: The content, where it was sent by value.
        over: Whether it came to its end.
    """

    information: FileInformation
    originator: Side
    originator_name: str | None
    receivers: tuple[Side, ...]
    receiver_name: str | None
    conversation: Conversation | None
    correlator: str | None
    file: File | None
    over: bool = False

    @property
    def taking(self) -> tuple[Side, ...]:
        """The sides that have not declined or ended it."""
        gone = ParticipantStatus.DISCONNECTED
        return tuple(each for each in self.receivers if each.status is not gone)

    @property
    def status(self) -> ParticipantStatus:
        """The status of the receivers: Connected as soon as one of them is."""
        statuses = {each.status for each in self.receivers}
        order = (ParticipantStatus.CONNECTED, ParticipantStatus.INVITED)
        return next((each for each in order if each in statuses), ParticipantStatus.DISCONNECTED)


@dataclass(slots=True)
class Transfers:
    """All subscriptions and sessions of the File Transfer API."""

    subscriptions: Subscriptions[FileTransferNotificationSubscription] = field(
        default_factory=Subscriptions
    )
    _sessions: dict[tuple[str, str], tuple[Transfer, Side]] = field(default_factory=dict)

    def add(self, transfer: Transfer) -> None:
        """Add a transfer; each of its users knows it by a session id of its own."""
        for side in (transfer.originator, *transfer.receivers):
            self._sessions[canonical(side.address), side.session_id] = (transfer, side)

    def session(self, address: str, session_id: str) -> tuple[Transfer, Side] | None:
        """The transfer with the session id of a user, over or not."""
        return self._sessions.get((canonical(address), session_id))
