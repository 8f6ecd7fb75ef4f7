"""Whole runs: workers, interruption, a target that goes away, secrets, writers."""

import base64
import gzip
import json
import xml.etree.ElementTree as ET
from contextlib import ExitStack
from dataclasses import replace
from html import escape
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ed25519
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from rcs_conformance.cli import main
from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.options import Handover, embedded_target
from rcs_conformance.record.archive import Archive
from tests.driver.raw_server import answer, saying
from tests.evidence.spellings import SPELLINGS
from tests.plugin.conftest import Run
from tests.plugin.servers import CANARY, raw, reference, target_at
from tests.plugin.suites import ONE

pytest_plugins = ["pytester"]

SUITE = '''
from rcs_conformance.checks import group_creation
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.strategies import group_offers

@declares("UNI-CHT-002b.1")
def test_starts(bed, verify, fmt):
    """A chat starts."""
    group = bed.groups.invited(GroupOffer(), fmt)
    verify(group_creation.all_invited(group.read(group.originator), [bed.bob.address]))

@declares("UNI-CHT-002b.3")
@given(offer=group_offers())
def test_subject(bed, verify, fmt, offer):
    """A subject is shown."""
    group = bed.groups.invited(offer, fmt)
    verify(group_creation.subject(group.read(group.originator), group.subject))
'''


def _without_sights(items: dict[str, dict[str, object]]) -> object:
    """SCR items without what was seen of them: a process with one format ends no subscription."""
    sights = {"seen", "supported"}
    return {
        name: {key: value for key, value in item.items() if key not in sights}
        for name, item in items.items()
    }


def comparable(result: dict[str, object]) -> object:
    """A result without what depends on time, and on which tests share a process."""
    tests = result["tests"]
    assert isinstance(tests, list)
    kept = ("id", "clauses", "format", "verdict", "cause", "failures", "example")
    found = [{key: each[key] for key in kept} for each in tests]
    requirements = result["requirements"]
    assert isinstance(requirements, dict)
    clauses = {
        clause: (each["verdict"], each["cause"])
        for requirement in requirements.values()
        for clause, each in requirement["clauses"].items()
    }
    items = result["scr"]
    assert isinstance(items, dict)
    return found, clauses, _without_sights(items), result["verdict"]


@pytest.mark.exhaustive
def test_workers_find_what_one_process_finds(run: Run) -> None:
    """The same records, verdicts and reports."""
    alone = run(SUITE, "--profile", "standard")
    shared = run(SUITE, "--profile", "standard", "-n2", apart=True)
    assert len(alone.tests) == 4
    assert comparable(shared.result) == comparable(alone.result)
    assert (shared.code, shared.result["complete"]) == (alone.code, True)
    assert {each["verdict"] for each in alone.tests.values()} == {"pass"}


@pytest.mark.parametrize(
    "workers",
    [
        pytest.param((), id="alone"),
        pytest.param(("-n1",), id="workers", marks=pytest.mark.exhaustive),
    ],
)
def test_interruption(run: Run, workers: tuple[str, ...]) -> None:
    """Ctrl-C ends with code 2; what was found by then is written, marked as incomplete."""
    source = f"""{ONE}
@declares("UNI-CHT-002b.1")
def test_stop(bed):
    bed.alice.send("GET", "subscriptions", fmt=Format.XML)
    raise KeyboardInterrupt

@declares("UNI-CHT-002b.1")
def test_never(verify):
    raise AssertionError("not run")
"""
    done = run(source, *workers, apart=bool(workers))
    assert done.code == 2
    assert done.result["complete"] is False
    assert set(done.tests) <= {"test_one", "test_stop"}
    assert (done.out / "report.html").exists()


def test_interruption_is_not_taken_for_a_failure(run: Run) -> None:
    """Though the example that it interrupts shows one."""
    source = """
@declares("TS-CHAT-5.6")
def test_stop(bed):
    bed.alice.send("GET", "subscriptions", fmt=Format.XML)
    raise KeyboardInterrupt
"""
    assert run(source).code == 2


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (("--formats", "xml,yaml"), "'yaml' is not a format"),
        (("--requirement", "UNI-CHT-002c"), "UNI-CHT-002c"),
        (("--target", "missing.toml"), "missing.toml: cannot read the target file"),
        (("--profile", "huge"), "invalid choice: 'huge'"),
        (("--rcs-seed", "x"), "invalid int value: 'x'"),
    ],
)
def test_wrong_option_is_refused(run: Run, options: tuple[str, ...], message: str) -> None:
    """Exit code 4 and one line, no traceback, before any test."""
    done = run(ONE, *options)
    assert done.code == 4
    assert message in done.text
    assert "Traceback" not in done.text
    assert "INTERNALERROR" not in done.text
    assert done.result == {}


