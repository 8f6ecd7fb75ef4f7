"""Faults in adding users to a group chat (UNI-CHT-014)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ParticipantList
from rcs_conformance.model.notifications import GroupChatSessionInvitationNotification
from rcs_conformance.reference import refusals
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.edits import Converted, OneKind
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.refusals import Refusal
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate

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

    def perform(self, call: Call, content: object, operate: Operate) -> Answer:
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
class _AdditionOfOneRefused(OneKind):
    def perform(self, call: Call, content: object, operate: Operate) -> Answer:
        if _added(call, content) == 1:
            raise refusals.forbidden("several at once only")
        return super().perform(call, content, operate)


@ADDING.add("additions-not-told", "UNI-CHT-014.2", "Several users added at once are not told.")
class _AdditionsNotTold(_AdditionNotTold):
    def _is_silent(self, added: int) -> bool:
        return added > 1


@ADDING.add("additions-cut-to-one", "UNI-CHT-014.2", "Of several users added one is invited.")
class _AdditionsCutToOne(OneKind):
    def perform(self, call: Call, content: object, operate: Operate) -> Answer:
        if isinstance(content, ParticipantList) and _added(call, content) > 1:
            owner = canonical(call.variables["userId"])
            others = [one for one in content.participant if canonical(one.address) != owner]
            content = replace(content, participant=(others[0],))
        return super().perform(call, content, operate)


@ADDING.add("additions-refused", "UNI-CHT-014.2", "Several users cannot be added at once.")
class _AdditionsRefused(OneKind):
    def perform(self, call: Call, content: object, operate: Operate) -> Answer:
        if _added(call, content) > 1:
            raise refusals.forbidden("one at a time only")
        return super().perform(call, content, operate)


@ADDING.add(
    "adding-to-nothing-succeeds", "UNI-CHT-014.3", "Adding to no chat is answered with 201."
)
class _AddingToNothingSucceeds(Converted):
    def convert(self, call: Call, content: object, refusal: Refusal) -> Answer:
        if call.does("POST", Part.PARTICIPANTS) and refusal.status == 404:
            url = call.root + call.path
            return Answer(status=201, content=content, headers=(("Location", url),))
        return super().convert(call, content, refusal)


@ADDING.add("adding-to-nothing-fails", "UNI-CHT-014.3", "Adding to no chat is answered with 500.")
class _AddingToNothingFails(Converted):
    def convert(self, call: Call, content: object, refusal: Refusal) -> Answer:
        if call.does("POST", Part.PARTICIPANTS) and refusal.status == 404:
            raise refusals.internal_error() from refusal
        return super().convert(call, content, refusal)
