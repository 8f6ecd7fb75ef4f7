"""Faults in whose token is taken for what (TS-CHAT-5.10)."""

from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import OneKind, SomeOperations
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate
from rcs_conformance.reference.state import Account, Accounts

FOREIGN_TOKENS = Faults()

_SUBSCRIPTIONS = ("subscriptions", "subscription")


class _ForeignTokenReads(OneKind):
    """Lets any user read the chats of any other."""

    def authorise(self, call: Call, account: Account, owner: Account | None) -> None:
        if owner is None or call.method != "GET":
            super().authorise(call, account, owner)


@FOREIGN_TOKENS.add(
    "foreign-token-reads-sessions", "TS-CHAT-5.10", "Any user's token reads 1-to-1 sessions."
)
class _ForeignTokenReadsSessions(_ForeignTokenReads):
    kind = ChatKind.ONE_TO_ONE


@FOREIGN_TOKENS.add(
    "foreign-token-reads-adhoc-chat", "TS-CHAT-5.10", "Any user's token reads ad-hoc messages."
)
class _ForeignTokenReadsAdhocChat(_ForeignTokenReads):
    kind = ChatKind.ADHOC


@FOREIGN_TOKENS.add(
    "foreign-token-reads-groups", "TS-CHAT-5.10", "Any user's token reads group chats."
)
class _ForeignTokenReadsGroups(_ForeignTokenReads):
    kind = ChatKind.GROUP


@FOREIGN_TOKENS.add(
    "foreign-token-reads-long-lived-groups",
    "TS-CHAT-5.10",
    "Any user's token reads long-lived groups.",
)
class _ForeignTokenReadsLongLived(_ForeignTokenReads):
    kind = ChatKind.LONG_LIVED


@FOREIGN_TOKENS.add(
    "foreign-token-reads-subscriptions", "TS-CHAT-5.10", "Any user's token reads subscriptions."
)
class _ForeignTokenReadsSubscriptions(SomeOperations):
    operations = frozenset({"GET subscriptions", "GET subscription"})

    def authorise(self, call: Call, account: Account, owner: Account | None) -> None:
        if owner is None:
            super().authorise(call, account, owner)


class RefusedYetDone(SomeOperations):
    """Rejects another user's token only once the request is carried out."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._late: dict[int, Rejection] = {}

    def authorise(self, call: Call, account: Account, owner: Account | None) -> None:
        """Let the request in, and note that it should have been rejected."""
        try:
            super().authorise(call, account, owner)
        except Rejection as rejection:
            if owner is None:
                raise
            self._late[id(call)] = rejection

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        """Carry it out, then reject it."""
        response = super().perform(call, content, operate)
        if rejection := self._late.pop(id(call), None):
            raise rejection
        return response


@FOREIGN_TOKENS.add(
    "foreign-token-sends",
    "TS-CHAT-5.10",
    "With another user's token a message is rejected, yet sent.",
)
class _ForeignTokenSends(RefusedYetDone):
    operations = frozenset(
        {
            "POST oneToOneMessages",
            "POST groupMessages",
            "POST longLivedMessages",
        }
    )


@FOREIGN_TOKENS.add(
    "foreign-token-starts",
    "TS-CHAT-5.10",
    "A chat is rejected with another user's token, yet started.",
)
class _ForeignTokenStarts(RefusedYetDone):
    operations = frozenset({"POST oneToOneSessions", "POST groups", "POST longLivedGroups"})


@FOREIGN_TOKENS.add(
    "foreign-token-ends", "TS-CHAT-5.10", "DELETE with another user's token is rejected, yet done."
)
class _ForeignTokenEnds(RefusedYetDone):
    operations = frozenset(
        {
            "DELETE oneToOneSession",
            "DELETE group",
            "DELETE participant",
            "DELETE longLivedParticipant",
        }
    )


@FOREIGN_TOKENS.add(
    "foreign-token-subscribes",
    "TS-CHAT-5.10",
    "A subscription with another user's token is rejected, yet made.",
)
class _ForeignTokenSubscribes(RefusedYetDone):
    operations = frozenset({"POST subscriptions"})


@FOREIGN_TOKENS.add(
    "token-not-needed-for-sessions", "TS-CHAT-5.10", "1-to-1 sessions are read without a token."
)
class _TokenNotNeededForSessions(OneKind):
    kind = ChatKind.ONE_TO_ONE

    def identify(self, call: Call, accounts: Accounts) -> Account:
        owner = accounts.by_address(call.variables.get("userId", ""))
        if owner and call.method == "GET" and "authorization" not in call.headers:
            return owner
        return super().identify(call, accounts)
