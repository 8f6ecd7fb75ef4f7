"""What is recorded is played: the same responses, notifications, observations and errors."""

import gzip
import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from rcs_conformance.errors import Cause, DeadlineExceeded, HarnessError, Inconclusive
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.kit import TEMPLATES
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import Exchange, FailedExchange, Request
from rcs_conformance.record import Parting, Player, Recorder
from rcs_conformance.record.chain import ChainReader, Entry
from tests.checks.records import exchange, notification

CANARY = "canary-token"
TEST = "chat/test_it.py::test_it[xml]"
HEAD = {"chain": "main", "suite": "1", "settings": {}, "target": {}}
SENT = exchange(200, body=b"hello", operation="GET group")
READ = replace(SENT, number=9)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "chain.gz"


@pytest.fixture
def log(file: Path) -> EvidenceLog:
    """The evidence of a process that records."""
    log = EvidenceLog([CANARY])
    log.journal = Recorder(file, HEAD, log.redacted_text)
    log.journal.begin_test(TEST)
    log.journal.begin_example()
    return log


def entries(log: EvidenceLog, file: Path) -> Iterator[Entry]:
    """What was recorded."""
    log.journal.close()
    with file.open("rb") as opened:
        yield from ChainReader(opened, "main")


def played(log: EvidenceLog, file: Path) -> tuple[Player, EvidenceLog]:
    """A player at the example that was recorded, and the evidence of its process."""
    found = EvidenceLog()
    player = Player(entries(log, file))
    player.begin_test(TEST)
    player.begin_example()
    return player, found


def sending(log: EvidenceLog, *events: Exchange | FailedExchange) -> Exchange:
    """A request whose attempts come to these; the last one is what it comes to."""

    def send() -> Exchange:
        for event in events:
            log.add(event)
        last = events[-1]
        if isinstance(last, FailedExchange):
            raise DeadlineExceeded(last.reason)
        return last

    return log.journal.exchanged(events[0].request, send, lambda each: each, log.add)


def unsent() -> Exchange:
    """What is not called where nothing is sent."""
    raise AssertionError


def again(
    player: Player, request: Request = SENT.request, found: EvidenceLog | None = None
) -> Exchange:
    """The same request to a player, which has what is received marked as read."""
    add = (found or EvidenceLog()).add
    return player.exchanged(request, unsent, lambda each: replace(each, number=9), add)


def test_response_is_played_and_read(log: EvidenceLog, file: Path) -> None:
    """The response of the record is read anew, and in the evidence."""
    sending(log, SENT)
    player, found = played(log, file)
    assert again(player, found=found) == READ
    assert found.events() == (READ,)


def test_attempts_before_are_played(log: EvidenceLog, file: Path) -> None:
    """What failed before is in the evidence as well, with what it was authenticated with."""
    request = replace(SENT.request, headers=(("authorization", "Bearer ***"),))
    failed = FailedExchange(
        number=1, request=request, reason="busy", started=SENT.started, seconds=1.5
    )
    sending(log, SENT, failed, replace(SENT, number=2))
    player, found = played(log, file)
    again(player, found=found)
    assert found.events() == (failed, READ)


def test_error_is_played(log: EvidenceLog, file: Path) -> None:
    """A request without a response raises the same error."""
    failed = FailedExchange(
        number=1, request=SENT.request, reason="late", started=SENT.started, seconds=1.5
    )
    with pytest.raises(DeadlineExceeded):
        sending(log, failed)
    player, _ = played(log, file)
    with pytest.raises(DeadlineExceeded, match="late"):
        again(player)


def test_another_request_leaves_the_record(log: EvidenceLog, file: Path) -> None:
    """What is asked otherwise than in the record has no response, and is told once."""
    sending(log, SENT)
    player, _ = played(log, file)
    other = replace(SENT.request, body=b"other")
    with pytest.raises(Parting, match="it sends GET group"):
        again(player, other)
    assert TEST in player.partings


def test_other_body_is_named(log: EvidenceLog, file: Path) -> None:
    """Where operation and URL are the same, they would not say what differs."""
    sending(log, SENT)
    player, _ = played(log, file)
    with pytest.raises(Parting, match="the record has it with another body"):
        again(player, replace(SENT.request, body=b"other"))