def test_one_format_alone(run: Run, servers: ExitStack) -> None:
    """Tests run in the format that is claimed; clauses about the other say why not."""
    server = servers.enter_context(reference())
    ics = replace(embedded_target().ics, formats=frozenset({Format.JSON}))
    handover = Handover(target=target_at(server.root, ics=ics))
    source = """
@declares("TS-CHAT-5.2")
def test_both(fmt, verify):
    verify(found("TS-CHAT-5.2"))

@declares("TS-CHAT-5.1", fmt=Format.XML)
def test_xml(fmt, verify):
    verify(found("TS-CHAT-5.1"))
"""
    done = run(source, plugins=(handover,))
    assert [each["format"] for each in done.tests.values() if each["verdict"] == "pass"] == ["json"]
    assert done.clause("TS-CHAT-5.1")["verdict"] == "not_applicable"
    assert done.clause("TS-CHAT-5.1")["reason"] == "the target does not claim XML"
    item = done.result["scr"]["REST-CHAT-SUPPORT-S-002-M"]
    assert (item["verdict"], item["reason"]) == ("not_applicable", "the target does not claim XML")
    done = run(source, "--formats", "xml", plugins=(handover,))
    assert done.code == 4
    assert "[ics] formats has only json" in done.text


def test_secrets_get_nowhere(run: Run, servers: ExitStack) -> None:
    """Not into results, evidence, JUnit, Allure or output, though tracebacks hold them."""
    echo = f"{CANARY} <x>{CANARY}</x>"
    xml = answer(echo.encode(), "Content-Type: application/xml", f"X-Echo: {CANARY}")
    root = raw(servers, saying(xml))
    source = """
@declares("TS-CHAT-5.1")
def test_echo(bed):
    bed.alice.send("GET", "subscriptions", fmt=Format.XML)

@declares("TS-CHAT-5.1")
def test_traceback(bed):
    headers = {"Authorization": bed.alice.user.token.reveal()}
    bed.alice._transport.send("GET", "http://127.0.0.1:1", headers, b"")

@declares("TS-CHAT-5.1")
def test_shown(bed, capsys):
    print("shown", bed.alice.user.token.reveal())
    raise KeyError("harness")
"""
    options = ("--alluredir=out/allure", "--junitxml=out/tests.xml", "--showlocals", "-vv")
    done = run(source, *options, plugins=(Handover(target=target_at(root)),))
    files = [path for path in done.out.rglob("*") if path.is_file()]
    assert {test["verdict"] for test in done.tests.values()} == {"fail", "error"}
    assert len(files) > 6
    assert [path.name for path in files if b"canary" in path.read_bytes()] == []
    assert "canary" not in done.text
    assert "shown ***" in done.text


def made_of(out: Path) -> None:
    """Make of a run what other commands make of it: a signature, differences and matrices."""
    key = ed25519.Ed25519PrivateKey.generate()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (out.parent / "key.pem").write_bytes(pem)
    assert main(["sign", str(out), "--key", str(out.parent / "key.pem")]) == 0
    for form in ("html", "json", "markdown"):
        assert main(["diff", str(out), str(out), "--format", form, "-o", f"{out}/diff.{form}"]) == 0
        assert main(["matrix", str(out), "--format", form, "-o", f"{out}/matrix.{form}"]) == 0


def texts_of(path: Path) -> list[str]:
    """What stands in a file; of a record, in its chains; of a signature, in what was signed."""
    if path.name == "run.rcsrun":
        with Archive(path) as archive, archive.bytes_of("main") as opened:
            return [gzip.decompress(opened.read()).decode()]
    text = path.read_text()
    if path.name == "result.intoto.json":
        return [text, base64.b64decode(json.loads(text)["payload"]).decode()]
    return [text]


