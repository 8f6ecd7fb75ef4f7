"""The reference server in its dialects: the same rules, translated at its edge."""

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from queue import Queue
from typing import Any
from urllib.parse import quote

import pytest
import requests
from websockets.sync.client import connect

from rcs_conformance.kit import BINDINGS
from rcs_conformance.reference import DEFAULT_ACCOUNTS, ReferenceServer
from rcs_conformance.serving import Environ, HttpService, StartResponse

ALICE, BOB, CAROL, _ = (account.address for account in DEFAULT_ACCOUNTS)
GROUP = {
    "groupChatSessionInformation": {
        "subject": "x",
        "participant": [{"address": ALICE, "isOriginator": True}, {"address": BOB}],
    }
}
FULL = "groupChatSessionInformation"


class Client:
    """A user, by whichever way of authentication there is; Alice where none is named."""

    def __init__(self, server: ReferenceServer, base: str, *, basic: bool, who: int = 0) -> None:
        account = DEFAULT_ACCOUNTS[who]
        self.root = server.root
        self.base = f"{server.root}{base}/{quote(account.address, safe='')}"
        self.bob = self if who else Client(server, base, basic=basic, who=1)
        self._session = requests.Session()
        self._session.trust_env = False
        if basic:
            self._session.auth = (account.address.removeprefix("tel:"), account.token)
        else:
            self._session.headers["Authorization"] = f"Bearer {account.token}"
        self._session.headers["Accept"] = "application/json"

    def subscribed(self, kind: str = "LongPolling") -> str:
        """The URL of a channel that a new subscription sends to."""
        channels = self.base.replace("/chat/", "/notificationchannel/") + "/channels"
        request = {"notificationChannel": {"channelType": kind}}
        made = self.ask("POST", channels, request).json()["notificationChannel"]
        callback = {"notifyURL": made["callbackURL"], "notificationFormat": "JSON"}
        subscription = {"chatNotificationSubscription": {"callbackReference": callback}}
        assert self.ask("POST", "/subscriptions", subscription).status_code == 201
        return str(made["channelData"]["channelURL"])

    def polled(self, url: str) -> list[dict[str, Any]]:
        """What a long poll brings: the contents of the notifications."""
        parameters = {"longPollingRequestParameters": None}
        listed = self.ask("POST", url, parameters).json()["notificationList"]
        return [content for each in listed for content in each.values()]

    def ask(self, method: str, url: str, body: Mapping[str, Any] | None = None) -> Any:  # noqa: ANN401
        """The response to a request, below the base or by a whole URL."""
        whole = url if "://" in url else self.base + url
        return self._session.request(method, whole, json=body, timeout=5)


@pytest.fixture
def pilot() -> Iterator[Client]:
    """Of a server that speaks gsma-pilot."""
    with ReferenceServer(binding="gsma-pilot") as server:
        yield Client(server, "/chat/0.1", basic=True)


@pytest.fixture
def kandy() -> Iterator[Client]:
    """Of a server that speaks kandy."""
    with ReferenceServer(binding="kandy") as server:
        yield Client(server, "/cpaas/chat/v1", basic=False)


def test_pilot_answers_readings_201_and_leaves_the_asking_user_out(pilot: Client) -> None:
    """Binding, section 7."""
    made = pilot.ask("POST", "/group", GROUP)
    group = made.headers["Location"]
    assert pilot.ask("GET", group).status_code == 201
    listed = pilot.ask("GET", f"{group}/participants")
    assert listed.status_code == 201
    (entry,) = listed.json()["participantList"]["participant"]
    assert entry["address"] == BOB
    for group_information in (made, pilot.ask("GET", group)):
        assert [each["address"] for each in group_information.json()[FULL]["participant"]] == [BOB]


def test_pilot_takes_basic_alone(pilot: Client) -> None:
    """And says so without authentication."""
    response = requests.get(f"{pilot.base}/subscriptions", timeout=5)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Basic ")
    wrong = {"Authorization": f"Bearer {DEFAULT_ACCOUNTS[0].token}"}
    assert requests.get(f"{pilot.base}/subscriptions", headers=wrong, timeout=5).status_code == 401


