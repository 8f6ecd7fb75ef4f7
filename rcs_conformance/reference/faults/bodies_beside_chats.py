"""Faults in the reading of bodies of file transfers, channels and elements alone."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from rcs_conformance.model.formats import Format
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.edits import SomeOperations
from rcs_conformance.reference.faults.lenience import Defaulting, Lenient, objects_in
from rcs_conformance.reference.lightweight import KINDS
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection

BODIES_BESIDE_CHATS = Faults()

_CLAUSE = "TS-CHAT-5.8"

_NO_CONTENT = (
    b'Content-Disposition: form-data; name="attachments"\r\nContent-Type: text/plain\r\n\r\n\r\n'
)


@BODIES_BESIDE_CHATS.add(
    "selector-not-needed", _CLAUSE, "A file transfer that says nothing of its file is started."
)
class _SelectorNotNeeded(Lenient):
    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in objects_in(document):
            if "fileInformation" in members:
                members["fileInformation"].setdefault("fileSelector", {})
        return document

    def mend_xml(self, root: Element) -> None:
        for holder in root.iter("fileInformation"):
            if holder.find("fileSelector") is None:
                ElementTree.SubElement(holder, "fileSelector")


@BODIES_BESIDE_CHATS.add(
    "file-status-unknown", _CLAUSE, "A file is accepted by a status that is none."
)
class _FileStatusUnknown(Defaulting):
    within = "receiverSessionStatus"
    member = "status"
    wrong = ("Other",)
    default = "Connected"


@BODIES_BESIDE_CHATS.add(
    "reference-maybe-not",
    _CLAUSE,
    "Who says by no boolean whether it supports references to group chats does not.",
)
class _ReferenceMaybeNot(Defaulting):
    within = "fileTransferNotificationSubscription"
    member = "groupChatReferenceSupported"
    wrong = ("maybe",)
    default = "false"


@BODIES_BESIDE_CHATS.add(
    "channel-type-missing-polls", _CLAUSE, "A channel of no type is for long polls."
)
class _ChannelTypeMissingPolls(Defaulting):
    within = "notificationChannel"
    member = "channelType"
    default = "LongPolling"


@BODIES_BESIDE_CHATS.add(
    "element-under-any-root", _CLAUSE, "An element alone is known by its value."
)
class _ElementUnderAnyRoot(Lenient):
    def mend(self, call: Call, fmt: Format) -> bytes | None:
        if call.resource not in KINDS:
            return None
        name = KINDS[call.resource][0].encode()
        return call.body.replace(b"somethingElse", name)


@BODIES_BESIDE_CHATS.add(
    "file-without-content", _CLAUSE, "A file by value whose content is missing is an empty one."
)
class _FileWithoutContent(SomeOperations):
    operations = frozenset({"POST ftSessions"})

    def misread(self, call: Call, decode: Callable[[Call], object], rejection: Rejection) -> object:
        if not call.is_multipart or b"attachments" in call.body:
            raise rejection
        boundary = b"--" + call.content_type.partition("boundary=")[2].encode()
        parts = call.body.removesuffix(b"--\r\n")
        body = parts + b"\r\n" + _NO_CONTENT + boundary + b"--\r\n"
        return decode(replace(call, body=body))
