"""Faults in creating long-lived groups (UNI-CHT-030)."""

from collections.abc import Iterable
from dataclasses import replace
from typing import TypeVar

from rcs_conformance.model.chat import (
    LongLivedGroupChatInformation,
    ParticipantInformation,
    ParticipantList,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import LongLivedGroupChatAddedNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import OneKind, each, edited, retold
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import SERVICES, Operate
from rcs_conformance.reference.state import Conversation, Member

CREATING = Faults()

_Info = LongLivedGroupChatInformation
_Told = LongLivedGroupChatAddedNotification
_Shown = TypeVar("_Shown", _Info, _Told)
_Group = TypeVar("_Group", _Info, ParticipantList)
_HEAD = 20
"""Characters that a subject is cut to; more than what tests know their groups by."""


class _Ordered(OneKind):
    """Creates groups otherwise than they are asked for."""

    kind = ChatKind.LONG_LIVED

    def _order(self, order: _Info) -> _Info:
        return order

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if call.does("POST", Part.CHATS) and isinstance(content, _Info):
            content = self._order(content)
        return super().perform(call, content, operate)


class _Answered(OneKind):
    """Changes the response to a creation."""

    kind = ChatKind.LONG_LIVED

    def _answer(self, response: Response) -> Response:
        return response

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        made = call.does("POST", Part.CHATS) and response.status == 201
        return self._answer(response) if made else response


@CREATING.add(
    "long-lived-refused", "UNI-CHT-030.1", "Of several others a long-lived group is rejected."
)
class _Refused(_Ordered):
    def _order(self, order: _Info) -> _Info:
        if len(order.participant) > 2:
            raise rejections.forbidden("two members only")
        return order


@CREATING.add(
    "long-lived-drops-member", "UNI-CHT-030.1", "Of several members the last one is left out."
)
class _DropsMember(_Ordered):
    def _order(self, order: _Info) -> _Info:
        several = len(order.participant) > 2
        return replace(order, participant=order.participant[:-1]) if several else order


@CREATING.add(
    "long-lived-subject-cut", "UNI-CHT-030.1", "The subject of a long-lived group is cut."
)
class _SubjectCut(_Ordered):
    def _order(self, order: _Info) -> _Info:
        return replace(order, subject=order.subject[:_HEAD])


@CREATING.add(
    "long-lived-returns-no-id",
    "UNI-CHT-030.2",
    "The response to a creation tells no id of the group.",
)
class _ReturnsNoId(_Answered):
    def _answer(self, response: Response) -> Response:
        def strip(info: _Info) -> _Info:
            entries = each(info.participant, lambda entry: replace(entry, resource_url=None))
            return replace(info, group_chat_id=None, participant=entries, resource_url=None)

        return edited(replace(response, headers=()), _Info, strip)


@CREATING.add(
    "long-lived-returns-two-ids",
    "UNI-CHT-030.2",
    "The group chat id that a creation returns is not the one in Location.",
)
class _ReturnsTwoIds(_Answered):
    def _answer(self, response: Response) -> Response:
        return edited(
            response, _Info, lambda info: replace(info, group_chat_id=f"{info.group_chat_id}0")
        )


@CREATING.add(
    "long-lived-ids-repeat",
    "UNI-CHT-030.2",
    "Who asks for a group in the same words again gets the group that there is.",
)
class _IdsRepeat(OneKind):
    kind = ChatKind.LONG_LIVED

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._made: dict[tuple[str, object], Response] = {}

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if not call.does("POST", Part.CHATS):
            return super().perform(call, content, operate)
        key = (call.variables["userId"], content)
        if key not in self._made:
            self._made[key] = super().perform(call, content, operate)
        return self._made[key]


@CREATING.add("long-lived-closed-ignored", "UNI-CHT-030.3", "Long-lived groups are never closed.")
class _ClosedIgnored(_Ordered):
    def _order(self, order: _Info) -> _Info:
        return replace(order, is_closed=None)


class _ShownOtherwise(OneKind):
    """Shows and tells groups otherwise than they were asked for."""

    kind = ChatKind.LONG_LIVED

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._orders: dict[str, _Info] = {}

    def _show(self, asked: _Info, shown: _Shown) -> _Shown:
        return shown

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if isinstance(content, _Info):
            self._orders[content.subject] = content
        return super().perform(call, content, operate)

    def respond(self, call: Call, response: Response) -> Response:
        return edited(super().respond(call, response), _Info, self._changed)

    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            yield from retold(outgoing, _Told, self._changed)

    def _changed(self, shown: _Shown) -> _Shown:
        asked = self._orders.get(shown.subject or "")
        return shown if asked is None else self._show(asked, shown)


@CREATING.add(
    "long-lived-regular-as-closed", "UNI-CHT-030.3", "A group created with closed=false is closed."
)
class _RegularAsClosed(_ShownOtherwise):
    def _show(self, asked: _Info, shown: _Shown) -> _Shown:
        return replace(shown, is_closed=True) if asked.is_closed is False else shown


@CREATING.add(
    "long-lived-unsaid-as-closed", "UNI-CHT-030.4", "A group created without closed is closed."
)
class _UnsaidAsClosed(_ShownOtherwise):
    def _show(self, asked: _Info, shown: _Shown) -> _Shown:
        return replace(shown, is_closed=True) if asked.is_closed is None else shown


@CREATING.add(
    "long-lived-regular-refused", "UNI-CHT-030.3", "A creation with closed=false is rejected."
)
class _RegularRefused(_Ordered):
    def _order(self, order: _Info) -> _Info:
        if order.is_closed is False:
            raise rejections.malformed("isClosed is false")
        return order


@CREATING.add(
    "long-lived-services-cut", "UNI-CHT-030.5", "Of several services of a group the last is lost."
)
class _ServicesCut(_Ordered):
    def _order(self, order: _Info) -> _Info:
        several = len(order.supported_service) > 1
        return replace(order, supported_service=SERVICES[:1]) if several else order


@CREATING.add(
    "long-lived-services-invented",
    "UNI-CHT-030.6",
    "A group created without services supports all of them.",
)
class _ServicesInvented(_Ordered):
    def _order(self, order: _Info) -> _Info:
        return replace(order, supported_service=order.supported_service or SERVICES)


@CREATING.add(
    "long-lived-members-as-invited",
    "UNI-CHT-030.7",
    "Those named at the creation of a group are shown as invited.",
)
class _MembersAsInvited(OneKind):
    kind = ChatKind.LONG_LIVED

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._named: dict[str, set[str]] = {}
        self._creating = False

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        self._creating = call.does("POST", Part.CHATS)
        return super().perform(call, content, operate)

    def join(self, conversation: Conversation, member: Member, services: tuple[str, ...]) -> None:
        named = self._named.setdefault(conversation.group_chat_id, set())
        named.discard(member.address)
        if self._creating and member.address != conversation.originator:
            named.add(member.address)
        super().join(conversation, member, services)

    def respond(self, call: Call, response: Response) -> Response:
        named = self._named.get(call.chat_id, set())

        def entry(shown: ParticipantInformation) -> ParticipantInformation:
            connected = shown.status is ParticipantStatus.CONNECTED
            if connected and shown.address in named:
                return replace(shown, status=ParticipantStatus.INVITED)
            return shown

        def whole(shown: _Group) -> _Group:
            return replace(shown, participant=each(shown.participant, entry))

        response = super().respond(call, response)
        if call.method != "GET":
            return response
        alone = edited(response, ParticipantInformation, entry)
        return edited(edited(alone, ParticipantList, whole), _Info, whole)
