"""An application of the GSMA pilot, written from `binding.md` and `dialects.md` alone.

It shares no code with the engine, so it proves what the reference server serves in this dialect.
"""

from collections import deque
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, quote, urljoin, urlsplit

import requests

from tests.clients.served import Account

Json = dict[str, Any]

DEADLINE = 10.0
"""Seconds for a response or a notification."""

STATUS_LINKS = ("ParticipantSessionStatus", "ParticipantInformationStatus")
"""The links in an invitation under which a user accepts."""


class Pilot:
    """One user's application. It never says which format it accepts: a pilot sends JSON only."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.address = account.address
        self._pending: deque[tuple[str, Json]] = deque()
        self._notified: list[tuple[str, Json]] = []
        self._poll_url = ""
        self._http = requests.Session()
        self._http.headers["Accept"] = None  # type: ignore[assignment]  # left out
        self._http.trust_env = False
        self._http.auth = (account.login, account.token)
        self._poller = requests.Session()
        self._poller.headers["Accept"] = None  # type: ignore[assignment]  # left out
        self._poller.trust_env = False

    def close(self) -> None:
        self._http.close()
        self._poller.close()

    def connect(self) -> tuple[Json, Json]:
        """Create channel and subscription; returns both as the server shows them."""
        channel = self.create_channel()
        return channel, self.subscribe(channel)

    def create_channel(self) -> Json:
        """A channelURL that names the user is polled without credentials."""
        body = {"notificationChannel": {"channelType": "LongPolling", "channelData": {}}}
        url = self._url("notificationchannel", "/channels")
        channel: Json = self._send("POST", url, (201,), body).json()["notificationChannel"]
        self._poll_url = urljoin(self.account.server_root, channel["channelData"]["channelURL"])
        named = "username" in parse_qs(urlsplit(self._poll_url).query)
        self._poller.auth = None if named else self._http.auth
        return channel

    def subscribe(self, channel: Json) -> Json:
        body = {
            "chatNotificationSubscription": {
                "callbackReference": {"notifyURL": channel["callbackURL"], "callbackData": "pilot"}
            }
        }
        url = self._url("chat", "/subscriptions")
        created: Json = self._send("POST", url, (201,), body).json()
        subscription: Json = created["chatNotificationSubscription"]
        return subscription

    def read(self, url: str, status: int) -> Json:
        """A pilot answers 201 where it shows a session or its participants, else 200."""
        body: Json = self._send("GET", url, (status,)).json()
        return body

    def start_session(self, other: Account, subject: str) -> Json:
        """Invite a user to a 1-to-1 chat; returns the session, which is shown in full."""
        session = {
            "subject": subject,
            "originatorAddress": self.address,
            "tParticipantAddress": other.address,
        }
        url = self._url("chat", f"/oneToOne/{quote(other.id, safe='')}")
        created = self._send("POST", url, (201,), {"chatSessionInformation": session}).json()
        shown: Json = created["chatSessionInformation"]
        return shown

    def accept(self, invitation: Json) -> None:
        """A request without a body to the status that the invitation links to."""
        (link,) = (each for each in invitation["link"] if each["rel"] in STATUS_LINKS)
        self._send("PUT", link["href"], (200, 204))

    def send_message(self, chat_url: str, text: str) -> str:
        """Send to a chat, both reports requested; returns the URL of the message."""
        message = {"text": text, "reportRequest": ["Delivered", "Displayed"]}
        return self._created(f"{chat_url}/messages", {"chatMessage": message})

    def send_composing(self, chat_url: str) -> None:
        composing = {"state": "active", "contentType": "text/plain", "refresh": 60}
        self._send("POST", f"{chat_url}/messages", (201, 204), {"isComposing": composing})

    def report_displayed(self, chat_url: str, message_id: str) -> None:
        url = f"{chat_url}/messages/{quote(message_id, safe='')}/status"
        self._send("PUT", url, (204,), {"messageStatusReport": {"status": "Displayed"}})

    def message_status(self, message_url: str) -> str:
        """The status of a message; its URL may end in /status itself."""
        url = f"{message_url.removesuffix('/status')}/status"
        status: str = self.read(url, 200)["messageStatusReport"]["status"]
        return status

    def start_group(self, subject: str, *invited: str) -> str:
        """Invite users to a group chat; returns its URL."""
        originator = {"address": self.address, "isOriginator": True}
        group = {
            "subject": subject,
            "participant": [originator, *({"address": each} for each in invited)],
        }
        return self._created(self._url("chat", "/group"), {"groupChatSessionInformation": group})

    def read_group(self, group_url: str) -> Json:
        group: Json = self.read(group_url, 201)["groupChatSessionInformation"]
        return group

    def others(self, group_url: str) -> dict[str, Json]:
        """Participants by address; the user who reads is left out."""
        shown = self.read(f"{group_url}/participants", 201)["participantList"]
        return by_address(shown.get("participant", []))

    def add_participant(self, group_url: str, address: str) -> None:
        body = {"participantList": {"participant": [{"address": address}]}}
        self._created(f"{group_url}/participants", body)

    def remove_participant(self, group_url: str, user_id: str) -> None:
        """A user's own id: the user leaves."""
        url = f"{group_url}/participants/{quote(user_id, safe='')}"
        self._send("DELETE", url, (204,))

    def delete(self, url: str) -> None:
        self._send("DELETE", url, (204,))

    def group_url(self, session_id: str) -> str:
        return self._url("chat", f"/group/{quote(session_id, safe='')}")

    def session_url(self, other: Account, session_id: str) -> str:
        ids = f"{quote(other.id, safe='')}/{quote(session_id, safe='')}"
        return self._url("chat", f"/oneToOne/{ids}")

    def notified(self, root: str, holds: Callable[[Json], bool]) -> Json:
        """The first notification of this root for which the condition holds."""
        for known, notification in self._notified:
            if known == root and holds(notification):
                return notification
        while True:
            received, notification = self._receive(root)
            self._notified.append((received, notification))
            if received == root and holds(notification):
                return notification

    def _receive(self, awaited: str) -> tuple[str, Json]:
        """The next notification; the server holds a poll while there is none."""
        while not self._pending:
            body = {"longPollingRequestParameters": None}
            try:
                response = self._poller.post(self._poll_url, json=body, timeout=DEADLINE)
            except requests.Timeout:
                raise AssertionError(f"no such {awaited} among {self._notified}") from None
            assert response.status_code in (200, 204), _seen(response)
            self._pending.extend(_notifications(response))
        return self._pending.popleft()

    def _created(self, url: str, body: Json) -> str:
        """Create; the response shows the new resource in full, or its URL alone."""
        ((_, shown),) = self._send("POST", url, (201,), body).json().items()
        created: str = shown["resourceURL"]
        return created

    def _url(self, api: str, path: str) -> str:
        return f"/{api}/0.1/{quote(self.account.id, safe='')}{path}"

    def _send(
        self, verb: str, url: str, expected: tuple[int, ...], body: Json | None = None
    ) -> requests.Response:
        absolute = urljoin(self.account.server_root, url)
        response = self._http.request(verb, absolute, json=body, timeout=DEADLINE)
        assert response.status_code in expected, _seen(response)
        return response


def by_address(participants: list[Json]) -> dict[str, Json]:
    return {each["address"]: each for each in participants}


def _notifications(response: requests.Response) -> list[tuple[str, Json]]:
    """Several in a list, one in a list or on its own, or none."""
    if not response.content:
        return []
    body: Json = response.json()
    listed = body.get("notificationList") if "notificationList" in body else body
    entries = listed if isinstance(listed, list) else [listed or {}]
    return [
        (root, notification)
        for entry in entries
        for root, notification in entry.items()
        if root != "ncListComplete"
    ]


def _seen(response: requests.Response) -> str:
    request = response.request
    return f"{request.method} {request.url}: {response.status_code} {response.text}"
