"""The files of multimedia messages."""

from rcs_conformance.reference import refusals
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.chat import Chat


def download(chat: Chat, call: Call, _content: object) -> Answer:
    """GET file: the bytes that were sent, under the type that they were sent as."""
    file = chat.world.file(chat.owner(call), call.variables["fileId"])
    if file is None:
        raise refusals.not_found(call.variables["fileId"])
    return Answer(status=200, file=file)
