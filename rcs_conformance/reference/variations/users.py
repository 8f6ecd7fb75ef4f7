"""Permitted variations in how users are named."""

from dataclasses import replace
from uuid import NAMESPACE_URL, uuid5

from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import ANYWHERE, PERMITTED, Usual
from rcs_conformance.reference.state import Account


@ANYWHERE.rule(Rules.account, PERMITTED)
def users_shown_by_alias(usual: Usual[Account], given: Account) -> Account:
    """Users are shown under an alias of their address."""
    account = usual(given)
    return replace(account, shown=next(iter(account.aliases), ""))


@ANYWHERE.rule(Rules.account, PERMITTED)
def urls_name_users_by_uuid(usual: Usual[Account], given: Account) -> Account:
    """URLs that the server returns contain UUIDs of users."""
    account = usual(given)
    return replace(account, id=f"{uuid5(NAMESPACE_URL, account.address)}")


@ANYWHERE.rule(Rules.participant_id, PERMITTED)
def participants_have_ids(usual: Usual[str], address: str) -> str:
    """Participants stand in URLs under ids of the server's own, and not under their addresses."""
    return f"p-{uuid5(NAMESPACE_URL, usual(address)).hex}"
