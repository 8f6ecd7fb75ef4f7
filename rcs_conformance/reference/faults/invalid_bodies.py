"""Faults in reading bodies: an invalid body is accepted, or its rejection has an effect.

TS-CHAT-5.8; media types 5.6.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from rcs_conformance.model.chat import IsComposing
from rcs_conformance.model.formats import Format
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.lightweight import KINDS
from rcs_conformance.reference.negotiation import format_of
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import ANYWHERE, Deviation, Usual, operations

_CLAUSE = "TS-CHAT-5.8"
_NAMESPACE = "urn:oma:xml:rest:netapi:chat:1"
_REPEATABLE = ("participant", "supportedService", "reportRequest", "link")
_MESSAGES = ("POST oneToOneMessages", "POST groupMessages", "POST longLivedMessages")

# Invalid bodies are mended -----------------------------------------------------------------------


class _Mending(Deviation):
    """Mends a body that is rejected with 400, and goes on with the result."""

    def mend(self, call: Call, fmt: Format) -> bytes | None:
        """The mended body; `None` if it is not mended."""
        try:
            if fmt is Format.JSON:
                return json.dumps(self.mend_json(json.loads(call.body))).encode()
            root = ElementTree.fromstring(call.body)  # noqa: S314 - read again by the guard
        except (ValueError, LookupError, TypeError, AttributeError, ElementTree.ParseError):
            return None
        self.mend_xml(root)
        return ElementTree.tostring(root)

    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        return document

    def mend_xml(self, root: Element) -> None:
        """Mend an element in place."""

    def misread(self, call: Call, decode: Callable[[Call], object], rejection: Rejection) -> object:
        fmt = format_of(call.content_type)
        body = self.mend(call, fmt) if fmt and rejection.status == 400 else None
        if body is None:
            raise rejection
        return decode(replace(call, body=body))


@ANYWHERE.deviation(_CLAUSE)
class TrailingWordsIgnored(_Mending):
    """Characters after the end of a body are ignored."""

    def mend(self, call: Call, fmt: Format) -> bytes | None:
        end = b"}" if fmt is Format.JSON else b">"
        return call.body[: call.body.rfind(end) + 1]


@ANYWHERE.deviation(_CLAUSE)
class EndNotNeeded(_Mending):
    """A JSON body without its end is accepted."""

    def mend(self, call: Call, fmt: Format) -> bytes | None:
        return call.body + b'"}}' if fmt is Format.JSON else None


@ANYWHERE.deviation(_CLAUSE)
class BytesReplaced(_Mending):
    """Bytes that are not UTF-8 are replaced."""

    def mend(self, call: Call, fmt: Format) -> bytes | None:
        return call.body.decode("utf-8", "replace").encode()


@ANYWHERE.deviation(_CLAUSE)
class RelaxedJson(_Mending):
    """JSON with a trailing comma or with NaN is accepted."""

    def mend(self, call: Call, fmt: Format) -> bytes | None:
        relaxed = call.body.replace(b",}", b"}").replace(b":NaN", b":0")
        return relaxed if fmt is Format.JSON else None


@ANYWHERE.deviation(_CLAUSE)
class NamespaceIgnored(_Mending):
    """The XML namespace of a root element is not checked."""

    def mend_xml(self, root: Element) -> None:
        root.tag = f"{{{_NAMESPACE}}}{root.tag.rpartition('}')[2]}"


@ANYWHERE.deviation(_CLAUSE)
class MembersByLocalName(_Mending):
    """The XML namespaces of elements below the root are not checked."""

    def mend_xml(self, root: Element) -> None:
        for element in root.iter():
            if element is not root:
                element.tag = element.tag.rpartition("}")[2]


@ANYWHERE.deviation(_CLAUSE)
class WordsBetweenIgnored(_Mending):
    """Text between XML elements is ignored."""

    def mend_xml(self, root: Element) -> None:
        for element in root.iter():
            element.tail = None
            element.text = None if len(element) else element.text


@ANYWHERE.deviation(_CLAUSE)
class RootNotNeeded(_Mending):
    """A JSON message without its root member is accepted."""

    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        return {"chatMessage": document} if "text" in document else document


@ANYWHERE.deviation(_CLAUSE)
class ArrayUnwrapped(_Mending):
    """A JSON body within an array is accepted."""

    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        return document[0]


def _objects_in(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """The objects in a JSON value, at any depth."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list):
            yield from _objects_in(each)


@ANYWHERE.deviation(_CLAUSE)
class LastOneTaken(_Mending):
    """The last of a member's several occurrences is read."""

    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in _objects_in(document):
            for name, value in members.items():
                if isinstance(value, list) and name not in _REPEATABLE:
                    members[name] = value[-1]
        return document

    def mend_xml(self, root: Element) -> None:
        for element in root.iter():
            last = {child.tag: child for child in element if child.tag not in _REPEATABLE}
            for child in list(element):
                if last.get(child.tag, child) is not child:
                    element.remove(child)


