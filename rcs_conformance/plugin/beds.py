"""The test bed of a session."""

from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext

from rcs_conformance.plugin.session import Session
from rcs_conformance.scenario import TestBed, TestBedSettings


def made(
    session: Session,
    *,
    workers: int,
    aside: Callable[[], AbstractContextManager[None]] = nullcontext,
) -> TestBed:
    """A test bed whose examples are those of a session.

    Args:
        session: Has no other one.
        workers: As of `TestBedSettings`.
        aside: See there.

    Raises:
        ConfigurationError: The listener's address cannot be used.
    """
    settings = TestBedSettings(
        seed=session.settings.seed,
        lock_file=session.lock_file,
        catalogue=session.catalogue,
        workers=workers,
        aside=aside,
        ledger=session.ledger,
        host=session.host,
        experience=session.experience,
    )
    bed = TestBed(session.target, session.binding, session.log, settings)
    session.on_example, session.after_example = bed.begin_example, bed.end_example
    session.found_at_end = bed.compared_notifications
    session.lost_notifications = bed.lost_notifications
    session.turns = bed.turns if session.joins else None
    return bed
