"""Subscriptions that one process holds for all processes of a run.

With a subscription of each process, every notification would be sent as often as there are
processes. So one process, the host, subscribes each user once for each format; the others ask it
for a subscription, and it sends them what arrives.
"""

from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from multiprocessing.connection import Connection
from queue import Queue
from threading import Thread

from rcs_conformance.errors import HarnessError
from rcs_conformance.inbox import Mailbox, Reader
from rcs_conformance.model.chat import ChatNotificationSubscription
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.filetransfer import FileTransferNotificationSubscription
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario.mailboxes.channels import Channels, Elsewhere

_ENDING = 5.0
"""Seconds that the host has to end a connection."""


class Api(Enum):
    """What a subscription is to."""

    CHAT = auto()
    FILE_TRANSFER = auto()


@dataclass(frozen=True, slots=True)
class Wanted:
    """A subscription that a process wants.

    Attributes:
        api: To what.
        user: Address of the user whose it is.
        fmt: In which it is spoken about, and of its notifications.
    """

    api: Api
    user: str
    fmt: Format


@dataclass(frozen=True, slots=True)
class Marker:
    """What all texts of a process begin with: a notification with such a text is for it alone."""

    text: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A chat that a process started: what a user is notified of it is for that process.

    Attributes:
        user: Address of the user.
        chat_id: The id of the chat from the user's view.
    """

    user: str
    chat_id: str


@dataclass(frozen=True, slots=True)
class Unwanted:
    """What a process wants no longer: its present example does without."""

    wanted: Wanted


@dataclass(frozen=True, slots=True)
class Leftover:
    """A subscription to chats of a test of its own, which is over and left it.

    It would receive everything until the end of the run.

    Attributes:
        user: Address of the user whose it is.
        id: Its id.
        fmt: In which it is spoken about.
    """

    user: str
    id: str
    fmt: Format


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A subscription that the host holds.

    Attributes:
        wanted: Which it is.
        url: Where its notifications are sent.
        callback_data: What they return.
        creation: The exchange of the request that created it.
        chat: The structure of that request, where it is to chats.
        file_transfer: Likewise, where it is to file transfers.
    """

    wanted: Wanted
    url: str
    callback_data: str
    creation: Exchange
    chat: ChatNotificationSubscription | None = None
    file_transfer: FileTransferNotificationSubscription | None = None


@dataclass(frozen=True, slots=True)
class Arrived:
    """A notification that arrived for a subscription, unread."""

    wanted: Wanted
    notification: Notification


@dataclass(frozen=True, slots=True)
class Changed:
    """The state of a subscription's channel has changed."""

    wanted: Wanted
    state: Elsewhere


class SharedSubscriptions:
    """The side of a process that asks the host.

    Args:
        pipe: To the host.
        reader: Of the mailboxes here.
        channels: Know how those of the host fare.
        marker: What all texts of this process begin with.
    """

    def __init__(self, pipe: Connection, reader: Reader, channels: Channels, marker: str) -> None:
        self._pipe = pipe
        self._reader = reader
        self._channels = channels
        self._held: dict[Wanted, tuple[Held, Mailbox]] = {}
        self._answers: Queue[Held | Exception] = Queue()
        self._over = ""
        pipe.send(Marker(marker))
        self._thread = Thread(target=self._run, name="shared subscriptions", daemon=True)
        self._thread.start()

    def of(self, wanted: Wanted) -> tuple[Held, Mailbox]:
        """A subscription, and the mailbox here that it fills.

        Raises:
            Inconclusive: The target takes no subscription.
            NotApplicable: The target takes no further one of the user.
            HarnessError: The host is gone.
        """
        if self._over:
            raise HarnessError(self._over)
        if wanted not in self._held or self._channels.trouble(self._held[wanted][1]):
            self._pipe.send(wanted)
            with self._reader.log.journal.waiting():
                answer = self._answers.get()
            if isinstance(answer, Exception):
                raise answer
        return self._held[wanted]

    def claim(self, user: str, chat_id: str) -> None:
        """Tell the host of a chat of this process; see `Claim`."""
        if not self._over:
            self._pipe.send(Claim(user, chat_id))

    def keep_only(self, used: Collection[Wanted], leftovers: Iterable[Leftover]) -> None:
        """Have the host send no more of other chat subscriptions, and end some for good.

        Args:
            used: The subscriptions that the last example needed.
            leftovers: See `Leftover`.
        """
        if self._over:
            return
        unused = [each for each in self._held if each.api is Api.CHAT and each not in used]
        with suppress(OSError):  # the host is gone, which the next subscription tells
            for each in unused:
                self._channels.forget(self._held.pop(each)[1])
                self._pipe.send(Unwanted(each))
            for leftover in leftovers:
                self._pipe.send(leftover)

    def close(self) -> None:
        """Want nothing any more: the host ends the connection, and so the thread here."""
        with suppress(OSError):
            self._pipe.send(None)
        self._thread.join(_ENDING)

    def _run(self) -> None:
        try:
            while True:
                self._take(self._pipe.recv())
        except (EOFError, OSError):
            self._over = "the process that holds the subscriptions of the run has ended"
            self._answers.put(HarnessError(self._over))

    def _take(self, message: object) -> None:
        match message:
            case Arrived():
                if held := self._held.get(message.wanted):
                    held[1].take(message.notification)
            case Held():
                mailbox = self._mailbox(message)
                if held := self._held.get(message.wanted):
                    self._channels.note_replaced(mailbox, held[1])
                self._held[message.wanted] = (message, mailbox)
                self._answers.put(message)
            case Changed():
                if held := self._held.get(message.wanted):
                    self._channels.note_elsewhere(held[1], message.state)
            case Exception():
                self._answers.put(message)

    def _mailbox(self, held: Held) -> Mailbox:
        mailbox = Mailbox(
            user=held.wanted.user,
            fmt=held.wanted.fmt,
            callback_data=held.callback_data,
            url=held.url,
            reader=self._reader,
        )
        self._channels.note_elsewhere(mailbox, Elsewhere())
        return mailbox
