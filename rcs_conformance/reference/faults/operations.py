"""Faults in the operations that version 1.0 of the API supports (TS-CHAT-4.1, 5.13)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ChatSubscriptionList
from rcs_conformance.model.common import NotificationFormat
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import edited
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.seams import ANYWHERE, Deviation, operations

# Single operations that are not supported (TS-CHAT-5.13) ----------------------------------------


def _unsupported(call: Call) -> Rejection:
    return Rejection(501, "SVC0001", "The operation %1 is not supported", call.operation)


@operations("GET participant").answered("TS-CHAT-5.13")
def participant_unreadable(call: Call) -> Response:
    """A single participant cannot be read."""
    raise _unsupported(call)


@operations("GET groupMessageStatus").answered("TS-CHAT-5.13")
def message_status_unreadable(call: Call) -> Response:
    """The status of a message cannot be read."""
    raise _unsupported(call)


@operations("GET participants").answered("TS-CHAT-5.13")
def participants_unreadable(call: Call) -> Response:
    """The list of participants cannot be read."""
    raise _unsupported(call)


# Subscriptions (TS-CHAT-4.1.1) -------------------------------------------------------------------


@ANYWHERE.delivered("TS-CHAT-4.1.1")
def notified_in_json_unless_asked(notice: Notice) -> tuple[Notice]:
    """A subscription without notificationFormat is notified in JSON."""
    given = notice.subscription.given
    reference = given.callback_reference
    fmt = reference.notification_format or NotificationFormat.JSON
    named = replace(given, callback_reference=replace(reference, notification_format=fmt))
    return (replace(notice, subscription=replace(notice.subscription, given=named)),)


@ANYWHERE.deviation("TS-CHAT-4.1.1")
class SubscriptionsOfOthersListed(Deviation):
    """The list of subscriptions contains those of other users."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._listed: dict[str, ChatSubscriptionList] = {}

    def respond(self, call: Call, response: Response) -> Response:
        def of_all(listed: ChatSubscriptionList) -> ChatSubscriptionList:
            self._listed[call.variables["userId"]] = listed
            entries = dict.fromkeys(
                each for one in self._listed.values() for each in one.chat_notification_subscription
            )
            return replace(listed, chat_notification_subscription=tuple(entries))

        return edited(super().respond(call, response), ChatSubscriptionList, of_all)


@ANYWHERE.deviation("TS-CHAT-4.1.1")
class FirstSubscriptionAloneServed(Deviation):
    """Only the first of a user's subscriptions in each format is notified."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._served: dict[tuple[str, object], str] = {}

    def notices(self, notice: Notice) -> Iterable[Notice]:
        subscription = notice.subscription
        key = (subscription.owner, notice.format)
        if self._served.setdefault(key, subscription.id) == subscription.id:
            yield from super().notices(notice)
