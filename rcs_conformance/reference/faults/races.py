"""Faults that show only when requests overlap.

Each of them gives up its turn in the middle of a request (`windows`): what was checked is acted on
though another request has changed it (check, then act); what was read is written back over what
another request has written (lost update); users are notified before the effect is there.
"""

from threading import get_ident
from typing import ClassVar

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.rules import Operate
from rcs_conformance.reference.seams import (
    GROUP,
    SESSION,
    Deviation,
    Twin,
    operations,
)
from rcs_conformance.reference.state import Conversation, Member
from rcs_conformance.reference.windows import Windows

_Statuses = dict[str, tuple[Member, ParticipantStatus]]
"""The members of a chat by canonical address, each with its status."""


class _Overlapping(Deviation):
    """A deviation with windows."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self.windows = Windows(self.lock)

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        try:
            return super().perform(call, content, operate)
        finally:
            self.windows.end()


def _role(call: Call, member: Member) -> str:
    """What a request does to a chat; empty for what no fault is about."""
    match call.method, call.part:
        case "PUT", Part.STATUS:
            return "rejoin" if member.took_part else "accept"
        case "DELETE", Part.PARTICIPANT | Part.CHAT:
            return "leave" if member.is_connected else "decline"
        case "POST", Part.PARTICIPANTS:
            return "add"
        case "POST", Part.MESSAGES:
            return "send"
        case "GET", _:
            return "read"
    return ""


def _statuses(conversation: Conversation) -> _Statuses:
    return {key: (each, each.status) for key, each in conversation.members.items()}


def _write(conversation: Conversation, statuses: _Statuses) -> None:
    """Give a chat the members and statuses that it had when they were read."""
    conversation.members = {key: member for key, (member, _) in statuses.items()}
    for member, status in statuses.values():
        member.status = status


# Check, then act ---------------------------------------------------------------------------------


@SESSION.deviation(
    "UNI-CHT-003a.3",
    also={
        ChatKind.GROUP: Twin(
            "UNI-CHT-003b.3",
            "group-cancelled-and-accepted",
            "A group chat is cancelled while an invited user accepts, and both succeed.",
        )
    },
)
class SessionCancelledAndAccepted(_Overlapping):
    """A session is cancelled while the invited user accepts, and both succeed."""

    def may_join(self, conversation: Conversation, member: Member) -> None:
        super().may_join(conversation, member)
        self.windows.meet(conversation.number, "accept", "cancel")

    def is_cancelled(self, conversation: Conversation) -> bool:
        cancelled = super().is_cancelled(conversation)
        self.windows.meet(conversation.number, "cancel", "accept")
        return cancelled


@GROUP.deviation("UNI-CHT-003b.3")
class InvitationCancelledAndAccepted(_Overlapping):
    """The invitation of one user is cancelled while that user accepts, and both succeed."""

    def may_join(self, conversation: Conversation, member: Member) -> None:
        super().may_join(conversation, member)
        self.windows.meet(conversation.number, "accept", "cancel")

    def may_cancel_invitation(
        self, conversation: Conversation, actor: Member, invited: Member
    ) -> None:
        super().may_cancel_invitation(conversation, actor, invited)
        self.windows.meet(conversation.number, "cancel", "accept")


@SESSION.deviation("UNI-CHT-009a.2")
class SessionAcceptedAndDeclined(_Overlapping):
    """A session is declined while another device of the user accepts, and both succeed."""

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        found, status = super().available(call, conversation, member), member.status
        sides = {"accept": "decline", "decline": "accept"}
        other = sides.get(role := _role(call, member))
        if found and other and self.windows.meet(conversation.number, role, other):
            member.status = status
        return found


@GROUP.deviation(
    "UNI-CHT-011.2",
    also={
        ChatKind.LONG_LIVED: Twin(
            "UNI-CHT-033.2",
            "long-lived-receivers-out-of-date",
            "A message that overlaps a leave fixes the receivers of all later group messages.",
        )
    },
)
class ReceiversOutOfDate(_Overlapping):
    """A message that overlaps a leave fixes the receivers of all later messages of the chat."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._known: dict[int, tuple[Member, ...]] = {}

    def receivers(self, conversation: Conversation, sender: Member) -> tuple[Member, ...]:
        connected, number = conversation.connected, conversation.number
        usual = super().receivers(conversation, sender)
        if number not in self._known and self.windows.meet(number, "send", "leave"):
            self._known[number] = connected
            return usual
        known = self._known.get(number)
        return usual if known is None else tuple(each for each in known if each is not sender)

    def leave(self, conversation: Conversation, member: Member) -> None:
        self.windows.meet(conversation.number, "leave", "send")
        super().leave(conversation, member)


