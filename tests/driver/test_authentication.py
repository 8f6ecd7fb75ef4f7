"""What actors authenticate with, and that an access token is renewed once as it expires."""

import base64
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from threading import Thread
from urllib.parse import quote

import pytest

from rcs_conformance.binding import Authentication, load_binding
from rcs_conformance.driver import Actor, CredentialStore
from rcs_conformance.errors import Cause, ConfigurationError, Inconclusive
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.exchange import Exchange, header
from rcs_conformance.model.formats import Format
from rcs_conformance.reference import Account, ReferenceServer
from rcs_conformance.target import Client, ClientAuthentication, Limits, Secret, Target, User
from tests.driver.conftest import CANARY, PATIENCE, Serve
from tests.driver.raw_server import RawServer, answer, dripping, saying
from tests.driver.test_actor import head_of
from tests.driver.token_endpoint import TokenEndpoint

ADDRESSES = ("tel:+15550100", "tel:+15550101")
XML = Format.XML
Endpoint = Callable[..., TokenEndpoint]


@pytest.fixture
def opened() -> Iterator[ExitStack]:
    """What is open until the end of the test."""
    with ExitStack() as stack:
        yield stack


@pytest.fixture
def server(opened: ExitStack) -> ReferenceServer:
    """A reference server whose static tokens nobody has."""
    accounts = [Account(address=address, token=f"-{address}") for address in ADDRESSES]
    return opened.enter_context(ReferenceServer(accounts))


@pytest.fixture
def endpoint(opened: ExitStack, server: ReferenceServer) -> Endpoint:
    """Starts token endpoints: two clients for two users, whose tokens the server takes."""
    clients = {f"c{number}": (CANARY, address) for number, address in enumerate(ADDRESSES)}
    return lambda **options: opened.enter_context(TokenEndpoint(clients, server.grant, **options))


def actors(
    opened: ExitStack,
    root: str,
    log: EvidenceLog,
    *users: User,
    deadline: float = PATIENCE,
    scheme: Authentication = Authentication.BEARER,
) -> list[Actor]:
    """Actors for users that share a credential store."""
    limits = Limits(deadline=deadline)
    target = Target(name="t", server_root=root, users=users, limits=limits)
    binding = replace(load_binding("oma-v1"), authentication=scheme)
    store = CredentialStore(target, binding, log)
    found = [Actor(target, user, binding, log, credential_store=store) for user in users]
    for actor in found:
        opened.callback(actor.close)
    return found


def client_user(
    url: str, scope: str = "", way: ClientAuthentication = ClientAuthentication.BASIC
) -> User:
    """A user whose client gets its tokens."""
    client = Client(id="c0", token_url=url, scope=scope, authentication=way)
    return User(address=ADDRESSES[0], token=Secret(CANARY), client=client)


def read(actor: Actor, credentials: Actor | str | None = None) -> Exchange:
    """Read the subscriptions of an actor's user."""
    return actor.send("GET", "subscriptions", fmt=XML, credentials=credentials)


@pytest.mark.parametrize("username", ["alice", None])
def test_basic(serve: Serve, opened: ExitStack, log: EvidenceLog, username: str | None) -> None:
    """User name and password go out in Base64; so does a wrong password; none is recorded.

    Without a user name it is the binding that says that a secret is a password.
    """
    server = serve(saying(answer()))
    scheme = Authentication.BEARER if username else Authentication.BASIC
    user = User(address=ADDRESSES[0], token=Secret("p@ss: wörd"), username=username)
    (actor,) = actors(opened, server.root, log, user, scheme=scheme)
    found = [read(actor), read(actor, credentials="wrong"), read(actor, credentials="")]
    sent = [head_of(server, number).get("authorization", "") for number in range(3)]
    decoded = [base64.b64decode(each.partition(" ")[2]).decode() for each in sent]
    name = username or ADDRESSES[0].partition(":")[2]
    assert [each.partition(" ")[0] for each in sent] == ["Basic", "Basic", ""]
    assert decoded == [f"{name}:p@ss: wörd", f"{name}:wrong", ""]
    recorded = [header(each.request.headers, "authorization") for each in found]
    assert recorded == ["Basic ***", "Basic ***", None]


