"""Faults in the reading of bodies: what is wrong in one thing is taken all the same."""

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from rcs_conformance.model.chat import IsComposing
from rcs_conformance.model.formats import Format
from rcs_conformance.reference.calls import Call
from rcs_conformance.reference.edits import SomeOperations
from rcs_conformance.reference.negotiation import format_of
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules

LENIENCE = Faults()

_CLAUSE = "TS-CHAT-5.8"
_NAMESPACE = "urn:oma:xml:rest:netapi:chat:1"
_REPEATABLE = ("participant", "supportedService", "reportRequest", "link")


class Lenient(Rules):
    """Mends a body that it would have to reject, and goes on with what comes of that."""

    def mend(self, call: Call, fmt: Format) -> bytes | None:
        """The body as it should have been; `None` where it is not mended."""
        try:
            if fmt is Format.JSON:
                return json.dumps(self.mend_json(json.loads(call.body))).encode()
            root = ElementTree.fromstring(call.body)  # noqa: S314 - read again by the guard
        except (ValueError, LookupError, TypeError, AttributeError, ElementTree.ParseError):
            return None
        self.mend_xml(root)
        return ElementTree.tostring(root)

    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        """The document as it should have been."""
        return document

    def mend_xml(self, root: Element) -> None:
        """Make an element what it should have been."""

    def misread(self, call: Call, decode: Callable[[Call], object], rejection: Rejection) -> object:
        """The structure of a body that would be rejected, mended where that is with 400."""
        fmt = format_of(call.content_type)
        body = self.mend(call, fmt) if fmt and rejection.status == 400 else None
        if body is None:
            raise rejection
        return decode(replace(call, body=body))


@LENIENCE.add("trailing-words-ignored", _CLAUSE, "What stands behind the end of a body is ignored.")
class _TrailingWordsIgnored(Lenient):
    def mend(self, call: Call, fmt: Format) -> bytes | None:
        end = b"}" if fmt is Format.JSON else b">"
        return call.body[: call.body.rfind(end) + 1]


@LENIENCE.add("end-not-needed", _CLAUSE, "A JSON body whose end is missing is read to where it is.")
class _EndNotNeeded(Lenient):
    def mend(self, call: Call, fmt: Format) -> bytes | None:
        return call.body + b'"}}' if fmt is Format.JSON else None


@LENIENCE.add("bytes-replaced", _CLAUSE, "Bytes that are no UTF-8 are replaced.")
class _BytesReplaced(Lenient):
    def mend(self, call: Call, fmt: Format) -> bytes | None:
        return call.body.decode("utf-8", "replace").encode()


@LENIENCE.add("relaxed-json", _CLAUSE, "JSON may have a comma too many, and numbers that are none.")
class _RelaxedJson(Lenient):
    def mend(self, call: Call, fmt: Format) -> bytes | None:
        relaxed = call.body.replace(b",}", b"}").replace(b":NaN", b":0")
        return relaxed if fmt is Format.JSON else None


@LENIENCE.add("namespace-ignored", _CLAUSE, "A root is known by its local name alone.")
class _NamespaceIgnored(Lenient):
    def mend_xml(self, root: Element) -> None:
        root.tag = f"{{{_NAMESPACE}}}{root.tag.rpartition('}')[2]}"


@LENIENCE.add("members-by-local-name", _CLAUSE, "Members are known by their local names alone.")
class _MembersByLocalName(Lenient):
    def mend_xml(self, root: Element) -> None:
        for element in root.iter():
            if element is not root:
                element.tag = element.tag.rpartition("}")[2]


@LENIENCE.add("words-between-ignored", _CLAUSE, "Words between elements are ignored.")
class _WordsBetweenIgnored(Lenient):
    def mend_xml(self, root: Element) -> None:
        for element in root.iter():
            element.tail = None
            element.text = None if len(element) else element.text


@LENIENCE.add("root-not-needed", _CLAUSE, "JSON members of a message are read without their root.")
class _RootNotNeeded(Lenient):
    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        return {"chatMessage": document} if "text" in document else document


