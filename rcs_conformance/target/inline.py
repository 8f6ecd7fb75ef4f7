"""A target from the command line alone, without a target file."""

import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.target.forms import address_fault, ascii_url, url_fault
from rcs_conformance.target.loading import FEWEST_USERS
from rcs_conformance.target.records import Ics, Target, User
from rcs_conformance.target.secret import Surroundings, secret_from

BASE_ITEMS = frozenset(
    {
        "REST-CHAT-1-1-SESS-S-001-O",
        "REST-CHAT-1-1-MSG-S-004-O",
        "REST-CHAT-GRP-S-001-O",
        "REST-CHAT-GRP-MSG-S-004-O",
    }
)
"""What is taken as claimed where nobody claims anything: the confirmed 1-to-1 chat and the group
chat, for which the catalogue has no feature name (TS-CHAT-4.1.4, 4.1.6), with composing indications
in both (UNI-CHT-019)."""


def inline_target(
    url: str,
    users: Sequence[str],
    *,
    binding: str = "oma-v1",
    ics: Ics = Ics(items=BASE_ITEMS),  # noqa: B008 - frozen
    environment: Mapping[str, str] = os.environ,
) -> Target:
    """The target of ``run URL --user ADDRESS=TOKEN ...``.

    Args:
        url: The server root, which also is the target's name.
        users: Each ``ADDRESS=TOKEN``; the token may be ``env:NAME``, ``file:PATH`` or
            ``command:COMMAND``, which keeps it out of the list of processes.
        binding: Name of a shipped binding, or path of a binding file.
        ics: What the target claims.
        environment: Where ``env:NAME`` tokens are looked up.

    Raises:
        ConfigurationError: An argument is wrong; one line, never with a secret.
    """
    if fault := url_fault(url):
        raise ConfigurationError(f"target URL: {fault}")
    if len(users) < FEWEST_USERS:
        raise ConfigurationError(
            f"--user ADDRESS=TOKEN: must be given {FEWEST_USERS} times at least, not {len(users)}"
        )
    parsed: dict[str, User] = {}
    for number, argument in enumerate(users, start=1):
        user = _user(f"--user {number}", argument, environment)
        if user.address in parsed:
            raise ConfigurationError(f"--user {number}: another user has {user.address}")
        parsed[user.address] = user
    return Target(
        name=url, server_root=ascii_url(url), binding=binding, users=tuple(parsed.values()), ics=ics
    )


_NAMED = re.compile(r"^[a-z]+:|@|^\+?[0-9]+$", re.IGNORECASE)
"""What tells an address from a token that stands in its place; other addresses need a file."""


def _user(place: str, argument: str, environment: Mapping[str, str]) -> User:
    address, separator, source = argument.partition("=")
    is_address = not address_fault(address) and _NAMED.search(address)
    if not separator or not is_address:  # not shown: it may be the token
        raise ConfigurationError(f"{place}: must be ADDRESS=TOKEN such as tel:+15550100=env:TOKEN")
    try:
        token = secret_from(source, Surroundings(environment=environment, folder=Path.cwd()))
    except ConfigurationError as error:
        raise ConfigurationError(f"{place}: {error}") from None
    return User(address=address, token=token)
