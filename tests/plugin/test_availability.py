"""A target that no longer serves its users ends the run early, with a reason and an exit code."""

from contextlib import ExitStack
from dataclasses import replace

from rcs_conformance.plugin.options import Handover
from rcs_conformance.reference import ReferenceServer
from rcs_conformance.target import Secret
from tests.plugin.conftest import Finished, Run
from tests.plugin.servers import reference, target_at

pytest_plugins = ["pytester"]

TOKEN = "granted"  # noqa: S105 - of a server of our own

SUITE = """
def reads(bed, verify, user):
    read = user.send("GET", "subscriptions", fmt=Format.XML)
    verify(found("UNI-CHT-002b.1", read.answer.status == 200))

@declares("UNI-CHT-002b.1")
@pytest.mark.parametrize("number", range(3))
def test_before(bed, verify, number):
    reads(bed, verify, bed.alice)

@declares("UNI-CHT-002b.1")
def test_during(bed, verify, pytestconfig):
    next(each for each in pytestconfig.pluginmanager.get_plugins() if hasattr(each, "act")).act()
    reads(bed, verify, bed.alice)

@declares("UNI-CHT-002b.1")
@pytest.mark.parametrize("number", range(3))
def test_later(bed, verify, number):
    reads(bed, verify, bed.alice)
"""


class Act:
    """Does something to the server on behalf of the suite."""

    def __init__(self, server: ReferenceServer, how: str) -> None:
        self._server, self._how = server, how

    def act(self) -> None:
        """Stop the server, or have it forget the token of the first user."""
        if self._how == "stops":
            self._server.close()
        else:
            self._server.grant(TOKEN, target_at("").users[0].address, 0.0)


def ended(run: Run, opened: ExitStack, how: str) -> Finished:
    """A run in which something happens to the server."""
    server = opened.enter_context(reference())
    first, *others = target_at("").users
    server.grant(TOKEN, first.address, 3600.0)
    users = (replace(first, token=Secret(TOKEN)), *others)
    handover = Handover(target=target_at(server.root, users=users))
    return run(SUITE, plugins=(handover, Act(server, how)))


def test_target_that_stops(run: Run) -> None:
    """How many requests were answered, which was the first without an answer, and since when."""
    with ExitStack() as opened:
        done = ended(run, opened, "stops")
    assert (done.code, done.result["complete"]) == (6, False)
    stopped = done.result["stopped"]
    assert stopped.startswith("The target stopped answering: request 4, GET http://127.0.0.1:")
    assert "UTC was the first without a response; 3 before it had one." in stopped
    assert stopped in done.text
    assert "exit code 6: the target stopped answering" in done.text
    assert set(done.tests) == {"test_before[0]", "test_before[1]", "test_before[2]", "test_during"}


def test_token_that_is_rejected(run: Run) -> None:
    """Whose, and since which request."""
    with ExitStack() as opened:
        done = ended(run, opened, "forgets")
    assert (done.code, done.result["complete"]) == (6, False)
    stopped = done.result["stopped"]
    assert stopped.startswith("The target no longer accepts the credentials of tel:+1555")
    assert "request 4, GET http://127.0.0.1:" in stopped
    assert not [name for name in done.tests if name.startswith("test_later")]


def test_failure_to_reach_something_else_ends_nothing(run: Run) -> None:
    """A single request without an answer, and a wrong token that is rejected, are for the tests."""
    source = (
        SUITE.split("@declares", maxsplit=1)[0]
        + """
@declares("UNI-CHT-002b.1")
def test_one(bed, verify):
    bed.alice.send("GET", "subscriptions", fmt=Format.XML, credentials="wrong")
    verify(found("UNI-CHT-002b.1", False))

@declares("UNI-CHT-002b.1")
def test_two(bed, verify):
    bed.alice.download("http://127.0.0.1:1/", Format.XML)

@declares("UNI-CHT-002b.1")
def test_three(bed, verify):
    reads(bed, verify, bed.alice)
"""
    )
    done = run(source)
    assert {name: each["verdict"] for name, each in done.tests.items()} == {
        "test_one": "fail",
        "test_two": "inconclusive",
        "test_three": "pass",
    }
    assert done.result["stopped"] == ""
