"""Rejections: why a request is not carried out, as binding section 4 maps it."""

from collections.abc import Iterable

from rcs_conformance.model.common import PolicyException, RequestError, ServiceException

REALM = "chat"
"""Of all challenges."""


class Rejection(Exception):  # noqa: N818 - says what happens to the request
    """A request is answered with an error.

    Attributes:
        status: The HTTP status.
        message_id: `SVC` or `POL` and four digits.
        text: With `%1`... where the variables belong.
        variables: What the text refers to.
        headers: Further header fields of the response.
    """

    def __init__(
        self,
        status: int,
        message_id: str,
        text: str,
        *variables: str,
        headers: tuple[tuple[str, str], ...] = (),
    ) -> None:
        super().__init__(status, message_id, text, *variables)
        self.status = status
        self.message_id = message_id
        self.text = text
        self.variables = variables
        self.headers = headers

    def request_error(self) -> RequestError:
        """The body of the response."""
        if self.message_id.startswith("POL"):
            return RequestError(
                policy_exception=PolicyException(
                    message_id=self.message_id, text=self.text, variables=self.variables
                )
            )
        return RequestError(
            service_exception=ServiceException(
                message_id=self.message_id, text=self.text, variables=self.variables
            )
        )


def malformed(reason: str) -> Rejection:
    """400: the body or a member of it is invalid."""
    return Rejection(400, "SVC0002", "Invalid input for message part %1", reason)


def not_allowed_value(member: str, allowed: str) -> Rejection:
    """400: the value of a member is none of those allowed."""
    text = "Invalid input for message part %1; valid values are %2"
    return Rejection(400, "SVC0003", text, member, allowed)


def no_valid_address(address: str) -> Rejection:
    """400: an address is not valid."""
    return Rejection(400, "SVC0004", "No valid address in message part %1", address)


def unauthorised(scheme: str = "Bearer", parameters: str = "") -> Rejection:
    """401: no token or password, or an unknown one; says how to authenticate.

    Args:
        scheme: The authentication scheme.
        parameters: Of its challenge, behind the realm.
    """
    reason = ', error="invalid_token"' if scheme == "Bearer" else parameters
    challenge = (("WWW-Authenticate", f'{scheme} realm="{REALM}"{reason}'),)
    return Rejection(401, "SVC2003", "The access token is missing or invalid", headers=challenge)


def foreign_user(address: str) -> Rejection:
    """403: the token belongs to another user."""
    return Rejection(403, "POL2000", "The access token does not give access to %1", address)


def forbidden(reason: str) -> Rejection:
    """403: state or policy forbids this."""
    return Rejection(403, "POL0001", "A policy error occurred: %1", reason)


def first_message_refused() -> Rejection:
    """403: a session is not started with a message; only with a variation."""
    return Rejection(403, "POL1012", "A session is not started with a message")


def group_not_ended() -> Rejection:
    """403: a group chat is not ended by a request; only with a variation."""
    return Rejection(403, "POL1018", "Group chats are not ended by a request")


def confirmed_chat_unsupported() -> Rejection:
    """403: there are no confirmed 1-to-1 chats; only with a fault."""
    return Rejection(403, "POL1013", "Confirmed chats are not supported")


def adhoc_chat_unsupported() -> Rejection:
    """403: there are no ad-hoc chats; only with a fault."""
    return Rejection(403, "POL1014", "Ad-hoc chats are not supported")


def closed_group() -> Rejection:
    """403: nobody joins a closed group chat."""
    return Rejection(403, "POL1029", "The group chat is closed")


def not_found(name: str) -> Rejection:
    """404: the resource does not exist for this user."""
    return Rejection(404, "SVC2002", "The resource %1 does not exist", name)


def no_such_user(address: str) -> Rejection:
    """404: there is no user with such an address."""
    return Rejection(404, "SVC0004", "No valid address in message part %1", address)


def unknown_group_chat(url: str) -> Rejection:
    """404: a file transfer is in a group chat that does not exist for its user."""
    return Rejection(404, "SVC3001", "The group chat %1 does not exist", url)


def service_not_in_chat(service: str) -> Rejection:
    """403: a group chat does not have a service."""
    return Rejection(403, "POL3001", "The group chat does not support the service %1", service)


def wrong_method(method: str, verbs: Iterable[str]) -> Rejection:
    """405, with the verbs that the resource has."""
    allow = (("Allow", ", ".join(verbs)),)
    return Rejection(405, "SVC0001", "The resource does not support %1", method, headers=allow)


def not_implemented(method: str) -> Rejection:
    """501: a dialect has this verb, and what it does is no business of this server."""
    return Rejection(501, "SVC0001", "The server does not implement %1 here", method)


def not_acceptable(wanted: str) -> Rejection:
    """406: there is no response in a format that the client accepts."""
    return Rejection(406, "SVC0003", "No response as %1; there are %2", wanted, "XML and JSON")


def too_large(limit: int) -> Rejection:
    """413: the body is larger than the server accepts."""
    return Rejection(413, "SVC0001", "The body is larger than %1 bytes", str(limit))


def unsupported_media(media_type: str) -> Rejection:
    """415: the body is in a format that the resource does not accept."""
    return Rejection(415, "SVC0001", "Bodies of type %1 are not supported here", media_type)


def duplicate_correlator(correlator: str) -> Rejection:
    """409: the correlator was used before; only with a variation."""
    return Rejection(409, "SVC0005", "The client correlator %1 was used before", correlator)


def unsupported_channel(channel_type: str) -> Rejection:
    """403: there are no channels of this type."""
    return Rejection(403, "POL1023", "Channels of type %1 are not supported", channel_type)


def second_poll() -> Rejection:
    """409: a second poll of the channel began."""
    return Rejection(409, "SVC1012", "Another long poll of this channel has begun")


def internal_error() -> Rejection:
    """500: the server failed."""
    return Rejection(500, "SVC0001", "A service error occurred: %1", "internal")


def unavailable() -> Rejection:
    """503: the server is starting or closing."""
    text = "The service is temporarily unavailable"
    return Rejection(503, "SVC2001", text, headers=(("Retry-After", "1"),))
