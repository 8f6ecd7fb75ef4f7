"""What is notified, and to which users (binding, section 3)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

from rcs_conformance.model.chat import IsComposing, MessageStatus
from rcs_conformance.model.notifications import EventType
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.notices import (
    Cause,
    ChatNotification,
    Notice,
    Outgoing,
    SubscriptionEnd,
)
from rcs_conformance.reference.notification_views import NotificationViews
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Conversation, Member, Message
from rcs_conformance.reference.subscription_state import ChatSubscription
from rcs_conformance.reference.world import World

_SETTLING = 0.02
"""Seconds between the response that a message is pending and its final status."""


class Outlet(Protocol):
    """Takes notices; `Dispatcher` delivers them."""

    def put(self, notice: Outgoing) -> None:
        """Take a notice, behind those for the same subscription."""


_Compose = Callable[[Member, str], ChatNotification]
"""Makes a notification for a member, with URLs under the given server root."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifier:
    """Notifies users of what happened, each through all its subscriptions."""

    world: World
    rules: Rules
    views: NotificationViews
    outlet: Outlet

    def invite(
        self, conversation: Conversation, cause: Cause, inviter: Member, invited: Iterable[Member]
    ) -> None:
        """Notify users that they are invited, or were added to a long-lived group chat."""
        compose = partial(self.views.invitation, conversation, inviter)
        members = tuple(invited)
        for member in members:
            self._notify(conversation, member, cause, inviter.address, compose)
        if members:
            self._add_event(conversation, cause, inviter.address)

    def change(self, conversation: Conversation, cause: Cause, *changed: Member) -> None:
        """Notify of a change of participants; the changed one first.

        A user that joins is notified of all participants.
        """
        told = self.rules.named_in_notification(conversation, changed)
        joins = cause in (Cause.STARTED, Cause.ADDED, Cause.ACCEPTED, Cause.REJOINED)
        audience = self.rules.notified_of_change(conversation, cause, changed)
        for member in sorted(audience, key=lambda member: member not in changed):
            whole = joins and member in changed
            named = self.rules.shown(conversation) if whole else told
            compose = partial(self.views.participants, conversation, named)
            self._notify(conversation, member, cause, changed[0].address, compose)
        self._add_event(conversation, cause, changed[0].address)

    def _add_event(self, conversation: Conversation, cause: Cause, actor: str) -> None:
        originator = conversation.member(conversation.originator)
        if originator and (event := self.rules.additional_event(conversation, cause)):
            self.event(conversation, (originator,), cause, event, actor=actor)

    def services(self, conversation: Conversation) -> None:
        """Notify the members of a long-lived group chat of its new services."""
        compose = partial(self.views.services, conversation)
        for member in conversation.connected:
            self._notify(conversation, member, Cause.SERVICES, "", compose)

    def event(
        self,
        conversation: Conversation,
        audience: Iterable[Member],
        cause: Cause,
        event: EventType,
        *,
        actor: str = "",
    ) -> None:
        """Notify of an event of the chat as a whole."""
        compose = partial(self.views.event, conversation, event, actor)
        for member in audience:
            self._notify(conversation, member, cause, actor, compose)

    def message(
        self,
        conversation: Conversation,
        sender: Member,
        message: Message,
        receivers: Iterable[Member],
    ) -> None:
        stamp = self.rules.time_stamp(conversation)
        cause = Cause.MULTIMEDIA if message.file else Cause.MESSAGE
        compose: _Compose
        if message.file:
            compose = partial(
                self.views.multimedia, conversation, sender, message, message.file, stamp
            )
        else:
            compose = partial(self.views.message, conversation, sender, message, stamp)
        for member in receivers:
            if message.file:
                self.world.share(member.address, message.file)
            self._notify(conversation, member, cause, sender.address, compose, message=message)

    def composing(
        self, conversation: Conversation, sender: Member, indication: IsComposing
    ) -> None:
        compose = partial(self.views.composing, conversation, sender, indication)
        for member in self.rules.receivers(conversation, sender):
            self._notify(conversation, member, Cause.COMPOSING, sender.address, compose)

    def report(
        self,
        conversation: Conversation,
        message: Message,
        status: MessageStatus,
        reporter: str = "",
    ) -> None:
        """Notify the sender of the status of its message; an empty reporter is the server."""
        sender = conversation.members[canonical(message.sender)]
        compose = partial(self.views.report, conversation, message, status, reporter)
        cause = Cause.REPORTED if reporter else Cause.SETTLED
        hold = 0.0 if reporter else _SETTLING
        self._notify(conversation, sender, cause, reporter, compose, message=message, hold=hold)

    def unsubscribed(self, subscription: ChatSubscription) -> None:
        """Notify a subscription that its user deleted it, where the rules have it so."""
        for told in self.rules.unsubscribed(subscription, self.views.unsubscribed(subscription)):
            self.outlet.put(SubscriptionEnd(subscription=subscription, content=told))

    def _notify(
        self,
        conversation: Conversation,
        member: Member,
        cause: Cause,
        actor: str,
        compose: _Compose,
        *,
        message: Message | None = None,
        hold: float = 0.0,
    ) -> None:
        for subscription in self.world.subscriptions.of(member.address):
            if not self.rules.wants(subscription, conversation):
                continue
            data = subscription.given.callback_reference.callback_data
            notice = Notice(
                subscription=subscription,
                content=replace(compose(member, subscription.root), callback_data=data),
                cause=cause,
                conversation=conversation,
                member=member,
                actor=actor,
                message=message,
                hold=hold,
            )
            for outgoing in self.rules.notices(notice):
                self.outlet.put(outgoing)
