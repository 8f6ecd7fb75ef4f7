"""Probes that need a chat or a subscription: it is created, used, and ended again.

Group chats and a 1-to-1 chat between the first two users, and a subscription of the first; no
other user is notified. A second 1-to-1 chat starts with a message. No other message is sent: a
server that supports multimedia or form messages rejects an empty one with 400, any other server
with 415.
"""

from collections.abc import Callable, Iterator

from rcs_conformance.driver import Actor, Body
from rcs_conformance.errors import NotApplicable, RcsConformanceError
from rcs_conformance.model.chat import (
    ComposingState,
    GroupChatSessionInformation,
    IsComposing,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import FORM_MEDIA_TYPE, Format
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.probes.records import Finding, Findings, allowed, by_operation, finding
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat

LIGHTWEIGHT = "GET subscriptionDuration"
"""The operation of a lightweight resource; no item of the SCR table has it."""

FIRST_MESSAGE = "POST oneToOneSessions chatMessage"
"""Stands for the policy of first messages; no item of the SCR table has it."""

STOPPED = "a chat"
"""Stands for the operation if a trial was broken off."""

_UNKNOWN = Body(data=b"nothing", media_type="application/x-rcs-conformance", mutation="probe")
_FORM = Body(data=b"nothing=1", media_type=FORM_MEDIA_TYPE, mutation="probe")
_PARTS = Body(
    data=b"--probe\r\nContent-Disposition: form-data; name=nothing\r\n\r\n1\r\n--probe--\r\n",
    media_type="multipart/form-data; boundary=probe",
    mutation="probe",
)
_SUCCESS = range(200, 300)


def probe_chats(bed: TestBed, fmt: Format, served: Callable[[str], bool]) -> Findings:
    """The findings from a subscription, a group chat and a 1-to-1 chat, all ended again.

    Args:
        bed: The target's users.
        fmt: The format of the requests.
        served: Whether an operation is supported; trials that start with an unsupported one are
            left out.
    """
    trials = [_subscription]
    trials += [_group] * served("POST groups")
    trials += [_session] * served("POST oneToOneSessions")
    found: list[Finding] = []
    for trial in trials:
        try:
            for each in trial(bed, fmt):
                found.append(each)
        except RcsConformanceError as stopped:
            found += [Finding(operation=STOPPED, served=None, why=str(stopped))]
    return by_operation(found)


def _plain(operation: str, exchange: Exchange, what: str = "") -> Finding:
    """An operation that succeeded or not."""
    return finding(operation, exchange, served=exchange.answer.status in _SUCCESS, what=what)


def _subscription(bed: TestBed, fmt: Format) -> Iterator[Finding]:
    """A subscription, by a form and otherwise; both are deleted."""
    by_form = bed.mailboxes.subscribe(bed.alice, fmt, written=bed.alice.form)
    yield _plain("POST subscriptions form", by_form.creation, "as a form")
    if by_form.creation.answer.status in _SUCCESS and by_form.id_or_none:
        by_form.delete()
    subscription = bed.mailboxes.subscribed(bed.alice, fmt)
    try:
        yield _plain("POST subscriptions", subscription.creation)
        yield _plain("GET subscription", subscription.read())
        if "subscriptionDuration" in bed.binding.resources:
            ids = {"subscriptionId": subscription.id}
            read = bed.alice.send("GET", "subscriptionDuration", fmt=fmt, ids=ids)
            yield _plain(LIGHTWEIGHT, read, "of a subscription's duration")
    finally:
        deleted = subscription.delete()
    yield _plain("DELETE subscription", deleted)


def _group(bed: TestBed, fmt: Format) -> Iterator[Finding]:
    """A group chat with every option; it is ended."""
    offer = GroupOffer(closed=True, services=bed.supported_services[:1])
    group = bed.groups.started(offer, fmt, invite=(bed.bob,))
    try:
        yield _plain("POST groups", group.creation)
        read = group.read(bed.alice)
        shown = read.answer.content
        if isinstance(shown, GroupChatSessionInformation):
            closed, services = bool(shown.is_closed), bool(shown.supported_service)
            what = f"of a group shows isClosed {str(closed).lower()}"
            yield finding("POST groups isClosed", read, served=closed, what=what)
            what = f"of a group shows {len(shown.supported_service)} services"
            yield finding("POST groups supportedService", read, served=services, what=what)
        group.await_invitations()
        accepted = group.accept(bed.bob)
        yield _plain("PUT participantStatus", accepted)
        yield _plain("GET participant", group.read_participant(bed.alice, bed.bob))
        yield from _messages(group)
        if group.leave(bed.bob).answer.status in _SUCCESS:
            yield _rejoined(group, bed.alice, bed.bob)
    finally:
        is_over = group.read(bed.alice).answer.status not in _SUCCESS
        ended = _ended(group, bed.alice, bed.bob)
    if is_over:  # by the last but one's leaving, which says nothing of DELETE
        other = bed.groups.started(offer, fmt, invite=(bed.bob,))
        other.await_invitations()
        ended = _ended(other, bed.alice, bed.bob)
    yield _plain("DELETE group", ended)


def _rejoined(group: GroupChat, originator: Actor, who: Actor) -> Finding:
    """Whether a user can join again after leaving; unknown where that has ended the chat."""
    again = group.accept(who)
    served: bool | None = again.answer.status in _SUCCESS
    if not served and group.read(originator).answer.status not in _SUCCESS:
        served = None
    return finding("PUT participantStatus rejoin", again, served=served, what="after leaving")


def _ended(group: GroupChat, originator: Actor, invited: Actor) -> Exchange:
    """End a group chat, or have its users leave it where that is not served."""
    ended = group.do(originator, "DELETE", "group")
    group.leave(invited)
    if ended.answer.status not in _SUCCESS:
        group.leave(originator)
    return ended


def _session(bed: TestBed, fmt: Format) -> Iterator[Finding]:
    """A 1-to-1 chat; it is ended."""
    session = bed.sessions.started(SessionOffer(), fmt)
    try:
        yield _plain("POST oneToOneSessions", session.creation)
        session.await_invitations()
        yield _plain("PUT oneToOneStatus", session.accept(session.recipient))
        yield from _messages(session)
        yield from _extensions(session)
    finally:
        session.end(session.originator)
    yield from _session_with_message(bed, fmt)


def _extensions(session: OneToOneChat) -> Iterator[Finding]:
    """Whether an established 1-to-1 chat can be extended: it is asked by a verb that is rejected.

    A server may look for the chat first, so that one that does not exist shows nothing.
    """
    for key in ("oneToOneExtend", "oneToOneExtendLongLived"):
        known = session.originator.binding.resources.get(key)
        if known and known.path and "GET" not in known.possible:
            asked = session.do(session.originator, "GET", key)
            served = "POST" in verbs if (verbs := allowed(asked)) else None
            yield finding(f"POST {key}", asked, served=served, what=key)


def _session_with_message(bed: TestBed, fmt: Format) -> Iterator[Finding]:
    """Whether a 1-to-1 chat can start with a message; one that can is ended."""
    served, why = True, "POST with a first message succeeded"
    try:
        session = bed.sessions.started(SessionOffer(first="hello"), fmt)
        session.end(session.originator)
    except NotApplicable as refused:
        served, why = False, str(refused)
    yield Finding(operation=FIRST_MESSAGE, served=served, why=why)


def _messages(chat: Chat) -> Iterator[Finding]:
    """Composing indications; and whether form and multimedia messages are supported."""
    operation = f"POST {chat.terms.messages}"
    composed = chat.compose(chat.originator, IsComposing(state=ComposingState.IDLE))
    yield _plain(f"{operation} isComposing", composed, "of an idle indication")
    unknown = chat.send(chat.originator, _UNKNOWN)
    for name, body in (("form", _FORM), ("multipart", _PARTS)):
        sent = chat.send(chat.originator, body)
        distinguishes = unknown.answer.status == 415
        read = sent.answer.status == 400
        served = read if distinguishes and (read or sent.answer.status == 415) else None
        what = f"of an empty {name} (415 for an unknown type)" if distinguishes else f"as {name}"
        yield finding(f"{operation} {name}", sent, served=served, what=what)
