"""Subscriptions through a channel of their own, whichever way the run has its notifications."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass, replace

from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive, TargetError
from rcs_conformance.inbox import Feed
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatSessionInvitationNotification
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.mailboxes.channels import CLAUSE, Channel, created
from rcs_conformance.scenario.mailboxes.subscription import Subscription
from rcs_conformance.scenario.setup.preconditions import require_success

_ENDING = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What came of an invitation that should come through a channel.

    Attributes:
        invitation: What was waited for.
        trouble: Why the channel could be polled no longer; empty where it could.
    """

    invitation: Awaited[ChatSessionInvitationNotification]
    trouble: str


def channel(bed: TestBed, who: Actor, fmt: Format, correlator: str | None = None) -> Channel:
    """Request a channel of a user, whatever the response; a correlator tells it from others.

    Raises:
        NotApplicable: The target claims no channels.
    """
    bed.claims.require_operation("POST channelURL")
    return created(who, fmt, correlator)


def subscribed(bed: TestBed, own: Channel) -> Subscription:
    """A subscription through a channel; nobody polls yet.

    Raises:
        Inconclusive: It is rejected; attributed to TS-CHAT-4.1.1; or the target does
            not tell where the channel takes notifications.
    """
    if not own.callback_url:
        raise Inconclusive(
            Cause.PRECONDITION, f"{own.creation}: the response has no callbackURL", CLAUSE
        )
    subscription = bed.mailboxes.subscribe_at(own.who, own.fmt, own.callback_url)
    require_success(subscription.creation, "TS-CHAT-4.1.1")
    return subscription


def heard(
    bed: TestBed, own: Channel, subscription: Subscription, sessions: Iterable[OneToOneChat]
) -> tuple[Heard, ...]:
    """Poll a channel until the invitations to all sessions have come; then end it.

    Raises:
        Inconclusive: The target does not tell where to poll.
    """
    polls = own.polls()
    feed = Feed(
        poll=polls.ask,
        interrupt=polls.interrupt,
        user=own.who.address,
        fmt=own.fmt,
        reader=bed.mailboxes.reader,
        mailboxes=(subscription.mailbox,),
    )
    try:
        return tuple(
            Heard(
                invitation=chat_waits.invitation_in(each, subscription.mailbox),
                trouble=feed.trouble,
            )
            for each in sessions
        )
    finally:
        feed.stop()
        with suppress(TargetError, Inconclusive):
            subscription.delete()
            own.delete()
        feed.close(_ENDING)
        polls.close()


def control_invitation(
    bed: TestBed, who: Actor, fmt: Format
) -> Awaited[ChatSessionInvitationNotification]:
    """An invitation to who has one more subscription, made as all others of the run are."""
    more = bed.mailboxes.subscribed(who, fmt)
    session = bed.sessions.invited(SessionOffer(), fmt, to=who)
    notified = chat_waits.invitation_in(session, more.mailbox)
    more.delete()
    return notified


def polled_once(bed: TestBed, own: Channel) -> Exchange:
    """Poll a channel once, and keep the exchange in the evidence.

    Raises:
        TargetError: There was no answer that can be judged.
        Inconclusive: The target does not tell where to poll.
    """
    polls = own.polls()
    try:
        polled = polls.ask()
    finally:
        polls.close()
    exchange = replace(polled, number=bed.log.next_number())
    bed.log.add(exchange)
    return exchange
