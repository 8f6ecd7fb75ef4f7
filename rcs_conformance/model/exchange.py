"""What was seen on the wire: exchanges with the target and notifications from it.

All of it is in wire form: bytes and headers as they came. Credentials never get this far: the
driver puts `REDACTED` in their place before a record is made.
"""

from dataclasses import dataclass
from datetime import datetime

from rcs_conformance.model.formats import Format, format_of

REDACTED = "***"
"""Stands where a secret was."""

Headers = tuple[tuple[str, str], ...]
"""Header fields in order; names in lower case."""


def header(headers: Headers, name: str) -> str | None:
    """The value of a header field, several joined by a comma; `None` where it is absent."""
    wanted = name.lower()
    values = [value for key, value in headers if key == wanted]
    return ", ".join(values) if values else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A request as it was sent.

    Attributes:
        user: Address of the user on whose behalf it was sent.
        resource: Key of the resource in the binding, section 1, such as `groups`.
        method: The HTTP method.
        url: The absolute URL.
        headers: As sent, credentials redacted.
        body: As sent; empty where there was none.
        format: The representation that the answer must have by negotiation (binding, section 5).
        root: Name of the root that was sent; empty where the body is no structure.
        mutation: What is wrong with it, as a phrase; empty for a request that may succeed.
    """

    user: str
    resource: str
    method: str
    url: str
    headers: Headers
    body: bytes
    format: Format
    root: str = ""
    mutation: str = ""

    @property
    def operation(self) -> str:
        """Verb and resource, as in the SCR table: `POST groups`."""
        return f"{self.method} {self.resource}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to a request.

    Attributes:
        status: The HTTP status.
        headers: As they came.
        body: Decoded from transfer and content codings, otherwise as it came.
        root: Name of the body's root as the default binding spells it; empty where it has none.
        content: The structure in the body; `None` where there is none or it could not be read.
        problem: Why a body could not be read; empty where it could, and where there is none.
        charsets: What contradicts itself about the characters of the body; empty for nothing.
    """

    status: int
    headers: Headers
    body: bytes
    root: str = ""
    content: object | None = None
    problem: str = ""
    charsets: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A request and its answer.

    Attributes:
        number: Position in the evidence of its test, counted together with notifications.
        request: What was sent.
        answer: What came back.
        started: When the request was sent.
        seconds: From sending to the last byte of the answer.
        created_url: The URL of what was created, where the answer has two and serves one alone.
    """

    number: int
    request: Request
    answer: Answer
    started: datetime
    seconds: float
    created_url: str | None = None

    @property
    def body_format(self) -> Format:
        """The format in which the body of the answer is to be read, requested or not."""
        told = header(self.answer.headers, "content-type")
        return format_of(told, self.answer.body, self.request.format)

    def __str__(self) -> str:
        """One line for messages: `#3 POST groups -> 201`."""
        return f"#{self.number} {self.request.operation} -> {self.answer.status}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FailedExchange:
    """A request that got no answer that can be judged; `reason` says why."""

    number: int
    request: Request
    reason: str
    started: datetime
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Notification:
    """A notification that arrived at the inbox.

    Attributes:
        number: Position in the evidence of its test, counted together with exchanges.
        user: Address of the user whose subscription it came for.
        format: The format that the subscription asked for.
        callback_data: What the subscription gave to be returned.
        received: When it arrived.
        headers: As they came.
        body: As it came.
        root: Name of its root as the default binding spells it; empty where it has none.
        content: The structure it holds; `None` where it could not be read.
        problem: Why it could not be read; empty where it could.
        poll: The long poll that brought it; `None` where it was posted to the listener.
        spelt: Its root as it stood on the wire, where that is not `root`.
        by_socket: Whether it came through a WebSocket, so without header fields.
    """

    number: int
    user: str
    format: Format
    callback_data: str
    received: datetime
    headers: Headers
    body: bytes
    root: str
    content: object | None
    problem: str = ""
    poll: Exchange | None = None
    spelt: str = ""
    by_socket: bool = False

    @property
    def body_format(self) -> Format:
        """The format in which it is to be read: that of the poll that brought it, if one did."""
        return self.format if self.poll is None else self.poll.body_format

    def __str__(self) -> str:
        """One line for messages: `#7 chatMessageNotification to tel:+15550101`."""
        name = self.spelt or self.root or "unreadable notification"
        return f"#{self.number} {name} to {self.user}"


Event = Exchange | FailedExchange | Notification
"""What the evidence of a test is made of, in order of `number`."""
