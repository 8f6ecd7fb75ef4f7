"""The profile quick runs a sample of the tests that covers every clause, and says so."""

import pytest

from rcs_conformance.plugin.options import Handover
from rcs_conformance.target import Ics
from tests.plugin.conftest import Run
from tests.plugin.servers import reference, target_at

pytest_plugins = ["pytester"]

SUITE = """
@declares("UNI-CHT-002b.1")
@pytest.mark.parametrize("mutation", range(8))
def test_mutations(verify, fmt, mutation):
    verify(found("UNI-CHT-002b.1"))

@declares("UNI-CHT-002b.2")
def test_first(verify, fmt):
    verify(found("UNI-CHT-002b.2"))

@declares("UNI-CHT-002b.2")
def test_second(verify, fmt):
    verify(found("UNI-CHT-002b.2"))

@declares("UNI-CHT-002b.2", "UNI-CHT-002b.3")
def test_third(verify, fmt):
    verify(found("UNI-CHT-002b.2"), found("UNI-CHT-002b.3"))

@declares(xml="TS-CHAT-5.1", json="TS-CHAT-5.2")
def test_formats(verify, fmt):
    verify(found("TS-CHAT-5.1" if fmt is Format.XML else "TS-CHAT-5.2"))
"""


def test_sample(run: Run) -> None:
    """Of the tests of the same clauses one in sixteen, at least one, in turn of each format."""
    done = run(SUITE, "--profile", "quick")
    names = [name.partition("[")[0] for name in done.tests]
    assert sorted(name for name in names if name != "test_formats") in (
        ["test_first", "test_mutations", "test_third"],
        ["test_mutations", "test_second", "test_third"],
    )
    assert names.count("test_formats") == 2
    assert {each["format"] for each in done.tests.values()} == {"xml", "json"}
    assert done.result["leftOut"] == 16 + 2 + 2 + 2 + 2 - len(names)
    assert f"profile quick: {len(names)} tests ran, {done.result['leftOut']} were left" in done.text


@pytest.mark.exhaustive
def test_workers_take_the_same_sample(run: Run) -> None:
    """And the controller tells how many tests they leave."""
    alone = run(SUITE, "--profile", "quick")
    shared = run(SUITE, "--profile", "quick", "-n2", apart=True)
    assert shared.tests.keys() == alone.tests.keys()
    assert shared.result["leftOut"] == alone.result["leftOut"] > 0


def test_named_test_is_run(run: Run) -> None:
    """One that is named by its id is no sample of anything; other profiles leave nothing."""
    done = run(SUITE, "--profile", "quick", "test_suite.py::test_mutations[json-3]")
    assert len(done.tests) == 1
    assert (done.result["leftOut"], done.code) == (0, 0)
    assert run(SUITE).result["leftOut"] == 0


KINDS = """
@declares("UNI-CHT-020.1")
def test_kinds(verify, kind):
    verify(found("UNI-CHT-020.1"))
"""


@pytest.mark.parametrize(("feature", "kind"), [("adhoc", "adhoc"), ("long_lived", "long_lived")])
def test_sample_is_of_what_the_target_claims(run: Run, feature: str, kind: str) -> None:
    """A test that does not apply does not stand for those that do."""
    ics = Ics(features=frozenset({feature}))
    with reference() as server:
        handover = Handover(target=target_at(server.root, ics=ics))
        done = run(KINDS, "--profile", "quick", plugins=(handover,))

    assert list(done.tests) == [f"test_kinds[{kind}]"]
