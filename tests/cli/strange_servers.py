"""Servers that are strange in what they say of themselves, and a client that accepts by itself."""

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import quote

import requests

from rcs_conformance.reference import DEFAULT_ACCOUNTS
from rcs_conformance.reference.calls import Call, RawResponse
from rcs_conformance.reference.rules import Rules

ELSEWHERE = "http://internal.example:8080"
_SECONDS = 5.0


class NamesAnotherHost(Rules):
    """Every URL in responses is at another host, as of a server behind a proxy."""

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        """The response with another host in its headers and its body."""
        raw = super().finished(call, raw)
        headers = tuple((name, text.replace(call.root, ELSEWHERE)) for name, text in raw.headers)
        body = raw.body.replace(call.root.encode(), ELSEWHERE.encode())
        return replace(raw, headers=headers, body=body)


class IsLate(Rules):
    """The clock of the server is 75 seconds behind."""

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        """The response with an earlier Date."""
        raw = super().finished(call, raw)
        date = format_datetime(datetime.now(UTC) - timedelta(seconds=75), usegmt=True)
        return replace(raw, headers=(*raw.headers, ("Date", date)))


class ShowsConnected(Rules):
    """A 1-to-1 session is shown as if it had been accepted."""

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        """The response with another status."""
        raw = super().finished(call, raw)
        if call.operation != "GET oneToOneSession":
            return raw
        return replace(raw, body=raw.body.replace(b"Invited", b"Connected"))


@contextmanager
def accepting(root: str, number: int) -> Iterator[None]:
    """A client of a user, subscribed over the API, which accepts every invitation that comes."""
    account = DEFAULT_ACCOUNTS[number]
    headers = {"Authorization": f"Bearer {account.token}", "Accept": "application/json"}
    session = requests.Session()
    session.trust_env = False
    session.headers.update(headers)

    class Phone(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Accept what a notification invites to."""
            size = int(self.headers["Content-Length"])
            notice = json.loads(self.rfile.read(size)).get("chatSessionInvitationNotification")
            self.send_response(204)
            self.end_headers()
            if notice:
                url = f"{notice['link'][0]['href']}/status"
                body = {"participantSessionStatus": {"status": "Connected"}}
                session.put(url, json=body, timeout=_SECONDS)

        def log_message(self, *_words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Phone) as phone:
        threading.Thread(target=phone.serve_forever, daemon=True).start()
        reference = {
            "notifyURL": f"http://127.0.0.1:{phone.server_port}/",
            "notificationFormat": "JSON",
        }
        session.post(
            f"{root}/chat/v1/{quote(account.address, safe='')}/subscriptions",
            json={"chatNotificationSubscription": {"callbackReference": reference}},
            timeout=_SECONDS,
        ).raise_for_status()
        try:
            yield
        finally:
            phone.shutdown()
            session.close()