def test_basic_is_redacted_in_every_form(serve: Serve, opened: ExitStack, log: EvidenceLog) -> None:
    """The password, its Base64 with the user name, and both percent-encoded."""
    pair = base64.b64encode(b"alice:pass/word").decode()
    forms = ("pass/word", pair, pair.rstrip("="), quote(pair, safe=""), "pass%2Fword")
    server = serve(saying(answer("|".join(forms).encode())))
    user = User(address=ADDRESSES[0], token=Secret("pass/word"), username="alice")
    (actor,) = actors(opened, server.root, log, user)
    assert read(actor).answer.body == b"***|***|***|***|***"


@pytest.mark.parametrize("way", list(ClientAuthentication))
def test_token_is_fetched_and_shared(
    opened: ExitStack, server: ReferenceServer, endpoint: Endpoint, way: ClientAuthentication
) -> None:
    """One token serves all requests of the users of a client, in as many threads as there are."""
    log, given = EvidenceLog(), endpoint()
    user = client_user(given.url, scope="a b", way=way)
    (actor, again) = actors(opened, server.root, log, user, user)
    threads = [Thread(target=read, args=(each,)) for each in (actor, again)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [each.answer.status for each in log.events() if isinstance(each, Exchange)] == [200] * 2
    (asked,) = given.asked
    assert (asked.client, asked.way, asked.form["scope"]) == ("c0", way.value, ["a b"])
    assert log.redacted_text(f"{given.tokens[0]} {CANARY}") == "*** ***"
    assert log.redacted_text(quote(given.tokens[0], safe="")) == "***"


def test_token_of_a_store_with_another_log(serve: Serve, opened: ExitStack) -> None:
    """Whoever presents a token keeps it out of its own evidence."""
    server = serve(saying(answer(b"granted-token", "X-Echo: granted-token")))
    given = serve(saying(answer(b'{"access_token": "granted-token"}')))
    user, log = client_user(f"{given.root}/token"), EvidenceLog()
    target = Target(name="t", server_root=server.root, users=(user,))
    binding = load_binding("oma-v1")
    actor = Actor(
        target, user, binding, log, credential_store=CredentialStore(target, binding, EvidenceLog())
    )
    opened.callback(actor.close)
    assert read(actor).answer.body == b"***"
    assert "granted" not in repr(log.events())


def test_token_is_renewed_before_it_expires(
    opened: ExitStack, server: ReferenceServer, endpoint: Endpoint
) -> None:
    """Once for each end of a token, and not before."""
    log, given = EvidenceLog(), endpoint(told=1e-9)
    (actor,) = actors(opened, server.root, log, client_user(given.url))
    assert [read(actor).answer.status for _ in range(3)] == [200] * 3
    assert len(given.asked) == 3
    assert len(log.events()) == 3


def test_refused_token_is_renewed_once(
    opened: ExitStack, server: ReferenceServer, endpoint: Endpoint
) -> None:
    """The target refuses it as expired: the request goes out again; the evidence shows both."""
    log, given = EvidenceLog(), endpoint(seconds=0, told=3600)
    (actor,) = actors(opened, server.root, log, client_user(given.url))
    actor.authorization("GET", server.root)  # fetches a token that is of no use any more
    given.seconds = 3600
    assert [read(actor).answer.status for _ in range(2)] == [200, 200]
    refused, renewed, last = (each for each in log.events() if isinstance(each, Exchange))
    assert [each.answer.status for each in (refused, renewed, last)] == [401, 200, 200]
    assert refused.request.mutation == "an access token that is no longer valid"
    assert (renewed.request.mutation, renewed.request.url) == ("", refused.request.url)
    assert "granted" not in repr(log.events())


def test_many_refusals_of_one_token_renew_it_once(
    opened: ExitStack, server: ReferenceServer, endpoint: Endpoint
) -> None:
    """However many threads find out at the same time."""
    log, given = EvidenceLog(), endpoint()
    user = client_user(given.url)
    found = actors(opened, server.root, log, *[user] * 4)
    source = found[0]._credentials
    first = source.value()
    renewed: list[str] = []
    threads = [Thread(target=lambda: renewed.append(source.replacement(first))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(renewed) == {given.tokens[1]}
    assert len(given.tokens) == 2


def test_target_that_refuses_every_token_is_not_asked_for_ever(
    serve: Serve, opened: ExitStack, endpoint: Endpoint
) -> None:
    """A fresh token that is refused is not renewed again, nor is one that nobody has."""
    log, given = EvidenceLog(), endpoint()
    server = serve(saying(answer(status="401 Unauthorized")))
    (actor,) = actors(opened, server.root, log, client_user(given.url))
    assert [read(actor).answer.status for _ in range(3)] == [401] * 3
    assert (len(server.requests), len(given.tokens)) == (4, 2)
    read(actor, credentials="nobody's")
    assert (len(server.requests), len(given.tokens)) == (5, 2)
    assert head_of(server, 4)["authorization"] == "Bearer nobody's"


REFUSALS: dict[str, tuple[bytes, str]] = {
    "refused": (
        answer(f'{{"error": "invalid_client", "x": "{CANARY}"}}'.encode(), status="401 No"),
        "rejects the client: status 401, error invalid_client; check client_id and client_secret",
    ),
    "refused with 200": (answer(b'{"error": "invalid_scope"}'), "status 200, error invalid_scope"),
    "error page": (answer(b"<html>", status="502 Bad Gateway"), "rejects the client: status 502"),
    "HTML": (
        answer(b"<html>", "Content-Type: text/html"),
        "the response must be a JSON object, not text/html",
    ),
    "list": (
        answer(b"[]", "Content-Type: text/x\x1b[31m"),
        "the response must be a JSON object, not text/x",
    ),
    "no token": (answer(b'{"token_type": "bearer"}'), "response 200 has no access_token"),
    "odd token": (answer(b'{"access_token": ["x"]}'), "access_token must consist of visible"),
    "empty token": (answer(b'{"access_token": ""}'), "access_token must consist of visible"),
    "line": (answer(b'{"access_token": "a\\r\\nX: y"}'), "access_token must consist of visible"),
    "other type": (answer(b'{"access_token": "a", "token_type": "mac"}'), "not 'mac'"),
    "echo": (f"{CANARY}\r\n".encode(), "BadStatusLine: ***"),
    "moved": (answer(b"", "Location: /t", status="302 Found"), "rejects the client: status 302"),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_endpoint_that_gives_no_token(serve: Serve, opened: ExitStack, case: str) -> None:
    """One line that names the endpoint, and never the secret; the target is not asked."""
    data, expected = REFUSALS[case]
    given = serve(saying(data))
    url = f"{given.root}/token"
    (actor,) = actors(opened, "http://127.0.0.1:1", EvidenceLog(), client_user(url))
    with pytest.raises(ConfigurationError) as caught:
        read(actor)
    message = str(caught.value)
    assert message.startswith(f"[auth] token_url {url}: ")
    assert expected in message
    assert "canary" not in message
    assert "\n" not in message
    assert len(given.requests) == 1


@pytest.mark.parametrize("case", ["nobody", "mute"])
def test_endpoint_that_does_not_answer(serve: Serve, opened: ExitStack, case: str) -> None:
    """Refused connections and the deadline are told as such."""
    given: RawServer = serve(dripping(b"", b""))
    if case == "nobody":
        given.close()
    expected = "refused" if case == "nobody" else "no complete response within 0.3 s"
    user = client_user(f"{given.root}/token")
    (actor,) = actors(opened, "http://127.0.0.1:1", EvidenceLog(), user, deadline=0.3)
    with pytest.raises(ConfigurationError, match=expected):
        read(actor)


@pytest.mark.parametrize("told", ["null", '"soon"', '"NaN"', "true", '"60"', "-5", "1e400"])
def test_lifetime_may_be_told_in_odd_ways(serve: Serve, opened: ExitStack, told: str) -> None:
    """It is a hint; what is none means for ever, and the target's refusal decides."""
    body = f'{{"access_token": "abcdef", "expires_in": {told}}}'
    given = serve(saying(answer(body.encode())))
    server = serve(saying(answer()))
    (actor,) = actors(opened, server.root, EvidenceLog(), client_user(f"{given.root}/token"))
    for _ in range(2):
        assert read(actor).answer.status == 200
    assert head_of(server)["authorization"] == "Bearer abcdef"
    assert len(given.requests) == (2 if told == "-5" else 1)


def test_users_with_the_same_credentials_are_no_strangers(
    serve: Serve, opened: ExitStack, log: EvidenceLog
) -> None:
    """What a target does with a foreign token cannot be seen where there is none."""
    server = serve(saying(answer()))
    users = [User(address=address, token=Secret("shared")) for address in ADDRESSES]
    one, other = actors(opened, server.root, log, *users)
    with pytest.raises(Inconclusive, match="have the same credentials: give each") as caught:
        read(one, credentials=other)
    assert caught.value.cause is Cause.CONFIGURATION
    assert server.requests == []


@pytest.mark.parametrize("kind", ["token", "password", "client"])
def test_credentials_go_to_the_own_origin_alone(
    serve: Serve, opened: ExitStack, endpoint: Endpoint, kind: str
) -> None:
    """For downloads and triggers, too."""
    own, foreign = serve(saying(answer())), serve(saying(answer()))
    users = {
        "token": User(address=ADDRESSES[0], token=Secret("t")),
        "password": User(address=ADDRESSES[0], token=Secret("p"), username="u"),
        "client": client_user(endpoint().url),
    }
    (actor,) = actors(opened, own.root, EvidenceLog(), users[kind])
    for each in (own, foreign):
        actor.download(f"{each.root}/file", XML)
    assert head_of(own)["authorization"].startswith(("Bearer ", "Basic "))
    assert "authorization" not in head_of(foreign)
    assert actor.authorization("GET", f"{own.root}/x") == head_of(own)["authorization"]
    assert actor.authorization("GET", f"{foreign.root}/x") == ""


@pytest.fixture
def digest_users(opened: ExitStack) -> Callable[[EvidenceLog], list[Actor]]:
    """Actors of a server that asks for HTTP Digest."""
    accounts = [
        Account(address=address, token=CANARY + address, username=f"u{number}", digest=True)
        for number, address in enumerate(ADDRESSES)
    ]
    server = opened.enter_context(ReferenceServer(accounts))
    users = [
        User(address=each.address, token=Secret(each.token), username=each.username)
        for each in accounts
    ]
    return lambda log: actors(opened, server.root, log, *users, scheme=Authentication.DIGEST)


def test_challenge_of_digest_is_answered_once(
    digest_users: Callable[[EvidenceLog], list[Actor]],
) -> None:
    """The first request is refused and sent again; the next ones have an answer from the start."""
    log = EvidenceLog()
    one, _ = digest_users(log)

    codes = [read(one).answer.status for _ in range(2)]

    sent = [each for each in log.events() if isinstance(each, Exchange)]
    assert codes == [200, 200]
    assert [each.answer.status for each in sent] == [401, 200, 200]
    assert sent[0].request.mutation == "no credentials before the challenge of HTTP Digest"
    assert [header(each.request.headers, "authorization") for each in sent[1:]] == [
        "Digest ***"
    ] * 2


@pytest.mark.parametrize(("credentials", "status"), [("wrong", 401), ("", 401)])
def test_wrong_password_of_digest_is_refused(
    digest_users: Callable[[EvidenceLog], list[Actor]], credentials: str, status: int
) -> None:
    """An answer with another password is sent, and refused; no answer is refused as well."""
    one, _ = digest_users(EvidenceLog())
    assert read(one, credentials=credentials).answer.status == status


def test_other_users_answer_is_theirs(
    digest_users: Callable[[EvidenceLog], list[Actor]],
) -> None:
    """One user's subscriptions are not for the other one."""
    one, other = digest_users(EvidenceLog())
    assert read(one, credentials=other).answer.status == 403


@pytest.mark.parametrize(
    "challenge", ["", "Bearer", 'Digest realm="r", nonce="n", qop="auth-int"', "Digest"]
)
def test_challenge_that_cannot_be_answered_is_the_end(
    serve: Serve, opened: ExitStack, challenge: str
) -> None:
    """The refusal is what came of the request; it is not sent again."""
    refused = answer(b"", f"WWW-Authenticate: {challenge}", status="401 Unauthorized")
    server = serve(saying(refused))
    user = User(address=ADDRESSES[0], token=Secret("p"), username="u")
    (actor,) = actors(opened, server.root, EvidenceLog(), user, scheme=Authentication.DIGEST)
    assert read(actor).answer.status == 401
    assert len(server.requests) == 1
