"""The host of the subscriptions of a run: holds them, and sends the other processes what arrives.

What carries a text of one of them is for that one, and so is what is about a chat that it started;
everything else is for all that want it, since nothing tells whose it is. A subscription to chats
that no process has wanted for a while ends, and is made anew where one wants it again; so do the
subscriptions that tests leave: the target would go on to send them everything.
"""

import time
from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from multiprocessing.reduction import ForkingPickler
from threading import Lock, Thread

from rcs_conformance.driver import Actor
from rcs_conformance.errors import Inconclusive, RcsConformanceError, TargetError, WireError
from rcs_conformance.inbox import Mailbox
from rcs_conformance.model.exchange import Notification
from rcs_conformance.scenario.environment import Environment
from rcs_conformance.scenario.mailboxes.channels import Elsewhere
from rcs_conformance.scenario.mailboxes.shared import (
    Api,
    Arrived,
    Changed,
    Claim,
    Held,
    Leftover,
    Marker,
    Unwanted,
    Wanted,
)
from rcs_conformance.scenario.mailboxes.subscription import Subscription
from rcs_conformance.scenario.mailboxes.transfer_mailboxes import TransferSubscription
from rcs_conformance.scenario.setup.markers import markers_in, process_of

_AWHILE = 0.5
"""Seconds after which the host looks how its channels fare, whatever arrives."""

_UNWANTED = 10.0
"""Seconds after which a subscription that no process wants ends."""


@dataclass(slots=True, eq=False)
class Guest:
    """A process that wants subscriptions, at the other end of a pipe."""

    pipe: Connection
    wants: set[Wanted] = field(default_factory=set)
    lock: Lock = field(default_factory=Lock)
    is_there: bool = True

    def send(self, message: object) -> None:
        """Send it something, unless it has ended."""
        with self.lock:
            self._send(ForkingPickler.dumps(message))

    def admit(self, held: Held) -> None:
        """Send it a subscription; from then on no notification of it passes it by."""
        with self.lock:
            self._send(ForkingPickler.dumps(held))
            self.wants.add(held.wanted)

    def dismiss(self, wanted: Wanted) -> None:
        """Send it no more about a subscription."""
        with self.lock:
            self.wants.discard(wanted)

    def deliver(self, wanted: Wanted, message: "bytes | memoryview") -> None:
        """Send it something pickled about a subscription, if it has that."""
        with self.lock:
            if wanted in self.wants:
                self._send(message)

    def _send(self, message: "bytes | memoryview") -> None:
        try:
            self.pipe.send_bytes(message)
        except OSError:
            self.is_there = False


