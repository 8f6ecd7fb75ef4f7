"""Operations on 1-to-1 chats: confirmed sessions and what becomes of them, and ad-hoc chats."""

from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats.one_to_one import OneToOneChat
from rcs_conformance.scenario.operations.messages import messaging, uploading
from rcs_conformance.scenario.operations.results import (
    OperationResults,
    Steps,
    result_of,
    results_of,
)


def of_adhoc(bed: TestBed, fmt: Format) -> OperationResults:
    """Each operation on ad-hoc chats, once."""
    chat = bed.adhoc.between(fmt)
    return results_of(messaging(bed, chat), uploading(bed, chat))


def of_sessions(bed: TestBed, fmt: Format) -> OperationResults:
    """Each operation on confirmed 1-to-1 chats, once."""
    session = bed.sessions.request(SessionOffer(), fmt)
    return results_of(
        _beginning(bed, session),
        _answered(bed, session, messaging(bed, session)),
        _answered(bed, session, uploading(bed, session)),
        _ending(bed, session),
        _extending(bed, fmt),
        _extending_for_long(bed, fmt),
    )


def _beginning(bed: TestBed, session: OneToOneChat) -> Steps:
    yield result_of(bed, session.creation)
    bed.require_success(session.creation, "UNI-CHT-001.1")
    yield result_of(bed, session.read(session.originator))
    session.await_invitations()
    yield result_of(bed, session.accept(session.recipient))


def _answered(bed: TestBed, session: OneToOneChat, steps: Steps) -> Steps:
    """Operations that a server may reject before the recipient, once invited, has accepted."""
    bed.require_success(session.creation, "UNI-CHT-001.1")
    session.await_invitations()
    yield from steps


def _ending(bed: TestBed, session: OneToOneChat) -> Steps:
    yield result_of(bed, session.end(session.originator))


def _extending(bed: TestBed, fmt: Format) -> Steps:
    if bed.claims.operation("POST oneToOneExtend"):
        session = bed.sessions.established(SessionOffer(), fmt)
        group = bed.groups.extend(session, GroupOffer(), bed.carol)
        yield result_of(bed, group.creation)


def _extending_for_long(bed: TestBed, fmt: Format) -> Steps:
    if bed.claims.operation("POST oneToOneExtendLongLived"):
        session = bed.sessions.established(SessionOffer(), fmt)
        group = bed.long_lived.extend(session, GroupOffer(), bed.carol)
        yield result_of(bed, group.creation, by_policy=True)
