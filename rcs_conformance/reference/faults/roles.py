"""Faults in what users may do by their part in a chat (TS-CHAT-5.19)."""

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

from rcs_conformance.model.chat import (
    GroupChatSessionInformation,
    IsComposing,
    LongLivedGroupChatInformation,
    MessageStatus,
    MessageStatusReport,
    ParticipantStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import ANYWHERE, GROUP, SESSION, Deviation, Usual
from rcs_conformance.reference.state import Conversation, Member

_CLAUSE = "TS-CHAT-5.19"
_EACH = {
    ChatKind.ADHOC: _CLAUSE,
    ChatKind.ONE_TO_ONE: _CLAUSE,
    ChatKind.LONG_LIVED: _CLAUSE,
}


@GROUP.rule(Rules.may_add, _CLAUSE)
def invited_may_add(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """A user that was invited to a group adds others before it accepts."""
    if member.status is not ParticipantStatus.INVITED:
        usual(conversation, member)


@GROUP.rule(Rules.may_add, _CLAUSE)
def absent_may_add(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """A user that left a group, or declined, still adds others."""
    if member.status is not ParticipantStatus.DISCONNECTED:
        usual(conversation, member)


@GROUP.rule(Rules.may_send, _CLAUSE)
def invited_may_send(
    usual: Usual[None], conversation: Conversation, member: Member, content: object
) -> None:
    """A user that was invited to a group posts to it before it accepts."""
    if member.status is not ParticipantStatus.INVITED or isinstance(content, IsComposing):
        usual(conversation, member, content)


@GROUP.rule(Rules.may_cancel_invitation, _CLAUSE)
def anyone_cancels_invitations(
    usual: Usual[None], conversation: Conversation, actor: Member, invited: Member
) -> None:
    """Every participant of a group cancels open invitations of its originator."""
    if invited.status is not ParticipantStatus.INVITED:
        usual(conversation, actor, invited)


@SESSION.rule(Rules.may_extend, _CLAUSE)
def extended_unaccepted(usual: Usual[None], conversation: Conversation, member: Member) -> None:
    """A 1-to-1 session becomes a group chat before it is accepted."""


@SESSION.deviation(_CLAUSE)
class LongLivedExtendedUnaccepted(Deviation):
    """A 1-to-1 session becomes a long-lived group chat before it is accepted."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._to_long_lived = False

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        self._to_long_lived = call.does("POST", Part.LONG_LIVED_EXTENSION)
        return super().perform(call, content, operate)

    def may_extend(self, conversation: Conversation, member: Member) -> None:
        if not self._to_long_lived:
            super().may_extend(conversation, member)


def _succeeds(method: str, part: Part) -> Callable[..., Response]:
    def perform(usual: Usual[Response], call: Call, content: object, operate: Operate) -> Response:
        try:
            return usual(call, content, operate)
        except Rejection as rejection:
            if rejection.status != 403 or not call.does(method, part):
                raise
            return Response(status=204)

    return perform


GROUP.add(
    "others-end-group-without-effect",
    _CLAUSE,
    "DELETE of a group by another user than its originator returns 204, and has no effect.",
    Rules.perform,
    _succeeds("DELETE", Part.CHAT),
)
GROUP.add(
    "others-accept-without-effect",
    _CLAUSE,
    "An acceptance of a group for another user returns 204, and has no effect.",
    Rules.perform,
    _succeeds("PUT", Part.STATUS),
)


@GROUP.deviation(_CLAUSE, also={ChatKind.LONG_LIVED: _CLAUSE})
class ShownToOutsiders(Deviation):
    """The chat can be read by users who do not take part in it."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._known: dict[str, tuple[str, object]] = {}

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        content = response.content
        if isinstance(content, GroupChatSessionInformation | LongLivedGroupChatInformation):
            key = (content.resource_url or "").rpartition("/")[2]
            self._known.setdefault(key, (call.variables["userId"], content))
        return response

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        try:
            return super().perform(call, content, operate)
        except Rejection as rejection:
            owner, known = self._known.get(call.path.rpartition("/")[2], ("", None))
            is_own = owner == call.variables["userId"]
            if not call.does("GET", Part.CHAT) or is_own or not owner or rejection.status != 404:
                raise
            return Response(status=200, content=known)


@GROUP.deviation(_CLAUSE, also=_EACH)
class OwnReportCounts(Deviation):
    """A message is shown as displayed because its sender reports it so."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._displayed: set[str] = set()

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        try:
            response = super().perform(call, content, operate)
        except Rejection as rejection:
            if rejection.status != 403 or not call.does("PUT", Part.MESSAGE_STATUS):
                raise
            self._displayed.add(call.path)
            return Response(status=204)
        if isinstance(response.content, MessageStatusReport) and call.path in self._displayed:
            shown = replace(response.content, status=MessageStatus.DISPLAYED)
            return replace(response, content=shown)
        return response


@ANYWHERE.deviation(_CLAUSE)
class TransfersOfOthersEnd(Deviation):
    """The end of a file transfer of others returns 204, and has no effect."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._owners: dict[str, str] = {}

    def transfer_id(self, number: int, address: str) -> str:
        found = super().transfer_id(number, address)
        self._owners[found] = address
        return found

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        try:
            return super().perform(call, content, operate)
        except Rejection:
            owner = self._owners.get(call.variables.get("sessionId", ""))
            if call.operation != "DELETE ftSession" or owner in (None, call.variables["userId"]):
                raise
            return Response(status=204)


@ANYWHERE.deviation(_CLAUSE)
class FilesInGroupsOfOthers(Deviation):
    """A file transfer that names a group of others is accepted."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._known: list[str] = []

    def session_id(self, number: int, conversation: Conversation, address: str) -> str:
        found = super().session_id(number, conversation, address)
        self._known.append(found)
        return found

    def no_such_chat(self, url: str) -> Rejection | None:
        is_known = any(unquote(url).endswith(f"/{each}") for each in self._known)
        return None if is_known else super().no_such_chat(url)
