"""Whether notifications of the target reach the suite: one is caused and awaited."""

import tempfile
from collections.abc import Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path

from rcs_conformance.binding import Binding
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.cli.doctor import finding
from rcs_conformance.cli.doctor.finding import Finding
from rcs_conformance.errors import RcsConformanceError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario import TestBed, TestBedSettings
from rcs_conformance.target import Target

DEADLINE = 1.0
"""Seconds that each exchange may take."""

SECONDS = 3.0
"""Longest wait for the notification; the target file may set a shorter one."""

_TEXT = "rcs-conformance doctor"


def reached(target: Target, binding: Binding, catalogue: Catalogue) -> Iterator[Finding]:
    """Whether a notification arrives.

    The second user subscribes. The first user invites it and cancels the invitation; where the
    target claims only ad-hoc chat, it sends a message.
    """
    seconds = min(target.notifications.timeout, SECONDS)
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
                yield _notified(bed, min(target.ics.formats), seconds)
    except RcsConformanceError as error:
        yield finding.wrong("listener", f"no request could cause a notification: {error}")


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
