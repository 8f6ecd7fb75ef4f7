"""Traffic with several servers: each is judged by itself."""

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.traffic.attributed import Attributed
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.judging import judged
from rcs_conformance.traffic.servers import by_server
from tests.reference.script import conversation, subscriptions
from tests.traffic.scripted import ROOT, moved, scripted

SCENES = (subscriptions, conversation)
OTHER = "other:81"


@pytest.fixture(scope="module")
def talk() -> list[Entry]:
    """Traffic with a server that conforms."""
    return scripted(scenes=SCENES)


def sizes(found: tuple[Attributed, ...]) -> list[tuple[int, int]]:
    """How many exchanges and notifications there are with each server."""
    return [(len(each.seen), len(each.told)) for each in found]


def test_traffic_of_two_servers_is_told_apart(talk: list[Entry]) -> None:
    """Each has the requests to it, and the notifications of its subscriptions."""
    binding = load_binding("oma-v1")
    alone = by_server(talk, binding)
    both = by_server([*talk, *moved(talk, OTHER)], binding)
    assert {each.root for each in both} == {ROOT, f"http://{OTHER}"}
    assert sizes(both) == [*sizes(alone), *sizes(alone)]


def test_finding_is_of_the_server_that_has_it(talk: list[Entry]) -> None:
    """The server that conforms has none."""
    entries = [*talk, *moved(scripted(("unknown-answered-400",), scenes=SCENES), OTHER)]
    binding = load_binding("oma-v1")
    found = [judged(each, entries, binding) for each in by_server(entries, binding)]
    assert {each.traffic.root for each in found if each.failures} == {f"http://{OTHER}"}


def test_server_of_the_target_is_the_only_one(talk: list[Entry]) -> None:
    """The others are foreign hosts."""
    entries = [*talk, *moved(talk, OTHER)]
    (only,) = by_server(entries, load_binding("oma-v1"), server_root=ROOT)
    assert only.left_out[f"host {OTHER}"] > 0
