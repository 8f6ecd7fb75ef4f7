"""Faults in making a group chat of a 1-to-1 chat (UNI-CHT-013, TS-CHAT-4.1.5)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import (
    ExtensionParameters,
    GroupChatSessionInformation,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import GroupChatSessionInvitationNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Converted, OneKind, SomeOperations, each, edited
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate
from rcs_conformance.reference.state import Conversation, Member

EXTENDING = Faults()

_Order = ExtensionParameters


class Ordered(SomeOperations):
    """Extends sessions otherwise than it is asked for, to group chats."""

    operations = frozenset({"POST oneToOneExtend"})

    def order(self, order: _Order) -> _Order:
        """What is carried out; as it was asked, unless a fault says otherwise."""
        return order

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        """Carry a request out, an extension as changed."""
        if isinstance(content, _Order):
            content = self.order(content)
        return super().perform(call, content, operate)


class _Promoted(OneKind):
    """Knows the groups that were made of a session."""

    kind = None

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._promoted: set[int] = set()
        self._extending = False

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        self._extending = call.does("POST", Part.EXTENSION)
        return super().perform(call, content, operate)

    def join(self, conversation: Conversation, member: Member, services: tuple[str, ...]) -> None:
        if self._extending:
            self._promoted.add(conversation.number)
        super().join(conversation, member, services)


@EXTENDING.add("extension-refused", "UNI-CHT-013.1", "No session is extended to a group chat.")
class _Refused(Ordered):
    def order(self, order: _Order) -> _Order:
        raise rejections.forbidden("no extension")


@EXTENDING.add(
    "extension-takes-one", "UNI-CHT-013.1", "A session is not extended by several users at once."
)
class _TakesOne(Ordered):
    def order(self, order: _Order) -> _Order:
        if len(order.participant) > 1:
            raise rejections.forbidden("one user only")
        return order


@EXTENDING.add(
    "extension-cut-to-one", "UNI-CHT-013.1", "Of several users a session is extended by the first."
)
class _CutToOne(Ordered):
    def order(self, order: _Order) -> _Order:
        return replace(order, participant=order.participant[:1])


@EXTENDING.add(
    "extension-returns-no-id", "UNI-CHT-013.1", "The response to an extension names no URL."
)
class _ReturnsNoId(SomeOperations):
    operations = frozenset({"POST oneToOneExtend"})

    def respond(self, call: Call, response: Response) -> Response:
        def strip(info: GroupChatSessionInformation) -> GroupChatSessionInformation:
            entries = each(info.participant, lambda entry: replace(entry, resource_url=None))
            return replace(info, participant=entries, resource_url=None)

        response = super().respond(call, response)
        return edited(replace(response, headers=()), GroupChatSessionInformation, strip)


class _Invited(OneKind):
    """Keeps the invitation to an extended session from some."""

    kind = ChatKind.GROUP

    def _is_kept(self, notice: Notice) -> bool:
        return False

    def notices(self, notice: Notice) -> Iterable[Notice]:
        invitation = isinstance(notice.content, GroupChatSessionInvitationNotification)
        extended = invitation and notice.cause is Cause.EXTENDED
        return () if extended and self._is_kept(notice) else super().notices(notice)


@EXTENDING.add(
    "extension-kept-from-partner",
    "UNI-CHT-013.2",
    "The partner in the session is not invited.",
)
class _KeptFromPartner(_Invited):
    def _is_kept(self, notice: Notice) -> bool:
        return [*notice.conversation.members.values()].index(notice.member) == 1


@EXTENDING.add(
    "extension-kept-from-added", "UNI-CHT-013.2", "The last one added to a session is not invited."
)
class _KeptFromAdded(_Invited):
    def _is_kept(self, notice: Notice) -> bool:
        return [*notice.conversation.members.values()][-1] is notice.member


@EXTENDING.add("extension-never-closed", "UNI-CHT-013.3", "Extended sessions are never closed.")
class _NeverClosed(Ordered):
    def order(self, order: _Order) -> _Order:
        return replace(order, is_closed=None)


@EXTENDING.add("extension-closed-refused", "UNI-CHT-013.3", "No session becomes a closed group.")
class _ClosedRefused(Ordered):
    def order(self, order: _Order) -> _Order:
        if order.is_closed:
            raise rejections.forbidden("regular groups only")
        return order


@EXTENDING.add(
    "extension-closed-unsaid", "UNI-CHT-013.4", "Extended without a word, a session is closed."
)
class _ClosedUnsaid(Ordered):
    def order(self, order: _Order) -> _Order:
        return replace(order, is_closed=True) if order.is_closed is None else order


class ExtendingNothing(Converted):
    """Answers otherwise where the session that is to be extended does not exist."""

    kind = ChatKind.ONE_TO_ONE
    part = Part.EXTENSION

    def response(self, call: Call) -> Response:
        """The response instead."""
        raise rejections.internal_error()

    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        """The response in place of a rejection."""
        if call.does("POST", self.part) and rejection.status == 404:
            return self.response(call)
        return super().convert(call, content, rejection)


def made_up(call: Call) -> Response:
    """The response to the creation of something that is not there."""
    headers = (("Location", f"{call.root}{call.path}/made-up"),)
    return Response(status=201, headers=headers)


@EXTENDING.add("extending-nothing-fails", "UNI-CHT-013.5", "Extending no session gives 500.")
class _NothingFails(ExtendingNothing):
    pass


@EXTENDING.add("extending-nothing-succeeds", "UNI-CHT-013.5", "Extending no session gives 201.")
class _NothingSucceeds(ExtendingNothing):
    def response(self, call: Call) -> Response:
        return made_up(call)


@EXTENDING.add(
    "promoted-not-accepted", "TS-CHAT-4.1.5", "Nobody can accept what was made of a session."
)
class _PromotedNotAccepted(_Promoted):
    def may_join(self, conversation: Conversation, member: Member) -> None:
        if conversation.number in self._promoted:
            raise rejections.forbidden("no acceptance")
        super().may_join(conversation, member)


@EXTENDING.add(
    "promoted-silent", "TS-CHAT-4.1.5", "A group chat made of a session passes no messages on."
)
class _PromotedSilent(_Promoted):
    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        silent = conversation.number in self._promoted
        return () if silent else super().receivers(conversation, sender)
