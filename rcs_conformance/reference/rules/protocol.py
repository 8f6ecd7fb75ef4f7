"""Rules of the protocol: how requests are taken and answered."""

import base64
import random
from collections.abc import Callable
from typing import ClassVar

from rcs_conformance.model.formats import Format
from rcs_conformance.reference import refusals
from rcs_conformance.reference.calls import Answer, Call, RawAnswer
from rcs_conformance.reference.refusals import Refusal
from rcs_conformance.reference.state import Account, Accounts

Operate = Callable[[object], Answer]
"""Carries a request out, given the structure of its body."""


class ProtocolRules:
    """What the server does with any request.

    Attributes:
        deviations: Those that were asked for; none where the server conforms.
        random: The source of whatever is left to chance, from the server's seed.
    """

    deviations: ClassVar[tuple[type["ProtocolRules"], ...]] = ()

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)  # noqa: S311 - repeatable runs, no secrets

    def identify(self, call: Call, accounts: Accounts) -> Account:
        """The user who asks, by access token or by user name and password; refuses 401."""
        scheme, _, given = call.headers.get("authorization", "").partition(" ")
        account = None
        match scheme.lower():
            case "bearer":
                account = accounts.by_token(given.strip())
            case "basic":
                account = accounts.by_login(_login(given.strip()))
        if account is None:
            raise refusals.unauthorised(accounts.scheme)
        return account

    def authorise(self, call: Call, account: Account, owner: Account | None) -> None:
        """Refuse 403 where the token is not that of the user whom the URL names."""
        if account is not owner:
            raise refusals.foreign_user(call.variables["userId"])

    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        """The structure of a request's body; refuses 415 or 400."""
        try:
            return decode(call)
        except Refusal as refusal:
            return self.misread(call, decode, refusal)

    def misread(self, call: Call, decode: Callable[[Call], object], refusal: Refusal) -> object:
        """The structure of a body that holds none; by itself, its refusal."""
        raise refusal

    def perform(self, call: Call, content: object, operate: Operate) -> Answer:
        """Carry a request out; refuses whatever the operation refuses."""
        return operate(content)

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        """The answer to a request that is refused."""
        return Answer(
            status=refusal.status, content=refusal.request_error(), headers=refusal.headers
        )

    def answered(self, call: Call, answer: Answer) -> Answer:
        """Any answer before it is encoded."""
        return answer

    def written(self, body: bytes, fmt: Format) -> bytes:
        """The body of any answer or notification once it is encoded."""
        return body

    def finished(self, call: Call, raw: RawAnswer) -> RawAnswer:
        """Any answer as it goes out."""
        return raw


def _login(given: str) -> str:
    """User name and password from their Base64; empty where it is none."""
    try:
        return base64.b64decode(given, validate=True).decode()
    except ValueError:
        return ""
