"""Whole runs with each way to authenticate, and those that end before the first test."""

import base64
import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest

from rcs_conformance import kit
from rcs_conformance.plugin.options import Handover
from rcs_conformance.reference import Account, ReferenceServer
from rcs_conformance.target import Client, Secret, Target, Tls, User
from tests.driver.tls_front import Authority, TlsFront
from tests.driver.token_endpoint import TokenEndpoint
from tests.plugin.conftest import Finished, Run
from tests.plugin.servers import target_at

pytest_plugins = ["pytester"]

CANARY = "canary=7f3a9c/&word"
PAIRS = tuple(f"user{number}:{CANARY}{number}" for number in range(4))
SUITE = '''
from rcs_conformance.checks import access, group_creation
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.operations import unauthorized

@declares("UNI-CHT-002b.1")
def test_starts(bed, verify, fmt):
    """A chat starts, and what the target sends back of its secrets is not shown."""
    group = bed.groups.invited(GroupOffer(subject="ECHO"), fmt)
    verify(group_creation.all_invited(group.read(group.originator), [bed.bob.address]))

@declares("UNI-CHT-002b.2")
def test_fails(bed, verify, fmt):
    """What failed leaves evidence and a traceback."""
    bed.alice.send("GET", "subscriptions", fmt=fmt)
    verify(found("UNI-CHT-002b.2", False))

@declares("TS-CHAT-5.6")
def test_breaks(bed):
    """A traceback holds arguments."""
    header = bed.alice.authorization(bed.target.server_root)
    secret = bed.alice.user.token.reveal()
    raise KeyError(header, secret)

@declares("TS-CHAT-5.10")
@pytest.mark.parametrize("token", ["", "nobodys-token"])
def test_access(bed, verify, fmt, token):
    """Nothing is read without the right credentials."""
    trespass = unauthorized.requests_about_subscriptions(bed, fmt, token)
    verify(access.unauthorised(each, "nothing") for each in trespass.rejected)

@declares("TS-CHAT-5.16")
def test_foreign(bed, verify, fmt):
    """Nothing is read with another's credentials."""
    trespass = unauthorized.requests_about_subscriptions(bed, fmt, bed.bob)
    verify(access.forbidden(each) for each in trespass.rejected)
'''
READING = '''
@declares("UNI-CHT-002b.1")
def test_reads(bed, verify):
    """The target answers."""
    read = bed.alice.send("GET", "subscriptions", fmt=Format.XML)
    verify(found("UNI-CHT-002b.1", read.answer.status == 200))
'''
OPTIONS = (
    "--formats=json",
    "--alluredir=out/allure",
    "--junitxml=out/tests.xml",
    "--showlocals",
    "-vv",
)


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """What is open until the end of the test."""
    with ExitStack() as stack:
        yield stack


def verdicts(done: Finished) -> dict[str, str]:
    """The verdicts of all tests."""
    return {name.partition("[")[0]: test["verdict"] for name, test in done.tests.items()}


EXPECTED = {
    "test_starts": "pass",
    "test_fails": "fail",
    "test_breaks": "error",
    "test_access": "pass",
    "test_foreign": "pass",
}


def shows_nothing(done: Finished, *secrets: str) -> None:
    """No secret stands in what was printed or written, however it is written."""
    texts = [done.text.encode()]
    texts += [path.read_bytes() for path in done.out.rglob("*") if path.is_file()]
    assert len(texts) > 10
    for secret in ("canary", *secrets):
        for form in {secret, quote(secret, safe=""), json.dumps(secret)[1:-1]}:
            assert not any(form.encode() in text for text in texts), form


def by_password(opened: ExitStack, scheme: str = "Basic") -> Target:
    """A target whose users have passwords."""
    users, accounts = [], []
    for user, pair in zip(target_at("").users, PAIRS, strict=True):
        name, _, password = pair.partition(":")
        users.append(replace(user, username=name, token=Secret(password)))
        digest = scheme == "Digest"
        account = Account(address=user.address, username=name, token=password, digest=digest)
        accounts.append(account)
    server = opened.enter_context(ReferenceServer(accounts))
    return target_at(server.root, users=tuple(users))


def test_digest(run: Run, opened: ExitStack, tmp_path: Path) -> None:
    """Likewise; what was refused with a challenge, and sent again, fails nothing."""
    text = (kit.BINDINGS / "oma-v1.toml").read_text("utf-8")
    mine = tmp_path / "mine.toml"
    mine.write_text(text.replace('authentication = "Bearer"', 'authentication = "Digest"'), "utf-8")
    target = replace(by_password(opened, "Digest"), binding=str(mine))

    done = run(SUITE, *OPTIONS, plugins=(Handover(target=target),))

    assert verdicts(done) == EXPECTED
    shows_nothing(done, *(pair.partition(":")[2] for pair in PAIRS))
    assert "Digest ***" in "".join(path.read_text() for path in done.out.glob("evidence/*"))


def test_basic(run: Run, opened: ExitStack) -> None:
    """Passwords open what tokens open elsewhere, and stand nowhere, in Base64 neither."""
    done = run(SUITE, *OPTIONS, plugins=(Handover(target=by_password(opened)),))
    assert verdicts(done) == EXPECTED
    shows_nothing(done, *(base64.b64encode(pair.encode()).decode().rstrip("=") for pair in PAIRS))
    assert "Basic ***" in "".join(path.read_text() for path in done.out.glob("evidence/*"))