def test_secrets_get_nowhere_however_they_are_spelt(run: Run, servers: ExitStack) -> None:
    """Neither the token nor a session's cookie, in what a target answers to each request."""
    cookie = "session/9f8E7d6C=&x"
    spelt = [spell(each) for each in (CANARY, cookie) for spell in SPELLINGS.values()]
    heads = [f"X-Echo-{number}: {each}" for number, each in enumerate(spelt)]
    body = "".join(f"<e>{each}</e>" for each in spelt).encode()
    first = f'Set-Cookie: sid="{cookie}"; Path=/; HttpOnly'
    root = raw(servers, saying(answer(body, "Content-Type: application/xml", first, *heads)))
    source = """
@declares("TS-CHAT-5.1")
def test_echo(bed):
    bed.alice.send("GET", "subscriptions", fmt=Format.XML)

@declares("TS-CHAT-5.1")
def test_crash(bed):
    found = bed.alice.send("GET", "subscriptions", fmt=Format.XML)
    raise KeyError(found)
"""
    options = ("--alluredir=out/allure", "--junitxml=out/junit.xml", "--showlocals", "-vv")
    kept = ("--evidence", "all", "--shard", "1/1")
    done = run(source, *options, *kept, plugins=(Handover(target=target_at(root)),))
    made_of(done.out)
    texts = [text for path in done.out.rglob("*") if path.is_file() for text in texts_of(path)]
    texts.append(done.text)
    assert {"part.json", "run.rcsrun", "matrix.html"} <= {path.name for path in done.out.iterdir()}
    written = [form for each in spelt for form in (each, json.dumps(each)[1:-1], escape(each))]
    assert [each for each in written if any(each in text for text in texts)] == []


@pytest.mark.exhaustive
def test_writers_tell_the_verdict(run: Run) -> None:
    """JUnit and Allure say of each test what the record says, without pytest's own reporter."""
    source = (
        ONE
        + """
@declares("UNI-CHT-002b.1")
def test_late(verify):
    raise DeadlineExceeded("too late")

@declares("UNI-CHT-002b.1")
def test_bad(verify):
    verify(found("UNI-CHT-002b.1", False))

@declares("UNI-CHT-002b.1", "UNI-CHT-002b.2")
def test_unspoken(verify):
    verify(found("UNI-CHT-002b.1"))
"""
    )
    options = ("-p", "no:terminalreporter", "--alluredir=out/allure", "--junitxml=out/tests.xml")
    done = run(source, *options, "-n2", apart=True)
    cases = ET.fromstring((done.out / "tests.xml").read_text()).iter("testcase")  # noqa: S314 - ours
    junit = {
        case.get("name"): [each.tag for each in case if each.tag != "properties"] for case in cases
    }
    assert junit == {
        "test_one": [],
        "test_late": ["skipped"],
        "test_bad": ["failure"],
        "test_unspoken": ["failure"],
    }
    results = [json.loads(path.read_text()) for path in (done.out / "allure").glob("*-result.json")]
    allure = {each["fullName"].partition("#")[2]: each["status"] for each in results}
    assert allure == {
        "test_one": "passed",
        "test_late": "skipped",
        "test_bad": "failed",
        "test_unspoken": "broken",
    }
    assert "test session starts" not in done.text
    assert "verdict: fail - exit code 1" in done.text


def test_plain_pytest_is_readable(run: Run) -> None:
    """With pytest's own reporter each test and the verdict are told once, without tracebacks."""
    source = (
        ONE
        + """
@declares("UNI-CHT-002b.1")
def test_late(verify):
    raise DeadlineExceeded("too late")

@declares("UNI-CHT-002b.1")
def test_bad(verify):
    verify(found("UNI-CHT-002b.1", False))
"""
    )
    done = run(source, "-rs")
    assert "test_suite.py .sF" in done.text
    assert "inconclusive (timeout): too late" in done.text
    assert done.text.count("verdict: fail") == 1
    assert "1 failed, 1 passed, 1 skipped" in done.text
    assert "ConformanceFailure" not in done.text


def test_selection(run: Run) -> None:
    """By requirement, by clause and by format; the rest is deselected."""
    done = run(SUITE, "--requirement", "UNI-CHT-002b.1", "--formats", "json")
    assert set(done.tests) == {"test_starts[json]"}
    assert run(SUITE, "--requirement", "UNI-CHT-002b", "--profile", "standard").result["tests"]
    assert len(run(SUITE, "--collect-only").text.split("test_starts[")) == 3


def test_without_out_nothing_is_written(run: Run, pytester: pytest.Pytester) -> None:
    """Results go where they are asked to go."""
    done = run(ONE, "--out=elsewhere")
    assert done.result == {}
    assert (Path(pytester.path) / "elsewhere" / "result.json").exists()
