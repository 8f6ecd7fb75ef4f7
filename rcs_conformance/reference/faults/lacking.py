"""Whole features that a server may lack: faults only where it claims them (TS-CHAT-5.1, 5.2, 5.13).

A server that lacks several of them is what a partial implementation looks like.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import ClassVar

from rcs_conformance.model.chat import ChatNotificationSubscription, IsComposing
from rcs_conformance.model.common import NotificationFormat
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import SomeOperations
from rcs_conformance.reference.negotiation import format_of
from rcs_conformance.reference.parts import KEYS
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.state import Account, Accounts, Conversation, Member

LACKING = Faults()

_VERBS = ("GET", "POST", "PUT", "DELETE")


class _Lacking(SomeOperations):
    """Lacks resources and operations; what several such classes lack adds up.

    Attributes:
        kinds: Kinds of chat whose resources do not exist.
        resources: Further resources that do not.
        lost: Operations that existing resources do not support.
    """

    kinds: ClassVar[frozenset[ChatKind]] = frozenset()
    resources: ClassVar[frozenset[str]] = frozenset()
    lost: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        """Confine what the class lacks to the resources that it is about."""
        of_kinds = (key for kind in cls.kinds for key in KEYS[kind].values())
        changed = (operation.split()[1] for operation in cls.lost)
        resources = {*cls.resources, *of_kinds, *changed}
        cls.operations = frozenset(f"{verb} {each}" for verb in _VERBS for each in resources)
        super().__init_subclass__()

    def _parts(self) -> Iterator[type["_Lacking"]]:
        return (each for each in self.deviations if issubclass(each, _Lacking))

    def _verbs(self, call: Call) -> tuple[str, ...]:
        """The verbs that are left of a resource."""
        lost = frozenset[str]().union(*(each.lost for each in self._parts()))
        return tuple(verb for verb in call.verbs if f"{verb} {call.resource}" not in lost)

    def identify(self, call: Call, accounts: Accounts) -> Account:
        account = super().identify(call, accounts)
        for each in self._parts():
            if call.kind in each.kinds or call.resource in each.resources:
                raise rejections.not_found(call.path)
        if call.method in call.verbs and call.method not in self._verbs(call):
            raise rejections.wrong_method(call.method, self._verbs(call))
        return account

    def reject(self, call: Call, rejection: Rejection) -> Response:
        if rejection.status == 405:
            rejection = rejections.wrong_method(call.method, self._verbs(call))
        return super().reject(call, rejection)


@LACKING.add("lacks-sessions", "TS-CHAT-5.13", "There are no confirmed 1-to-1 chats.")
class _LacksSessions(_Lacking):
    kinds = frozenset({ChatKind.ONE_TO_ONE})


@LACKING.add("lacks-adhoc-chat", "TS-CHAT-5.13", "There are no ad-hoc chats.")
class _LacksAdhocChat(_Lacking):
    kinds = frozenset({ChatKind.ADHOC})


@LACKING.add("lacks-group-chats", "TS-CHAT-5.13", "There are no group chats.")
class _LacksGroupChats(_Lacking):
    kinds = frozenset({ChatKind.GROUP})
    resources = frozenset({"oneToOneExtend"})


@LACKING.add("lacks-file-transfer", "UNI-FLT-005.1", "There are no file transfers.")
class _LacksFileTransfer(_Lacking):
    resources = frozenset(
        {"ftSubscriptions", "ftSubscription", "ftSessions", "ftSession", "ftStatus"}
    )


@LACKING.add("lacks-long-lived-groups", "TS-CHAT-5.13", "There are no long-lived groups.")
class _LacksLongLivedGroups(_Lacking):
    kinds = frozenset({ChatKind.LONG_LIVED})
    resources = frozenset({"oneToOneExtendLongLived"})


@LACKING.add("lacks-extension", "TS-CHAT-5.13", "A 1-to-1 chat cannot become a group chat.")
class _LacksExtension(_Lacking):
    resources = frozenset({"oneToOneExtend"})


@LACKING.add(
    "lacks-long-lived-extension", "TS-CHAT-5.13", "A 1-to-1 chat cannot become a long-lived group."
)
class _LacksLongLivedExtension(_Lacking):
    resources = frozenset({"oneToOneExtendLongLived"})


@LACKING.add("lacks-subscription-list", "TS-CHAT-5.13", "Subscriptions cannot be listed.")
class _LacksSubscriptionList(_Lacking):
    lost = frozenset({"GET subscriptions"})


@LACKING.add("lacks-subscription-reading", "TS-CHAT-5.13", "A subscription cannot be read.")
class _LacksSubscriptionReading(_Lacking):
    lost = frozenset({"GET subscription"})


@LACKING.add(
    "lacks-status-of-messages", "TS-CHAT-5.13", "The status of 1-to-1 messages cannot be read."
)
class _LacksStatusOfMessages(_Lacking):
    lost = frozenset({"GET oneToOneMessageStatus"})


@LACKING.add("lacks-status-of-group-messages", "TS-CHAT-5.13", "Messages in groups have no status.")
class _LacksStatusOfGroupMessages(_Lacking):
    resources = frozenset({"groupMessageStatus", "longLivedMessageStatus"})


@LACKING.add("lacks-list-of-groups", "TS-CHAT-5.13", "Long-lived groups cannot be listed.")
class _LacksListOfGroups(_Lacking):
    lost = frozenset({"GET longLivedGroups"})


@LACKING.add(
    "lacks-participants-of-groups", "TS-CHAT-5.13", "Members cannot be read by themselves."
)
class _LacksParticipantsOfGroups(_Lacking):
    lost = frozenset({"GET longLivedParticipants"})


@LACKING.add("lacks-ending", "TS-CHAT-5.13", "Nobody can end a group chat.")
class _LacksEnding(_Lacking):
    lost = frozenset({"DELETE group"})


@LACKING.add("lacks-composing", "TS-CHAT-5.13", "Composing indications are not known.")
class _LacksComposing(SomeOperations):
    operations = frozenset(
        {
            "POST oneToOneMessages",
            "POST groupMessages",
            "POST longLivedMessages",
        }
    )

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if isinstance(content, IsComposing):
            raise rejections.malformed("isComposing is not known")
        return super().perform(call, content, operate)


@LACKING.add("lacks-multimedia", "TS-CHAT-5.13", "Messages of several parts are not taken.")
class _LacksMultimedia(Rules):
    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        if call.is_multipart:
            raise rejections.unsupported_media(call.content_type)
        return super().read(call, decode)


@LACKING.add("lacks-rejoining", "TS-CHAT-5.13", "Nobody comes back to a group chat.")
class _LacksRejoining(Rules):
    def may_join(self, conversation: Conversation, member: Member) -> None:
        if member.took_part:
            raise Rejection(501, "SVC0001", "Who left cannot come back")
        super().may_join(conversation, member)


class _LacksFormat(Rules):
    """Knows one of the two representations only."""

    format = Format.XML

    def identify(self, call: Call, accounts: Accounts) -> Account:
        account = super().identify(call, accounts)
        accept = call.headers.get("accept", "")
        if self.format.media_type in accept and self.format.other.media_type not in accept:
            raise rejections.not_acceptable(accept)
        return account

    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        if format_of(call.content_type) is self.format:
            raise rejections.unsupported_media(call.content_type)
        return super().read(call, decode)

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if isinstance(content, ChatNotificationSubscription):
            named = content.callback_reference.notification_format or NotificationFormat.XML
            if named.name == self.format.name:
                raise rejections.not_allowed_value("notificationFormat", self.format.other.name)
        return super().perform(call, content, operate)

    def respond(self, call: Call, response: Response) -> Response:
        return replace(super().respond(call, response), format=self.format.other)


@LACKING.add("lacks-xml", "TS-CHAT-5.13", "There is no XML.")
class _LacksXml(_LacksFormat):
    pass


@LACKING.add("lacks-json", "TS-CHAT-5.13", "There is no JSON.")
class _LacksJson(_LacksFormat):
    format = Format.JSON
