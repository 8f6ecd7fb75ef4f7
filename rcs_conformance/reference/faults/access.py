"""Faults in access, idempotency and mandatory operations (TS-CHAT-5.10, 5.12, 5.13)."""

from dataclasses import replace

from rcs_conformance.model.chat import (
    ChatMessage,
    ChatNotificationSubscription,
    GroupChatSessionInformation,
)
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Forgetful, SomeOperations, edited
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.state import Account, Accounts

ACCESS = Faults()


def _owner(call: Call, accounts: Accounts) -> Account | None:
    return accounts.by_address(call.variables.get("userId", ""))


@ACCESS.add("token-not-needed", "TS-CHAT-5.10", "A request without a token counts as the user's.")
class _TokenNotNeeded(Rules):
    def identify(self, call: Call, accounts: Accounts) -> Account:
        owner = _owner(call, accounts)
        if owner and "authorization" not in call.headers:
            return owner
        return super().identify(call, accounts)


@ACCESS.add("any-token-taken", "TS-CHAT-5.10", "A token that nobody has counts as the user's.")
class _AnyTokenTaken(Rules):
    def identify(self, call: Call, accounts: Accounts) -> Account:
        try:
            return super().identify(call, accounts)
        except Rejection:
            owner = _owner(call, accounts)
            if owner is None or "authorization" not in call.headers:
                raise
            return owner


@ACCESS.add("foreign-token-taken", "TS-CHAT-5.10", "Any user's token serves for every user.")
class _ForeignTokenTaken(Rules):
    def authorise(self, call: Call, account: Account, owner: Account | None) -> None:
        if owner is None:
            super().authorise(call, account, owner)


@ACCESS.add("foreign-token-reads", "TS-CHAT-5.10", "Any user's token serves to read.")
class _ForeignTokenReads(Rules):
    def authorise(self, call: Call, account: Account, owner: Account | None) -> None:
        if owner is None or call.method != "GET":
            super().authorise(call, account, owner)


class _Unauthorised(Rules):
    """Answers a missing or invalid token otherwise."""

    def _challenge(self, rejection: Rejection) -> Rejection:
        return rejection

    def reject(self, call: Call, rejection: Rejection) -> Response:
        if rejection.status == 401:
            rejection = self._challenge(rejection)
        return super().reject(call, rejection)


@ACCESS.add("no-token-answered-403", "TS-CHAT-5.10", "A missing token is answered with 403.")
class _NoTokenAnswered403(_Unauthorised):
    def _challenge(self, rejection: Rejection) -> Rejection:
        return Rejection(403, rejection.message_id, rejection.text)


@ACCESS.add("challenge-missing", "TS-CHAT-5.10", "401 comes without WWW-Authenticate.")
class _ChallengeMissing(_Unauthorised):
    def _challenge(self, rejection: Rejection) -> Rejection:
        return Rejection(401, rejection.message_id, rejection.text)


@ACCESS.add("group-made-twice", "TS-CHAT-5.12", "A repeated start makes a second group chat.")
class _GroupMadeTwice(Forgetful):
    operations = frozenset({"POST groups"})


@ACCESS.add(
    "subscription-made-twice", "TS-CHAT-5.12", "A repeated subscription makes a second one."
)
class _SubscriptionMadeTwice(Forgetful):
    operations = frozenset({"POST subscriptions"})


@ACCESS.add("message-sent-twice", "TS-CHAT-5.12", "A repeated message is sent a second time.")
class _MessageSentTwice(Forgetful):
    operations = frozenset(
        {
            "POST oneToOneMessages",
            "POST groupMessages",
            "POST longLivedMessages",
        }
    )


class _Correlated(Rules):
    """Shows a client correlator otherwise."""

    def _correlate(self, correlator: str | None) -> str | None:
        return correlator

    def respond(self, call: Call, response: Response) -> Response:
        def group(info: GroupChatSessionInformation) -> GroupChatSessionInformation:
            return replace(info, client_correlator=self._correlate(info.client_correlator))

        def message(sent: ChatMessage) -> ChatMessage:
            return replace(sent, client_correlator=self._correlate(sent.client_correlator))

        def subscription(made: ChatNotificationSubscription) -> ChatNotificationSubscription:
            return replace(made, client_correlator=self._correlate(made.client_correlator))

        response = edited(super().respond(call, response), GroupChatSessionInformation, group)
        response = edited(response, ChatMessage, message)
        return edited(response, ChatNotificationSubscription, subscription)


@ACCESS.add("correlator-changed", "TS-CHAT-5.12", "A client correlator is shown with an addition.")
class _CorrelatorChanged(_Correlated):
    def _correlate(self, correlator: str | None) -> str | None:
        return None if correlator is None else f"{correlator}-1"


@ACCESS.add("correlator-invented", "TS-CHAT-5.12", "A correlator that nobody gave is shown.")
class _CorrelatorInvented(_Correlated):
    def _correlate(self, correlator: str | None) -> str | None:
        return correlator or "made-up"


class _Unsupported(SomeOperations):
    """Does not support one operation."""

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        raise Rejection(501, "SVC0001", "The operation %1 is not supported", call.operation)


@ACCESS.add("participant-unreadable", "TS-CHAT-5.13", "A single participant cannot be read.")
class _ParticipantUnreadable(_Unsupported):
    operations = frozenset({"GET participant"})


@ACCESS.add("message-status-unreadable", "TS-CHAT-5.13", "The status of a message cannot be read.")
class _MessageStatusUnreadable(_Unsupported):
    operations = frozenset({"GET groupMessageStatus"})


@ACCESS.add("participants-unreadable", "TS-CHAT-5.13", "The participants cannot be read.")
class _ParticipantsUnreadable(_Unsupported):
    operations = frozenset({"GET participants"})
