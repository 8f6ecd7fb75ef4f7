"""Rounds over 1-to-1 chats: confirmed sessions and what becomes of them, and ad-hoc chats."""

from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.one_to_one import OneToOneChat
from rcs_conformance.scenario.rounds.done import Round, Steps, done, walked
from rcs_conformance.scenario.rounds.messages import messaging, uploading
from rcs_conformance.scenario.stage import Stage


def of_adhoc(stage: Stage, fmt: Format) -> Round:
    """Each operation on ad-hoc chats, once."""
    chat = stage.adhoc.between(fmt)
    return walked(messaging(chat), uploading(chat))


def of_sessions(stage: Stage, fmt: Format) -> Round:
    """Each operation on confirmed 1-to-1 chats, once."""
    session = stage.sessions.start(SessionOffer(), fmt)
    return walked(
        _beginning(session),
        messaging(session),
        uploading(session),
        _ending(session),
        _extending(stage, fmt),
        _extending_for_long(stage, fmt),
    )


def _beginning(session: OneToOneChat) -> Steps:
    stage = session.stage
    yield done(stage, session.started)
    stage.require_success(session.started, "UNI-CHT-001.1")
    yield done(stage, session.read(session.originator))
    session.gather()
    yield done(stage, session.accept(session.recipient))


def _ending(session: OneToOneChat) -> Steps:
    yield done(session.stage, session.end(session.originator))


def _extending(stage: Stage, fmt: Format) -> Steps:
    if stage.claims.operation("POST oneToOneExtend"):
        session = stage.sessions.established(SessionOffer(), fmt)
        group = stage.groups.extend(session, GroupOffer(), stage.carol)
        yield done(stage, group.started)


def _extending_for_long(stage: Stage, fmt: Format) -> Steps:
    if stage.claims.operation("POST oneToOneExtendLongLived"):
        session = stage.sessions.established(SessionOffer(), fmt)
        group = stage.long_lived.extend(session, GroupOffer(), stage.carol)
        yield done(stage, group.started, by_policy=True)
