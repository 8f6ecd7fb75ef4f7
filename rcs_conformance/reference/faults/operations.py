"""Faults in the operations that version 1.0 of the API supports (TS-CHAT-4.1, 5.13)."""

from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.seams import operations

# Single operations that are not supported (TS-CHAT-5.13) ----------------------------------------


def _unsupported(call: Call) -> Rejection:
    return Rejection(501, "SVC0001", "The operation %1 is not supported", call.operation)


@operations("GET participant").answered("TS-CHAT-5.13")
def participant_unreadable(call: Call) -> Response:
    """A single participant cannot be read."""
    raise _unsupported(call)


@operations("GET groupMessageStatus").answered("TS-CHAT-5.13")
def message_status_unreadable(call: Call) -> Response:
    """The status of a message cannot be read."""
    raise _unsupported(call)


@operations("GET participants").answered("TS-CHAT-5.13")
def participants_unreadable(call: Call) -> Response:
    """The list of participants cannot be read."""
    raise _unsupported(call)
