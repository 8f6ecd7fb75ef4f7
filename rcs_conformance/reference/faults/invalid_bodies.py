"""Faults in the reading of invalid request bodies (TS-CHAT-5.8; their media types 5.6).

A body that is wrong in one thing is accepted, or is rejected but has an effect. What is wrong
leaves a doubt about what is meant, or loses a value; where it does neither, see `lenient_reading`.
"""

from dataclasses import dataclass, replace
from typing import Any
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from rcs_conformance.model.chat import IsComposing
from rcs_conformance.model.formats import Format
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.lightweight import KINDS
from rcs_conformance.reference.mending import Decode, Mend, edited, misread, objects_in, respelt
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.seams import ANYWHERE, Deviation, Usual, operations

_CLAUSE = "TS-CHAT-5.8"
_NAMESPACE = "urn:oma:xml:rest:netapi:chat:1"
_REPEATABLE = ("participant", "supportedService", "reportRequest", "link")
_MESSAGES = ("POST oneToOneMessages", "POST groupMessages", "POST longLivedMessages")


def _mend(mend: Mend) -> Mend:
    """Register a fault that reads a body as mended."""
    ANYWHERE.rule(Rules.misread, _CLAUSE)(misread(mend))
    return mend


# Malformed documents -----------------------------------------------------------------------------


@_mend
def trailing_words_ignored(call: Call, fmt: Format) -> bytes:
    """Text after the end of a body is ignored."""
    end = b"}" if fmt is Format.JSON else b">"
    return call.body[: call.body.rfind(end) + 1]


@_mend
def end_not_needed(call: Call, fmt: Format) -> bytes | None:
    """A JSON body without its end is accepted."""
    return call.body + b'"}}' if fmt is Format.JSON else None


@_mend
def relaxed_json(call: Call, fmt: Format) -> bytes | None:
    """Trailing commas and NaN in JSON are accepted."""
    relaxed = call.body.replace(b",}", b"}").replace(b":NaN", b":0")
    return relaxed if fmt is Format.JSON else None


# Names, roots and structure ----------------------------------------------------------------------


@_mend
def namespace_ignored(call: Call, fmt: Format) -> bytes | None:
    """The XML namespace of the root is not checked."""

    def edit(root: Element) -> None:
        root.tag = f"{{{_NAMESPACE}}}{root.tag.rpartition('}')[2]}"

    return edited(call, fmt, edit_xml=edit)


@_mend
def root_not_needed(call: Call, fmt: Format) -> bytes | None:
    """A chatMessage in JSON is accepted without its root member."""
    return edited(
        call,
        fmt,
        lambda document: {"chatMessage": document} if "text" in document else document,
    )


