"""The files of multimedia messages."""

from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat


def download(chat: Chat, call: Call, _content: object) -> Response:
    """GET file: the bytes that were sent, under the type that they were sent as."""
    file = chat.world.file(chat.owner(call), call.variables["fileId"])
    if file is None:
        raise rejections.not_found(call.variables["fileId"])
    return Response(status=200, file=file)