class SubscriptionHost:
    """Holds one subscription for each user, API and format, until no process wants one any more.

    Args:
        environment: The users, and the listener.
        pipes: To the other processes.
    """

    def __init__(self, environment: Environment, pipes: Sequence[Connection]) -> None:
        self._environment = environment
        self._guests = [Guest(pipe) for pipe in pipes]
        self._lock = Lock()
        self._ending = ThreadPoolExecutor(max_workers=1, thread_name_prefix="endings")
        self._unwanted_since: dict[Wanted, float] = {}
        self._looked = 0.0
        self._of_mailbox: dict[Mailbox, Wanted] = {}
        self._of_marker: dict[str, Guest] = {}
        self._claims: dict[tuple[str, str], tuple[Guest, ...]] = {}
        self._states: dict[Wanted, Elsewhere] = {}

    def run(self) -> None:
        """Serve all until all have ended."""
        threads = [Thread(target=self._serve, args=(each,), daemon=True) for each in self._guests]
        for thread in threads:
            thread.start()
        reader = self._environment.mailboxes.reader
        while any(thread.is_alive() for thread in threads):
            for mailbox, arrived in reader.drained(_AWHILE).items():
                for notification in arrived:
                    self._forward(mailbox, notification)
            if time.monotonic() >= self._looked + _AWHILE:
                self._look()
                self._end_unwanted()
                self._looked = time.monotonic()
        self._ending.shutdown(cancel_futures=True)  # the rest is removed at the end of the run

    def _serve(self, guest: Guest) -> None:
        """Answer what a process asks."""
        try:
            while True:
                match guest.pipe.recv():
                    case None:
                        break
                    case Marker() as marker:
                        self._of_marker[marker.text] = guest
                    case Claim() as claim:
                        key = (claim.user, claim.chat_id)
                        self._claims[key] = (*self._claims.get(key, ()), guest)
                    case Wanted() as wanted:
                        self._answer(guest, wanted)
                    case Unwanted() as unwanted:
                        guest.dismiss(unwanted.wanted)
                    case Leftover() as left:
                        self._ending.submit(self._remove, left)
        except (EOFError, OSError):
            pass  # the process has ended without a word
        finally:
            guest.is_there = False
            guest.pipe.close()

    def _answer(self, guest: Guest, wanted: Wanted) -> None:
        with self._lock:
            try:
                held, mailbox = self._held(wanted)
            except RcsConformanceError as error:
                guest.send(error)
                return
            others = {each: of for each, of in self._of_mailbox.items() if of != wanted}
            self._of_mailbox = {**others, mailbox: wanted}  # one whose channel broke is replaced
            guest.admit(held)

    def _held(self, wanted: Wanted) -> tuple[Held, Mailbox]:
        """A subscription, made on first use, and anew once its channel has broken.

        Raises:
            Inconclusive: The target takes none.
        """
        environment, who = self._environment, self._actor(wanted.user)
        known = [each for each, of in self._of_mailbox.items() if of == wanted]
        if any(environment.mailboxes.channels.trouble(each) for each in known):
            renewed = (
                environment.mailboxes if wanted.api is Api.CHAT else environment.transfer_mailboxes
            )
            renewed.end(who, wanted.fmt)
        made = (
            environment.mailboxes.subscription(who, wanted.fmt)
            if wanted.api is Api.CHAT
            else environment.transfer_mailboxes.kept(who, wanted.fmt)
        )
        mailbox = made.mailbox
        held = Held(
            wanted=wanted,
            url=mailbox.url,
            callback_data=mailbox.callback_data,
            creation=made.creation,
            chat=made.request if isinstance(made, Subscription) else None,
            file_transfer=made.request if isinstance(made, TransferSubscription) else None,
        )
        return held, mailbox

    def _actor(self, user: str) -> Actor:
        return next(each for each in self._environment.actors if each.address == user)

    def _remove(self, left: Leftover) -> None:
        """End what a test left; whatever the target responds says nothing about conformance."""
        ids = {"subscriptionId": left.id}
        with self._lock, suppress(TargetError, Inconclusive):
            self._actor(left.user).send("DELETE", "subscription", fmt=left.fmt, ids=ids)

    def _end_unwanted(self) -> None:
        """End the chat subscriptions that no process has wanted for a while."""
        now = time.monotonic()
        for wanted in tuple(self._of_mailbox.values()):
            if wanted.api is not Api.CHAT or self._is_wanted(wanted):
                self._unwanted_since.pop(wanted, None)
            elif now > self._unwanted_since.setdefault(wanted, now) + _UNWANTED:
                self._ending.submit(self._end, wanted)

    def _is_wanted(self, wanted: Wanted) -> bool:
        return any(guest.is_there and wanted in guest.wants for guest in self._guests)

    def _end(self, wanted: Wanted) -> None:
        """End a subscription, unless it is wanted by now."""
        with self._lock:
            if self._is_wanted(wanted):
                return
            self._of_mailbox = {
                mailbox: each for mailbox, each in self._of_mailbox.items() if each != wanted
            }
            self._unwanted_since.pop(wanted, None)
            self._environment.mailboxes.end(self._actor(wanted.user), wanted.fmt)

    def _forward(self, mailbox: Mailbox, notification: Notification) -> None:
        """Send a notification to the process whose text it carries; without one, to all."""
        wanted = self._of_mailbox.get(mailbox)
        if wanted is None:
            return  # of a subscription that was replaced
        self._tell(mailbox, wanted)  # that the channel lost something before, if it did
        owners = self._owners(notification)
        message = ForkingPickler.dumps(Arrived(wanted, notification))
        for guest in self._guests:
            if guest.is_there and (not owners or guest in owners):
                guest.deliver(wanted, message)

    def _owners(self, notification: Notification) -> "Collection[Guest]":
        """The processes that a notification is for: by its text, or by its chat; none: unknown."""
        markers = markers_in(notification.body)
        if markers:
            found = (self._of_marker.get(process_of(each)) for each in markers)
            return {each for each in found if each is not None}
        try:
            codec = self._environment.mailboxes.reader.codec
            content = codec.decode(notification.body, notification.format).content
        except WireError:
            return ()
        chat_id = getattr(content, "session_id", None) or getattr(content, "group_chat_id", None)
        return self._claims.get((notification.user, chat_id or ""), ())

    def _look(self) -> None:
        """Tell the processes which channels fare otherwise than before."""
        channels = self._environment.mailboxes.channels
        channels.note_idle()
        self._environment.log.clear()
        for mailbox, wanted in tuple(self._of_mailbox.items()):
            self._tell(mailbox, wanted)

    def _tell(self, mailbox: Mailbox, wanted: Wanted) -> None:
        """Tell the processes how the channel of a mailbox fares, if otherwise than before."""
        state = self._environment.mailboxes.channels.state(mailbox)
        if state != self._states.get(wanted, Elsewhere()):
            self._states[wanted] = state
            message = ForkingPickler.dumps(Changed(wanted, state))
            for guest in self._guests:
                guest.deliver(wanted, message)