def test_what_follows_a_test_is_no_part_of_it(log: EvidenceLog, file: Path) -> None:
    """An interrupted run has no record of how it cleaned up after its last test."""
    player, _ = played(log, file)
    player.end_test("{}")
    with pytest.raises(Parting):
        again(player)
    assert player.partings == {}


def test_request_with_a_redacted_secret_is_the_same(log: EvidenceLog, file: Path) -> None:
    """The secret stands in no byte of the record, and what has it is found all the same."""
    secret = replace(SENT, request=replace(SENT.request, body=f"<a>{CANARY}</a>".encode()))
    sending(log, secret)
    player, _ = played(log, file)
    assert again(player, secret.request).number == 9
    assert CANARY.encode() not in gzip.decompress(file.read_bytes())


def test_notification_is_played(log: EvidenceLog, file: Path) -> None:
    """As it arrived, not read yet."""
    arrived = replace(notification(ChatMessage(text="hi")), content=None, root="")
    arrival = log.journal.arrived(arrived)
    player, _ = played(log, file)
    assert player.notification(arrival) == arrived
    with pytest.raises(HarnessError):
        player.notification(arrival + 1)


def test_observation_is_played(log: EvidenceLog, file: Path) -> None:
    """What was seen then, or raised then; nothing is looked at."""
    log.journal.observed("path", lambda: "abc")
    with pytest.raises(Inconclusive):
        log.journal.observed("trigger", _rejected)
    player, _ = played(log, file)
    assert player.observed("path", lambda: "other") == "abc"
    with pytest.raises(Inconclusive, match="no response") as raised:
        player.observed("trigger", lambda: None)
    assert raised.value.cause is Cause.CONFIGURATION


def test_another_observation_leaves_the_record(log: EvidenceLog, file: Path) -> None:
    """A test that looks at something else is another test."""
    log.journal.observed("path", lambda: "abc")
    player, _ = played(log, file)
    with pytest.raises(Parting, match="it looks at 'seconds'; the record has 'path'"):
        player.observed("seconds", lambda: 1.0)


def test_test_by_other_rules_is_given_what_an_earlier_one_left(
    log: EvidenceLog, file: Path
) -> None:
    """As where the first test, which subscribed a user, does not apply any more."""
    log.journal.observed("path of a user", lambda: "abc")
    sending(log, SENT)
    log.journal.begin_test("another")
    log.journal.begin_example()
    player = Player(entries(log, file), lends=True)
    player.begin_test(TEST)
    player.begin_test("another")
    player.begin_example()
    assert player.observed("path of a user", lambda: "other") == "abc"
    assert again(player) == READ
    with pytest.raises(Parting):
        again(player)


def test_poll_is_played(log: EvidenceLog, file: Path) -> None:
    """With its response, or none."""
    log.journal.polled(lambda: SENT)
    log.journal.polled(lambda: None)
    player, _ = played(log, file)
    assert player.polled(lambda: None) == SENT
    assert player.polled(lambda: SENT) is None


def test_generated_arguments_are_those_of_the_record(log: EvidenceLog, file: Path) -> None:
    """The examples that were made, in order."""
    log.journal.begin_example({"offer": {"subject": "talk"}})
    player, _ = played(log, file)
    assert player.examples() == ({"offer": {"subject": "talk"}},)
    with pytest.raises(Parting, match="other arguments"):
        player.begin_example({"offer": {"subject": "other"}})


def test_entries_are_as_the_schema_has_them(log: EvidenceLog, file: Path) -> None:
    """One of each kind."""
    schema = json.loads((TEMPLATES / "record.schema.json").read_text("utf-8"))
    sending(log, SENT)
    log.journal.arrived(notification(ChatMessage(text="hi")))
    log.journal.polled(lambda: SENT)
    log.journal.end_test("{}")
    found = [*entries(log, file)]
    mistakes = [list(Draft202012Validator(schema).iter_errors(each)) for each in found]
    assert {each["kind"] for each in found} == {
        *("head", "test", "example", "exchange", "notification", "observed", "verdict", "end")
    }
    assert mistakes == [[] for _ in found]


def test_full_disk_ends_the_record_and_no_test(log: EvidenceLog) -> None:
    """The journal tells of it; what is looked at goes on."""
    log.journal.close()
    assert log.journal.observed("path", lambda: "abc") == "abc"


def _rejected() -> None:
    raise Inconclusive(Cause.CONFIGURATION, "no response")
