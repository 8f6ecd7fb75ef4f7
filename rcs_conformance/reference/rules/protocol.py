"""Rules of the protocol: how requests are read, carried out and answered."""

import base64
import random
from collections.abc import Callable
from threading import Condition
from typing import ClassVar

from rcs_conformance.model.formats import Format
from rcs_conformance.reference import digest, rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.state import Account, Accounts

Operate = Callable[[object], Response]
"""Carries a request out, given the structure of its body."""


class ProtocolRules:
    """What the server does with every request.

    Attributes:
        deviations: The deviations of this server; none if it conforms.
        random: The source of all random values, from the server's seed.
        lock: Held while a request reads or changes the state; who waits on it lets others in.
    """

    deviations: ClassVar[tuple[type["ProtocolRules"], ...]] = ()

    def __init__(self, seed: int = 0) -> None:
        self.random = random.Random(seed)  # noqa: S311 - repeatable runs, no secrets
        self.lock = Condition()

    def account(self, given: Account) -> Account:
        """A user as the server knows it, from what it is set up with."""
        return given

    def identify(self, call: Call, accounts: Accounts) -> Account:
        """The user of an access token, or of a user name and password; rejects with 401."""
        scheme, _, given = call.headers.get("authorization", "").partition(" ")
        account = None
        match scheme.lower():
            case "bearer":
                account = accounts.by_token(given.strip())
            case "basic":
                account = accounts.by_login(_login(given.strip()))
            case "digest":
                account = digest.user_of(given, call, accounts)
        if account is None:
            parameters = digest.CHALLENGE if accounts.scheme == "Digest" else ""
            raise rejections.unauthorised(accounts.scheme, parameters)
        return account

    def authorise(self, call: Call, account: Account, owner: Account | None) -> None:
        """Reject with 403 a token of another user than the one in the URL, or without the scope."""
        if account is not owner:
            raise rejections.foreign_user(call.variables["userId"])
        unscoped = account.token_without_scope
        if unscoped and call.headers.get("authorization") == f"Bearer {unscoped}":
            raise rejections.forbidden("the token lacks the scope of this API")

    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        """The structure of a request's body; rejects with 415 or 400."""
        try:
            return decode(call)
        except Rejection as rejection:
            return self.misread(call, decode, rejection)

    def misread(self, call: Call, decode: Callable[[Call], object], rejection: Rejection) -> object:
        """The structure of an invalid body; a conforming server rejects it."""
        raise rejection

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        """Carry a request out; rejects what the operation rejects."""
        return operate(content)

    def reject(self, call: Call, rejection: Rejection) -> Response:
        """The response to a rejected request."""
        return Response(
            status=rejection.status, content=rejection.request_error(), headers=rejection.headers
        )

    def respond(self, call: Call, response: Response) -> Response:
        """Every response before it is encoded."""
        return response

    def written(self, body: bytes, fmt: Format) -> bytes:
        """The body of every response and notification after it is encoded."""
        return body

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        """Every response as it is sent."""
        return raw


def _login(given: str) -> str:
    """User name and password from their Base64; empty if it is not Base64."""
    try:
        return base64.b64decode(given, validate=True).decode()
    except ValueError:
        return ""
