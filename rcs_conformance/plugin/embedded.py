"""The embedded target: the reference server, started for one run and stopped after it."""

from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.reference import Account, ReferenceServer
from rcs_conformance.target import Target


class Embedded:
    """The reference server of this run."""

    def __init__(self) -> None:
        accounts = [
            Account(address=user.address, token=user.token.reveal())
            for user in embedded_target().users
        ]
        self._server = ReferenceServer(accounts)

    @property
    def target(self) -> Target:
        """What the server claims, and where it is."""
        return embedded_target(self._server.root)

    def close(self) -> None:
        """Stop the server."""
        self._server.close()
