"""The exceptions of the engine, and whose fault each of them tells of.

::

    RcsConformanceError
    +-- ConfigurationError    the tester's: a file, an option, an address that cannot be used
    |   +-- ConfigurationErrors   several such things at once
    +-- WireError             a body that cannot be read or written in a format
    +-- TargetError           the target's, or the network's between: no answer that can be judged
    |   +-- ConnectionBroken  a connection that lasts broke off, and nobody closed it
    |   +-- DeadlineExceeded  the answer was not complete in time
    |   +-- HandshakeError      the connection cannot be secured: a certificate that is not trusted
    |   +-- ResponseTooLarge    the answer is larger than the limits allow
    +-- Inconclusive          no verdict is possible, with its cause
    +-- NotApplicable         the target made use of a freedom that the requirement leaves it
    +-- HarnessError          ours: the suite itself is wrong
"""

from collections.abc import Iterable
from enum import StrEnum


class RcsConformanceError(Exception):
    """Base of all exceptions that the engine raises on purpose."""


class ConfigurationError(RcsConformanceError):
    """Something the tester gave cannot be used.

    The message is one line for the console: what is wrong, where, and what would be right.
    """


class ConfigurationErrors(ConfigurationError):  # noqa: N818 - several of them
    """Several things that the tester gave cannot be used.

    Attributes:
        lines: What is wrong, a line each.
    """

    def __init__(self, lines: Iterable[str]) -> None:
        self.lines = tuple(lines)
        super().__init__("; ".join(self.lines))


def lines_of(error: ConfigurationError) -> tuple[str, ...]:
    """What is wrong, a line each."""
    return error.lines if isinstance(error, ConfigurationErrors) else (str(error),)


class WireError(RcsConformanceError):
    """A body does not follow the format that it claims, or a value has no form in that format.

    Attributes:
        path: Where in the body, such as ``groupChatSessionInformation/participant[2]/address``;
            empty where the body as a whole is meant.
    """

    def __init__(self, message: str, path: str = "") -> None:
        super().__init__(f"{path}: {message}" if path else message)
        self.path = path


class TargetError(RcsConformanceError):
    """The target gave no answer that can be judged: unreachable, reset, not HTTP."""


class ConnectionBroken(TargetError):  # noqa: N818 - the field's word for it
    """A connection that lasts broke off without being closed, as on a bad network."""


class DeadlineExceeded(TargetError):  # noqa: N818 - the field's word for it
    """The answer was not complete within the deadline."""


class HandshakeError(TargetError):
    """The connection cannot be secured: a certificate is not trusted, or none is shown."""


class ResponseTooLarge(TargetError):  # noqa: N818 - says what happened
    """The answer is larger, on the wire or decoded, than the limits allow."""


class Cause(StrEnum):
    """Why a verdict could not be reached (design, section 3)."""

    PRECONDITION = "precondition"
    NETWORK = "network"
    TIMEOUT = "timeout"
    NO_TRIGGER = "no_trigger"
    NONDETERMINISTIC = "nondeterministic"
    CONFIGURATION = "configuration"
    UNAVAILABLE = "unavailable"


class Inconclusive(RcsConformanceError):  # noqa: N818 - the name of the verdict
    """A test cannot reach a verdict.

    Attributes:
        cause: The kind of reason.
        clause: With `Cause.PRECONDITION`, the clause whose failure stands in the way.
    """

    def __init__(self, cause: Cause, reason: str, clause: str = "") -> None:
        super().__init__(reason)
        self.cause = cause
        self.clause = clause

    def __reduce__(self) -> tuple[object, ...]:
        """For the way between processes."""
        return Inconclusive, (self.cause, str(self), self.clause)


class NotApplicable(RcsConformanceError):  # noqa: N818 - the name of the verdict
    """What a clause is about does not occur with this target, and need not."""


class HarnessError(RcsConformanceError):
    """The suite itself is wrong; nothing is said about the target."""
