"""The listener that the target posts its notifications to.

Each subscription has a path of its own that cannot be guessed. What arrives elsewhere is counted
and shown, and changes no verdict.
"""

import secrets
from collections import deque
from collections.abc import Callable
from threading import Condition
from urllib.parse import quote, urlsplit

from rcs_conformance.errors import WireError
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.inbox.content_coding import (
    ACCEPTED,
    DecodedTooLargeError,
    UnknownCodingError,
    decoded,
)
from rcs_conformance.inbox.distribution import Distribution
from rcs_conformance.inbox.mailbox import Mailbox, Reader
from rcs_conformance.inbox.turns import Turns
from rcs_conformance.model.exchange import REDACTED, Headers
from rcs_conformance.model.formats import Format
from rcs_conformance.model.media import Attachment
from rcs_conformance.serving import Environ, HttpService, StartResponse
from rcs_conformance.wire import Codec
from rcs_conformance.wire.charset import in_utf8
from rcs_conformance.wire.notification_list import listed

_STRAY_KEPT = 20
_PATH_SHOWN = 80
_LOOKING = ("GET", "HEAD", "OPTIONS")
_ALLOWED = ", ".join((*_LOOKING, "POST"))
_NOBODY = "https://files.example"


class Inbox:
    """An HTTP listener with a mailbox per subscription; and mailboxes that polls fill.

    Args:
        host: Address to listen on.
        port: Port to listen on; 0 takes a free one.
        public_url: How the target reaches the listener; empty where `host` and port do.
        codec: Reads what arrives.
        log: Numbers and keeps what is looked at.
        max_body_bytes: Larger notifications are answered 413.
        listens: Whether there is a listener, and not only mailboxes that polls fill.

    Raises:
        ConfigurationError: The address cannot be listened on.
    """

    def __init__(
        self,
        *,
        host: str,
        port: int,
        public_url: str,
        codec: Codec,
        log: EvidenceLog,
        max_body_bytes: int,
        listens: bool = True,
    ) -> None:
        condition = Condition()
        turns = Turns(condition)
        self.reader = Reader(codec=codec, log=log, condition=condition, turns=turns)
        self._mailboxes: dict[str, Mailbox] = {}
        self._max_body_bytes = max_body_bytes
        self._hooks: dict[str, tuple[Format, Distribution]] = {}
        self._shelf: dict[str, Attachment] = {}
        self._stray: deque[str] = deque(maxlen=_STRAY_KEPT)
        self._service = (
            HttpService(self._answer, host=host, port=port, max_body_bytes=max_body_bytes)
            if listens and log.journal.is_live
            else None
        )
        public = (public_url or self.root).rstrip("/")
        self._public = log.journal.observed("listener", lambda: public)
        self._prefix = urlsplit(self._public).path

    def open(self, user: str, fmt: Format) -> Mailbox:
        """A new mailbox for a subscription of a user."""
        path = self._path(f" of {user} in {fmt}")
        mailbox = self._mailboxes[path] = self._new(user, fmt, self._public + path)
        return mailbox

    def hook(self, fmt: Format) -> tuple[str, Distribution]:
        """A URL that a channel posts to, with the mailboxes that are filled from there.

        Args:
            fmt: Of the notifications.
        """
        path = self._path()
        distribution = Distribution()
        self._hooks[path] = (fmt, distribution)
        return self._public + path, distribution

    def open_at(self, user: str, fmt: Format, url: str) -> Mailbox:
        """A new mailbox for a subscription that has its notifications sent elsewhere.

        Args:
            user: Whose subscription it is.
            fmt: Of its notifications.
            url: Where they are sent; whoever has them from there puts them in.
        """
        return self._new(user, fmt, url)

    def shelve(self, file: Attachment) -> str:
        """Put content where the target can fetch it; its URL, which ends in the file's name.

        Where nothing listens it is a URL of nobody's.
        """
        path = f"{self._path()}/{quote(file.name)}"
        self._shelf[path] = file
        return (self._public or _NOBODY) + path

    def stray(self) -> tuple[str, ...]:
        """The last requests that fitted no mailbox, one line each."""
        return tuple(self.reader.log.journal.observed("stray", lambda: list(self._stray)))

    def clear(self) -> None:
        """Forget what arrived in all mailboxes, and the content for the target."""
        self._shelf.clear()
        self.reader.clear()

    @property
    def root(self) -> str:
        """The URL of the listener itself; empty where there is none."""
        return "" if self._service is None else self._service.root

    def close(self) -> None:
        """Stop listening."""
        if self._service is not None:
            self._service.close()

    def _path(self, owner: str = "") -> str:
        """A path that nobody can guess."""
        return f"/{self._observed(f'path{owner}', lambda: secrets.token_urlsafe(16))}"

    def _observed(self, what: str, look: Callable[[], str]) -> str:
        return self.reader.log.journal.observed(what, look)

    def _new(self, user: str, fmt: Format, url: str) -> Mailbox:
        return Mailbox(
            user=user,
            fmt=fmt,
            callback_data=self._observed(
                f"callback data of {user} in {fmt}", lambda: secrets.token_hex(8)
            ),
            url=url,
            reader=self.reader,
        )

    def _answer(self, environ: Environ, start_response: StartResponse) -> list[bytes]:
        path, method = str(environ["PATH_INFO"]), environ["REQUEST_METHOD"]
        own = path.removeprefix(self._prefix)
        file = self._shelf.get(quote(own)) if method in ("GET", "HEAD") else None
        if file is not None:
            fields = [("Content-Type", file.media_type), ("Content-Length", str(len(file.data)))]
            start_response("200 OK", fields)
            return [file.data] if method == "GET" else []
        put = self._receiver(own) or self._receiver(path)
        if put is None:
            self._stray.append(f"{method[:_PATH_SHOWN]} {path[:_PATH_SHOWN]!r}")
            start_response("404 Not Found", [("Content-Length", "0")])
        elif method in _LOOKING:  # some servers look whether a URL is there before they send
            start_response("200 OK", [("Allow", _ALLOWED), ("Content-Length", "0")])
        elif method != "POST":
            self._stray.append(f"{method[:_PATH_SHOWN]} to a subscription's URL")
            start_response("405 Method Not Allowed", [("Allow", _ALLOWED), ("Content-Length", "0")])
        else:
            start_response(*self._taken(put, environ))
        return []

    def _receiver(self, path: str) -> Callable[[Headers, bytes], None] | None:
        """What takes what is posted to a path; `None` where nothing does."""
        if mailbox := self._mailboxes.get(path):
            return mailbox.put
        if path not in self._hooks:
            return None
        fmt, distribution = self._hooks[path]
        names = self.reader.codec.names

        def put(headers: Headers, body: bytes) -> None:
            try:
                found = listed(body, fmt, names)
            except WireError:
                distribution.put(None, headers, body)
                return
            for each in found:
                distribution.put(each, headers, body)

        return put

    def _taken(
        self, put: Callable[[Headers, bytes], None], environ: Environ
    ) -> tuple[str, list[tuple[str, str]]]:
        """Put what was posted into its mailbox; status and header of the answer."""
        body: bytes = environ["wsgi.input"].read()
        try:
            body = decoded(body, environ.get("HTTP_CONTENT_ENCODING", ""), self._max_body_bytes)
        except UnknownCodingError:
            fields = [("Accept-Encoding", ACCEPTED), ("Content-Length", "0")]
            return "415 Unsupported Media Type", fields
        except DecodedTooLargeError:
            return "413 Content Too Large", [("Content-Length", "0")]
        except ValueError:
            pass  # kept as it came: it cannot be read, and a check says so
        put(_headers(environ), in_utf8(body, environ.get("CONTENT_TYPE", "")))
        return "204 No Content", []


def _headers(environ: Environ) -> Headers:
    """The header fields, their names in lower case; credentials of the target redacted."""
    plain = ("CONTENT_TYPE", "CONTENT_LENGTH")
    return tuple(
        (
            name.removeprefix("HTTP_").replace("_", "-").lower(),
            REDACTED if name == "HTTP_AUTHORIZATION" else str(value),
        )
        for name, value in environ.items()
        if name.startswith("HTTP_") or name in plain
    )
