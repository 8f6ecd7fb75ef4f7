"""The reference server on a real socket."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from types import TracebackType
from typing import Self
from uuid import UUID

from rcs_conformance.binding import Authentication
from rcs_conformance.reference.application import assemble
from rcs_conformance.reference.channel import Channels
from rcs_conformance.reference.delivery import Dispatcher
from rcs_conformance.reference.dialects import Dialect
from rcs_conformance.reference.faults import FAULTS
from rcs_conformance.reference.registry import chosen, combined
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Account
from rcs_conformance.reference.variations import VARIATIONS
from rcs_conformance.serving import HttpService, wait_for
from rcs_conformance.wire.vocabulary import dialect

DEFAULT_ACCOUNTS = tuple(
    Account(
        address=f"tel:+1555010{number}",
        token=f"token-{number}",
        sip=f"sip:+1555010{number}@example.com",
        contact=f"acr:contact-{number}",
        aliases=(f"sip:+1555010{number}@rcs.example.com",),
        token_without_scope=f"token-{number}-without-scope",
    )
    for number in range(4)
)
"""The users of a server that is given none."""

_PILOT_ACCOUNTS = tuple(
    replace(account, id=account.address.removeprefix("tel:"), token_without_scope="")
    for account in DEFAULT_ACCOUNTS
)
_KANDY_ACCOUNTS = tuple(
    Account(
        address=f"user-{number}@rcs.example.com",
        token=account.token,
        sip=account.sip,
        contact=account.contact,
        aliases=(account.address,),
        token_without_scope=account.token_without_scope,
        id=str(UUID(int=number + 1)),
    )
    for number, account in enumerate(DEFAULT_ACCOUNTS)
)
_ACCOUNTS = {"gsma-pilot": _PILOT_ACCOUNTS, "kandy": _KANDY_ACCOUNTS}
"""Users whose addresses and ids have the form that a dialect knows, by its name."""


def accounts_of(binding: str) -> tuple[Account, ...]:
    """The users of a server that is given none, as they are called in the dialect of a binding."""
    return _ACCOUNTS.get(binding, DEFAULT_ACCOUNTS)


_HARD_BODY_LIMIT = 8 << 20
"""Beyond this many bytes a body does not reach the application."""


class ReferenceServer:
    """A server of the Chat API that conforms, except for the given deviations.

    It runs from its construction until `close`, or for the length of a `with` block.

    Args:
        accounts: The users.
        host: Where it listens.
        port: 0 for a free one.
        faults: Names of `FAULTS`.
        variations: Names of `VARIATIONS`.
        rules: Further rules of its own.
        latency_ms: Milliseconds that each response is delayed.
        notification_delay_ms: Milliseconds that each notification is delayed.
        seed: Of all that is left to chance.
        scheme: Of the URLs in its responses: `https` behind a proxy that speaks TLS.
        binding: Name of a shipped binding, or path of a binding file: the dialect that it speaks.

    Attributes:
        root: The server root, such as `http://127.0.0.1:8080`.

    Raises:
        ConfigurationError: A deviation or binding is unknown, or the address cannot be listened on.
    """

    def __init__(  # noqa: PLR0913 - one for each thing that servers differ in
        self,
        accounts: Iterable[Account] = DEFAULT_ACCOUNTS,
        *,
        host: str = "127.0.0.1",
        port: int = 0,
        faults: Iterable[str] = (),
        variations: Iterable[str] = (),
        rules: Iterable[type[Rules]] = (),
        latency_ms: float = 0,
        notification_delay_ms: float = 0,
        seed: int = 0,
        scheme: str = "http",
        binding: str = "oma-v1",
    ) -> None:
        spoken = dialect(binding)
        self.rules = combined([*_deviations(faults, variations), *rules], seed)
        self.rules.services = spoken.services
        self.rules.keeps_one_subscription = spoken.subscriptions_per_user is not None
        self._channels = Channels()
        self._dispatcher = Dispatcher(
            self.rules,
            self._channels,
            Dialect(binding=spoken),
            notification_delay_ms / 1000,
        )
        self._application = assemble(
            _known_by(spoken.authentication, accounts),
            self.rules,
            self._dispatcher,
            channels=self._channels,
            binding=spoken,
            latency=latency_ms / 1000,
        )
        self._http = HttpService(
            self._application,
            host=host,
            port=port,
            max_body_bytes=_HARD_BODY_LIMIT,
            scheme=scheme,
        )
        self.root = self._http.root

    def grant(self, token: str, address: str, seconds: float) -> None:
        """Accept a further access token for a user, until it expires."""
        self._application.grant(token, address, seconds)

    def quiesce(self, timeout: float = 5.0) -> bool:
        """Wait until every notification is delivered or given up; `False` after `timeout` s."""
        return self._dispatcher.quiesce(timeout)

    def wait(self) -> None:
        """Block until the server is closed."""
        wait_for(self._application.closing)

    def close(self) -> None:
        """Stop serving; notifications that wait are dropped. A second call does nothing."""
        if self._application.closing.is_set():
            return
        self._application.closing.set()
        self._channels.close()
        self._http.close()
        self._dispatcher.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def serve(  # noqa: PLR0913 - those of the server
    announce: Callable[[str], None],
    accounts: Iterable[Account] = DEFAULT_ACCOUNTS,
    *,
    host: str = "127.0.0.1",
    port: int = 8080,
    faults: Iterable[str] = (),
    variations: Iterable[str] = (),
    latency_ms: float = 0,
    notification_delay_ms: float = 0,
    seed: int = 0,
    binding: str = "oma-v1",
) -> None:
    """Run a server until it is interrupted.

    Args:
        announce: Called once with the server root, when it listens.
        accounts: As of `ReferenceServer`, like all that follow.
        host: See there.
        port: See there.
        faults: See there.
        variations: See there.
        latency_ms: See there.
        notification_delay_ms: See there.
        seed: See there.
        binding: See there.
    """
    with ReferenceServer(
        accounts,
        host=host,
        port=port,
        faults=faults,
        variations=variations,
        latency_ms=latency_ms,
        notification_delay_ms=notification_delay_ms,
        seed=seed,
        binding=binding,
    ) as server:
        announce(server.root)
        try:
            server.wait()
        except KeyboardInterrupt:
            return


def _deviations(faults: Iterable[str], variations: Iterable[str]) -> list[type[Rules]]:
    """The rules of the faults and variations named."""
    return [*chosen("fault", faults, FAULTS), *chosen("variation", variations, VARIATIONS)]


def _known_by(scheme: Authentication, accounts: Iterable[Account]) -> Iterable[Account]:
    """The users, with user names where they authenticate by those: as given, or `logins`."""
    if scheme is Authentication.BEARER:
        return accounts
    is_digest = scheme is Authentication.DIGEST
    return [
        replace(each, username=each.username or each.logins[-1], digest=is_digest)
        for each in accounts
    ]