def test_pilot_has_message_ids_of_three_digits(pilot: Client) -> None:
    """Those that it lists, and shorter ones of the default binding for all other errors."""
    missing = pilot.ask("GET", "/group/none").json()["requestError"]["serviceException"]
    unsupported = pilot.ask("PUT", "/group", GROUP).json()["requestError"]["serviceException"]
    foreign = f"{pilot.base.rpartition('/')[0]}/{quote(BOB, safe='')}/subscriptions"
    forbidden = pilot.ask("GET", foreign).json()["requestError"]["policyException"]
    ids = [each["messageId"] for each in (missing, unsupported, forbidden)]
    assert ids == ["SVC004", "SVC001", "POL000"]


def test_pilot_spells_displayed_in_capitals_where_it_is_read(pilot: Client) -> None:
    """The receiver reports Displayed; the sender reads DISPLAYED."""
    message = {"chatMessage": {"text": "x", "reportRequest": ["Displayed"]}}
    sent = pilot.ask("POST", f"/oneToOne/{quote(BOB, safe='')}/adhoc/messages", message)
    status = sent.headers["Location"].removesuffix("/status") + "/status"
    seen_by_bob = status.replace(quote(ALICE, safe=""), "X").replace(quote(BOB, safe=""), "Y")
    received = seen_by_bob.replace("X", quote(BOB, safe="")).replace("Y", quote(ALICE, safe=""))
    report = {"messageStatusReport": {"status": "Displayed"}}
    as_bob = (BOB.removeprefix("tel:"), DEFAULT_ACCOUNTS[1].token)
    assert requests.put(received, json=report, auth=as_bob, timeout=5).status_code == 204
    assert pilot.ask("GET", status).json() == {"messageStatusReport": {"status": "DISPLAYED"}}


def test_kandy_adds_one_at_a_time(kandy: Client) -> None:
    """One user as participantInformation, returned in full; a list is rejected."""
    group = kandy.ask("POST", "/group", GROUP).headers["Location"]
    one = {"address": CAROL}
    added = kandy.ask("POST", f"{group}/participants", {"participantInformation": one})
    assert added.status_code == 201
    shown = added.json()["participantInformation"]
    assert shown["address"] == CAROL
    assert added.headers["Location"].endswith(shown["resourceURL"])
    listed = kandy.ask("POST", f"{group}/participants", {"participantList": {"participant": [one]}})
    assert listed.status_code == 400


def test_kandy_has_relative_urls_and_no_sessions(kandy: Client) -> None:
    """At any depth; what the dialect lacks is not found."""
    shown = kandy.ask("POST", "/group", GROUP).json()[FULL]
    assert shown["resourceURL"].startswith("/cpaas/chat/v1/")
    assert all(each["resourceURL"].startswith("/cpaas/") for each in shown["participant"])
    for path in ("/oneToOne/tel%3A%2B15550101", "/longLivedGroup"):
        assert kandy.ask("POST", path, {}).status_code == 404
    assert "allow" not in {name.lower() for name in kandy.ask("GET", "/longLivedGroup").headers}


def test_kandy_lists_the_group_chats_of_a_user(kandy: Client) -> None:
    """Those that it is connected to, in full; `Allow` has the verbs of the table alone."""
    made = kandy.ask("POST", "/group", GROUP).json()[FULL]
    listed, bobs = (each.ask("GET", "/group") for each in (kandy, kandy.bob))
    assert listed.json()["groupChatSessionInformationList"][FULL] == [made]
    assert FULL not in bobs.json()["groupChatSessionInformationList"]
    assert kandy.ask("PUT", "/group", GROUP).headers["Allow"] == "POST"


