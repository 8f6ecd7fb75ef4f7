"""Deviations in one kind of chat, or in some operations: elsewhere the rules stay as they are."""

from typing import ClassVar

import pytest

from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import OneKind, SomeOperations
from rcs_conformance.reference.registry import combined
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Conversation, Member

TEXT = ChatMessage(text="")
FINE = Response(status=200)


class _Refused(OneKind):
    def may_send(self, conversation: Conversation, member: Member, content: object) -> None:
        raise rejections.forbidden("no sending")


class _RefusedInSessions(_Refused):
    kind: ClassVar[ChatKind | None] = ChatKind.ONE_TO_ONE


class _RefusedAnywhere(_Refused):
    kind = None


def _refuses(rules: Rules, kind: ChatKind) -> bool:
    conversation = Conversation(
        kind=kind,
        number=1,
        originator="tel:+1",
        subject=None,
        closed=False,
        services=(),
        correlator=None,
    )
    member = Member(address="tel:+1", session_id="s", inviter="tel:+1")
    conversation.members["tel:+1"] = member
    rules.join(conversation, member, ())
    try:
        rules.may_send(conversation, member, TEXT)
    except Rejection:
        return True
    return False


@pytest.mark.parametrize(
    ("deviations", "rejected"),
    [
        ((_Refused,), {ChatKind.GROUP}),
        ((_RefusedInSessions,), {ChatKind.ONE_TO_ONE}),
        ((_Refused, _RefusedInSessions), {ChatKind.GROUP, ChatKind.ONE_TO_ONE}),
        ((_RefusedInSessions, _Refused), {ChatKind.GROUP, ChatKind.ONE_TO_ONE}),
        ((_RefusedAnywhere,), set(ChatKind)),
        ((), set()),
    ],
)
def test_deviation_is_confined_to_its_kind(
    deviations: tuple[type[Rules], ...], rejected: set[ChatKind]
) -> None:
    """A subclass that names another kind deviates there, also beside the one it comes from."""
    rules = combined(deviations, seed=0)
    assert {kind for kind in ChatKind if _refuses(rules, kind)} == rejected


class _Gone(SomeOperations):
    operations = frozenset({"GET group"})

    def respond(self, call: Call, response: Response) -> Response:
        return Response(status=410)


class _EndsGone(_Gone):
    operations = frozenset({"DELETE group"})


class _AllGone(_Gone):
    operations = frozenset()


@pytest.mark.parametrize(
    ("deviations", "gone"),
    [
        ((_Gone,), {"GET group"}),
        ((_Gone, _EndsGone), {"GET group", "DELETE group"}),
        ((_AllGone,), {"GET group", "DELETE group", "GET participants"}),
        ((), set()),
    ],
)
def test_deviation_is_confined_to_its_operations(
    deviations: tuple[type[Rules], ...], gone: set[str]
) -> None:
    """A subclass that names other operations deviates in them, also beside the one above it."""
    rules = combined(deviations, seed=0)
    operations = ("GET group", "DELETE group", "GET participants")
    assert {each for each in operations if rules.respond(_call(each), FINE).status == 410} == gone


def _call(operation: str) -> Call:
    method, resource = operation.split()
    return Call(
        method=method,
        path="/",
        root="",
        resource=resource,
        verbs=(method,),
        variables={},
        headers={},
        body=b"",
        too_large=False,
        format=Format.JSON,
        acceptable=True,
    )
