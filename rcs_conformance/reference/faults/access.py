"""Faults in authentication and authorisation (TS-CHAT-5.10, 5.16, 5.17)."""

from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.paths import POLL
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import (
    ADHOC,
    ANYWHERE,
    GROUP,
    LONG_LIVED,
    SESSION,
    Deviation,
    Usual,
    operations,
)
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


@ANYWHERE.rule(Rules.authorise, "TS-CHAT-5.16")
def foreign_token_taken(
    usual: Usual[None], call: Call, account: Account, owner: Account | None
) -> None:
    """Any user's token is accepted for every user."""
    if owner is None:
        usual(call, account, owner)


@ANYWHERE.rule(Rules.authorise, "TS-CHAT-5.16")
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


@ANYWHERE.rule(Rules.authorise, "TS-CHAT-5.17")
def scope_not_needed(
    usual: Usual[None], call: Call, account: Account, owner: Account | None
) -> None:
    """A user's token is accepted whatever its scope."""
    if account is not owner:
        usual(call, account, owner)


# Some resources (tokens of other users, or none) ------------------------------------------------


def _owner_of_read(usual: Usual[Account], call: Call, accounts: Accounts) -> Account:
    owner = _owner(call, accounts)
    if owner and call.method == "GET" and "authorization" not in call.headers:
        return owner
    return usual(call, accounts)


SESSION.add(
    "token-not-needed-for-sessions",
    "TS-CHAT-5.10",
    "1-to-1 sessions are read without a token.",
    Rules.identify,
    _owner_of_read,
)
operations(f"POST {POLL}").add(
    "token-not-needed-for-polls",
    "TS-CHAT-5.10",
    "Channels are polled without a token.",
    Rules.identify,
    token_not_needed,
)

for _name, _place, _resources in (
    ("sessions", SESSION, "1-to-1 sessions"),
    ("adhoc-chat", ADHOC, "ad-hoc messages"),
    ("groups", GROUP, "group chats"),
    ("long-lived-groups", LONG_LIVED, "long-lived group chats"),
):
    _place.add(
        f"foreign-token-reads-{_name}",
        "TS-CHAT-5.16",
        f"Any user's token is accepted for reading {_resources}.",
        Rules.authorise,
        foreign_token_reads,
    )

for _name, _operations, _what in (
    (
        "reads-subscriptions",
        ["GET subscriptions", "GET subscription"],
        "reading subscriptions",
    ),
    (
        "reads-transfers",
        ["GET ftSession", "GET ftSubscription", "GET ftSubscriptions"],
        "reading file transfers and subscriptions to them",
    ),
    ("aborts-transfer", ["DELETE ftSession"], "DELETE of file transfers"),
    ("accepts-transfer", ["PUT ftStatus"], "accepting file transfers"),
    ("polls", [f"POST {POLL}"], "polling the channels of every user"),
):
    operations(*_operations).add(
        f"foreign-token-{_name}",
        "TS-CHAT-5.16",
        f"Any user's token is accepted for {_what}.",
        Rules.authorise,
        foreign_token_taken,
    )


for _place, _name, _what in (
    (SESSION, "sessions", "requests about 1-to-1 sessions"),
    (ADHOC, "adhoc-chat", "requests about ad-hoc chat"),
    (GROUP, "groups", "requests about group chats"),
    (LONG_LIVED, "long-lived-groups", "requests about long-lived group chats"),
    (
        operations("GET ftSession", "DELETE ftSession"),
        "transfers",
        "requests about a file transfer",
    ),
    (operations("POST channels", "GET channel"), "channels", "requests about channels"),
):
    _place.add(
        f"scope-not-needed-for-{_name}",
        "TS-CHAT-5.17",
        f"A user's token is accepted for {_what} whatever its scope.",
        Rules.authorise,
        scope_not_needed,
    )


class _RejectedLate(Deviation):
    """Rejects another user's token after the request was carried out."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._late: dict[int, Rejection] = {}

    def authorise(self, call: Call, account: Account, owner: Account | None) -> None:
        try:
            super().authorise(call, account, owner)
        except Rejection as rejection:
            if owner is None:
                raise
            self._late[id(call)] = rejection

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        if rejection := self._late.pop(id(call), None):
            raise rejection
        return response


@operations("POST oneToOneMessages", "POST groupMessages", "POST longLivedMessages").deviation(
    "TS-CHAT-5.16"
)
class ForeignTokenSends(_RejectedLate):
    """A message with another user's token is rejected, but sent."""


@operations("POST oneToOneSessions", "POST groups", "POST longLivedGroups").deviation(
    "TS-CHAT-5.16"
)
class ForeignTokenStarts(_RejectedLate):
    """The start of a chat with another user's token is rejected, but the chat starts."""


@operations(
    "DELETE oneToOneSession", "DELETE group", "DELETE participant", "DELETE longLivedParticipant"
).deviation("TS-CHAT-5.16")
class ForeignTokenEnds(_RejectedLate):
    """DELETE with another user's token is rejected, but carried out."""


@operations("POST subscriptions").deviation("TS-CHAT-5.16")
class ForeignTokenSubscribes(_RejectedLate):
    """A subscription with another user's token is rejected, but created."""


@operations("DELETE ftSession").deviation("TS-CHAT-5.16")
class ForeignTokenEndsTransferInSecret(_RejectedLate):
    """DELETE of a file transfer with another user's token is rejected, but carried out."""


@operations("POST ftSessions").deviation("TS-CHAT-5.16")
class ForeignTokenOffersFile(_RejectedLate):
    """A file transfer with another user's token is rejected, but the file is offered."""


@operations("POST channels").deviation("TS-CHAT-5.16")
class ForeignTokenMakesChannel(_RejectedLate):
    """A channel with another user's token is rejected, but created."""