@LENIENCE.add("array-unwrapped", _CLAUSE, "A JSON body in an array is taken out of it.")
class _ArrayUnwrapped(Lenient):
    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        return document[0]


@LENIENCE.add("last-one-taken", _CLAUSE, "Of a member that occurs twice the last one counts.")
class _LastOneTaken(Lenient):
    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in objects_in(document):
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


def objects_in(value: Any) -> Iterator[dict[str, Any]]:  # noqa: ANN401 - JSON
    """The objects in a JSON value, at any depth."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value:
        if isinstance(each, dict | list):
            yield from objects_in(each)


@LENIENCE.add("nulls-dropped", _CLAUSE, "Entries of a JSON array that are null are left out.")
class _NullsDropped(Lenient):
    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in objects_in(document):
            for name, value in members.items():
                if isinstance(value, list):
                    members[name] = [each for each in value if each is not None]
        return document


class Defaulting(Lenient):
    """Takes a default where a member of a structure is missing, or has a value that is none."""

    within = ""
    member = ""
    wrong: tuple[str | None, ...] = (None,)
    default = ""

    def mend_json(self, document: Any) -> Any:  # noqa: ANN401 - JSON
        """The document with the default."""
        for members in objects_in(document):
            holder = members.get(self.within)
            if isinstance(holder, dict) and holder.get(self.member) in self.wrong:
                holder[self.member] = self.default
        return document

    def mend_xml(self, root: Element) -> None:
        """Put the default into an element."""
        for holder in root.iter():
            if holder.tag.rpartition("}")[2] != self.within:
                continue
            found = holder.find(self.member)
            if (None if found is None else found.text or "") in self.wrong:
                child = ElementTree.SubElement(holder, self.member) if found is None else found
                child.text = self.default


@LENIENCE.add("text-missing-empty", _CLAUSE, "A message without a text is an empty one.")
class _TextMissingEmpty(Defaulting):
    within = "chatMessage"
    member = "text"


@LENIENCE.add("subject-missing-empty", _CLAUSE, "A long-lived group may have no subject.")
class _SubjectMissingEmpty(Defaulting):
    within = "longLivedGroupChatInformation"
    member = "subject"


@LENIENCE.add("status-missing-connects", _CLAUSE, "A status that is not there connects the user.")
class _StatusMissingConnects(Defaulting):
    within = "participantSessionStatus"
    member = "status"
    default = "Connected"


@LENIENCE.add("report-unknown-displayed", _CLAUSE, "A report that is none counts as Displayed.")
class _ReportUnknownDisplayed(Defaulting):
    within = "messageStatusReport"
    member = "status"
    wrong = ("Other",)
    default = "Displayed"


@LENIENCE.add("state-unknown-idle", _CLAUSE, "A composing state that is none counts as idle.")
class _StateUnknownIdle(Defaulting):
    within = "isComposing"
    member = "state"
    wrong = ("Other",)
    default = "idle"


@LENIENCE.add("refresh-from-zero", _CLAUSE, "A composing indication may be refreshed at once.")
class _RefreshFromZero(SomeOperations):
    operations = frozenset(
        {
            "POST oneToOneMessages",
            "POST groupMessages",
            "POST longLivedMessages",
        }
    )

    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        content = super().read(call, decode)
        if isinstance(content, IsComposing) and content.refresh == 0:
            return replace(content, refresh=1)
        return content


@LENIENCE.add("format-in-any-case", _CLAUSE, "A notification format may be in lower case.")
class _FormatInAnyCase(Defaulting):
    within = "callbackReference"
    member = "notificationFormat"
    wrong = ("xml", "json")
    default = "XML"


@LENIENCE.add(
    "closed-maybe-open", _CLAUSE, "A long-lived group that is closed by no boolean is open."
)
class _ClosedMaybeOpen(Defaulting):
    within = "longLivedGroupChatInformation"
    member = "isClosed"
    wrong = ("maybe",)
    default = "false"


@LENIENCE.add("duration-unreadable", _CLAUSE, "A duration that is no number is passed over.")
class _DurationUnreadable(Defaulting):
    within = "chatNotificationSubscription"
    member = "duration"
    wrong = ("soon",)
    default = "600"
