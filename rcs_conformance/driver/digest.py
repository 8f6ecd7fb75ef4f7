"""HTTP Digest (RFC 7616), as the HTTP library computes it: a header for each request.

The library answers a challenge by sending the request again over its own connection. Here that
connection only hands out the request, which then goes over the target's.
"""

from io import BytesIO

import requests
from requests.adapters import HTTPAdapter
from requests.auth import HTTPDigestAuth
from requests.structures import CaseInsensitiveDict


class DigestLogin:
    """A user name and a password, and the last challenge that they were asked with.

    Each thread answers challenges of its own.
    """

    def __init__(self, username: str, password: str) -> None:
        self._auth = HTTPDigestAuth(username, password)

    def header(self, method: str, url: str) -> str:
        """The value of the `Authorization` field of a request; empty before the first challenge."""
        return self._prepared(method, url).headers.get("Authorization", "")

    def take(self, challenge: str, method: str, url: str) -> bool:
        """Note the challenge with which a request was refused.

        Args:
            challenge: The value of `WWW-Authenticate`.
            method: Of the request.
            url: Of the request.

        Returns:
            Whether there is an answer to it.
        """
        refused = requests.Response()
        refused.status_code = requests.codes.unauthorized
        refused.headers["WWW-Authenticate"] = challenge
        refused.raw = BytesIO()
        refused.request = self._prepared(method, url)
        del refused.request.headers["Authorization"]
        kept = _Kept()
        refused.connection = kept
        try:
            self._auth.handle_401(refused)  # type: ignore[no-untyped-call]  # its stubs lack it
        except KeyError:  # no realm, or no nonce
            return False
        return kept.is_answered

    def _prepared(self, method: str, url: str) -> requests.PreparedRequest:
        """A request whose URL stays as it is: the header holds a part of it."""
        prepared = requests.PreparedRequest()
        prepared.method, prepared.url = method, url
        prepared.headers = CaseInsensitiveDict({"Authorization": ""})
        self._auth(prepared)
        return prepared


class _Kept(HTTPAdapter):
    """A connection that sends nothing, and tells whether what it got has a credential."""

    is_answered = False

    def send(
        self,
        request: requests.PreparedRequest,
        *_arguments: object,
        **_options: object,
    ) -> requests.Response:
        """Note the request."""
        self.is_answered = "Authorization" in request.headers
        return requests.Response()
