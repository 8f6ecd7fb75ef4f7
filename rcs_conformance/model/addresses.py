"""Addresses of users as URIs, in whichever form they come."""

from urllib.parse import unquote


def normal_address(address: str) -> str:
    """The form in which addresses are compared: percent-decoded, the scheme in lower case."""
    scheme, colon, rest = unquote(address.strip()).partition(":")
    return f"{scheme.lower()}{colon}{rest}"


def same_address(one: str | None, other: str | None) -> bool:
    """Whether two URIs name the same user; an address that is missing names nobody."""
    return one is not None and other is not None and normal_address(one) == normal_address(other)
