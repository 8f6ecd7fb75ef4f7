"""An application of the Kandy family, written from `binding.md` and `dialects.md` alone.

It shares no code with the engine, so it proves what the reference server serves in this dialect.
"""

import json
import queue
import threading
from collections import deque
from collections.abc import Callable
from contextlib import ExitStack
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Protocol
from urllib.parse import quote, urlencode, urljoin

import requests
from websockets.sync.client import ClientConnection, connect

from tests.clients.served import Account

Json = dict[str, Any]

DEADLINE = 10.0
"""Seconds for a response or a notification."""


class Delivery(Protocol):
    """A way in which notifications come."""

    channel: Json
    """What the request for a notification channel says of it."""

    def open(self, channel: Json, account: Account) -> None:
        """Start to receive from the channel that was created."""

    def receive(self) -> tuple[str, Json]:
        """Return root and content of the next notification.

        Raises:
            TimeoutError: none came before the deadline.
        """

    def close(self) -> None: ...


class WebSocketDelivery:
    """The server sends notifications over a WebSocket that the application opened."""

    def __init__(self) -> None:
        self.channel: Json = {"channelType": "Websockets", "channelData": {}}
        self._opened = ExitStack()
        self._connection: ClientConnection | None = None
        self._pending: deque[tuple[str, Json]] = deque()

    def open(self, channel: Json, account: Account) -> None:
        """The channelURL is a path below the server root; the token stands in its query."""
        url = urljoin(account.server_root, channel["channelData"]["channelURL"])
        token = urlencode({"access_token": account.token})
        joint = "&" if "?" in url else "?"
        self._connection = self._opened.enter_context(
            connect(
                f"ws{url.removeprefix('http')}{joint}{token}", open_timeout=DEADLINE, proxy=None
            )
        )

    def receive(self) -> tuple[str, Json]:
        """A message is one notification, a list of several, or asks whether we are still here."""
        assert self._connection is not None
        while not self._pending:
            received: Json = json.loads(self._connection.recv(DEADLINE))
            if "connCheck" in received:
                self._connection.send(json.dumps({"connAck": None}))
            elif "notificationList" in received:
                for entry in received["notificationList"] or ():
                    self._pending.extend(entry.items())
            else:
                self._pending.extend(received.items())
        return self._pending.popleft()

    def close(self) -> None:
        self._opened.close()


