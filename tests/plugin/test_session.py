"""A session takes the results of checks, unless notifications that they lack may have been lost."""

from dataclasses import replace
from typing import cast

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.checks.judging import Place
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.results import CheckResult
from rcs_conformance.plugin.judgement import ConformanceFailure, Judgement
from rcs_conformance.plugin.options import Settings, embedded_target
from rcs_conformance.plugin.session import Session
from tests.checks.records import exchange

CLAUSE, OTHER = "UNI-CHT-020.1", "UNI-CHT-007b.1"


RESPONSE = replace(exchange(500), number=1)


@pytest.fixture
def session() -> Session:
    """One in which a response has come."""
    log = EvidenceLog()
    log.add(RESPONSE)
    made = Session(
        settings=cast("Settings", None),
        target=embedded_target(),
        binding=load_binding("oma-v1"),
        catalogue=load_catalogue(),
        log=log,
    )
    made.judgement = Judgement([CLAUSE])
    return made


def failure(clause: str = CLAUSE, event: int | None = None, history: str = "") -> CheckResult:
    """A failed check."""
    result = Place("chatMessageNotification to bob", event).require(
        clause, "notification.arrived", holds=False, expected="a message", actual="no message"
    )
    return replace(result, history=history)


def lossy(session: Session) -> Session:
    """The same where a poll broke off."""
    session.lost_notifications = lambda: "a long poll got no response"
    return session


def test_failure_is_one_where_nothing_was_lost(session: Session) -> None:
    """A conforming network keeps nothing from anybody."""
    with pytest.raises(ConformanceFailure):
        session.verify(failure())


@pytest.mark.parametrize("clause", [CLAUSE, OTHER])
@pytest.mark.parametrize(("event", "history"), [(None, ""), (7, ""), (1, "alice: joins")])
def test_failure_for_lack_of_what_may_be_lost(
    session: Session, clause: str, event: int | None, history: str
) -> None:
    """It is none, and what the run knows of failed clauses does not have it."""
    reason = "chatMessageNotification to bob: no message; a notification may have been lost: a long"
    with pytest.raises(Inconclusive, match=reason) as found:
        lossy(session).verify(failure(clause, event, history))
    assert found.value.cause is Cause.NETWORK
    assert not session.judgement.all_failures()
    assert not session.experience.has_failed(clause)


def test_failure_that_a_response_shows(session: Session) -> None:
    """Nothing that was lost makes it another one."""
    with pytest.raises(ConformanceFailure):
        lossy(session).verify(failure(), failure(event=1))