# Double creation ---------------------------------------------------------------------------------


class _MadeTwice(_Overlapping):
    """Two requests with one correlator look for what the other one makes before it is there."""

    def repeats(self, call: Call, correlator: str | None) -> bool:
        usual = super().repeats(call, correlator)
        return usual and not self.windows.meet((call.path, correlator), "make", "make")


for _name, _operation, _what in (
    (
        "session-made-twice-at-once",
        "POST oneToOneSessions",
        "starts of a session make two sessions",
    ),
    ("group-made-twice-at-once", "POST groups", "starts of a group chat make two group chats"),
    (
        "long-lived-group-made-twice-at-once",
        "POST longLivedGroups",
        "starts of a long-lived group make two groups",
    ),
    (
        "extension-made-twice-at-once",
        "POST oneToOneExtend",
        "extensions of a session make two group chats",
    ),
    (
        "long-lived-extension-made-twice-at-once",
        "POST oneToOneExtendLongLived",
        "extensions of a session make two long-lived groups",
    ),
    ("message-sent-twice-at-once", "POST oneToOneMessages", "1-to-1 messages are both sent"),
    ("group-message-sent-twice-at-once", "POST groupMessages", "messages to a group are both sent"),
    (
        "long-lived-message-sent-twice-at-once",
        "POST longLivedMessages",
        "messages to a long-lived group are both sent",
    ),
):
    operations(_operation).add_class(
        _name, "TS-CHAT-5.12", f"Two overlapping equal {_what}.", _MadeTwice
    )


@SESSION.deviation("UNI-CHT-013.1")
class ExtensionsTakenForOne(_Overlapping):
    """Two users that extend their session at once both get the group chat of one of them."""

    extension: ClassVar[Part] = Part.EXTENSION

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._met: dict[int, int] = {}
        self._answers: dict[int, Response] = {}

    def may_extend(self, conversation: Conversation, member: Member) -> None:
        super().may_extend(conversation, member)
        if self.windows.meet(conversation.number, "extend", "extend"):
            self._met[get_ident()] = conversation.number

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        number = self._met.pop(get_ident(), None)
        if number is None or call.part is not self.extension:
            return response
        return self._answers.setdefault(number, response)


@SESSION.deviation("UNI-CHT-039.1")
class LongLivedExtensionsTakenForOne(ExtensionsTakenForOne):
    """Two users that extend their session at once both get the long-lived group of one of them."""

    extension = Part.LONG_LIVED_EXTENSION


# Lost update -------------------------------------------------------------------------------------


class _Lost(_Overlapping):
    """A request writes back the participants that it has read, over what another one has written.

    Attributes:
        first: What one of the two requests does.
        second: What the other one does, whose participants are written back.
        connected_at_most: The participants of the chats concerned.
    """

    first: ClassVar[str] = ""
    second: ClassVar[str] = ""
    connected_at_most: ClassVar[int] = 99

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        found, role = super().available(call, conversation, member), _role(call, member)
        if not found or role not in (self.first, self.second):
            return found
        if len(conversation.connected) > self.connected_at_most:
            return found
        before, is_second = _statuses(conversation), role == self.second
        other = self.first if is_second else self.second
        if self.windows.meet(conversation.number, role, other, last=is_second):
            self.overlapped(conversation, before, is_second=is_second)
        return found

    def overlapped(self, conversation: Conversation, before: _Statuses, *, is_second: bool) -> None:
        """What is done when the other request has been carried out, or is about to be."""
        if is_second:
            _write(conversation, before)


@GROUP.deviation("UNI-CHT-008b.1")
class AcceptanceLost(_Lost):
    """Of two overlapping acceptances one is lost."""

    first, second = "accept", "accept"