def oauth(
    opened: ExitStack, *, seconds: float = 3600, told: float | None = None
) -> tuple[Target, TokenEndpoint]:
    """A target whose users have a client each, and the endpoint that gives it tokens."""
    users = target_at("").users
    accounts = [Account(address=user.address, token=f"-{user.address}") for user in users]
    server = opened.enter_context(ReferenceServer(accounts))
    clients = {f"c{number}": (CANARY, user.address) for number, user in enumerate(users)}
    endpoint = opened.enter_context(
        TokenEndpoint(clients, server.grant, seconds=seconds, told=told)
    )
    own = tuple(
        User(
            address=user.address,
            token=Secret(CANARY),
            client=Client(id=f"c{number}", token_url=endpoint.url),
        )
        for number, user in enumerate(users)
    )
    return target_at(server.root, users=own), endpoint


def test_oauth(run: Run, opened: ExitStack) -> None:
    """Each user's client gets one token for the preflight, for the tests and for the clean-up."""
    target, endpoint = oauth(opened)
    done = run(SUITE, *OPTIONS, plugins=(Handover(target=target),))
    assert verdicts(done) == EXPECTED
    assert len(endpoint.tokens) <= 3 * len(target.users)
    shows_nothing(done, *endpoint.tokens)


@pytest.mark.exhaustive
def test_token_that_expires_during_a_run(run: Run, opened: ExitStack) -> None:
    """It is renewed, whether its end was known or the target tells; the verdicts stay."""
    for told in (0.2, 3600.0):
        target, endpoint = oauth(opened, seconds=0.2, told=told)
        done = run(SUITE, *OPTIONS, plugins=(Handover(target=target),))
        assert verdicts(done) == EXPECTED
        assert len(endpoint.tokens) > len(target.users)
        shows_nothing(done, *endpoint.tokens)


def tls(opened: ExitStack, folder: Path) -> tuple[Target, TlsFront]:
    """A target behind TLS of a private CA that asks for client certificates."""
    authority = Authority(folder)
    users = target_at("").users
    accounts = [Account(address=user.address, token=user.token.reveal()) for user in users]
    server = opened.enter_context(ReferenceServer(accounts, scheme="https"))
    port = int(server.root.rpartition(":")[2])
    front = opened.enter_context(TlsFront(port, authority.context(asks=True)))
    certificate, key = authority.issued("suite.example")
    files = Tls(ca=str(authority.file), certificate=str(certificate), key=str(key))
    return target_at(front.root, tls=files), front


def test_tls(run: Run, opened: ExitStack, tmp_path: Path) -> None:
    """One connection for each user of the preflight, of the tests and of the clean-up."""
    target, front = tls(opened, tmp_path)
    done = run(SUITE, *OPTIONS, plugins=(Handover(target=target),))
    assert verdicts(done) == EXPECTED
    assert set(front.clients) == {"suite.example"}
    assert front.handshakes <= 3 * len(target.users)
    shows_nothing(done)


@pytest.mark.exhaustive
def test_workers_have_it_all(run: Run, opened: ExitStack, tmp_path: Path) -> None:
    """What the target file names is read once, and handed to them."""
    target, front = tls(opened, tmp_path)
    users = "".join(
        f'[[users]]\naddress = "{user.address}"\ntoken = {json.dumps(user.token.reveal())}\n'
        for user in target.users
    )
    paths = 'ca = "ca.pem"\ncertificate = "suite.example.certificate.pem"\n'
    head = f'[target]\nname = "t"\nserver_root = "{front.root}"\n'
    file = tmp_path / "target.toml"
    file.write_text(f'{head}[tls]\n{paths}key = "suite.example.key.pem"\n{users}')
    done = run(READING, "-n1", "--target", str(file), apart=True)
    assert verdicts(done) == {"test_reads": "pass"}


Spoil = Callable[[ExitStack, Path], Target]


def wrong_password(opened: ExitStack, _folder: Path) -> Target:
    """The last user's password is another."""
    target = by_password(opened)
    *others, last = target.users
    return replace(target, users=(*others, replace(last, token=Secret(CANARY))))


def refused_client(opened: ExitStack, _folder: Path) -> Target:
    """The endpoint does not know the client."""
    target, _ = oauth(opened)
    first, *others = target.users
    return replace(target, users=(replace(first, token=Secret(f"{CANARY}!")), *others))


def closed_endpoint(opened: ExitStack, _folder: Path) -> Target:
    """Nobody is at the token endpoint."""
    target, endpoint = oauth(opened)
    endpoint.close()
    return target


def unknown_ca(opened: ExitStack, folder: Path) -> Target:
    """Nobody said that the CA is to be trusted."""
    return replace(tls(opened, folder)[0], tls=Tls())


ENDED: dict[str, tuple[Spoil, str]] = {
    "password": (wrong_password, "rejects its user name and password (status 401); check username"),
    "client": (refused_client, "rejects the client: status 401, error invalid_client; check"),
    "endpoint": (closed_endpoint, "/token: ConnectionRefusedError"),
    "CA": (unknown_ca, "the certificate of 127.0.0.1 cannot be verified: "),
}


@pytest.mark.parametrize("case", ENDED)
def test_run_that_cannot_begin(run: Run, opened: ExitStack, tmp_path: Path, case: str) -> None:
    """Exit code 4 and one line before the first test, without a traceback or a secret."""
    spoil, expected = ENDED[case]
    done = run(SUITE, plugins=(Handover(target=spoil(opened, tmp_path)),))
    assert done.code == 4
    (line,) = [each for each in done.text.splitlines() if expected in each]
    assert "is the server running" not in line
    assert "Traceback" not in done.text
    assert "canary" not in done.text
    assert done.result == {}
