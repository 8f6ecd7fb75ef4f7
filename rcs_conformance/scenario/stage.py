"""The stage: the target's users, their mailboxes, and the chats that they start."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from filelock import FileLock

from rcs_conformance.binding import Binding
from rcs_conformance.driver import Actor, Body
from rcs_conformance.errors import Cause, Inconclusive, TargetError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox import Inbox, Mailbox
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import (
    ChatNotificationSubscription,
    GroupChatSessionInformation,
    ParticipantInformation,
)
from rcs_conformance.model.common import CallbackReference, NotificationFormat
from rcs_conformance.model.exchange import Exchange, Notification
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.group import GroupChat
from rcs_conformance.scenario.markers import Markers, marker_in
from rcs_conformance.scenario.patience import Patience
from rcs_conformance.scenario.triggering import Triggers
from rcs_conformance.target import Target
from rcs_conformance.wire import Codec
from rcs_conformance.wire.created import created_id

Content = TypeVar("Content")

_MEANWHILE_SHOWN = 5
_OPEN_FOR = 7200


@dataclass(frozen=True, slots=True, kw_only=True)
class StageSettings:
    """What a stage needs beside the target.

    Attributes:
        lock_file: Shared by all processes of a run; who holds it may start a chat without subject.
    """

    lock_file: Path


class Stage:
    """Arranges what tests start from.

    Args:
        target: The implementation under test.
        binding: How it spells things.
        log: The evidence of the present example.
        settings: What the run gives.

    Raises:
        ConfigurationError: The listener's address cannot be used.
    """

    def __init__(
        self, target: Target, binding: Binding, log: EvidenceLog, settings: StageSettings
    ) -> None:
        self.target = target
        self.binding = binding
        self.log = log
        self.actors = tuple(Actor(target, user, binding, log) for user in target.users)
        self.markers = Markers()
        self.triggers = Triggers(target)
        notifications = target.notifications
        self.inbox = Inbox(
            host=notifications.listen_host,
            port=notifications.listen_port,
            public_url=notifications.public_url,
            codec=Codec(binding.names),
            log=log,
            max_body_bytes=target.limits.max_body_bytes,
        )
        self._patience = Patience(notifications.timeout)
        self._lock = FileLock(settings.lock_file)
        self._mailboxes: dict[tuple[str, Format], tuple[Mailbox, Exchange]] = {}
        self._claimed: set[tuple[str, str]] = set()
        self._groups: list[GroupChat] = []

    @property
    def alice(self) -> Actor:
        """The first user, who mostly begins."""
        return self.actors[0]

    @property
    def bob(self) -> Actor:
        """The second user."""
        return self.actors[1]

    @property
    def carol(self) -> Actor:
        """The third user."""
        return self.actors[2]

    @property
    def dave(self) -> Actor:
        """The fourth user, who is added later.

        Raises:
            Inconclusive: The target file names three users only.
        """
        if len(self.actors) < 4:
            raise Inconclusive(Cause.CONFIGURATION, "the target file must name a fourth user")
        return self.actors[3]

    @property
    def supported_services(self) -> tuple[str, ...]:
        """The service tokens that the target supports in a chat; all unless its policy says."""
        declared = self.target.policy.services
        return self.binding.services if declared is None else declared

    def path(self, resource: str) -> str:
        """The path template of a resource in the binding."""
        return self.binding.resources[resource].path or ""

    # Beginning and end of an example -----------------------------------------------------------

    def clear(self) -> None:
        """Begin a new example: forget what was exchanged and what arrived."""
        self._groups.clear()
        self.inbox.clear()
        self.log.clear()

    def close(self) -> None:
        """End the subscriptions, the listener and the connections."""
        for (_, fmt), (mailbox, subscribed) in self._mailboxes.items():
            actor = next(each for each in self.actors if each.address == mailbox.user)
            subscription = self._subscription_id(subscribed)
            if subscription is not None:
                with suppress(TargetError):
                    actor.send(
                        "DELETE", "subscription", fmt=fmt, ids={"subscriptionId": subscription}
                    )
        self.inbox.close()
        for actor in self.actors:
            actor.close()

    # Subscriptions -----------------------------------------------------------------------------

    def subscription(self, mailbox: Mailbox) -> ChatNotificationSubscription:
        """The subscription that fills a mailbox."""
        return ChatNotificationSubscription(
            callback_reference=CallbackReference(
                notify_url=mailbox.url,
                callback_data=mailbox.callback_data,
                notification_format=NotificationFormat(mailbox.format.name),
            ),
            duration=_OPEN_FOR,
        )

    def mailbox(self, who: Actor, fmt: Format) -> Mailbox:
        """The mailbox of a user in a format, subscribed on first use.

        Raises:
            Inconclusive: The target takes no subscription.
        """
        key = (who.address, fmt)
        if key not in self._mailboxes:
            mailbox = self.inbox.open(who.address, fmt)
            exchange = who.send("POST", "subscriptions", self.subscription(mailbox), fmt=fmt)
            require_success(exchange, "TS-CHAT-4.1.1")
            self._mailboxes[key] = (mailbox, exchange)
        return self._mailboxes[key][0]

    def _subscription_id(self, subscribed: Exchange) -> str | None:
        template = self.path("subscription")
        return created_id(subscribed, template, "subscriptionId")

    # Group chats -------------------------------------------------------------------------------

    def start(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
        body: Callable[[GroupChatSessionInformation, Actor], Body] | None = None,
    ) -> GroupChat:
        """Ask for a group chat, whatever comes of it.

        Args:
            offer: The parameters; the subject goes out behind a marker.
            fmt: The format of everything that follows.
            by: Who asks; alice unless given.
            invite: Who is invited; bob and carol unless given.
            body: Makes another body of the structure, such as a form or a near miss.
        """
        by = by or self.alice
        invite = (self.bob, self.carol) if invite is None else invite
        for each in (by, *invite):
            self.mailbox(each, fmt)
        marker = self.markers.next()
        subject = None if offer.subject is None else f"{marker} {offer.subject}".strip()
        content = self.request(offer, subject, by, invite)
        exchange = by.send("POST", "groups", body(content, by) if body else content, fmt=fmt)
        group = GroupChat(
            stage=self,
            fmt=fmt,
            offer=offer,
            subject=subject,
            marker=marker,
            originator=by,
            invited=invite,
            started=exchange,
        )
        template = self.path("group")
        session_id = created_id(exchange, template, "sessionId")
        if session_id is not None:
            group.ids[by.address] = session_id
        self._groups.append(group)
        return group

    def group(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
    ) -> GroupChat:
        """A group chat that was started and whose invitations have arrived.

        Raises:
            Inconclusive: It could not be started, has no session id, or somebody got no invitation.
        """
        with self._alone(unless=offer.subject is not None):
            group = self.start(offer, fmt, by=by, invite=invite)
            require_success(group.started, "UNI-CHT-002b.1")
            if group.originator.address not in group.ids:
                raise Inconclusive(
                    Cause.PRECONDITION, "the chat's session id is not returned", "UNI-CHT-002b.2"
                )
            for each in group.invited:
                require_arrival(group.invitation(each), "UNI-CHT-007b.1")
        return group

    def chat(
        self,
        offer: GroupOffer,
        fmt: Format,
        *,
        by: Actor | None = None,
        invite: tuple[Actor, ...] | None = None,
        services: tuple[str, ...] = (),
    ) -> GroupChat:
        """A group chat that everybody who was invited has accepted, each with `services`.

        Raises:
            Inconclusive: It could not be established.
        """
        group = self.group(offer, fmt, by=by, invite=invite)
        for each in group.invited:
            require_success(group.accept(each, services), "UNI-CHT-008b.1")
        return group

    @staticmethod
    def request(
        offer: GroupOffer, subject: str | None, by: Actor, invite: tuple[Actor, ...]
    ) -> GroupChatSessionInformation:
        """The structure that asks for a chat: its originator first, then those invited."""
        return GroupChatSessionInformation(
            subject=subject,
            participant=(
                ParticipantInformation(address=by.address, is_originator=True),
                *(ParticipantInformation(address=each.address) for each in invite),
            ),
            is_closed=offer.closed,
            supported_service=offer.services,
        )

    # Notifications -----------------------------------------------------------------------------

    def awaited(
        self, who: Actor, fmt: Format, kind: type[Content], where: Callable[[Content], bool]
    ) -> Awaited[Content]:
        """Wait for a notification to a user; it is waited for as long as the target file says."""
        mailbox = self.mailbox(who, fmt)
        root = kind.__name__[0].lower() + kind.__name__[1:]
        seconds = self._patience.seconds((root, fmt))

        def matches(notification: Notification) -> bool:
            content = notification.content
            return isinstance(content, kind) and where(content)

        found = mailbox.wait(matches, seconds)
        self._patience.learn((root, fmt), came=found is not None)
        if found is None:
            self._require_readable(mailbox)
        content = None if found is None else found.content
        return Awaited(
            root=root,
            user=who.address,
            notification=found,
            content=content if isinstance(content, kind) else None,
            waited=seconds,
            meanwhile=() if found else self._meanwhile(mailbox),
        )

    def _require_readable(self, mailbox: Mailbox) -> None:
        """Blame what could not be read for what did not arrive; it is the business of TS-CHAT-5."""
        for notification in mailbox.arrived():
            if notification.problem:
                self.log.add(notification)
                clause = format_clause(notification.format)
                raise Inconclusive(
                    Cause.PRECONDITION, f"{notification}: {notification.problem}", clause
                )

    def _meanwhile(self, mailbox: Mailbox) -> tuple[str, ...]:
        return tuple(str(each) for each in mailbox.arrived()[-_MEANWHILE_SHOWN:])

    # Telling one's own chats from those of others ----------------------------------------------

    def claim(self, who: Actor, session_id: str) -> None:
        """Remember that a session id of a user belongs to a chat that is known."""
        self._claimed.add((who.address, session_id))

    def is_claimed(self, who: Actor, session_id: str) -> bool:
        """Whether a session id of a user belongs to a chat that is known."""
        return (who.address, session_id) in self._claimed

    def is_about(
        self, group: GroupChat, who: Actor, subject: str | None, session_id: str | None
    ) -> bool:
        """Whether an invitation with this subject and session id is to this group.

        A subject that lost its marker says nothing; then the chat itself is asked for its
        subject. Among chats without one, only those of the holder of the lock are in question.
        """
        marker = marker_in(subject)
        if marker is not None:
            return marker == group.marker
        if session_id is None:
            return False
        shown = who.send(
            "GET", "group", fmt=group.fmt, ids={"sessionId": session_id}
        ).answer.content
        if not isinstance(shown, GroupChatSessionInformation):
            return False
        if group.subject is None:
            return shown.subject is None
        return marker_in(shown.subject) == group.marker

    @contextmanager
    def _alone(self, *, unless: bool) -> Iterator[None]:
        """Keep other processes of the run from starting a chat without subject meanwhile."""
        if unless:
            yield
        else:
            with self._lock:
                yield


def format_clause(fmt: Format) -> str:
    """The clause that demands a representation and its validity."""
    return "TS-CHAT-5.1" if fmt is Format.XML else "TS-CHAT-5.2"


def require_success(exchange: Exchange, clause: str) -> None:
    """Go on only if a request succeeded, which is the business of `clause`.

    Raises:
        Inconclusive: It did not.
    """
    if not 200 <= exchange.answer.status < 300:
        raise Inconclusive(Cause.PRECONDITION, str(exchange), clause)


def require_arrival(awaited: Awaited[Content], clause: str) -> Content:
    """Go on only if a notification arrived, which is the business of `clause`.

    Raises:
        Inconclusive: It did not.
    """
    if awaited.content is None:
        raise Inconclusive(Cause.PRECONDITION, f"{awaited.where}: {awaited.absence}", clause)
    return awaited.content
