"""Faults in adding users to a group (UNI-CHT-014, 031), and to a closed one (002b.4, 030.3)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ParticipantList
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import GroupChatSessionInvitationNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Converted, OneKind
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate
from rcs_conformance.reference.state import Conversation, Member

ADDING = Faults()


def _added(call: Call, content: object) -> int:
    """How many others an addition names; 0 for any other request."""
    if not call.does("POST", Part.PARTICIPANTS) or not isinstance(content, ParticipantList):
        return 0
    owner = canonical(call.variables["userId"])
    return sum(canonical(entry.address) != owner for entry in content.participant)


class _AdditionNotTold(OneKind):
    """Tells nobody of an invitation while users are added as the fault has it."""

    _silent = False

    def _is_silent(self, added: int) -> bool:
        return added == 1

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        self._silent = self._is_silent(_added(call, content))
        try:
            return super().perform(call, content, operate)
        finally:
            self._silent = False

    def notices(self, notice: Notice) -> Iterable[Notice]:
        invitation = isinstance(notice.content, GroupChatSessionInvitationNotification)
        return () if invitation and self._silent else super().notices(notice)


@ADDING.add("addition-of-one-not-told", "UNI-CHT-014.1", "A single user added is not told.")
class _AdditionOfOneNotTold(_AdditionNotTold):
    pass


@ADDING.add("addition-of-one-refused", "UNI-CHT-014.1", "A single user cannot be added.")
@ADDING.also(
    ChatKind.LONG_LIVED,
    "long-lived-addition-of-one-refused",
    "UNI-CHT-031.1",
    "A single user cannot be added to a long-lived group.",
)
class _AdditionOfOneRefused(OneKind):
    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if _added(call, content) == 1:
            raise rejections.forbidden("several at once only")
        return super().perform(call, content, operate)


@ADDING.add("additions-not-told", "UNI-CHT-014.2", "Several users added at once are not told.")
class _AdditionsNotTold(_AdditionNotTold):
    def _is_silent(self, added: int) -> bool:
        return added > 1


@ADDING.add("additions-cut-to-one", "UNI-CHT-014.2", "Of several users added one is invited.")
@ADDING.also(
    ChatKind.LONG_LIVED,
    "long-lived-additions-cut-to-one",
    "UNI-CHT-031.2",
    "Of several users added to a long-lived group one becomes a member.",
)
class _AdditionsCutToOne(OneKind):
    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if isinstance(content, ParticipantList) and _added(call, content) > 1:
            owner = canonical(call.variables["userId"])
            others = [one for one in content.participant if canonical(one.address) != owner]
            content = replace(content, participant=(others[0],))
        return super().perform(call, content, operate)


@ADDING.add("additions-refused", "UNI-CHT-014.2", "Several users cannot be added at once.")
@ADDING.also(
    ChatKind.LONG_LIVED,
    "long-lived-additions-refused",
    "UNI-CHT-031.2",
    "Several users cannot be added to a long-lived group at once.",
)
class _AdditionsRefused(OneKind):
    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if _added(call, content) > 1:
            raise rejections.forbidden("one at a time only")
        return super().perform(call, content, operate)


@ADDING.add(
    "adding-to-nothing-succeeds", "UNI-CHT-014.3", "Adding to no chat is answered with 201."
)
@ADDING.also(
    ChatKind.LONG_LIVED,
    "adding-to-no-long-lived-group-succeeds",
    "UNI-CHT-031.3",
    "Adding to no long-lived group is answered with 201.",
)
class _AddingToNothingSucceeds(Converted):
    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if call.does("POST", Part.PARTICIPANTS) and rejection.status == 404:
            url = call.root + call.path
            return Response(status=201, content=content, headers=(("Location", url),))
        return super().convert(call, content, rejection)


@ADDING.add("adding-to-nothing-fails", "UNI-CHT-014.3", "Adding to no chat is answered with 500.")
@ADDING.also(
    ChatKind.LONG_LIVED,
    "adding-to-no-long-lived-group-fails",
    "UNI-CHT-031.3",
    "Adding to no long-lived group is answered with 500.",
)
class _AddingToNothingFails(Converted):
    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if call.does("POST", Part.PARTICIPANTS) and rejection.status == 404:
            raise rejections.internal_error() from rejection
        return super().convert(call, content, rejection)


@ADDING.also(
    ChatKind.LONG_LIVED,
    "closed-long-lived-addition-not-found",
    "UNI-CHT-030.3",
    "Adding to a closed long-lived group is answered with 404.",
)
@ADDING.add(
    "closed-addition-not-found",
    "UNI-CHT-002b.4",
    "Adding to a closed group chat is answered with 404.",
)
class _ClosedAdditionNotFound(Converted):
    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if call.does("POST", Part.PARTICIPANTS) and rejection.status == 403:
            raise rejections.not_found("the group") from rejection
        return super().convert(call, content, rejection)


@ADDING.also(
    ChatKind.LONG_LIVED,
    "closed-long-lived-addition-told-refused",
    "UNI-CHT-030.3",
    "Adding to a closed long-lived group is answered with 403, and yet the user is added.",
)
@ADDING.add(
    "closed-addition-told-refused",
    "UNI-CHT-002b.4",
    "Adding to a closed group chat is answered with 403, and yet the user is invited.",
)
class _ClosedAdditionToldRefused(OneKind):
    _closed = False

    def may_add(self, conversation: Conversation, member: Member) -> None:
        self._closed = conversation.closed and member.is_connected
        if not self._closed:
            super().may_add(conversation, member)

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        self._closed = False
        response = super().perform(call, content, operate)
        if self._closed:
            raise rejections.forbidden("the group is closed")
        return response


@ADDING.also(
    ChatKind.LONG_LIVED,
    "long-lived-addition-answer-names-others",
    "UNI-CHT-031.1",
    "The response to an addition to a long-lived group names all but those who were added.",
)
@ADDING.add(
    "addition-answer-names-others",
    "UNI-CHT-014.1",
    "The response to an addition names all but those who were added.",
)
class _AdditionAnswerNamesOthers(OneKind):
    def shown_after_adding(
        self, conversation: Conversation, added: tuple[Member, ...]
    ) -> tuple[Member, ...]:
        shown = super().shown_after_adding(conversation, added)
        if len(added) > 1:
            return shown
        return tuple(each for each in conversation.members.values() if each not in added)