@GROUP.deviation("UNI-CHT-009b.1")
class DeclineLost(_Lost):
    """A decline that overlaps an acceptance is lost."""

    first, second = "decline", "accept"


@GROUP.deviation("UNI-CHT-008b.1")
class AcceptanceLostToDecline(_Lost):
    """An acceptance that overlaps a decline is lost."""

    first, second = "accept", "decline"


@GROUP.deviation("UNI-CHT-011.1", also={ChatKind.LONG_LIVED: "UNI-CHT-033.1"})
class LeaveLost(_Lost):
    """Of two overlapping leaves one is lost."""

    first, second = "leave", "leave"


@GROUP.deviation("UNI-CHT-011.2", also={ChatKind.LONG_LIVED: "UNI-CHT-033.2"})
class LastLeaveLost(_Lost):
    """When the last two participants leave at once, one of them stays."""

    first, second, connected_at_most = "leave", "leave", 2


@GROUP.deviation("UNI-CHT-011.2", also={ChatKind.LONG_LIVED: "UNI-CHT-033.2"})
class LeaveLostToMessage(_Lost):
    """A leave that overlaps a message is lost."""

    first, second = "leave", "send"


@GROUP.deviation("UNI-CHT-014.1", also={ChatKind.LONG_LIVED: "UNI-CHT-031.1"})
class AdditionLost(_Lost):
    """An addition that overlaps a leave is lost."""

    first, second = "add", "leave"


@GROUP.deviation("UNI-CHT-011.1", also={ChatKind.LONG_LIVED: "UNI-CHT-033.1"})
class LeaveLostToAddition(_Lost):
    """A leave that overlaps an addition is lost."""

    first, second = "leave", "add"


@GROUP.deviation("UNI-CHT-015.1", also={ChatKind.LONG_LIVED: "UNI-CHT-040.1"})
class RejoiningLost(_Lost):
    """A user that joins again while another one leaves stays outside."""

    first, second = "rejoin", "leave"


class _Failing(_Lost):
    """A request that overlaps another one is answered 500."""

    def overlapped(self, conversation: Conversation, before: _Statuses, *, is_second: bool) -> None:
        raise rejections.internal_error()


@GROUP.deviation("UNI-CHT-008b.1")
class OverlappingAcceptancesFail(_Failing):
    """Overlapping acceptances get the response 500."""

    first, second = "accept", "accept"


@GROUP.deviation("UNI-CHT-011.1", also={ChatKind.LONG_LIVED: "UNI-CHT-033.1"})
class OverlappingLeavesFail(_Failing):
    """Overlapping leaves get the response 500."""

    first, second = "leave", "leave"


# Notification before the effect ------------------------------------------------------------------


class _NotifiedTooEarly(_Overlapping):
    """A change is notified, and can be read only after the next reading.

    Attributes:
        change: What the request does.
    """

    change: ClassVar[str] = ""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._before: dict[int, tuple[Conversation, _Statuses]] = {}

    def available(self, call: Call, conversation: Conversation, member: Member) -> bool:
        role = _role(call, member)
        if role == "read":
            self.windows.release(conversation.number, "change")
        elif role == self.change:
            self._before[get_ident()] = (conversation, _statuses(conversation))
        return super().available(call, conversation, member)

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        try:
            response = super().perform(call, content, operate)
        finally:
            noted = self._before.pop(get_ident(), None)
        if noted is not None:
            conversation, before = noted
            after = _statuses(conversation)
            _write(conversation, before)
            self.windows.meet(conversation.number, "change", "read")
            _write(conversation, after)
        return response


@SESSION.deviation("UNI-CHT-008a.1")
class SessionNotifiedTooEarly(_NotifiedTooEarly):
    """The acceptance of a session is notified before it can be read."""

    change = "accept"


@GROUP.deviation("UNI-CHT-017.3")
class AcceptanceNotifiedTooEarly(_NotifiedTooEarly):
    """The acceptance of a group chat is notified before it can be read."""

    change = "accept"


@GROUP.deviation("UNI-CHT-017.3", also={ChatKind.LONG_LIVED: "UNI-CHT-036.2"})
class LeaveNotifiedTooEarly(_NotifiedTooEarly):
    """A leave is notified before it can be read."""

    change = "leave"
