"""Faults in lightweight resources (TS-CHAT-5.11)."""

from dataclasses import replace

from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import SomeOperations, edited
from rcs_conformance.reference.lightweight import KINDS
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate
from rcs_conformance.wire.element import LoneElement

ELEMENTS = Faults()


@ELEMENTS.add("element-read-otherwise", "TS-CHAT-5.11", "A subject alone is read in capitals.")
class _ElementReadOtherwise(SomeOperations):
    operations = frozenset(f"GET {resource}" for resource in KINDS)

    def respond(self, call: Call, response: Response) -> Response:
        return edited(
            super().respond(call, response),
            LoneElement,
            lambda element: replace(element, value=str(element.value).upper()),
        )


@ELEMENTS.add("element-change-lost", "TS-CHAT-5.11", "An element that is changed stays as it was.")
class _ElementChangeLost(SomeOperations):
    operations = frozenset(f"PUT {resource}" for resource in KINDS)

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        return Response(status=204)


@ELEMENTS.add(
    "element-under-another-name", "TS-CHAT-5.11", "An element alone has another name as the root."
)
class _ElementUnderAnotherName(SomeOperations):
    operations = frozenset(f"GET {resource}" for resource in KINDS)

    def respond(self, call: Call, response: Response) -> Response:
        return edited(
            super().respond(call, response),
            LoneElement,
            lambda element: replace(element, name="value"),
        )