@ANYWHERE.deviation(_CLAUSE)
class NullsDropped(_Mending):
    """Null entries of a JSON array are ignored."""

    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in _objects_in(document):
            for name, value in members.items():
                if isinstance(value, list):
                    members[name] = [each for each in value if each is not None]
        return document


@ANYWHERE.deviation(_CLAUSE)
class SelectorNotNeeded(_Mending):
    """A file transfer without fileSelector is accepted."""

    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in _objects_in(document):
            if "fileInformation" in members:
                members["fileInformation"].setdefault("fileSelector", {})
        return document

    def mend_xml(self, root: Element) -> None:
        for holder in root.iter("fileInformation"):
            if holder.find("fileSelector") is None:
                ElementTree.SubElement(holder, "fileSelector")


@ANYWHERE.deviation(_CLAUSE)
class ElementUnderAnyRoot(_Mending):
    """A lightweight resource is accepted with any root element."""

    def mend(self, call: Call, fmt: Format) -> bytes | None:
        if call.resource not in KINDS:
            return None
        name = KINDS[call.resource][0].encode()
        return call.body.replace(b"somethingElse", name)


# A member is missing or invalid: a default is read ------------------------------------------------


class _Defaulting(_Mending):
    """Reads a default where a member of a structure is missing or has an invalid value."""

    within = ""
    member = ""
    wrong: Sequence[str | None] = (None,)
    default = ""

    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in _objects_in(document):
            holder = members.get(self.within)
            if isinstance(holder, dict) and holder.get(self.member) in self.wrong:
                holder[self.member] = self.default
        return document

    def mend_xml(self, root: Element) -> None:
        for holder in root.iter():
            if holder.tag.rpartition("}")[2] != self.within:
                continue
            found = holder.find(self.member)
            if (None if found is None else found.text or "") in self.wrong:
                child = ElementTree.SubElement(holder, self.member) if found is None else found
                child.text = self.default


@ANYWHERE.deviation(_CLAUSE)
class TextMissingEmpty(_Defaulting):
    """A message without text is accepted as an empty one."""

    within, member = "chatMessage", "text"


@ANYWHERE.deviation(_CLAUSE)
class SubjectMissingEmpty(_Defaulting):
    """A long-lived group chat without subject is accepted."""

    within, member = "longLivedGroupChatInformation", "subject"


@ANYWHERE.deviation(_CLAUSE)
class StatusMissingConnects(_Defaulting):
    """A missing status is read as Connected."""

    within, member, default = "participantSessionStatus", "status", "Connected"


@ANYWHERE.deviation(_CLAUSE)
class ReportUnknownDisplayed(_Defaulting):
    """A report with an invalid status is read as Displayed."""

    within, member, default = "messageStatusReport", "status", "Displayed"
    wrong = ("Other",)


@ANYWHERE.deviation(_CLAUSE)
class StateUnknownIdle(_Defaulting):
    """An isComposing with an invalid state is read as idle."""

    within, member, default = "isComposing", "state", "idle"
    wrong = ("Other",)


@ANYWHERE.deviation(_CLAUSE)
class FormatInAnyCase(_Defaulting):
    """A notificationFormat in lower case is accepted."""

    within, member, default = "callbackReference", "notificationFormat", "XML"
    wrong = ("xml", "json")


@ANYWHERE.deviation(_CLAUSE)
class ClosedMaybeOpen(_Defaulting):
    """An isClosed that is not a boolean is read as false for a long-lived group chat."""

    within, member, default = "longLivedGroupChatInformation", "isClosed", "false"
    wrong = ("maybe",)


@ANYWHERE.deviation(_CLAUSE)
class DurationUnreadable(_Defaulting):
    """A duration that is not a number is replaced."""

    within, member, default = "chatNotificationSubscription", "duration", "600"
    wrong = ("soon",)


@ANYWHERE.deviation(_CLAUSE)
class FileStatusUnknown(_Defaulting):
    """The acceptance of a file with an invalid status is read as Connected."""

    within, member, default = "receiverSessionStatus", "status", "Connected"
    wrong = ("Other",)


@ANYWHERE.deviation(_CLAUSE)
class ReferenceMaybeNot(_Defaulting):
    """A groupChatReferenceSupported that is not a boolean is read as false."""

    within, default = "fileTransferNotificationSubscription", "false"
    member = "groupChatReferenceSupported"
    wrong = ("maybe",)


@ANYWHERE.deviation(_CLAUSE)
class ChannelTypeMissingPolls(_Defaulting):
    """A missing channelType is read as LongPolling."""

    within, member, default = "notificationChannel", "channelType", "LongPolling"


@operations(*_MESSAGES).rule(Rules.read, _CLAUSE)
def refresh_from_zero(usual: Usual[object], call: Call, decode: Callable[[Call], object]) -> object:
    """An isComposing with a refresh of 0 is accepted."""
    content = usual(call, decode)
    if isinstance(content, IsComposing) and content.refresh == 0:
        return replace(content, refresh=1)
    return content