@pytest.mark.parametrize("chat", ["group", "adhoc"])
def test_kandy_shows_and_deletes_messages(kandy: Client, chat: str) -> None:
    """All of a chat or one; what a user deleted is shown to that user no more."""
    group = kandy.ask("POST", "/group", GROUP).headers["Location"]
    own = group if chat == "group" else f"/oneToOne/{quote(BOB, safe='')}/adhoc"
    sent = [
        kandy.ask("POST", f"{own}/messages", {"chatMessage": {"text": text}}).headers["Location"]
        for text in ("one", "two")
    ]

    shown = kandy.ask("GET", f"{own}/messages").json()["chatMessageList"]["chatMessage"]
    assert [each["text"] for each in shown] == ["one", "two"]
    assert kandy.ask("GET", sent[0]).json()["chatMessage"]["text"] == "one"
    assert kandy.ask("DELETE", sent[0]).status_code == 204
    assert kandy.ask("GET", sent[0]).status_code == 404
    assert kandy.ask("DELETE", f"{own}/messages").status_code == 204
    assert "chatMessage" not in kandy.ask("GET", f"{own}/messages").json()["chatMessageList"]


def test_kandy_lists_the_adhoc_chats_with_messages(kandy: Client) -> None:
    """Each user sees the other one as its partner."""
    messages = f"/oneToOne/{quote(BOB, safe='')}/adhoc/messages"
    kandy.ask("POST", messages, {"chatMessage": {"text": "x"}})
    for user, partner in ((kandy, BOB), (kandy.bob, ALICE)):
        listed = user.ask("GET", "/oneToOne").json()["chatSessionInformationList"]
        (summary,) = listed["chatSessionInformation"]
        assert summary["tParticipantAddress"] == partner


def test_kandy_does_not_reject_a_verb_that_this_server_lacks(tmp_path: Path) -> None:
    """A verb or resource beyond those of the shipped file is answered 501, not 405 or 404."""
    text = (BINDINGS / "kandy.toml").read_text("utf-8")
    extra = '[further.history]\napi = "chat"\npath = "/history"\nverbs = { GET = [200] }\n'
    (tmp_path / "my.toml").write_text(f"{text}\n{extra}", "utf-8")
    with ReferenceServer(binding=str(tmp_path / "my.toml")) as server:
        client = Client(server, "/cpaas/chat/v1", basic=False)
        assert client.ask("GET", "/history").status_code == 501


def test_kandy_has_small_rels_and_ids_of_notifications(kandy: Client) -> None:
    """By WebSocket: relative URLs, rels with a small first letter, an id for each notification."""
    path = kandy.bob.subscribed("Websockets")
    url = f"ws{(kandy.root + path).removeprefix('http')}?access_token={DEFAULT_ACCOUNTS[1].token}"
    with connect(url, proxy=None) as socket:
        for _ in range(2):
            kandy.ask("POST", "/group", GROUP)
        messages = [json.loads(socket.recv(5)) for _ in range(2)]

    told = [content for each in messages for content in each.values()]
    assert path.startswith("/cpaas/notificationchannel/")
    assert len({each["id"] for each in told}) == len(told) == 2
    links = [link for each in told for link in each["link"]]
    rels = ["groupChatSessionInformation", "participantInformationStatus"] * 2
    assert [link["rel"] for link in links] == rels
    assert all(link["href"].startswith("/cpaas/chat/v1/") for link in links)


def test_kandy_names_the_receiver_within_a_message(kandy: Client) -> None:
    """And links to the messages of the chat, also in composing notifications."""
    path = kandy.bob.subscribed("Websockets")
    url = f"ws{(kandy.root + path).removeprefix('http')}?access_token={DEFAULT_ACCOUNTS[1].token}"
    messages = f"/oneToOne/{quote(BOB, safe='')}/adhoc/messages"
    with connect(url, proxy=None) as socket:
        kandy.ask("POST", messages, {"chatMessage": {"text": "x"}})
        kandy.ask("POST", messages, {"isComposing": {"state": "active"}})
        received = [json.loads(socket.recv(5)) for _ in range(2)]

    message, composing = (content for each in received for content in each.values())
    assert message["chatMessage"]["x-destinationAddress"] == BOB
    for told in (message, composing):
        (link,) = told["link"]
        assert link["rel"] == "chatMessageList"
        assert link["href"].endswith("/adhoc/messages")


