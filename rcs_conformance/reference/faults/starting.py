"""Faults in starting a group chat (UNI-CHT-002b.1 to .3)."""

from dataclasses import replace

from rcs_conformance.model.chat import GroupChatSessionInformation
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
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

    def respond(self, call: Call, response: Response) -> Response:
        """Any response before it is encoded, the two with a group chat changed."""
        response = super().respond(call, response)
        shows = call.does("POST", Part.CHATS) or call.does("GET", Part.CHAT)
        return edited(response, _Info, self.show) if shows else response


class Asked(OneKind):
    """Changes or rejects what a start asks for."""

    def ask(self, order: _Info) -> _Info:
        """What is carried out; as it was asked, unless a fault says otherwise."""
        return order

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
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
    "start-takes-one-recipient", "UNI-CHT-002b.1", "A start with several recipients is rejected."
)
class _TakesOneRecipient(Asked):
    def ask(self, order: _Info) -> _Info:
        if len(order.participant) > 2:
            raise rejections.forbidden("one recipient only")
        return order


@STARTING.add(
    "start-names-not-all", "UNI-CHT-002b.1", "The chat is shown without the last one invited."
)
class _NamesNotAll(Shown):
    def show(self, info: _Info) -> _Info:
        several = len(info.participant) > 2
        return replace(info, participant=info.participant[:-1]) if several else info


class _Created(OneKind):
    """Changes the response to a start as a whole."""

    def _create(self, response: Response) -> Response:
        return response

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        made = call.does("POST", Part.CHATS) and response.status == 201
        return self._create(response) if made else response


@STARTING.add(
    "start-returns-no-id", "UNI-CHT-002b.2", "The response to a start names no URL of the chat."
)
class _ReturnsNoId(_Created):
    def _create(self, response: Response) -> Response:
        def strip(info: _Info) -> _Info:
            entries = each(info.participant, lambda entry: replace(entry, resource_url=None))
            return replace(info, participant=entries, resource_url=None)

        return edited(replace(response, headers=()), _Info, strip)


@STARTING.add(
    "start-returns-unknown-id", "UNI-CHT-002b.2", "The id that a start returns is of no chat."
)
class _ReturnsUnknownId(_Created):
    def _create(self, response: Response) -> Response:
        headers = tuple((name, value + "0") for name, value in response.headers)
        changed = replace(response, headers=headers)
        return edited(
            changed, _Info, lambda info: replace(info, resource_url=f"{info.resource_url}0")
        )


@STARTING.add(
    "start-returns-two-ids",
    "UNI-CHT-002b.2",
    "The resourceURL that a start returns is not the one in Location.",
)
class _ReturnsTwoIds(_Created):
    def _create(self, response: Response) -> Response:
        return edited(
            response, _Info, lambda info: replace(info, resource_url=f"{info.resource_url}0")
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


@STARTING.add("subject-required", "UNI-CHT-002b.3", "A start without a subject is rejected.")
class _SubjectRequired(Asked):
    def ask(self, order: _Info) -> _Info:
        if order.subject is None:
            raise rejections.malformed("subject is missing")
        return order
