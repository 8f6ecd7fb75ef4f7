"""The users of the target, by the names that tests give them."""

from rcs_conformance.binding import Binding
from rcs_conformance.driver import Actor, CredentialStore, Ledger, RateLimit
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.target import Target, User


class Users:
    """The users that a target file names, each with a keep-alive session of its own.

    Args:
        target: The implementation under test.
        binding: Its resources and the spelling of its bodies.
        log: The evidence of the current example.
        workers: How many processes of the run share the rate of requests that is allowed.
        ledger: Where what the users make is noted; `None`: nowhere.
    """

    def __init__(
        self,
        target: Target,
        binding: Binding,
        log: EvidenceLog,
        *,
        workers: int = 1,
        ledger: Ledger | None = None,
    ) -> None:
        self.target = target
        self.binding = binding
        self.log = log
        rate = target.limits.requests_per_second
        self.rate_limit = RateLimit(None if rate is None else rate / workers)
        self.credential_store = CredentialStore(target, binding, log)
        self._ledger = ledger
        self.actors = tuple(self._actor(user) for user in target.users)
        self._devices: dict[str, Actor] = {}

    def _actor(self, user: User) -> Actor:
        return Actor(
            self.target,
            user,
            self.binding,
            self.log,
            self.rate_limit,
            self.credential_store,
            self._ledger,
        )

    def second_device(self, who: Actor) -> Actor:
        """The same user with a further connection, so that it can send two requests at once."""
        if who.address not in self._devices:
            self._devices[who.address] = self._actor(who.user)
        return self._devices[who.address]

    @property
    def alice(self) -> Actor:
        """The first user, who mostly begins."""
        return self.actors[0]

    @property
    def bob(self) -> Actor:
        return self.actors[1]

    @property
    def carol(self) -> Actor:
        return self.actors[2]

    @property
    def dave(self) -> Actor:
        """The fourth user, who is added later.

        Raises:
            Inconclusive: The target file names three users only.
        """
        if len(self.actors) < 4:
            raise Inconclusive(
                Cause.CONFIGURATION, "[[users]] of the target file: this test needs a fourth user"
            )
        return self.actors[3]

    @property
    def last(self) -> Actor:
        """The last user: dave, or carol where there are three; it is in fewer chats than others."""
        return self.actors[-1]

    def close(self) -> None:
        for actor in (*self.actors, *self._devices.values()):
            actor.close()