def test_kandy_posts_to_a_webhook(kandy: Client) -> None:
    """Each notification alone, by an opaque callbackURL."""
    posted: Queue[Any] = Queue()

    def listen(environ: Environ, start_response: StartResponse) -> list[bytes]:
        posted.put(json.loads(environ["wsgi.input"].read()))
        start_response("204 No Content", [])
        return []

    with HttpService(listen, host="127.0.0.1", port=0) as listener:
        data = {"x-webhookURL": f"{listener.root}/hook"}
        channels = kandy.bob.base.replace("/chat/", "/notificationchannel/") + "/channels"
        request = {"notificationChannel": {"channelType": "webhooks", "channelData": data}}
        made = kandy.bob.ask("POST", channels, request).json()["notificationChannel"]
        callback = {"notifyURL": made["callbackURL"], "notificationFormat": "JSON"}
        subscription = {"chatNotificationSubscription": {"callbackReference": callback}}
        assert kandy.bob.ask("POST", "/subscriptions", subscription).status_code == 201
        kandy.ask("POST", "/group", GROUP)
        assert list(posted.get(timeout=5)) == ["groupChatSessionInvitationNotification"]

    assert made["channelType"] == "webhooks"
    assert made["callbackURL"].startswith("wh-")


def test_pilot_accepts_without_a_body(pilot: Client) -> None:
    """PUT of the status that an invitation links to."""
    polls = pilot.bob.subscribed()
    group = pilot.ask("POST", "/group", GROUP).headers["Location"]
    (invitation,) = pilot.bob.polled(polls)
    links = {link["rel"]: link["href"] for link in invitation["link"]}

    assert pilot.bob.ask("PUT", links["ParticipantInformationStatus"]).status_code == 204

    shown = pilot.ask("GET", f"{group}/participants/{quote(BOB, safe='')}").json()
    assert shown["participantInformation"]["status"] == "Connected"


def test_own_dialect_answers_creations_by_reference(tmp_path: Path) -> None:
    """One resource by reference, the others in full."""
    text = (BINDINGS / "oma-v1.toml").read_text("utf-8")
    own = text.replace('path = "/group"\n', 'path = "/group"\ncreation_body = "reference"\n', 1)
    (tmp_path / "my.toml").write_text(own, "utf-8")
    with ReferenceServer(binding=str(tmp_path / "my.toml")) as server:
        client = Client(server, "/chat/v1", basic=False)
        made = client.ask("POST", "/group", GROUP)
        assert made.json() == {"resourceReference": {"resourceURL": made.headers["Location"]}}


def test_own_dialect_decides_on_verbs_codes_and_errors(tmp_path: Path) -> None:
    """A verb that it has instead of another one, success codes, message ids, lightweight names."""
    text = (BINDINGS / "oma-v1.toml").read_text("utf-8")
    changes = {
        'not_found = ["SVC0004", "SVC2002", "SVC2008", "SVC0208"]': 'not_found = ["SVC1234"]',
        'participantId}/status"\nverbs = { PUT = [204, 200] }': (
            'participantId}/status"\nverbs = { POST = [202] }'
        ),
        'element = "subject"': 'element = "topic"',
    }
    for old, new in changes.items():
        assert old in text
        text = text.replace(old, new, 1)
    (tmp_path / "my.toml").write_text(text, "utf-8")
    with ReferenceServer(binding=str(tmp_path / "my.toml")) as server:
        client = Client(server, "/chat/v1", basic=False)
        group = client.ask("POST", "/group", GROUP).headers["Location"]
        status = f"{group}/participants/{quote(ALICE, safe='')}/status"
        accepted = {"participantSessionStatus": {"status": "Connected"}}
        assert client.ask("POST", status, accepted).status_code == 202
        rejected = client.ask("PUT", status, accepted)
        assert (rejected.status_code, rejected.headers["Allow"]) == (405, "POST")
        unknown = client.ask("GET", "/group/none").json()["requestError"]["serviceException"]
        assert unknown["messageId"] == "SVC1234"
        assert client.ask("GET", f"{group}/subject").json() == {"topic": "x"}