_NO_CONTENT = (
    b'Content-Disposition: form-data; name="attachments"\r\nContent-Type: text/plain\r\n\r\n\r\n'
)


@operations("POST ftSessions").rule(Rules.misread, _CLAUSE)
def file_without_content(
    usual: Usual[object], call: Call, decode: Callable[[Call], object], rejection: Rejection
) -> object:
    """A file by value without content is accepted as an empty file."""
    if not call.is_multipart or b"attachments" in call.body:
        raise rejection
    boundary = b"--" + call.content_type.partition("boundary=")[2].encode()
    parts = call.body.removesuffix(b"--\r\n")
    body = parts + b"\r\n" + _NO_CONTENT + boundary + b"--\r\n"
    return decode(replace(call, body=body))


# Invalid bodies are rejected, but have an effect --------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Mended:
    """The structure of a mended body, with the rejection of the body as it was."""

    rejection: Rejection
    content: object


class _Effective(Deviation):
    """Rejects a body with characters after its end, but carries the request out."""

    def misread(self, call: Call, decode: Callable[[Call], object], rejection: Rejection) -> object:
        end = call.body.rfind(b"}" if call.body.startswith(b"{") else b">") + 1
        if rejection.status != 400 or end == len(call.body):
            raise rejection
        return _Mended(rejection, decode(replace(call, body=call.body[:end])))

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if not isinstance(content, _Mended):
            return super().perform(call, content, operate)
        super().perform(call, content.content, operate)
        raise content.rejection


@operations("POST subscriptions").deviation(_CLAUSE)
class RefusedButSubscribed(_Effective):
    """A subscription with an invalid body is rejected, but created."""


@operations("POST groups").deviation(_CLAUSE)
class RefusedButStarted(_Effective):
    """The start of a group chat with an invalid body is rejected, but the chat starts."""


@operations("POST participants", "POST longLivedParticipants").deviation(_CLAUSE)
class RefusedButAdded(_Effective):
    """An addition with an invalid body is rejected, but carried out."""


@operations(*_MESSAGES).deviation(_CLAUSE)
class RefusedButSent(_Effective):
    """A message with an invalid body is rejected, but delivered."""


@operations("PUT groupMessageStatus", "PUT oneToOneMessageStatus").deviation(_CLAUSE)
class RefusedButReported(_Effective):
    """A report with an invalid body is rejected, but notified."""


@operations("POST oneToOneSessions").deviation(_CLAUSE)
class RefusedButInvited(_Effective):
    """The start of a session with an invalid body is rejected, but the session starts."""


@operations("PUT oneToOneStatus", "PUT participantStatus").deviation(_CLAUSE)
class RefusedButAccepted(_Effective):
    """An acceptance with an invalid body is rejected, but carried out."""


@operations("POST oneToOneExtend", "POST oneToOneExtendLongLived").deviation(_CLAUSE)
class RefusedButExtended(_Effective):
    """An extension with an invalid body is rejected, but carried out."""


@operations("POST longLivedGroups").deviation(_CLAUSE)
class RefusedButCreated(_Effective):
    """A long-lived group chat with an invalid body is rejected, but created."""


@operations("POST ftSubscriptions").deviation(_CLAUSE)
class RefusedButFed(_Effective):
    """A subscription to file transfers with an invalid body is rejected, but created."""


@operations("POST ftSessions").deviation(_CLAUSE)
class RefusedButOffered(_Effective):
    """A file transfer with an invalid body is rejected, but offered."""


@operations("PUT ftStatus").deviation(_CLAUSE)
class RefusedButTaken(_Effective):
    """The acceptance of a file with an invalid body is rejected, but carried out."""


@operations("POST channels").deviation(_CLAUSE)
class RefusedButOpened(_Effective):
    """A channel with an invalid body is rejected, but created."""


@operations("PUT subscriptionDuration", "PUT groupSubject").deviation(_CLAUSE)
class RefusedButChanged(_Effective):
    """A lightweight resource with an invalid body is rejected, but changed."""


# Bodies in a format that no resource accepts ------------------------------------------------------


@ANYWHERE.rule(Rules.misread, "TS-CHAT-5.6")
def label_ignored(
    usual: Usual[object], call: Call, decode: Callable[[Call], object], rejection: Rejection
) -> object:
    """A body is read by its content, whatever its Content-Type."""
    if rejection.status != 415:
        raise rejection
    looks_like = Format.JSON if call.body.startswith(b"{") else Format.XML
    headers = {**call.headers, "content-type": looks_like.media_type}
    return decode(replace(call, headers=headers))


@ANYWHERE.rule(Rules.misread, "TS-CHAT-5.6")
def label_malformed(
    usual: Usual[object], call: Call, decode: Callable[[Call], object], rejection: Rejection
) -> object:
    """A body in an unknown format returns 400."""
    raise rejections.malformed(call.content_type) if rejection.status == 415 else rejection
