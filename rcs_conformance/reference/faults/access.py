"""Faults in authentication and authorisation (TS-CHAT-5.10)."""

from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import ANYWHERE, Usual
from rcs_conformance.reference.state import Account, Accounts


def _owner(call: Call, accounts: Accounts) -> Account | None:
    return accounts.by_address(call.variables.get("userId", ""))


@ANYWHERE.rule(Rules.identify, "TS-CHAT-5.10")
def token_not_needed(usual: Usual[Account], call: Call, accounts: Accounts) -> Account:
    """A request without a token is accepted as the user's."""
    owner = _owner(call, accounts)
    if owner and "authorization" not in call.headers:
        return owner
    return usual(call, accounts)


@ANYWHERE.rule(Rules.identify, "TS-CHAT-5.10")
def any_token_taken(usual: Usual[Account], call: Call, accounts: Accounts) -> Account:
    """An unknown token is accepted as the user's."""
    try:
        return usual(call, accounts)
    except Rejection:
        owner = _owner(call, accounts)
        if owner is None or "authorization" not in call.headers:
            raise
        return owner


@ANYWHERE.rule(Rules.authorise, "TS-CHAT-5.10")
def foreign_token_taken(
    usual: Usual[None], call: Call, account: Account, owner: Account | None
) -> None:
    """Any user's token is accepted for every user."""
    if owner is None:
        usual(call, account, owner)


@ANYWHERE.rule(Rules.authorise, "TS-CHAT-5.10")
def foreign_token_reads(
    usual: Usual[None], call: Call, account: Account, owner: Account | None
) -> None:
    """Any user's token is accepted for reading every user's resources."""
    if owner is None or call.method != "GET":
        usual(call, account, owner)


@ANYWHERE.rejected("TS-CHAT-5.10", 401)
def no_token_answered_403(call: Call, rejection: Rejection) -> Rejection:
    """A request without a token returns 403."""
    return Rejection(403, rejection.message_id, rejection.text)


@ANYWHERE.rejected("TS-CHAT-5.10", 401)
def challenge_missing(call: Call, rejection: Rejection) -> Rejection:
    """401 is returned without WWW-Authenticate."""
    return Rejection(401, rejection.message_id, rejection.text)
