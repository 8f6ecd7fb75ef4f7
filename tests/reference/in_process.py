"""An application without a socket, and a transcript of all that it answers and notifies."""

import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from rcs_conformance.reference import DEFAULT_ACCOUNTS, FAULTS, VARIATIONS
from rcs_conformance.reference.application import assemble
from rcs_conformance.reference.notices import Outgoing
from rcs_conformance.reference.registry import chosen, combined
from rcs_conformance.wire import Codec

JSON, XML, FORM = "application/json", "application/xml", "application/x-www-form-urlencoded"
USERS = tuple(account.address for account in DEFAULT_ACCOUNTS)
SIP, CONTACT = f"{DEFAULT_ACCOUNTS[1].sip}", f"{DEFAULT_ACCOUNTS[1].contact}"
_NOW = re.compile(rb"20\d\d-\d\d-\d\dT[\d:]+\.\d{3}Z")

Lines = list[str]
Environ = dict[str, Any]
Exchanged = tuple[str, list[tuple[str, str]], list[bytes]]


def _raw(body: object) -> bytes:
    if isinstance(body, bytes):
        return body
    text = body if isinstance(body, str) else "" if body is None else json.dumps(body)
    return text.encode()


@dataclass
class Outlet:
    """Keeps notices in order, as lines."""

    lines: Lines
    encode: Any = None
    last: Any = None

    def put(self, notice: Outgoing) -> None:
        """Keep a notice."""
        body = _NOW.sub(b"NOW", self.encode(notice))
        told: Any = notice
        user = told.subscription.owner
        self.lines.append(f"-> {user} {notice.hold:.2f} {notice.overtakes} {body.decode()}")
        content = notice.content
        self.last[user, type(content).__name__] = content


class InProcess:
    """Speaks WSGI to an application with the given deviations and keeps a transcript."""

    def __init__(self, faults: tuple[str, ...] = (), variations: tuple[str, ...] = ()) -> None:
        deviations = [
            *chosen("fault", faults, FAULTS),
            *chosen("variation", variations, VARIATIONS),
        ]
        rules = combined(deviations, seed=7)
        codec = Codec()
        self.lines: Lines = []
        self.told: dict[tuple[str, str], Any] = {}
        self.outlet = Outlet(
            self.lines,
            lambda notice: rules.written(
                codec.encode(notice.content, notice.format), notice.format
            ),
            self.told,
        )
        self.application = assemble(DEFAULT_ACCOUNTS, rules, self.outlet)

    def ask(
        self,
        user: int,
        method: str,
        path: str,
        body: object = None,
        *,
        kind: str = JSON,
        accept: str = JSON,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, dict[str, str], str]:
        """Send one request as a user; the body is bytes, text, or a structure for JSON."""
        raw = _raw(body)
        environ: Environ = {
            "REQUEST_METHOD": method,
            "REQUEST_URI": path,
            "PATH_INFO": path,
            "SERVER_NAME": "server",
            "SERVER_PORT": "80",
            "HTTP_HOST": "server:80",
            "HTTP_ACCEPT": accept,
            "HTTP_AUTHORIZATION": f"Bearer token-{user}",
            "CONTENT_TYPE": kind if raw else "",
            "wsgi.input": io.BytesIO(raw),
            **(headers or {}),
        }
        environ = {name: value for name, value in environ.items() if value is not None}
        status, answered, pieces = self.exchanged(environ, raw)
        text = _NOW.sub(b"NOW", b"".join(pieces)).decode(errors="backslashreplace")
        self.lines.append(f"{method} {path} {status} {sorted(answered)} {len(pieces)} {text}")
        return int(status[:3]), dict(answered), text

    def exchanged(self, environ: Environ, raw: bytes) -> Exchanged:
        """Send a request with a body; status, header fields and pieces of the response."""
        got: list[Any] = []

        def start_response(*line: Any) -> Any:  # noqa: ANN401 - as PEP 3333 leaves it
            got.extend(line)

        pieces = list(self.application(environ, start_response))
        return got[0], got[1], pieces

    def url(self, user: int, *segments: str) -> str:
        """The path of a resource of a user."""
        return "/".join(["/chat/v1", quote(USERS[user], safe=""), *segments])

    def session(self, user: int) -> str:
        """The segments of the chat that a user was invited to last."""
        told = self.told.get((USERS[user], "GroupChatSessionInvitationNotification"))
        return f"group/{quote((told and told.session_id) or 'none', safe='')}"

    def own(self, user: int, chat: str) -> str:
        """The path of a user's own participant in a chat."""
        return self.url(user, chat, "participants", quote(USERS[user], safe=""))
