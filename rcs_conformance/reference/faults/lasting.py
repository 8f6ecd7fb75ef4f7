"""Faults in making a long-lived group of a 1-to-1 chat (UNI-CHT-039)."""

from dataclasses import replace

from rcs_conformance.model.chat import (
    ExtensionParameters,
    LongLivedGroupChatInformation,
    ParticipantInformation,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import SomeOperations, each, edited
from rcs_conformance.reference.faults.extending import ExtendingNothing, Ordered, made_up
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import SERVICES, Operate

LASTING = Faults()

_Order = ExtensionParameters
_NOBODY = ParticipantInformation(address="tel:+15559999")


class _Ordered(Ordered):
    operations = frozenset({"POST oneToOneExtendLongLived"})


@LASTING.add(
    "long-lived-extension-malformed",
    "UNI-CHT-039.1",
    "No session becomes a long-lived group: it is answered with 400.",
)
class _Malformed(_Ordered):
    def order(self, order: _Order) -> _Order:
        raise rejections.malformed("no extension")


@LASTING.add(
    "long-lived-extension-drops-added",
    "UNI-CHT-039.1",
    "A long-lived group made of a session is without who was to be added.",
)
class _DropsAdded(_Ordered):
    def order(self, order: _Order) -> _Order:
        return replace(order, participant=(_NOBODY,))


@LASTING.add(
    "long-lived-extension-told-refused",
    "UNI-CHT-039.1",
    "Making a long-lived group of a session is answered with 403, and yet the group is there.",
)
class _ToldRefused(SomeOperations):
    operations = frozenset({"POST oneToOneExtendLongLived"})

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        super().perform(call, content, operate)
        raise rejections.forbidden("no extension")


@LASTING.add(
    "long-lived-extension-returns-no-id",
    "UNI-CHT-039.1",
    "The response to making a long-lived group of a session tells no id of the group.",
)
class _ReturnsNoId(SomeOperations):
    operations = frozenset({"POST oneToOneExtendLongLived"})

    def respond(self, call: Call, response: Response) -> Response:
        def strip(info: LongLivedGroupChatInformation) -> LongLivedGroupChatInformation:
            entries = each(info.participant, lambda entry: replace(entry, resource_url=None))
            return replace(info, group_chat_id=None, participant=entries, resource_url=None)

        response = super().respond(call, response)
        return edited(replace(response, headers=()), LongLivedGroupChatInformation, strip)


@LASTING.add(
    "long-lived-extension-never-closed",
    "UNI-CHT-039.2",
    "Long-lived groups made of a session are never closed.",
)
class _NeverClosed(_Ordered):
    def order(self, order: _Order) -> _Order:
        return replace(order, is_closed=None)


@LASTING.add(
    "long-lived-extension-closed-unsaid",
    "UNI-CHT-039.2",
    "A long-lived group made of a session without a word is closed.",
)
class _ClosedUnsaid(_Ordered):
    def order(self, order: _Order) -> _Order:
        return replace(order, is_closed=True) if order.is_closed is None else order


@LASTING.add(
    "long-lived-extension-without-services",
    "UNI-CHT-039.3",
    "Long-lived groups made of a session have no services.",
)
class _WithoutServices(_Ordered):
    def order(self, order: _Order) -> _Order:
        return replace(order, supported_service=())


@LASTING.add(
    "long-lived-extension-with-all-services",
    "UNI-CHT-039.3",
    "A long-lived group made of a session without services has all of them.",
)
class _WithAllServices(_Ordered):
    def order(self, order: _Order) -> _Order:
        return replace(order, supported_service=order.supported_service or SERVICES)


class _Nothing(ExtendingNothing):
    part = Part.LONG_LIVED_EXTENSION


@LASTING.add(
    "long-lived-extending-nothing-fails",
    "UNI-CHT-039.4",
    "Making a long-lived group of no session gives 500.",
)
class _NothingFails(_Nothing):
    pass


@LASTING.add(
    "long-lived-extending-nothing-succeeds",
    "UNI-CHT-039.4",
    "Making a long-lived group of no session gives 201.",
)
class _NothingSucceeds(_Nothing):
    def response(self, call: Call) -> Response:
        return made_up(call)
