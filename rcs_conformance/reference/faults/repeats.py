"""Faults with requests that are repeated, and with subscriptions (TS-CHAT-4.1.1, 5.12)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import (
    ChatMessage,
    ChatSessionInformation,
    ChatSubscriptionList,
    LongLivedGroupChatInformation,
    ParticipantList,
)
from rcs_conformance.model.common import NotificationFormat
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Forgetful, SomeOperations, edited
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate, Rules

REPEATS = Faults()


@REPEATS.add("session-made-twice", "TS-CHAT-5.12", "A repeated start makes a second session.")
class _SessionMadeTwice(Forgetful):
    operations = frozenset({"POST oneToOneSessions"})


@REPEATS.add(
    "long-lived-group-made-twice",
    "TS-CHAT-5.12",
    "A repeated start makes a second long-lived group.",
)
class _LongLivedMadeTwice(Forgetful):
    operations = frozenset({"POST longLivedGroups"})


@REPEATS.add("extension-made-twice", "TS-CHAT-5.12", "A repeated extension makes a second group.")
class _ExtensionMadeTwice(Forgetful):
    operations = frozenset({"POST oneToOneExtend"})


@REPEATS.add(
    "long-lived-extension-made-twice",
    "TS-CHAT-5.12",
    "A repeated extension makes a second long-lived group.",
)
class _LongLivedExtensionMadeTwice(Forgetful):
    operations = frozenset({"POST oneToOneExtendLongLived"})


@REPEATS.add("addition-refused-again", "TS-CHAT-5.12", "A repeated addition is rejected with 400.")
class _AdditionRefusedAgain(SomeOperations):
    operations = frozenset({"POST participants", "POST longLivedParticipants"})

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._added: set[str] = set()

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if not isinstance(content, ParticipantList):
            return super().perform(call, content, operate)
        correlators = {each.client_correlator for each in content.participant} - {None}
        if correlators & self._added:
            raise rejections.malformed("participant is there already")
        response = super().perform(call, content, operate)
        self._added |= {each for each in correlators if each}
        return response


@REPEATS.add(
    "correlator-of-all-users",
    "TS-CHAT-5.12",
    "A message with a correlator that another user has used is taken for the other's.",
)
class _CorrelatorOfAllUsers(SomeOperations):
    operations = frozenset(
        {
            "POST oneToOneMessages",
            "POST groupMessages",
            "POST longLivedMessages",
        }
    )

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._first: dict[str, tuple[str, Response]] = {}

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        correlator = content.client_correlator if isinstance(content, ChatMessage) else None
        if correlator is None:
            return super().perform(call, content, operate)
        path, response = self._first.get(correlator, ("", None))
        if response is not None and path != call.path:
            return response
        response = super().perform(call, content, operate)
        self._first.setdefault(correlator, (call.path, response))
        return response


class _Correlated(SomeOperations):
    """Shows the client correlator of one structure otherwise."""

    operations = frozenset({"POST oneToOneSessions", "GET oneToOneSession"})
    structure: type = ChatSessionInformation

    def _correlate(self, correlator: str | None) -> str | None:
        return correlator

    def respond(self, call: Call, response: Response) -> Response:
        def shown(info: ChatSessionInformation) -> ChatSessionInformation:
            return replace(info, client_correlator=self._correlate(info.client_correlator))

        return edited(super().respond(call, response), self.structure, shown)


@REPEATS.add(
    "session-correlator-lost", "TS-CHAT-5.12", "A 1-to-1 session is shown without its correlator."
)
class _SessionCorrelatorLost(_Correlated):
    def _correlate(self, correlator: str | None) -> str | None:
        return None


@REPEATS.add(
    "long-lived-correlator-invented",
    "TS-CHAT-5.12",
    "A long-lived group is shown with a correlator that nobody gave.",
)
class _LongLivedCorrelatorInvented(_Correlated):
    operations = frozenset({"POST longLivedGroups", "GET longLivedGroup"})
    structure = LongLivedGroupChatInformation

    def _correlate(self, correlator: str | None) -> str | None:
        return correlator or "made-up"


@REPEATS.add(
    "notified-in-json-unless-asked",
    "TS-CHAT-4.1.1",
    "A subscription that names no format is notified in JSON.",
)
class _NotifiedInJson(Rules):
    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            given = outgoing.subscription.given
            reference = given.callback_reference
            named = replace(
                reference,
                notification_format=reference.notification_format or NotificationFormat.JSON,
            )
            asked = replace(given, callback_reference=named)
            yield replace(outgoing, subscription=replace(outgoing.subscription, given=asked))


@REPEATS.add(
    "subscriptions-of-others-listed",
    "TS-CHAT-4.1.1",
    "The list of subscriptions holds those of other users as well.",
)
class _OthersListed(Rules):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._listed: dict[str, ChatSubscriptionList] = {}

    def respond(self, call: Call, response: Response) -> Response:
        def everybodys(listed: ChatSubscriptionList) -> ChatSubscriptionList:
            self._listed[call.variables["userId"]] = listed
            entries = dict.fromkeys(
                each for one in self._listed.values() for each in one.chat_notification_subscription
            )
            return replace(listed, chat_notification_subscription=tuple(entries))

        return edited(super().respond(call, response), ChatSubscriptionList, everybodys)


@REPEATS.add(
    "first-subscription-alone-served",
    "TS-CHAT-4.1.1",
    "Of several subscriptions of a user the first one in each format is served alone.",
)
class _FirstAloneServed(Rules):
    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._served: dict[tuple[str, object], str] = {}

    def notices(self, notice: Notice) -> Iterable[Notice]:
        subscription = notice.subscription
        key = (subscription.owner, notice.format)
        if self._served.setdefault(key, subscription.id) == subscription.id:
            yield from super().notices(notice)
