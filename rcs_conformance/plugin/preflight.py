"""Before the first test: whether the URL is a Chat API and accepts the users.

One request for each user that changes nothing: GET of its subscriptions. Where the target does not
claim that, POST of a subscription without a body, which no server can accept. Only what would make
every test meaningless ends a run here; the tests find the rest.
"""

import socket

from rcs_conformance.binding import Binding
from rcs_conformance.driver import Actor, CredentialStore
from rcs_conformance.errors import (
    ConfigurationError,
    DeadlineExceeded,
    HandshakeError,
    Inconclusive,
    TargetError,
)
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.chat import ChatSubscriptionList
from rcs_conformance.model.exchange import Exchange, header
from rcs_conformance.model.formats import Format
from rcs_conformance.target import Notifications, Target, User

_FORMATS = frozenset(fmt.media_type for fmt in Format)


def check_target(
    target: Target, binding: Binding, log: EvidenceLog, fmt: Format, *, lists: bool
) -> None:
    """Read each user's subscriptions.

    Args:
        target: The implementation under test.
        binding: How it spells things.
        log: Where the exchanges are recorded.
        fmt: A format that the target claims.
        lists: Whether the target claims GET of subscriptions.

    Raises:
        ConfigurationError: It does not respond, is not a Chat API, or rejects a user; or no
            access token can be obtained.
    """
    store = CredentialStore(target, binding, log)
    for user in target.users:
        actor = Actor(target, user, binding, log, credential_store=store)
        try:
            exchange = _exchange(actor, "GET" if lists else "POST", fmt)
        except Inconclusive as error:
            raise ConfigurationError(f"server_root {target.server_root}: {error}") from error
        except TargetError as error:
            hint = "" if isinstance(error, HandshakeError) else "; is the server running?"
            raise ConfigurationError(f"server_root {target.server_root}: {error}{hint}") from error
        finally:
            actor.close()
        _check(exchange, user, target.server_root)
        if binding.subscriptions_per_user is not None:
            _check_unused(exchange, user)


def _exchange(actor: Actor, method: str, fmt: Format) -> Exchange:
    """The request of a user; once more where the connection is lost, as happens on a bad network.

    Raises:
        TargetError: There is no response.
        Inconclusive: A limit of the target keeps it from responding.
    """
    try:
        return actor.send(method, "subscriptions", fmt=fmt)
    except (DeadlineExceeded, HandshakeError):
        raise
    except TargetError:
        return actor.send(method, "subscriptions", fmt=fmt)


def _check_unused(exchange: Exchange, user: User) -> None:
    """Check that nobody has the one subscription of a user.

    Raises:
        ConfigurationError: Somebody has.
    """
    listed = exchange.answer.content
    if isinstance(listed, ChatSubscriptionList) and listed.chat_notification_subscription:
        raise ConfigurationError(
            f"user {user.address}: has a subscription, and can have one only (binding:"
            " subscriptions_per_user = 1): wait for the run or client that uses it, or end it"
        )


def check_listener(notifications: Notifications, *, alone: bool) -> None:
    """Check that the listener for notifications can start.

    Args:
        notifications: The address to listen on.
        alone: Whether a single process listens; several workers need a port each.

    Raises:
        ConfigurationError: The port is in use, the address is not of this machine, or the port
            is fixed for several workers.
    """
    if not notifications.listens:
        return  # no listener
    host, port = notifications.listen_host, notifications.listen_port
    if port and not alone:
        raise ConfigurationError(
            f"[notifications] listen = {host}:{port}: several workers need a port each;"
            " set port 0, or run without -n"
        )
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        socket.create_server((host, port), family=family).close()
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigurationError(f"[notifications] listen = {host}:{port}: {reason}") from error


def _check(exchange: Exchange, user: User, root: str) -> None:
    address = user.address
    status = exchange.answer.status
    media_type = (header(exchange.answer.headers, "content-type") or "").partition(";")[0].strip()
    is_api = media_type.lower() in _FORMATS or exchange.answer.content is not None
    if status == 401:
        what, where = _authentication(user)
        raise ConfigurationError(
            f"user {address}: the target rejects {what} (status 401); check {where}"
        )
    if status in {403, 404} and is_api:
        raise ConfigurationError(
            f"user {address}: the target does not know the user (status {status} for"
            f" {exchange.request.url}); check [[users]] address"
        )
    has_no_such = status == 404 or (status == 405 and exchange.request.method == "POST")
    if not is_api and (has_no_such or status < 400):
        raise ConfigurationError(
            f"server_root {root}: not the Chat API: {exchange.request.url} returns status {status}"
            f" with {media_type or 'no media type'}; check server_root"
        )


def _authentication(user: User) -> tuple[str, str]:
    """What a user authenticates with, and where it is configured."""
    if user.client is not None:
        return "the token of its client", "client_id and scope in [[users]] or [auth]"
    if user.username is not None:
        return "its user name and password", "username and password in [[users]] or [auth]"
    return "its token", "[[users]] token"
