"""Addresses of users as URIs, in whichever form they come."""

from functools import lru_cache
from urllib.parse import unquote


@lru_cache(maxsize=1024)  # a run names the same few users all the time
def normal_address(address: str) -> str:
    """The form in which addresses are compared: percent-decoded, the scheme in lower case."""
    scheme, colon, rest = unquote(address.strip()).partition(":")
    return f"{scheme.lower()}{colon}{rest}"


def same_number(one: str, other: str) -> bool:
    """Whether two URIs stand for one user: the same, or of one number as `tel:` and `sip:` URI."""
    return same_address(one, other) or "" != _number(one) == _number(other)


def _number(address: str) -> str:
    """What a URI says of the user alone, without host and parameters."""
    rest = normal_address(address).partition(":")[2]
    return rest.partition("@")[0].partition(";")[0]


def same_address(one: str | None, other: str | None) -> bool:
    """Whether two URIs name the same user; an address that is missing names nobody."""
    return one is not None and other is not None and normal_address(one) == normal_address(other)
