"""Dialects from end to end: runs against servers that speak one, and against some that do not."""

import json
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.binding import shipped_bindings
from rcs_conformance.plugin.options import Handover, embedded_target
from rcs_conformance.target import Target
from tests.plugin.conftest import Finished, Run
from tests.plugin.servers import reference, target_at

pytest_plugins = ["pytester"]

SUITE = '''
from rcs_conformance.checks import group_creation, participation, received_messages
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.chats import message_waits

@declares("UNI-CHT-002b.1")
def test_starts(bed, verify, fmt):
    """A chat starts, everybody is in it, and all are shown to each of them."""
    group = bed.groups.invited(GroupOffer(), fmt)
    verify(group_creation.all_invited(group.read(group.originator), [bed.bob.address]))

@declares("UNI-CHT-014.1")
def test_adds(bed, verify, fmt):
    """A user is added, and named in the answer."""
    group = bed.groups.established(GroupOffer(), fmt, invite=(bed.bob,))
    added = group.add(bed.alice, bed.carol)
    verify(participation.accepted(added, "UNI-CHT-014.1", "add a user"))
    verify(participation.response_names(added, [bed.carol.address], "UNI-CHT-014.1"))

@declares("TS-CHAT-4.1.6")
def test_lists(bed, verify, fmt):
    """The list names everybody, also who asks for it."""
    group = bed.groups.established(GroupOffer(), fmt)
    listed = group.read_participants(bed.alice)
    verify(participation.same_participants(group.read(bed.alice), listed))

@declares("UNI-CHT-020.3")
def test_receives(bed, verify, fmt):
    """A message arrives."""
    group = bed.groups.established(GroupOffer(), fmt)
    received = message_waits.message(group, bed.bob, group.say(bed.alice))
    verify(received_messages.received_in(received, group.identity(bed.bob), "UNI-CHT-020.3"))
'''
SHOWN = '''
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.chats import message_waits

@declares("UNI-CHT-020.3")
def test_shown(bed, verify, fmt):
    """Fails, so that there is evidence of a message."""
    group = bed.groups.established(GroupOffer(), fmt)
    message_waits.message(group, bed.bob, group.say(bed.alice))
    verify(found("UNI-CHT-020.3", holds=False))
'''
ON_THE_WIRE = {
    "oma-v1": ("/chat/v1/", "chatMessageNotification"),
    "gsma-pilot": ("/chat/0.1/", "messageNotification"),
    "kandy": ("/cpaas/chat/v1/", "chatMessageNotification"),
}


def failures_of(done: Finished) -> list[dict[str, str]]:
    """All failed checks of a run."""
    return [failure for each in done.tests.values() for failure in each["failures"]]


def evidence_of(done: Finished) -> str:
    """All evidence of a run as text."""
    return "".join(path.read_text("utf-8") for path in done.out.rglob("*.json*"))


def foreign(name: str) -> Target:
    """What the embedded server claims in a dialect, for a server that speaks another one."""
    return embedded_target(binding=name)


def at(root: str, target: Target) -> Handover:
    """A target at a server of `reference`, handed over as `run` does."""
    users = target_at("").users
    return Handover(target=replace(target, server_root=root, users=users))


@pytest.mark.parametrize("name", shipped_bindings())
def test_dialect_passes_from_end_to_end(run: Run, name: str) -> None:
    """In XML and JSON: what the default binding's server conforms to, it does in each dialect."""
    done = run(SUITE, "--profile", "standard", "--binding", name)

    assert len(done.tests) == 8
    assert {each["verdict"] for each in done.tests.values()} == {"pass"}, failures_of(done)
    assert not failures_of(done)


@pytest.mark.parametrize("name", shipped_bindings())
def test_evidence_shows_what_was_on_the_wire(run: Run, name: str) -> None:
    """Paths and names are those of the dialect, and no other."""
    done = run(SHOWN, "--profile", "standard", "--binding", name)

    path, root = ON_THE_WIRE[name]
    evidence = evidence_of(done)
    assert f"/cpaas{path}" in evidence or path in evidence
    assert f":{root}>" in evidence
    assert f'{{\\"{root}\\":' in evidence
    if root != "chatMessageNotification":
        assert '\\"chatMessageNotification\\":' not in evidence


