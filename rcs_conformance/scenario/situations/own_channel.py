"""Subscriptions through a channel of their own, whichever way the run has its notifications."""

import time
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace

from rcs_conformance.driver import Actor
from rcs_conformance.errors import (
    Cause,
    HarnessError,
    Inconclusive,
    NotApplicable,
    TargetError,
    WireError,
)
from rcs_conformance.inbox import Feed
from rcs_conformance.model.awaited import Awaited, Content
from rcs_conformance.model.channel import ChannelType, NotificationChannel
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatSessionInvitationNotification
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.mailboxes.channels import (
    CLAUSE,
    SHOWN,
    Channel,
    created,
    created_as,
    request,
    request_of_socket,
)
from rcs_conformance.scenario.mailboxes.subscription import Subscription
from rcs_conformance.scenario.setup.preconditions import rejected, require_several, require_success
from rcs_conformance.wire.notification_list import listed

_ENDING = 5.0
_REJECTED = 400

_SEVERAL = 3
"""Notifications that are waited for one after the other: a poll may not be open for the first."""

LATER = 2.5
"""Seconds that a poll is held, or a WebSocket is idle.

Whole seconds of a lifetime can show that they are gone, and rounding cannot.
"""


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


def claimed_type(bed: TestBed) -> NotificationChannel:
    """What requests a channel of a type that the target claims; one that is polled before others.

    Raises:
        NotApplicable: The target claims no channels.
    """
    if not bed.claims.operation("POST channelURL") and bed.claims.operation("WEBSOCKET channelURL"):
        return request_of_socket()
    bed.claims.require_operation("POST channelURL")
    return request()


def any_channel(bed: TestBed, who: Actor, fmt: Format) -> Channel:
    """A channel of a user, of a type that the target claims.

    Raises:
        NotApplicable: The target claims no channels.
        Inconclusive: It could not be created.
    """
    require_several(who)
    own = created_as(who, fmt, claimed_type(bed))
    require_success(own.creation, CLAUSE)
    return own


def channel_without_lifetime(bed: TestBed, who: Actor, fmt: Format) -> Channel:
    """Request a channel without a lifetime, whatever the response; raises as `claimed_type`."""
    require_several(who)
    return created_as(who, fmt, replace(claimed_type(bed), channel_lifetime=None))


def usable_channel(bed: TestBed, who: Actor, fmt: Format) -> Channel:
    """A channel of a user.

    Raises:
        NotApplicable: The target claims no channels.
        Inconclusive: It could not be created, or the response does not say how to use it.
    """
    own = channel(bed, who, fmt)
    require_success(own.creation, CLAUSE)
    return own


def other_types() -> tuple[NotificationChannel, ...]:
    """What requests channels of types that few targets support, without what those need."""
    types = (ChannelType.OMA_PUSH, ChannelType.NATIVE_CHANNEL)
    return tuple(NotificationChannel(channel_type=each) for each in types)


def requested(bed: TestBed, who: Actor, content: NotificationChannel, fmt: Format) -> Exchange:
    """Request a channel of any type; what comes about is deleted.

    Raises:
        NotApplicable: The target claims no channels.
    """
    bed.claims.require_operation("DELETE channel")
    require_several(who)
    made = created_as(who, fmt, content)
    if not rejected(made.creation):
        with suppress(TargetError, Inconclusive):
            made.delete()
    return made.creation


@dataclass(frozen=True, slots=True, kw_only=True)
class Refresh:
    """A refresh of the lifetime of a channel.

    Attributes:
        before: GET of what is left, where the target claims that; otherwise none.
        put: The refresh.
        after: GET of what is left then, as `before`.
        seconds: From before the refresh to the end of the last GET.
    """

    before: tuple[Exchange, ...]
    put: Exchange
    after: tuple[Exchange, ...]
    seconds: float


def refreshed(bed: TestBed, own: Channel, lifetime: int) -> Refresh:
    """Refresh the lifetime of a channel, and read what is left before and after."""
    reads = bed.claims.operation("GET channelLifetime")
    before = (own.fetch_lifetime(),) if reads else ()
    begun = time.monotonic()
    put = own.refresh(lifetime)
    after = (own.fetch_lifetime(),) if reads else ()
    return Refresh(before=before, put=put, after=after, seconds=since(bed, begun))


