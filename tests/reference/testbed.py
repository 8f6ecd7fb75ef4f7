"""A server, a listener and users on real sockets, for the tests of the reference server."""

import json
import threading
from collections.abc import Callable, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import quote

import requests

from rcs_conformance.reference import ReferenceServer

USERS = tuple(f"tel:+1555010{number}" for number in range(4))
"""The users of a server that is given none."""

WAIT = 5.0
"""Seconds in which a notification must arrive."""

Members = dict[str, Any]


class Listener:
    """Receives notifications; every path is a mailbox of its own."""

    def __init__(
        self, response: Callable[[str], int] = lambda _path: 204, *, content: bytes = b""
    ) -> None:
        self.bodies: list[tuple[str, str, bytes]] = []
        self._arrival = threading.Condition()
        listener = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True
            wbufsize = -1

            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                listener.take(self.path, self.headers["Content-Type"], body)
                self.send_response(200 if content else response(self.path))
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_arguments: object) -> None:
                return

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._http.daemon_threads = True
        self.root = f"http://127.0.0.1:{self._http.server_port}"
        self._thread = threading.Thread(
            target=self._http.serve_forever, kwargs={"poll_interval": 0.01}
        )
        self._thread.start()

    def take(self, path: str, kind: str, body: bytes) -> None:
        """Keep a notification."""
        with self._arrival:
            self.bodies.append((path, kind, body))
            self._arrival.notify_all()

    def of(self, user: int) -> list[tuple[str, Members]]:
        """The JSON notifications of a user so far: root and members."""
        with self._arrival:
            mine = [body for path, _, body in self.bodies if path == f"/{user}"]
        return [next(iter(json.loads(body).items())) for body in mine]

    def wait_for(self, user: int, root: str, count: int = 1) -> list[Members]:
        """The notifications of a kind to a user, once there are as many."""

        def found() -> list[Members]:
            return [members for name, members in self.of(user) if name == root]

        with self._arrival:
            assert self._arrival.wait_for(lambda: len(found()) >= count, WAIT), self.bodies
        return found()

    def close(self) -> None:
        """Stop listening."""
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


class Bed:
    """A server with a listener and one keep-alive session for each user."""

    def __init__(self, server: ReferenceServer, listener: Listener) -> None:
        self.server = server
        self.listener = listener
        self._sessions = [requests.Session() for _ in USERS]
        for number, session in enumerate(self._sessions):
            session.trust_env = False
            session.headers.update({"Authorization": f"Bearer token-{number}"})

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        for session in self._sessions:
            session.close()
        self.server.close()
        self.listener.close()

    def url(self, user: int, *segments: str) -> str:
        """The URL of a resource of a user."""
        return "/".join([self.server.root, "chat/v1", quote(USERS[user], safe=""), *segments])

    def ask(
        self,
        user: int,
        method: str,
        url: str,
        body: object = None,
        headers: Mapping[str, str | None] | None = None,
    ) -> requests.Response:
        """Send a request as a user; a body that is no text is sent as JSON."""
        sent = dict(headers or {})
        data: bytes | None = None
        if isinstance(body, str):
            data = body.encode()
        elif body is not None:
            data = json.dumps(body).encode()
            sent = {"Content-Type": "application/json", **sent}
        session = self._sessions[user]
        return session.request(method, url, data=data, headers=sent, timeout=WAIT)

    def subscribe(self, *users: int, fmt: str = "JSON", path: str = "") -> str:
        """Subscribe users, each to its own path of the listener; the last one's URL."""
        for user in users:
            reference = {
                "notifyURL": f"{self.listener.root}/{path or user}",
                "callbackData": f"data {user}",
                "notificationFormat": fmt,
            }
            body = {"chatNotificationSubscription": {"callbackReference": reference}}
            response = self.ask(user, "POST", self.url(user, "subscriptions"), body)
            assert response.status_code == 201, response.text
        return response.headers["Location"]

    def start(self, *invited: int, **members: object) -> str:
        """Start a group chat as the first user; its URL."""
        entries: list[Members] = [{"address": USERS[0], "isOriginator": True}]
        entries += [{"address": USERS[user]} for user in invited]
        body = {"groupChatSessionInformation": {"participant": entries, **members}}
        response = self.ask(0, "POST", self.url(0, "group"), body)
        assert response.status_code == 201, response.text
        return response.headers["Location"]

    def beside(self, user: int, other: int, *segments: str) -> str:
        """The URL of a user's 1-to-1 chats with another."""
        return self.url(user, "oneToOne", quote(USERS[other], safe=""), *segments)

    def session(self, **members: object) -> requests.Response:
        """Start a 1-to-1 session of the first two users."""
        parties = {"originatorAddress": USERS[0], "tParticipantAddress": USERS[1]}
        body = {"chatSessionInformation": {**parties, **members}}
        return self.ask(0, "POST", self.beside(0, 1), body)

    def opened(self, **members: object) -> tuple[str, str]:
        """The URLs of a session that the second user has accepted, as each of them sees it."""
        mine = self.session(**members).headers["Location"]
        assert self.server.quiesce()
        own = self.invitation(1, "chatSessionInvitationNotification")
        assert self.connect(1, own).status_code == 204
        return mine, own

    def connect(self, user: int, url: str) -> requests.Response:
        """Accept an invitation, or re-join."""
        body = {"participantSessionStatus": {"status": "Connected"}}
        return self.ask(user, "PUT", f"{url}/status", body)

    def read(self, user: int, url: str) -> Members:
        """What is read under a URL: the members of its root."""
        response = self.ask(user, "GET", url, headers={"Accept": "application/json"})
        assert response.status_code == 200, response.text
        content: Members = next(iter(response.json().values()))
        return content

    def club(self, *others: int, **members: object) -> requests.Response:
        """Make a long-lived group chat of the first user and others."""
        entries: list[Members] = [{"address": USERS[0], "isOriginator": True}]
        entries += [{"address": USERS[user]} for user in others]
        info = {"subject": "Club", "participant": entries, **members}
        body = {"longLivedGroupChatInformation": info}
        return self.ask(0, "POST", self.url(0, "longLivedGroup"), body)

    def pull(self, trigger: str, **members: object) -> int:
        """Pull a trigger; the status of the response."""
        url = f"{self.server.root}/__control/v1/{trigger}"
        return self.ask(0, "POST", url, members).status_code

    def invitation(self, user: int, root: str = "groupChatSessionInvitationNotification") -> str:
        """The URL of the chat that a user was invited to last."""
        return str(self.listener.wait_for(user, root)[-1]["link"][0]["href"])

    def own(self, user: int, chat: str) -> str:
        """The URL of a user's own participant."""
        return f"{chat}/participants/{quote(USERS[user], safe='')}"

    def accept(self, user: int, *services: str) -> str:
        """Accept the last invitation; the URL of the chat."""
        chat = self.invitation(user)
        body = {"participantSessionStatus": {"status": "Connected", "supportedService": services}}
        response = self.ask(user, "PUT", f"{self.own(user, chat)}/status", body)
        assert response.status_code == 204, response.text
        return chat

    def send(self, user: int, chat: str, text: str, **members: object) -> requests.Response:
        """Send a message."""
        body = {"chatMessage": {"text": text, **members}}
        return self.ask(user, "POST", f"{chat}/messages", body)

    def statuses(self, user: int, chat: str) -> dict[str, str]:
        """The participants of a chat with their statuses, as a user sees them."""
        response = self.ask(
            user, "GET", f"{chat}/participants", headers={"Accept": "application/json"}
        )
        listed = response.json()["participantList"]["participant"]
        return {entry["address"]: entry["status"] for entry in listed}
