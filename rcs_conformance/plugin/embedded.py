"""The embedded target: the reference server, started for one run, in each process with tests."""

import sys
from collections.abc import Iterable

from rcs_conformance.plugin.options import DEFAULT_BINDING, embedded_target
from rcs_conformance.reference import Account, ReferenceServer
from rcs_conformance.reference.rules import Rules
from rcs_conformance.target import Target

_SWITCH_SECONDS = 0.0005


class Embedded:
    """The reference server of one process of a run, in threads beside its tests.

    Tests and server wait for each other at every exchange; with Python's usual 5 ms between
    switches of threads, the one that could go on would often wait for the other to finish.

    Args:
        faults: Names of clauses' faults that the server is to have.
        variations: Names of the freedoms that it is to make use of.
        rules: Further rules of its own.
        binding: The dialect that it speaks.

    Raises:
        ConfigurationError: A fault, a variation or the binding cannot be used.
    """

    def __init__(
        self,
        *,
        faults: Iterable[str] = (),
        variations: Iterable[str] = (),
        rules: Iterable[type[Rules]] = (),
        binding: str = DEFAULT_BINDING,
    ) -> None:
        sys.setswitchinterval(_SWITCH_SECONDS)
        accounts = [
            Account(
                address=user.address,
                token=user.token.reveal(),
                sip=user.sip,
                contact=user.contact,
                aliases=user.aliases,
                id=user.id,
                token_without_scope=(
                    user.token_without_scope.reveal() if user.token_without_scope else ""
                ),
            )
            for user in embedded_target().users
        ]
        self._binding = binding
        self._server = ReferenceServer(
            accounts, faults=faults, variations=variations, rules=rules, binding=binding
        )

    @property
    def target(self) -> Target:
        """What the server claims, and where it is."""
        return embedded_target(self._server.root, self._binding)

    def quiesce(self, seconds: float) -> bool:
        """Wait until every notification is delivered; `False` after so many seconds."""
        return self._server.quiesce(seconds)

    def close(self) -> None:
        """Stop the server."""
        self._server.close()
