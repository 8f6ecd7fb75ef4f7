"""Faults in rejections: what is rejected has an effect, or is rejected for another reason."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from rcs_conformance.model.formats import Format
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import SomeOperations
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules

EFFECTS = Faults()

_CLAUSE = "TS-CHAT-5.8"


@dataclass(frozen=True, slots=True)
class _Kept:
    """A request that is rejected, with the structure that it holds when it is mended."""

    rejection: Rejection
    content: object


class _Effective(SomeOperations):
    """Rejects what has words behind its end, but carries it out."""

    def misread(self, call: Call, decode: Callable[[Call], object], rejection: Rejection) -> object:
        end = call.body.rfind(b"}" if call.body.startswith(b"{") else b">") + 1
        if rejection.status != 400 or end == len(call.body):
            raise rejection
        return _Kept(rejection, decode(replace(call, body=call.body[:end])))

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if not isinstance(content, _Kept):
            return super().perform(call, content, operate)
        super().perform(call, content.content, operate)
        raise content.rejection


@EFFECTS.add("refused-but-subscribed", _CLAUSE, "A malformed subscription is rejected, but made.")
class _RefusedButSubscribed(_Effective):
    operations = frozenset({"POST subscriptions"})


@EFFECTS.add("refused-but-started", _CLAUSE, "A malformed group chat is rejected, but begins.")
class _RefusedButStarted(_Effective):
    operations = frozenset({"POST groups"})


@EFFECTS.add("refused-but-added", _CLAUSE, "A malformed addition is rejected, but carried out.")
class _RefusedButAdded(_Effective):
    operations = frozenset({"POST participants", "POST longLivedParticipants"})


@EFFECTS.add("refused-but-sent", _CLAUSE, "A malformed message is rejected, but delivered.")
class _RefusedButSent(_Effective):
    operations = frozenset(
        {"POST groupMessages", "POST longLivedMessages", "POST oneToOneMessages"}
    )


@EFFECTS.add("refused-but-reported", _CLAUSE, "A malformed report is rejected, but passed on.")
class _RefusedButReported(_Effective):
    operations = frozenset({"PUT groupMessageStatus", "PUT oneToOneMessageStatus"})


@EFFECTS.add("refused-but-invited", _CLAUSE, "A malformed session is rejected, but begins.")
class _RefusedButInvited(_Effective):
    operations = frozenset({"POST oneToOneSessions"})


@EFFECTS.add("refused-but-accepted", _CLAUSE, "A malformed acceptance is rejected, but counts.")
class _RefusedButAccepted(_Effective):
    operations = frozenset({"PUT oneToOneStatus", "PUT participantStatus"})


@EFFECTS.add("refused-but-extended", _CLAUSE, "A malformed extension is rejected, but carried out.")
class _RefusedButExtended(_Effective):
    operations = frozenset({"POST oneToOneExtend", "POST oneToOneExtendLongLived"})


@EFFECTS.add("refused-but-created", _CLAUSE, "A malformed long-lived group is rejected, but made.")
class _RefusedButCreated(_Effective):
    operations = frozenset({"POST longLivedGroups"})


@EFFECTS.add(
    "refused-but-fed", _CLAUSE, "A malformed subscription to file transfers is rejected, but made."
)
class _RefusedButFed(_Effective):
    operations = frozenset({"POST ftSubscriptions"})


@EFFECTS.add("refused-but-offered", _CLAUSE, "A malformed file transfer is rejected, but begins.")
class _RefusedButOffered(_Effective):
    operations = frozenset({"POST ftSessions"})


@EFFECTS.add(
    "refused-but-taken", _CLAUSE, "A malformed acceptance of a file is rejected, but counts."
)
class _RefusedButTaken(_Effective):
    operations = frozenset({"PUT ftStatus"})


@EFFECTS.add("refused-but-opened", _CLAUSE, "A malformed channel is rejected, but made.")
class _RefusedButOpened(_Effective):
    operations = frozenset({"POST channels"})


@EFFECTS.add("refused-but-changed", _CLAUSE, "A malformed element is rejected, but changed.")
class _RefusedButChanged(_Effective):
    operations = frozenset({"PUT subscriptionDuration", "PUT groupSubject"})


class _Labels(Rules):
    """Does something else with a body in a format that no resource takes."""

    def relabelled(self, call: Call, rejection: Rejection) -> str:
        """The media type that it is read as."""
        raise rejection

    def misread(self, call: Call, decode: Callable[[Call], object], rejection: Rejection) -> object:
        if rejection.status != 415:
            raise rejection
        headers = {**call.headers, "content-type": self.relabelled(call, rejection)}
        return decode(replace(call, headers=headers))


@EFFECTS.add("label-ignored", "TS-CHAT-5.6", "A body is read as what it looks like.")
class _LabelIgnored(_Labels):
    def relabelled(self, call: Call, rejection: Rejection) -> str:
        looks_like = Format.JSON if call.body.startswith(b"{") else Format.XML
        return looks_like.media_type


@EFFECTS.add("label-malformed", "TS-CHAT-5.6", "A body in an unknown format is answered with 400.")
class _LabelMalformed(_Labels):
    def relabelled(self, call: Call, rejection: Rejection) -> str:
        raise rejections.malformed(call.content_type)
