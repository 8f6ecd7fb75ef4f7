"""Faults in starting a group chat (UNI-CHT-002b.1 to .3)."""

from dataclasses import replace

from rcs_conformance.model.chat import GroupChatSessionInformation
from rcs_conformance.reference import refusals
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.edits import OneKind, each, edited
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate

STARTING = Faults()

_Info = GroupChatSessionInformation


class Shown(OneKind):
    """Changes a group chat where its start is answered and where it is read."""

    def show(self, info: _Info) -> _Info:
        """What is shown; as it is, unless a fault says otherwise."""
        return info

    def answered(self, call: Call, answer: Answer) -> Answer:
        """Any answer before it is encoded, the two with a group chat changed."""
        answer = super().answered(call, answer)
        shows = call.does("POST", Part.CHATS) or call.does("GET", Part.CHAT)
        return edited(answer, _Info, self.show) if shows else answer


class Asked(OneKind):
    """Changes or refuses what a start asks for."""

    def ask(self, order: _Info) -> _Info:
        """What is carried out; as it was asked, unless a fault says otherwise."""
        return order

    def perform(self, call: Call, content: object, operate: Operate) -> Answer:
        """Carry a request out, a start as changed."""
        if call.does("POST", Part.CHATS) and isinstance(content, _Info):
            content = self.ask(content)
        return super().perform(call, content, operate)


@STARTING.add(
    "start-drops-recipient", "UNI-CHT-002b.1", "Of several recipients the last is left out."
)
class _DropsRecipient(Asked):
    def ask(self, order: _Info) -> _Info:
        several = len(order.participant) > 2
        return replace(order, participant=order.participant[:-1]) if several else order


@STARTING.add(
    "start-takes-one-recipient", "UNI-CHT-002b.1", "A start with several recipients is refused."
)
class _TakesOneRecipient(Asked):
    def ask(self, order: _Info) -> _Info:
        if len(order.participant) > 2:
            raise refusals.forbidden("one recipient only")
        return order


@STARTING.add(
    "start-names-not-all", "UNI-CHT-002b.1", "The chat is shown without the last one invited."
)
class _NamesNotAll(Shown):
    def show(self, info: _Info) -> _Info:
        several = len(info.participant) > 2
        return replace(info, participant=info.participant[:-1]) if several else info


class _Created(OneKind):
    """Changes the answer to a start as a whole."""

    def _create(self, answer: Answer) -> Answer:
        return answer

    def answered(self, call: Call, answer: Answer) -> Answer:
        answer = super().answered(call, answer)
        made = call.does("POST", Part.CHATS) and answer.status == 201
        return self._create(answer) if made else answer


@STARTING.add(
    "start-returns-no-id", "UNI-CHT-002b.2", "The answer to a start names no URL of the chat."
)
class _ReturnsNoId(_Created):
    def _create(self, answer: Answer) -> Answer:
        def strip(info: _Info) -> _Info:
            entries = each(info.participant, lambda entry: replace(entry, resource_url=None))
            return replace(info, participant=entries, resource_url=None)

        return edited(replace(answer, headers=()), _Info, strip)


@STARTING.add(
    "start-returns-unknown-id", "UNI-CHT-002b.2", "The id that a start returns is of no chat."
)
class _ReturnsUnknownId(_Created):
    def _create(self, answer: Answer) -> Answer:
        headers = tuple((name, value + "0") for name, value in answer.headers)
        changed = replace(answer, headers=headers)
        return edited(
            changed, _Info, lambda info: replace(info, resource_url=f"{info.resource_url}0")
        )


@STARTING.add(
    "start-returns-two-ids",
    "UNI-CHT-002b.2",
    "The resourceURL that a start returns is not the one in Location.",
)
class _ReturnsTwoIds(_Created):
    def _create(self, answer: Answer) -> Answer:
        return edited(
            answer, _Info, lambda info: replace(info, resource_url=f"{info.resource_url}0")
        )


@STARTING.add("subject-cut", "UNI-CHT-002b.3", "A subject is shown cut to 16 characters.")
class _SubjectCut(Shown):
    def show(self, info: _Info) -> _Info:
        return replace(info, subject=info.subject[:16] if info.subject else info.subject)


@STARTING.add(
    "subject-squeezed", "UNI-CHT-002b.3", "White space in the subject of a group chat is squeezed."
)
class _SubjectSqueezed(Shown):
    def show(self, info: _Info) -> _Info:
        squeezed = " ".join(info.subject.split()) if info.subject else info.subject
        return replace(info, subject=squeezed)


@STARTING.add(
    "subject-invented", "UNI-CHT-002b.3", "A group chat without a subject is shown with one."
)
class _SubjectInvented(Shown):
    def show(self, info: _Info) -> _Info:
        return replace(info, subject="Group chat" if info.subject is None else info.subject)


@STARTING.add("subject-required", "UNI-CHT-002b.3", "A start without a subject is refused.")
class _SubjectRequired(Asked):
    def ask(self, order: _Info) -> _Info:
        if order.subject is None:
            raise refusals.malformed("subject is missing")
        return order