@_mend
def last_one_taken(call: Call, fmt: Format) -> bytes | None:
    """The last of two occurrences of a single member is used."""

    def edit_json(document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in objects_in(document):
            for name, value in members.items():
                if isinstance(value, list) and name not in _REPEATABLE:
                    members[name] = value[-1]
        return document

    def edit_xml(root: Element) -> None:
        for element in root.iter():
            last = {child.tag: child for child in element if child.tag not in _REPEATABLE}
            for child in list(element):
                if last.get(child.tag, child) is not child:
                    element.remove(child)

    return edited(call, fmt, edit_json, edit_xml)


@_mend
def nulls_dropped(call: Call, fmt: Format) -> bytes | None:
    """Entries of a JSON array that are null are ignored."""

    def edit(document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in objects_in(document):
            for name, value in members.items():
                if isinstance(value, list):
                    members[name] = [each for each in value if each is not None]
        return document

    return edited(call, fmt, edit)


@_mend
def selector_not_needed(call: Call, fmt: Format) -> bytes | None:
    """A file transfer without fileSelector is accepted."""

    def edit_json(document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in objects_in(document):
            if "fileInformation" in members:
                members["fileInformation"].setdefault("fileSelector", {})
        return document

    def edit_xml(root: Element) -> None:
        for holder in root.iter("fileInformation"):
            if holder.find("fileSelector") is None:
                ElementTree.SubElement(holder, "fileSelector")

    return edited(call, fmt, edit_json, edit_xml)


@_mend
def element_under_any_root(call: Call, fmt: Format) -> bytes | None:
    """The root of a single element is not checked."""
    if call.resource not in KINDS:
        return None
    return call.body.replace(b"somethingElse", KINDS[call.resource][0].encode())


_NO_CONTENT = (
    b'Content-Disposition: form-data; name="attachments"\r\nContent-Type: text/plain\r\n\r\n\r\n'
)


@operations("POST ftSessions").rule(Rules.misread, _CLAUSE)
def file_without_content(
    usual: Usual[object], call: Call, decode: Decode, rejection: Rejection
) -> object:
    """A multipart file transfer without attachment is accepted with an empty file."""
    if not call.is_multipart or b"attachments" in call.body:
        return usual(call, decode, rejection)
    boundary = b"--" + call.content_type.partition("boundary=")[2].encode()
    parts = call.body.removesuffix(b"--\r\n")
    body = parts + b"\r\n" + _NO_CONTENT + boundary + b"--\r\n"
    return decode(replace(call, body=body))


# Values that are missing or invalid --------------------------------------------------------------


def _defaulting(within: str, member: str, wrong: tuple[str | None, ...], default: str) -> Mend:
    """Put a default where a member is missing (`None`) or has one of the wrong values."""

    def edit_json(document: Any) -> Any:  # noqa: ANN401 - JSON
        for members in objects_in(document):
            holder = members.get(within)
            if isinstance(holder, dict) and holder.get(member) in wrong:
                holder[member] = default
        return document

    def edit_xml(root: Element) -> None:
        for holder in root.iter():
            if holder.tag.rpartition("}")[2] != within:
                continue
            found = holder.find(member)
            if (None if found is None else found.text or "") in wrong:
                child = ElementTree.SubElement(holder, member) if found is None else found
                child.text = default

    return lambda call, fmt: edited(call, fmt, edit_json, edit_xml)


for _name, _sentence, *_values in (
    (
        "text-missing-empty",
        "A message without text is accepted with an empty text.",
        "chatMessage",
        "text",
        (None,),
        "",
    ),
    (
        "status-missing-connects",
        "A participantSessionStatus without status connects the user.",
        "participantSessionStatus",
        "status",
        (None,),
        "Connected",
    ),
    (
        "report-unknown-displayed",
        "A message report with an invalid status counts as Displayed.",
        "messageStatusReport",
        "status",
        ("Other",),
        "Displayed",
    ),
    (
        "state-unknown-idle",
        "An isComposing with an invalid state counts as idle.",
        "isComposing",
        "state",
        ("Other",),
        "idle",
    ),
    (
        "closed-maybe-open",
        "A long-lived group whose isClosed is not a boolean is not closed.",
        "longLivedGroupChatInformation",
        "isClosed",
        ("maybe",),
        "false",
    ),
    (
        "duration-unreadable",
        "A duration that is not a number is ignored.",
        "chatNotificationSubscription",
        "duration",
        ("soon",),
        "600",
    ),
    (
        "file-status-unknown",
        "A receiverSessionStatus with an invalid status accepts the file.",
        "receiverSessionStatus",
        "status",
        ("Other",),
        "Connected",
    ),
    (
        "reference-maybe-not",
        "A groupChatReferenceSupported that is not a boolean counts as false.",
        "fileTransferNotificationSubscription",
        "groupChatReferenceSupported",
        ("maybe",),
        "false",
    ),
    (
        "channel-type-missing-polls",
        "A notification channel without channelType is for long polls.",
        "notificationChannel",
        "channelType",
        (None,),
        "LongPolling",
    ),
):
    ANYWHERE.add(_name, _CLAUSE, _sentence, Rules.misread, misread(_defaulting(*_values)))


@_mend
def capital_boolean_is_true(call: Call, fmt: Format) -> bytes | None:
    """A boolean in capitals counts as true, even FALSE."""
    return respelt(call, fmt, lambda _, text: "true" if text in ("TRUE", "FALSE") else text)


@operations(*_MESSAGES).rule(Rules.read, _CLAUSE)
def refresh_from_zero(usual: Usual[object], call: Call, decode: Decode) -> object:
    """An isComposing with refresh = 0 is accepted."""
    content = usual(call, decode)
    if isinstance(content, IsComposing) and content.refresh == 0:
        return replace(content, refresh=1)
    return content


# Rejected requests that have an effect -----------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Kept:
    """A request that is rejected, with the structure that it holds when it is mended."""

    rejection: Rejection
    content: object


class _Effective(Deviation):
    """Rejects a body with text after its end, but carries the request out."""

    def misread(self, call: Call, decode: Decode, rejection: Rejection) -> object:
        end = call.body.rfind(b"}" if call.body.startswith(b"{") else b">") + 1
        if rejection.status != 400 or end == len(call.body):
            raise rejection
        return _Kept(rejection, decode(replace(call, body=call.body[:end])))

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if not isinstance(content, _Kept):
            return super().perform(call, content, operate)
        super().perform(call, content.content, operate)
        raise content.rejection


for _name, _sentence, *_of in (
    ("subscribed", "subscription is rejected, but created", "POST subscriptions"),
    ("started", "group chat is rejected, but started", "POST groups"),
    (
        "added",
        "addition is rejected, but carried out",
        "POST participants",
        "POST longLivedParticipants",
    ),
    ("sent", "message is rejected, but delivered", *_MESSAGES),
    (
        "reported",
        "message report is rejected, but notified",
        "PUT groupMessageStatus",
        "PUT oneToOneMessageStatus",
    ),
    ("invited", "1-to-1 session is rejected, but started", "POST oneToOneSessions"),
    (
        "accepted",
        "acceptance is rejected, but carried out",
        "PUT oneToOneStatus",
        "PUT participantStatus",
    ),
    (
        "extended",
        "extension is rejected, but carried out",
        "POST oneToOneExtend",
        "POST oneToOneExtendLongLived",
    ),
    ("created", "long-lived group is rejected, but created", "POST longLivedGroups"),
    ("fed", "subscription to file transfers is rejected, but created", "POST ftSubscriptions"),
    ("offered", "file transfer is rejected, but started", "POST ftSessions"),
    ("taken", "acceptance of a file is rejected, but carried out", "PUT ftStatus"),
    ("opened", "notification channel is rejected, but created", "POST channels"),
    ("changed", "element is rejected, but changed", "PUT subscriptionDuration", "PUT groupSubject"),
):
    operations(*_of).deviation(_CLAUSE)(
        type(f"refused-but-{_name}", (_Effective,), {"__doc__": f"A malformed {_sentence}."})
    )


# Media types (TS-CHAT-5.6) -----------------------------------------------------------------------


@ANYWHERE.rule(Rules.misread, "TS-CHAT-5.6")
def label_ignored(usual: Usual[object], call: Call, decode: Decode, rejection: Rejection) -> object:
    """The Content-Type of a body in an unsupported format is ignored."""
    if rejection.status != 415:
        return usual(call, decode, rejection)
    looks_like = Format.JSON if call.body.startswith(b"{") else Format.XML
    return decode(replace(call, headers={**call.headers, "content-type": looks_like.media_type}))


@ANYWHERE.rule(Rules.misread, "TS-CHAT-5.6")
def label_malformed(
    usual: Usual[object], call: Call, decode: Decode, rejection: Rejection
) -> object:
    """A body in an unsupported format returns 400."""
    if rejection.status == 415:
        raise rejections.malformed(call.content_type)
    return usual(call, decode, rejection)