@pytest.mark.exhaustive
def test_workers_speak_the_dialect(run: Run) -> None:
    """Each of them has a server of its own, which speaks it as well."""
    done = run(SUITE, "--profile", "standard", "--binding", "gsma-pilot", "-n1", apart=True)

    assert len(done.tests) == 8
    assert {each["verdict"] for each in done.tests.values()} == {"pass"}


@pytest.mark.exhaustive
def test_other_names_fail_under_the_clause_about_them(run: Run, servers: ExitStack) -> None:
    """A server that names its notifications as oma-v1 does, where gsma-pilot is expected."""
    server = servers.enter_context(reference())
    target = replace(foreign("gsma-pilot"), api_version="v1")

    done = run(SHOWN, plugins=(at(server.root, target),))

    readable = [each for each in failures_of(done) if each["rule"] == "notification.readable"]
    assert {each["clause"] for each in readable} == {"TS-CHAT-5.14", "TS-CHAT-5.15"}
    said = "unknown root 'groupChatSessionInvitationNotification': the binding calls it "
    for each in readable:
        assert each["actual"] == f"{said}groupSessionInvitationNotification"
    assert all(each["cause"] == "precondition" for each in done.tests.values())


def test_other_structures_fail_with_the_names_of_the_dialect(
    run: Run, servers: ExitStack, tmp_path: Path
) -> None:
    """A server that adds users by lists, where a participantInformation for each is expected."""
    server = servers.enter_context(reference())
    text = (kit.BINDINGS / "oma-v1.toml").read_text("utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace('additions = "list"', 'additions = "single"'), "utf-8")

    done = run(SUITE, plugins=(at(server.root, foreign(str(mine))),))

    (failure, *_) = failures_of(done)
    assert (failure["clause"], failure["actual"]) == ("UNI-CHT-014.1", "status 400")
    assert "ParticipantList is expected" in evidence_of(done)
    assert "participantInformation" in evidence_of(done)


def test_other_paths_are_found_before_the_first_test(run: Run, servers: ExitStack) -> None:
    """A server that knows nothing below cpaas is no server of kandy's API: exit code 4."""
    server = servers.enter_context(reference())

    done = run(SUITE, plugins=(at(server.root, foreign("kandy")),))

    assert done.code == 4
    assert "/cpaas/chat/v1/" in done.text.replace("\n", "")
    assert done.result == {}


@pytest.mark.exhaustive
def test_own_dialect_is_tested_by_its_path(run: Run, pytester: pytest.Pytester) -> None:
    """`binding = "./my.toml"` is relative to the target file; every name may be another one."""
    text = (kit.BINDINGS / "gsma-pilot.toml").read_text("utf-8")
    names = """[names]
groupChatSessionInformation = "talk"
participant = "member"
address = "who"
subject = "topic"
requestError = "trouble"
callbackReference = "backTo"
notifyURL = "backURL"
resourceURL = "self"
link = "seeAlso"
href = "to"
"""
    renamed = text.replace("[names]\n", names).replace("/group", "/talks")
    (pytester.path / "my.toml").write_text(renamed, "utf-8")

    done = run(SUITE, "--profile", "standard", "--binding", "./my.toml")

    assert {each["verdict"] for each in done.tests.values()} == {"pass"}, failures_of(done)
    assert json.dumps(done.result)


RETURNS = '''
from rcs_conformance.checks import participation
from rcs_conformance.model.offers import GroupOffer

@declares("UNI-CHT-015.1")
def test_returns(bed, verify, fmt):
    """A user who left joins again."""
    group = bed.groups.established(GroupOffer(), fmt)
    group.depart(bed.bob)
    back = group.rejoin(bed.bob)
    verify(participation.accepted(back, "UNI-CHT-015.1", "join again"))
    connected = [ParticipantStatus.CONNECTED]
    listed = group.read_participants(bed.alice)
    verify(participation.status(listed, bed.bob.address, "UNI-CHT-015.1", connected))
    assert back.request.resource == "participants"
'''


def test_joining_again_by_posting_oneself(run: Run, pytester: pytest.Pytester) -> None:
    """The other way that a dialect may have, spoken by both sides."""
    mine = DEFAULT.replace('rejoining = "status"', 'rejoining = "participants"')
    (pytester.path / "my.toml").write_text(mine, "utf-8")
    source = "from rcs_conformance.model.chat import ParticipantStatus" + RETURNS

    done = run(source, "--profile", "standard", "--binding", "./my.toml")

    assert len(done.tests) == 2
    assert {each["verdict"] for each in done.tests.values()} == {"pass"}, done.text
    assert not failures_of(done)


def test_order_is_judged_where_the_binding_asks_for_it(run: Run, pytester: pytest.Pytester) -> None:
    """The reference server keeps to it, so that every check of it passes."""
    mine = DEFAULT.replace('element_order = "any"', 'element_order = "strict"')
    (pytester.path / "my.toml").write_text(mine, "utf-8")

    done = run(SUITE, "--profile", "standard", "--binding", "./my.toml", "--formats", "xml")

    assert {each["verdict"] for each in done.tests.values()} == {"pass"}, failures_of(done)
    assert not failures_of(done)


DEFAULT = (kit.BINDINGS / "oma-v1.toml").read_text("utf-8")
FIRST_NAME = DEFAULT[: DEFAULT.index("[names]")].count("\n") + 2
"""The line behind the one that begins the names."""

REFUSED = {
    "no such name": ("kandi", "'kandi' is not shipped: known are gsma-pilot, kandy, oma-v1"),
    "no such file": ("./none.toml", "none.toml: cannot read the binding file: No such file"),
    "unknown key": ("./unknown.toml", "unknown.toml:5: nam: unknown key; did you mean name?"),
    "no name": ("./missing.toml", "missing.toml:1: api_version: missing"),
    "two for one": (
        "./same.toml",
        f"same.toml:{FIRST_NAME}: names.lastactive: 'state' is the name of its neighbour",
    ),
}


@pytest.mark.parametrize(("given", "message"), REFUSED.values(), ids=REFUSED)
def test_wrong_binding_is_refused_before_the_first_test(
    run: Run, pytester: pytest.Pytester, given: str, message: str
) -> None:
    """Exit code 4 and one line with file and line."""
    files = {
        "unknown.toml": DEFAULT.replace('name = "oma-v1"', 'nam = "oma-v1"'),
        "missing.toml": DEFAULT.replace('api_version = "v1"\n', ""),
        "same.toml": DEFAULT.replace("[names]", '[names]\nlastactive = "state"'),
    }
    for name, content in files.items():
        (pytester.path / name).write_text(content, "utf-8")

    done = run(SUITE, "--binding", given)

    assert done.code == 4
    assert message in done.text.replace("\n", " ").replace("  ", " ")
    assert done.result == {}


TARGET = """
[target]
name = "a target"
server_root = "http://127.0.0.1:9"
binding = "{binding}"
{users}
[ics]
items = {items}
"""
USERS = "".join(
    f'[[users]]\naddress = "tel:+1555010{number}"\ntoken = "t{number}"\n' for number in range(3)
)
CONTRADICTIONS = {
    "two bindings": ("gsma-pilot", "[]", ("--binding", "kandy"), "says binding = gsma-pilot"),
    "no such chat": (
        "kandy",
        '["REST-CHAT-1-1-SESS-S-001-O"]',
        (),
        "binding kandy has no one-to-one chat: remove the claim",
    ),
    "no such binding": ("kandi", "[]", (), "'kandi' is not shipped: known are"),
    "no such file": ("./my.toml", "[]", (), "my.toml: cannot read the binding file"),
}


@pytest.mark.parametrize(
    ("binding", "items", "options", "message"), CONTRADICTIONS.values(), ids=CONTRADICTIONS
)
def test_contradicting_target_file_is_refused(
    run: Run,
    pytester: pytest.Pytester,
    binding: str,
    items: str,
    options: tuple[str, ...],
    message: str,
) -> None:
    """What the target file says of its binding must fit the option, its claims the binding."""
    text = TARGET.format(binding=binding, items=items, users=USERS)
    (pytester.path / "t.toml").write_text(text, "utf-8")

    done = run(SUITE, "--target", "t.toml", *options)

    assert done.code == 4
    assert message in done.text.replace("\n", " ").replace("  ", " ")
    assert done.result == {}
