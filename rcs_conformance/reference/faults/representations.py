"""Faults in XML, JSON and form representations (TS-CHAT-5.1 to 5.4)."""

import json
import re
from collections.abc import Callable
from dataclasses import replace

from rcs_conformance.model.chat import ChatNotificationSubscription, ParticipantList
from rcs_conformance.model.chat import GroupChatSessionInformation as GroupInformation
from rcs_conformance.model.formats import FORM_MEDIA_TYPE, Format
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.edits import SomeOperations, edited
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate, Rules

REPRESENTATIONS = Faults()


class _Encoded(Rules):
    """Changes the bytes of successful responses in one format."""

    format = Format.XML

    def _encode(self, body: bytes) -> bytes:
        return body

    def _media_type(self, media_type: str) -> str:
        return media_type

    def finished(self, call: Call, raw: RawResponse) -> RawResponse:
        raw = super().finished(call, raw)
        headers = dict(raw.headers)
        named = headers.get("Content-Type")
        if raw.status >= 300 or named != self.format.media_type:
            return raw
        headers["Content-Type"] = self._media_type(named)
        return replace(raw, headers=tuple(headers.items()), body=self._encode(raw.body))


@REPRESENTATIONS.add("xml-cut-short", "TS-CHAT-5.1", "XML responses lack their last character.")
class _XmlCutShort(_Encoded):
    def _encode(self, body: bytes) -> bytes:
        return body.rstrip()[:-1]


@REPRESENTATIONS.add("xml-in-no-namespace", "TS-CHAT-5.1", "XML responses are in no namespace.")
class _XmlInNoNamespace(_Encoded):
    def _encode(self, body: bytes) -> bytes:
        plain = re.sub(rb'\s+xmlns(:\w+)?="[^"]*"', b"", body)
        return re.sub(rb"(</?)\w+:", rb"\1", plain)


@REPRESENTATIONS.add(
    "xml-status-in-capitals", "TS-CHAT-5.1", "XML responses put statuses in capitals."
)
class _XmlStatusInCapitals(_Encoded):
    def _encode(self, body: bytes) -> bytes:
        return re.sub(
            rb"<status>(\w+)<", lambda found: found[0].replace(found[1], found[1].upper()), body
        )


@REPRESENTATIONS.add(
    "xml-declared-as-text", "TS-CHAT-5.1", "XML responses are declared as text/plain."
)
class _XmlDeclaredAsText(_Encoded):
    def _media_type(self, media_type: str) -> str:
        return "text/plain"


@REPRESENTATIONS.add("json-cut-short", "TS-CHAT-5.2", "JSON responses lack their last character.")
class _JsonCutShort(_XmlCutShort):
    format = Format.JSON


@REPRESENTATIONS.add("json-without-root", "TS-CHAT-5.2", "JSON responses lack the root member.")
class _JsonWithoutRoot(_Encoded):
    format = Format.JSON

    def _encode(self, body: bytes) -> bytes:
        (content,) = json.loads(body).values()
        return json.dumps(content, ensure_ascii=False).encode()


@REPRESENTATIONS.add(
    "json-status-in-capitals", "TS-CHAT-5.2", "JSON responses put statuses in capitals."
)
class _JsonStatusInCapitals(_Encoded):
    format = Format.JSON

    def _encode(self, body: bytes) -> bytes:
        return re.sub(
            rb'"status":\s*"(\w+)"',
            lambda found: found[0].replace(found[1], found[1].upper()),
            body,
        )


@REPRESENTATIONS.add(
    "json-declared-as-text", "TS-CHAT-5.2", "JSON responses are declared as text/plain."
)
class _JsonDeclaredAsText(_XmlDeclaredAsText):
    format = Format.JSON


def _is_form(call: Call) -> bool:
    return call.content_type.startswith(FORM_MEDIA_TYPE)


@REPRESENTATIONS.add("form-refused", "TS-CHAT-5.3", "Form fields are rejected with 415.")
class _FormRefused(Rules):
    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        if _is_form(call):
            raise rejections.unsupported_media(call.content_type)
        return super().read(call, decode)


@REPRESENTATIONS.add(
    "form-plus-kept", "TS-CHAT-5.3", "A plus sign in form fields is not read as a space."
)
class _FormPlusKept(Rules):
    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        body = call.body.replace(b"+", b"%2B") if _is_form(call) else call.body
        return super().read(replace(call, body=body), decode)


@REPRESENTATIONS.add(
    "form-takes-one-address", "TS-CHAT-5.3", "Of several addresses in a form the first is taken."
)
class _FormTakesOneAddress(SomeOperations):
    operations = frozenset({"POST groups"})

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if _is_form(call) and isinstance(content, GroupInformation):
            own = [entry for entry in content.participant if entry.is_originator]
            others = [entry for entry in content.participant if not entry.is_originator]
            content = replace(content, participant=(*own, *others[:1]))
        return super().perform(call, content, operate)


class _InOneFormat(SomeOperations):
    """Says something else in one of the two formats, where something is read."""

    format = Format.JSON

    def _say(self, response: Response) -> Response:
        return response

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        return self._say(response) if call.format is self.format else response


@REPRESENTATIONS.add(
    "json-leaves-participant-out", "TS-CHAT-5.4", "The last participant is listed in XML only."
)
class _JsonLeavesParticipantOut(_InOneFormat):
    operations = frozenset({"GET participants", "GET longLivedParticipants"})

    def _say(self, response: Response) -> Response:
        return edited(
            response,
            ParticipantList,
            lambda listed: replace(listed, participant=listed.participant[:-1]),
        )


@REPRESENTATIONS.add("xml-subject-differs", "TS-CHAT-5.4", "A subject is read otherwise in XML.")
class _XmlSubjectDiffers(_InOneFormat):
    operations = frozenset({"GET group"})
    format = Format.XML

    def _say(self, response: Response) -> Response:
        return edited(
            response,
            GroupInformation,
            lambda info: replace(info, subject=f"{info.subject or ''} (XML)"),
        )


@REPRESENTATIONS.add(
    "json-subscription-differs", "TS-CHAT-5.4", "A subscription is read with less in JSON."
)
class _JsonSubscriptionDiffers(_InOneFormat):
    operations = frozenset({"GET subscription"})

    def _say(self, response: Response) -> Response:
        return edited(
            response,
            ChatNotificationSubscription,
            lambda read: replace(
                read, duration=None, client_correlator=None, confirmed_chat_supported=None
            ),
        )
