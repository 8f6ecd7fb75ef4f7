"""1-to-1 chats on the stage: known again, blamed where they should be, named in several ways."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Barrier

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.chat import ChatSessionInformation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.scenario import Stage, naming, receiving
from rcs_conformance.scenario.happenings import ALL, Happening
from rcs_conformance.strategies import COMBINATIONS
from tests.scenario.conftest import OpenServer, OpenStage

SILENT = SessionOffer(subject=None)
BOTH = SessionOffer(first="good morning")


def sessions_of(stage: Stage, offers: tuple[SessionOffer, ...], together: Barrier) -> list[str]:
    """Starts sessions beside another stage; the ids under which they are known."""
    found = []
    for number, offer in enumerate(offers):
        together.wait(10)
        try:
            session = stage.sessions.established(offer, list(Format)[number % 2])
            for who in session.everyone:
                content = session.read(who).answer.content
                assert isinstance(content, ChatSessionInformation)
                assert content.subject == session.subject
                found.append(session.chat_id(who))
        finally:
            stage.settle()
    return found


def test_stages_side_by_side_take_no_session_of_each_other(
    open_server: OpenServer, open_stage: OpenStage
) -> None:
    """On the same users at the same time, with and without subject and first message."""
    root = open_server()
    together = Barrier(2)
    with ThreadPoolExecutor(2) as pool:
        running = [
            pool.submit(sessions_of, open_stage(root), COMBINATIONS[::step], together)
            for step in (1, -1)
        ]
        first, second = (each.result(60) for each in running)
    assert len({*first, *second}) == len(first) + len(second)


@pytest.mark.parametrize(
    ("fault", "offer"),
    [
        ("session-invitation-without-subject", SessionOffer()),
        ("invitation-drops-subject-for-first-message", BOTH),
        ("invitation-puts-first-message-for-subject", replace(BOTH, subject=None)),
        ("session-invitation-subject-invented", SILENT),
    ],
)
def test_session_is_known_whatever_became_of_its_subject(
    open_server: OpenServer, open_stage: OpenStage, fault: str, offer: SessionOffer
) -> None:
    """By its first message, or by asking the session itself."""
    stage = open_stage(open_server(faults=(fault,)))
    session = stage.sessions.invited(offer, Format.JSON)
    assert session.chat_id(stage.bob)


@pytest.mark.parametrize(
    ("fault", "clause"),
    [
        ("session-refused", "UNI-CHT-001.1"),
        ("session-returns-no-id", "UNI-CHT-001.1"),
        ("session-invitation-lost", "UNI-CHT-007a.1"),
        ("session-accept-refused", "UNI-CHT-008a.1"),
    ],
)
def test_what_stands_in_the_way_is_named(
    open_server: OpenServer, open_stage: OpenStage, fault: str, clause: str
) -> None:
    """A session that cannot be had is inconclusive, with the clause that failed."""
    stage = open_stage(open_server(faults=(fault,)), timeout=0.3)
    with pytest.raises(Inconclusive) as caught:
        stage.sessions.established(SessionOffer(), Format.XML)
    assert (caught.value.cause, caught.value.clause) == (Cause.PRECONDITION, clause)


def test_ids_that_nobody_told_are_blamed_on_who_should_have_told_them(
    open_server: OpenServer, open_stage: OpenStage
) -> None:
    """The answer to the originator, the invitation that did not come, or one without an id."""
    root = open_server(faults=("session-invitation-without-id-and-link",))
    stage = open_stage(root, timeout=0.3)
    session = stage.sessions.started(SessionOffer(), Format.XML)
    for clause in ("UNI-CHT-007a.1", "UNI-CHT-007a.6"):
        with pytest.raises(Inconclusive, match="knows no session id") as caught:
            session.read(stage.bob)
        assert caught.value.clause == clause
        session.invitation()
    assert session.look() is None
    session.ids.clear()
    with pytest.raises(Inconclusive, match="knows no session id") as caught:
        session.read(stage.alice)
    assert caught.value.clause == "UNI-CHT-001.1"


@pytest.mark.parametrize("fault", ["sip-recipient-refused", "sip-recipient-not-told"])
def test_trial_fails_on_account_of_what_is_tried(
    open_server: OpenServer, open_stage: OpenStage, fault: str
) -> None:
    """An ordinary session fares better, so the trial is handed back to be judged."""
    stage = open_stage(open_server(faults=(fault,)), timeout=0.3)
    whom, spelled = naming.by_sip(stage)
    session = stage.sessions.trial(SessionOffer(), Format.XML, to=whom, spelled=spelled)
    refused = session.started.answer.status == 400
    assert refused or session.invitation().content is None


@pytest.mark.parametrize(
    ("fault", "clause"),
    [("session-refused", "UNI-CHT-001.1"), ("session-invitation-lost", "UNI-CHT-007a.1")],
)
def test_trial_is_inconclusive_where_nothing_fares_better(
    open_server: OpenServer, open_stage: OpenStage, fault: str, clause: str
) -> None:
    """Then it is not on account of what is tried."""
    stage = open_stage(open_server(faults=(fault,)), timeout=0.3)
    with pytest.raises(Inconclusive) as caught:
        stage.sessions.trial(SILENT, Format.XML)
    assert caught.value.clause == clause


def test_recipient_is_called_what_the_target_file_says(stage: Stage) -> None:
    """By MSISDN, SIP URI and contact; all of them are names of the same user."""
    found = [naming.by_msisdn(stage), naming.by_sip(stage), naming.by_contact(stage)]
    assert {who for who, _ in found} == {stage.bob}
    assert tuple(spelled for _, spelled in found) == naming.names_of(stage.bob)


def test_names_that_the_target_file_lacks_are_the_testers_business(stage: Stage) -> None:
    """Without them the clause cannot be tested."""
    for actor in stage.actors:
        actor.user = replace(actor.user, address="mailto:x@example.com", sip=None, contact=None)
    for named in (naming.by_msisdn, naming.by_sip, naming.by_contact):
        with pytest.raises(Inconclusive) as caught:
            named(stage)
        assert caught.value.cause is Cause.CONFIGURATION


@pytest.mark.parametrize("happening", ALL, ids=lambda each: each.name)
def test_happenings_are_told(stage: Stage, happening: Happening) -> None:
    """To the one of the two who did not bring them about."""
    session = happening.before(stage, Format.JSON)
    happening.act(session)
    assert happening.told(session).content is not None


def test_adhoc_messages_of_others_are_left_alone(stage: Stage) -> None:
    """Those of another example are not among the texts that were sent in this one."""
    chat = stage.adhoc.between(Format.XML)
    other, own = chat.say(stage.alice), chat.say(stage.alice)
    assert [each.chat_message for each in receiving.before(chat, stage.bob, own)] != []
    got = receiving.texts(chat, stage.bob)
    assert other in got
    assert receiving.of_those([own], got) == [own]
    assert chat.invitations(stage.bob, own) == ()
