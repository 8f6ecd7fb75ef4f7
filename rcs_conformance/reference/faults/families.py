"""Faults in verbs, codes and formats that strike one family of resources (TS-CHAT-5)."""

import re
from dataclasses import replace

from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import refusals
from rcs_conformance.reference.calls import Answer, Call, RawAnswer
from rcs_conformance.reference.edits import OneKind
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.refusals import Refusal
from rcs_conformance.reference.registry import Faults

FAMILIES = Faults()

_SUBSCRIPTIONS = ("subscriptions", "subscription")


class _Refused(OneKind):
    """Refuses with one status otherwise, in one kind of chat."""

    status = 405

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        return refusal

    def refuse(self, call: Call, refusal: Refusal) -> Answer:
        if refusal.status == self.status:
            refusal = self._refuse(call, refusal)
        return super().refuse(call, refusal)


@FAMILIES.add(
    "wrong-verb-on-session-not-found",
    "TS-CHAT-5.5",
    "On 1-to-1 sessions an unsupported verb is answered with 404.",
)
class _WrongVerbOnSession(_Refused):
    kind = ChatKind.ONE_TO_ONE

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        return refusals.not_found(call.path)


@FAMILIES.add(
    "allow-on-adhoc-chat-too-long", "TS-CHAT-5.5", "On ad-hoc messages Allow lists DELETE."
)
class _AllowOnAdhocChat(_Refused):
    kind = ChatKind.ADHOC

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        return refusals.wrong_method(call.method, (*call.verbs, "DELETE"))


@FAMILIES.add(
    "allow-on-long-lived-group-cut",
    "TS-CHAT-5.5",
    "On long-lived groups Allow leaves the first verb out, where there are several.",
)
class _AllowOnLongLived(_Refused):
    kind = ChatKind.LONG_LIVED

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        return refusals.wrong_method(call.method, call.verbs[1:] or call.verbs)


@FAMILIES.add(
    "wrong-verb-on-subscription-forbidden",
    "TS-CHAT-5.5",
    "On subscriptions an unsupported verb is answered with 403.",
)
class _WrongVerbOnSubscription(_Refused):
    kind = None

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        mine = call.resource in _SUBSCRIPTIONS
        return refusals.forbidden("unsupported") if mine else refusal


@FAMILIES.add(
    "session-in-no-format-answered-400",
    "TS-CHAT-5.6",
    "A 1-to-1 session in a format that is not known is refused with 400.",
)
class _SessionInNoFormat(_Refused):
    kind = ChatKind.ONE_TO_ONE
    status = 406

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        return refusals.malformed("Accept")


@FAMILIES.add(
    "subscription-in-no-format-answered-400",
    "TS-CHAT-5.6",
    "A subscription in a format that is not known is refused with 400.",
)
class _SubscriptionInNoFormat(_Refused):
    kind = None
    status = 406

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        return refusals.malformed("Accept") if call.resource in _SUBSCRIPTIONS else refusal


@FAMILIES.add("too-long-answered-404", "TS-CHAT-5.6", "A body that is too long is not found.")
class _TooLong(_Refused):
    kind = None
    status = 413

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        return refusals.not_found(call.path)


@FAMILIES.add(
    "session-created-with-200", "TS-CHAT-5.6", "A 1-to-1 session is created with status 200."
)
class _SessionCreatedWith200(OneKind):
    kind = ChatKind.ONE_TO_ONE

    def answered(self, call: Call, answer: Answer) -> Answer:
        answer = super().answered(call, answer)
        return replace(answer, status=200) if call.does("POST", Part.CHATS) else answer


@FAMILIES.add(
    "long-lived-group-without-location",
    "TS-CHAT-5.6",
    "A long-lived group is created without a Location header.",
)
class _LongLivedWithoutLocation(OneKind):
    kind = ChatKind.LONG_LIVED

    def answered(self, call: Call, answer: Answer) -> Answer:
        answer = super().answered(call, answer)
        kept = tuple(field for field in answer.headers if field[0] != "Location")
        return replace(answer, headers=kept) if call.does("POST", Part.CHATS) else answer


@FAMILIES.add(
    "unknown-session-forbidden", "TS-CHAT-5.9", "A 1-to-1 session that does not exist is forbidden."
)
class _UnknownSession(_Refused):
    kind = ChatKind.ONE_TO_ONE
    status = 404

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        return refusals.forbidden("no such session")


@FAMILIES.add(
    "unknown-long-lived-group-malformed",
    "TS-CHAT-5.9",
    "A long-lived group that does not exist is answered with 400.",
)
class _UnknownLongLivedGroup(_Refused):
    kind = ChatKind.LONG_LIVED
    status = 404

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        return refusals.malformed("groupChatId")


@FAMILIES.add(
    "unknown-message-malformed",
    "TS-CHAT-5.9",
    "The status of a message that does not exist is answered with 400.",
)
class _UnknownMessage(_Refused):
    kind = None
    status = 404

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        mine = call.part is Part.MESSAGE_STATUS
        return refusals.malformed("messageId") if mine else refusal


@FAMILIES.add(
    "unknown-participant-forbidden",
    "TS-CHAT-5.9",
    "A participant whom a group chat does not have is answered with 403.",
)
class _UnknownParticipant(_Refused):
    status = 404

    def _refuse(self, call: Call, refusal: Refusal) -> Refusal:
        mine = call.part is Part.PARTICIPANT
        return refusals.forbidden("no such participant") if mine else refusal


class _Invalid(OneKind):
    """Leaves an element out of the answers in one format."""

    format = Format.XML
    pattern = rb""

    def finished(self, call: Call, raw: RawAnswer) -> RawAnswer:
        raw = super().finished(call, raw)
        mine = dict(raw.headers).get("Content-Type") == self.format.media_type
        if not mine or raw.status >= 300:
            return raw
        return replace(raw, body=re.sub(self.pattern, b"", raw.body))


@FAMILIES.add(
    "xml-session-without-originator",
    "TS-CHAT-5.1",
    "In XML a 1-to-1 session has no originatorAddress.",
)
class _XmlSession(_Invalid):
    kind = ChatKind.ONE_TO_ONE
    pattern = rb"<originatorAddress>.*?</originatorAddress>"


@FAMILIES.add(
    "json-long-lived-group-without-subject",
    "TS-CHAT-5.2",
    "In JSON a long-lived group has no subject.",
)
class _JsonLongLived(_Invalid):
    kind = ChatKind.LONG_LIVED
    format = Format.JSON
    pattern = rb'"subject":"(?:[^"\\]|\\.)*",?'