def subscribed(bed: TestBed, own: Channel) -> Subscription:
    """A subscription through a channel; nobody polls yet.

    Raises:
        Inconclusive: It is rejected; attributed to TS-CHAT-4.1.1; or the target does
            not tell where the channel takes notifications.
    """
    if not own.callback_url:
        raise Inconclusive(
            Cause.PRECONDITION, f"{own.creation}: the response has no callbackURL", SHOWN
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
    with _polled(bed, own, subscription) as hear:
        return tuple(hear(each) for each in sessions)


def heard_meanwhile(
    bed: TestBed, own: Channel, subscription: Subscription, fmt: Format
) -> tuple[Heard, ...]:
    """Poll a channel all the time, while a user is invited to one session after the other.

    Each invitation is waited for before the next one is sent, so that a poll is open again.

    Raises:
        Inconclusive: The target does not tell where to poll, or a session could not be started.
    """
    with _polled(bed, own, subscription) as hear:
        return tuple(
            hear(bed.sessions.invited(SessionOffer(), fmt, to=own.who)) for _ in range(_SEVERAL)
        )


@contextmanager
def _polled(
    bed: TestBed, own: Channel, subscription: Subscription
) -> Iterator[Callable[[OneToOneChat], Heard]]:
    """What waits for an invitation, while a channel is polled; the channel is ended then."""
    polls = own.polls()
    feed = Feed(
        poll=polls.ask,
        interrupt=polls.interrupt,
        user=own.who.address,
        fmt=own.fmt,
        reader=bed.mailboxes.reader,
        mailboxes=(subscription.mailbox,),
    )

    def hear(session: OneToOneChat) -> Heard:
        invitation = chat_waits.invitation_in(session, subscription.mailbox)
        if invitation.content is None:
            _require_whole(bed, feed, invitation)
        return Heard(invitation=invitation, trouble=feed.trouble)

    try:
        yield hear
    finally:
        feed.stop()
        with suppress(TargetError, Inconclusive):
            subscription.delete()
            own.delete()
        feed.close(_ENDING)
        polls.close()


def _require_whole(bed: TestBed, feed: Feed, missing: Awaited[Content]) -> None:
    """Attribute a missing notification to a poll that broke off, unless none gets a response.

    Raises:
        Inconclusive: One did, and so may have lost it.
    """
    loss = bed.log.journal.observed("loss", lambda: feed.loss.reason)
    if loss and not feed.trouble:
        reason = f"{missing.where}: {missing.absence}; it may have been lost: {loss}"
        raise Inconclusive(Cause.NETWORK, reason)


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
        polled = bed.log.journal.polled(polls.ask)
    finally:
        polls.close()
    if polled is None:
        raise HarnessError("a poll neither ended nor failed")
    return _kept(bed, polled)


@dataclass(frozen=True, slots=True, kw_only=True)
class TwoPolls:
    """What came of two polls of one channel at once, and of its deletion.

    Attributes:
        ended: The one that ended first, while the channel was there; `None`: neither did.
        deletion: Of the channel.
        last: The one that was open then; `None`: it was not answered.
        seconds: How long each of them was waited for.
    """

    ended: Exchange | None
    deletion: Exchange
    last: Exchange | None
    seconds: float


def two_polls(bed: TestBed, own: Channel) -> TwoPolls:
    """Poll a channel twice at once; when one poll has ended, delete the channel.

    Raises:
        NotApplicable: The target holds no polls: there are no two at once.
        TargetError: A poll got no answer that can be judged.
        Inconclusive: The target does not tell where to poll.
    """
    seconds = bed.target.notifications.timeout
    polls = (own.polls(), own.polls())
    with ThreadPoolExecutor(len(polls)) as pool:
        try:
            live = bed.log.journal.is_live
            asked = [pool.submit(each.ask) for each in polls if live]
            ended = _first(bed, asked, seconds)
            deletion = own.delete()
            if ended is not None and 200 <= ended.answer.status < 300:
                raise NotApplicable(
                    "the target responds to a poll at once where nothing is pending"
                )
            last = _first(bed, asked, seconds)
        finally:
            for each in polls:
                each.interrupt()
    for each in polls:
        each.close()
    return TwoPolls(ended=ended, deletion=deletion, last=last, seconds=seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """What was left of the lifetime of a channel some time after it was created.

    Attributes:
        read: GET of it.
        seconds: Since before the last poll.
    """

    read: Exchange
    seconds: float


def polled_later(bed: TestBed, own: Channel, fmt: Format) -> Measured:
    """Poll a channel some time after it was created, and read what is left of its lifetime.

    Raises:
        NotApplicable: The target holds no polls.
        TargetError: A poll got no answer that can be judged.
        Inconclusive: There could be no chat to be notified of.
    """
    with _held(bed, own, fmt) as chat:
        chat.say(bed.alice)
        begun = time.monotonic()
        polled_once(bed, own)
        read = own.fetch_lifetime()
        return Measured(read=read, seconds=since(bed, begun))


def refreshed_later(bed: TestBed, own: Channel, fmt: Format) -> Refresh:
    """Refresh the lifetime of a channel some time after it was created; raises as `polled_later`.

    What is left then is read where the target claims that; the same lifetime is requested again.
    """
    with _held(bed, own, fmt):
        return refreshed(bed, own, own.shown.channel_lifetime or 0)


@contextmanager
def _held(bed: TestBed, own: Channel, fmt: Format) -> Iterator[Chat]:
    """A chat that a channel is notified of; before that time goes by in polls that are held.

    What a poll brings meanwhile is about other chats.
    """
    chat = bed.any_established_chat(fmt)
    subscription = subscribed(bed, own)
    polls = own.polls()
    with ThreadPoolExecutor(1) as pool:
        live, begun = bed.log.journal.is_live, time.monotonic()
        held = [pool.submit(polls.ask)] if live else []
        while (ended := _first(bed, held, max(0.0, LATER - since(bed, begun)))) is not None:
            if not _brings(own, ended):
                raise NotApplicable(
                    "the target responds to a poll at once where nothing is pending"
                )
            held = [pool.submit(polls.ask)] if live else []  # others use the same accounts
        chat.say(bed.alice)
        _first(bed, held, None)
    polls.close()
    yield chat
    with suppress(TargetError, Inconclusive):
        subscription.delete()


def _brings(own: Channel, poll: Exchange) -> bool:
    """Whether a poll brought notifications."""
    if rejected(poll) or not poll.answer.body.strip():
        return False
    try:
        return bool(listed(poll.answer.body, own.fmt, own.who.binding.told.names))
    except WireError:
        return False


def since(bed: TestBed, begun: float) -> float:
    """Seconds since a time of the monotonic clock."""
    return bed.log.journal.observed("seconds", lambda: time.monotonic() - begun)


def _first(bed: TestBed, asked: list[Future[Exchange]], seconds: float | None) -> Exchange | None:
    """The poll that ends first, kept in the evidence and taken from those that go on.

    Args:
        bed: Where it happens.
        asked: The polls.
        seconds: How long one is waited for; without it as long as it takes.

    Raises:
        TargetError: It got no answer that can be judged.
    """

    def ended() -> Exchange | None:
        done, _ = wait(asked, seconds, FIRST_COMPLETED)
        for each in done:
            asked.remove(each)
            return each.result()
        return None

    polled = bed.log.journal.polled(ended)
    return None if polled is None else _kept(bed, polled)


def _kept(bed: TestBed, polled: Exchange) -> Exchange:
    """A poll with its number, in the evidence; a rejected one with what its response says."""
    answer, number = polled.answer, bed.log.observed_number()
    if answer.status >= _REJECTED:
        with suppress(WireError):
            found = bed.alice.codec.decode(answer.body, polled.body_format)
            answer = replace(answer, root=found.root, content=found.content)
    exchange = replace(polled, number=number, answer=answer)
    bed.log.add(exchange)
    return exchange
