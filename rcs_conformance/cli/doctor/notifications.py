"""Whether notifications of the target reach the suite: one is caused and awaited."""

import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from rcs_conformance.binding import Binding
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.cli.doctor import answers, finding
from rcs_conformance.cli.doctor.finding import Finding, Level
from rcs_conformance.driver import Actor
from rcs_conformance.errors import RcsConformanceError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.chat import ChatMessage, ParticipantStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario import TestBed, TestBedSettings
from rcs_conformance.scenario.chats import chat_waits
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.mailboxes import channels
from rcs_conformance.target import Target

DEADLINE = 1.0
"""Seconds that each exchange may take."""

AT_ONCE = 0.3
"""Seconds within which nobody accepts an invitation who has to read it first."""

SECONDS = 3.0
"""Longest wait for the notification; the target file may set a shorter one."""

_TEXT = "rcs-conformance doctor"


def reached(target: Target, binding: Binding, catalogue: Catalogue) -> Iterator[Finding]:
    """Whether a notification arrives.

    The second user subscribes. The first user invites it and cancels the invitation; where the
    target claims only ad-hoc chat, it sends a message.
    """
    seconds = min(target.notifications.timeout, SECONDS)
    fmt = min(target.ics.formats)
    target = replace(
        target,
        notifications=replace(target.notifications, timeout=seconds),
        limits=replace(target.limits, deadline=min(target.limits.deadline, DEADLINE)),
    )
    log = EvidenceLog(user.token.reveal() for user in target.users)
    try:
        with tempfile.TemporaryDirectory(prefix="rcs-conformance-") as folder:
            settings = TestBedSettings(lock_file=Path(folder) / "lock", catalogue=catalogue)
            with closing(TestBed(target, binding, log, settings)) as bed:
                found = _notified(bed, fmt, seconds)
                yield found
                if found.level is Level.OK:
                    yield from _accepting(bed, fmt)
                _open_channel(bed, fmt)
    except RcsConformanceError as error:
        yield finding.wrong("listener", f"no request could cause a notification: {error}")
    yield from answers.hosts(log.events(), target)


def _notified(bed: TestBed, fmt: Format, seconds: float) -> Finding:
    """Cause a notification to the second user, and wait for it."""
    mailbox = bed.mailboxes.of(bed.bob, fmt)
    how = _caused(bed, fmt)
    if not how:
        text = "not tried: the target claims no chat that can be started and cancelled"
        return finding.warning("listener", text)
    arrived = mailbox.wait(lambda _: True, seconds)
    if arrived is None:
        text = f"{how}, but no notification reached {mailbox.url} in {seconds} s"
        right = "set [notifications] listen and public_url to an address that the server can reach"
        return finding.wrong("listener", text, right)
    return finding.ok("listener", f"{how}, and {arrived.root or 'a notification'} arrived")


def _accepting(bed: TestBed, fmt: Format) -> Iterator[Finding]:
    """Which users accept an invitation though nobody here accepts it for them."""
    first, *others = bed.actors
    pairs = [*((first, each) for each in others), (others[0], first)]
    for by in (first, others[0]):
        bed.mailboxes.of(by, fmt)
    invitations = [(chat, to) for by, to in pairs if (chat := _invited(bed, fmt, by, to))]
    end = time.monotonic() + AT_ONCE
    found = [to.address for chat, to in invitations if _accepts(bed, chat, to, end)]
    for chat, _ in invitations:
        with suppress(RcsConformanceError):
            chat.end(chat.originator)
    if found:
        yield finding.wrong(
            "users",
            f"{' and '.join(found)}: an invitation was accepted by itself",
            "end automatic acceptance, or log out other clients of these users: tests decide"
            " whether an invitation is accepted, declined or cancelled",
        )


def _invited(bed: TestBed, fmt: Format, by: Actor, to: Actor) -> OneToOneChat | GroupChat | None:
    """Invite a user to whichever chat the target claims."""
    if bed.claims.kind(ChatKind.ONE_TO_ONE):
        return bed.sessions.started(SessionOffer(), fmt, by=by, to=to)
    if bed.claims.kind(ChatKind.GROUP):
        return bed.groups.started(GroupOffer(), fmt, by=by, invite=(to,))
    return None


def _accepts(bed: TestBed, chat: OneToOneChat | GroupChat, to: Actor, end: float) -> bool:
    """Whether an invitation is accepted before a time, by notification or by the chat itself."""
    by = chat.originator
    told = bed.mailboxes.of(by, chat.fmt).wait(
        lambda notice: (
            chat.is_here(by, notice.content) and chat_waits.says_accepted(notice.content, to)
        ),
        max(0.0, end - time.monotonic()),
    )
    try:
        shown = chat.read(by).answer.content
    except RcsConformanceError:
        shown = None
    people = getattr(shown, "participant", ())
    return (
        told is not None
        or getattr(shown, "status", None) is ParticipantStatus.CONNECTED
        or any(
            same_address(each.address, to.address) and each.status is ParticipantStatus.CONNECTED
            for each in people
        )
    )


def _open_channel(bed: TestBed, fmt: Format) -> None:
    """Make a channel and delete it, where the target claims them; it says where it is polled."""
    if bed.claims.operation("POST channelURL"):
        with suppress(RcsConformanceError):
            channels.created(bed.bob, fmt).delete()


def _caused(bed: TestBed, fmt: Format) -> str:
    """Cause a notification to the second user; returns how, empty if it cannot."""
    if bed.claims.kind(ChatKind.ONE_TO_ONE):
        session = bed.sessions.started(SessionOffer(), fmt)
        session.end(session.originator)
        return "a 1-to-1 chat was started and cancelled"
    if bed.claims.kind(ChatKind.GROUP):
        group = bed.groups.started(GroupOffer(), fmt, invite=(bed.bob,))
        with suppress(RcsConformanceError):
            if bed.claims.operation("DELETE group"):
                group.end(bed.alice)
            else:
                group.leave(bed.alice)
        return "a group chat was started and cancelled"
    if bed.claims.kind(ChatKind.ADHOC):
        chat = bed.adhoc.between(fmt)
        sent = chat.send(bed.alice, ChatMessage(text=f"{chat.marker} {_TEXT}"))
        bed.require_success(sent, "UNI-CHT-018.1")
        return "a message was sent"
    return ""
