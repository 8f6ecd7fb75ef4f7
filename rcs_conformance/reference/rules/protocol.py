"""Rules of the protocol: how requests are taken and answered."""

import base64
import random
from collections.abc import Callable
from typing import ClassVar

from rcs_conformance.model.formats import Format
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.state import Account, Accounts

Operate = Callable[[object], Response]
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
        """The user who asks, by access token or by user name and password; rejects 401."""
        scheme, _, given = call.headers.get("authorization", "").partition(" ")
        account = None
        match scheme.lower():
            case "bearer":
                account = accounts.by_token(given.strip())
            case "basic":
                account = accounts.by_login(_login(given.strip()))
        if account is None:
            raise rejections.unauthorised(accounts.scheme)
        return account

    def authorise(self, call: Call, account: Account, owner: Account | None) -> None:
        """Reject 403 where the token is not that of the user whom the URL names."""
        if account is not owner:
            raise rejections.foreign_user(call.variables["userId"])

    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        """The structure of a request's body; rejects 415 or 400."""
        try:
            return decode(call)
        except Rejection as rejection:
            return self.misread(call, decode, rejection)

    def misread(self, call: Call, decode: Callable[[Call], object], rejection: Rejection) -> object:
        """The structure of a body that holds none; by itself, its rejection."""
        raise rejection

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        """Carry a request out; rejects whatever the operation rejects."""
        return operate(content)

    def reject(self, call: Call, rejection: Rejection) -> Response:
        """The response to a request that is rejected."""
        return Response(
            status=rejection.status, content=rejection.request_error(), headers=rejection.headers
        )

    def respond(self, call: Call, response: Response) -> Response:
        """Any response before it is encoded."""
        return response

    def written(self, body: bytes, fmt: Format) -> bytes:
        """The body of any response or notification once it is encoded."""
        return body

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        """Any response as it goes out."""
        return raw


def _login(given: str) -> str:
    """User name and password from their Base64; empty where it is none."""
    try:
        return base64.b64decode(given, validate=True).decode()
    except ValueError:
        return ""