class WebhookDelivery:
    """The server POSTs each notification to a URL of the application."""

    def __init__(self) -> None:
        received: queue.Queue[tuple[str, Json]] = queue.Queue()

        class Webhook(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                ((root, notification),) = json.loads(body).items()
                received.put((root, notification))
                self.send_response(200)
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Keep the output of the tests clean."""

        self._received = received
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Webhook)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        url = f"http://127.0.0.1:{self._server.server_port}/webhook"
        self.channel: Json = {"channelType": "webhooks", "channelData": {"x-webhookURL": url}}

    def open(self, channel: Json, account: Account) -> None:
        """Nothing to open: the server connects."""

    def receive(self) -> tuple[str, Json]:
        try:
            return self._received.get(timeout=DEADLINE)
        except queue.Empty:
            raise TimeoutError from None

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()


class Kandy:
    """One user's application."""

    def __init__(self, account: Account, delivery: Delivery) -> None:
        self.account = account
        self.address = account.address
        self._delivery = delivery
        self._notified: list[tuple[str, Json]] = []
        self._ids: set[str] = set()
        self._http = requests.Session()
        self._http.headers["Authorization"] = f"Bearer {account.token}"
        self._http.headers["Accept"] = "application/json"
        self._http.trust_env = False

    def close(self) -> None:
        self._delivery.close()
        self._http.close()

    def connect(self) -> tuple[Json, Json]:
        """Create channel and subscription; returns both as the server shows them."""
        channel = self.create_channel()
        return channel, self.subscribe(channel)

    def create_channel(self) -> Json:
        body = {"notificationChannel": self._delivery.channel}
        created = self._post("notificationchannel", "/channels", body)
        channel: Json = created["notificationChannel"]
        self._delivery.open(channel, self.account)
        return channel

    def subscribe(self, channel: Json) -> Json:
        """The notifyURL of a subscription is the opaque id of the channel."""
        callback = {"notifyURL": channel["callbackURL"]}
        body = {"chatNotificationSubscription": {"callbackReference": callback}}
        created = self._post("chat", "/subscriptions", body)
        subscription: Json = created["chatNotificationSubscription"]
        return subscription

    def read(self, resource_url: str) -> Json:
        """What stands under a URL that the server showed, relative to its root."""
        body: Json = self._send("GET", resource_url, 200).json()
        return body

    def send_message(self, chat: str, text: str) -> Json:
        """Send to the messages of a chat; both reports are requested."""
        message = {"text": text, "reportRequest": ["Delivered", "Displayed"]}
        created = self._post("chat", f"{chat}/messages", {"chatMessage": message})
        sent: Json = created["chatMessage"]
        return sent

    def send_composing(self, chat: str, lastactive: int) -> None:
        """lastactive: milliseconds since the epoch."""
        composing = {"state": "active", "lastactive": lastactive, "refresh": 60}
        url = self._url("chat", f"{chat}/messages")
        self._send("POST", url, (201, 204), {"isComposing": composing})

    def report_displayed(self, chat: str, message_id: str) -> None:
        url = self._url("chat", f"{chat}/messages/{quote(message_id, safe='')}/status")
        self._send("PUT", url, 204, {"messageStatusReport": {"status": "Displayed"}})

    def start_group(self, title: str, *invited: str, closed: bool = False) -> Json:
        """Start a group chat; returns it as the server shows it."""
        originator = {"address": self.address, "x-isAdmin": True}
        group = {
            "x-name": title,
            "x-type": "closed" if closed else "open",
            "participant": [originator, *({"address": each} for each in invited)],
        }
        created = self._post("chat", "/group", {"groupChatSessionInformation": group})
        shown: Json = created["groupChatSessionInformation"]
        return shown

    def accept_group(self, session_id: str) -> None:
        url = self._participant(session_id, self.account.id) + "/status"
        body = {"participantSessionStatus": {"status": "Connected"}}
        self._send("PUT", url, (200, 204), body)

    def add_participant(self, session_id: str, address: str) -> Json:
        body = {"participantInformation": {"address": address}}
        return self._post("chat", f"{group_chat(session_id)}/participants", body)

    def remove_participant(self, session_id: str, user_id: str) -> None:
        """A user's own id: the user leaves."""
        self._send("DELETE", self._participant(session_id, user_id), 204)

    def participants(self, session_id: str) -> dict[str, Json]:
        """Participants of a group chat by address."""
        url = self._url("chat", f"{group_chat(session_id)}/participants")
        return by_address(self.read(url)["participantList"]["participant"])

    def delete_group(self, session_id: str) -> None:
        self._send("DELETE", self._url("chat", group_chat(session_id)), 204)

    def notified(self, root: str, holds: Callable[[Json], bool]) -> Json:
        """The first notification of this root for which the condition holds.

        A notification that was sent again has the id of the first one and counts once.
        """
        for known, notification in self._notified:
            if known == root and holds(notification):
                return notification
        while True:
            try:
                received, notification = self._delivery.receive()
            except TimeoutError:
                raise AssertionError(f"no such {root} among {self._notified}") from None
            if notification["id"] in self._ids:
                continue
            self._ids.add(notification["id"])
            self._notified.append((received, notification))
            if received == root and holds(notification):
                return notification

    def _participant(self, session_id: str, user_id: str) -> str:
        path = f"{group_chat(session_id)}/participants/{quote(user_id, safe='')}"
        return self._url("chat", path)

    def _url(self, api: str, path: str) -> str:
        return f"/cpaas/{api}/v1/{quote(self.account.id, safe='')}{path}"

    def _post(self, api: str, path: str, body: Json) -> Json:
        created: Json = self._send("POST", self._url(api, path), 201, body).json()
        return created

    def _send(
        self, verb: str, url: str, expected: int | tuple[int, ...], body: Json | None = None
    ) -> requests.Response:
        response = self._http.request(
            verb, urljoin(self.account.server_root, url), json=body, timeout=DEADLINE
        )
        codes = expected if isinstance(expected, tuple) else (expected,)
        seen = f"{verb} {url}: {response.status_code} {response.text}"
        assert response.status_code in codes, seen
        return response


def adhoc_chat(user_id: str) -> str:
    """Path of the ad-hoc chat with a user."""
    return f"/oneToOne/{quote(user_id, safe='')}/adhoc"


def group_chat(session_id: str) -> str:
    """Path of a group chat."""
    return f"/group/{quote(session_id, safe='')}"


def by_address(participants: list[Json]) -> dict[str, Json]:
    return {each["address"]: each for each in participants}
