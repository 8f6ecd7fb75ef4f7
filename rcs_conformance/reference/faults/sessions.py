"""Faults in starting 1-to-1 sessions and in showing them (UNI-CHT-001, TS-CHAT-4.1.4)."""

from collections.abc import Iterable
from dataclasses import replace

from rcs_conformance.model.chat import ChatSessionInformation
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Converted, OneKind, edited
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate

SESSIONS = Faults()

_Info = ChatSessionInformation


class Shown(OneKind):
    """Changes a session where its start is answered and where it is read."""

    kind = ChatKind.ONE_TO_ONE

    def show(self, call: Call, info: _Info) -> _Info:
        """What is shown; as it is, unless a fault says otherwise."""
        return info

    def respond(self, call: Call, response: Response) -> Response:
        """Any response before it is encoded, those with a session changed."""
        response = super().respond(call, response)
        shows = call.does("POST", Part.CHATS) or call.does("GET", Part.CHAT)
        return edited(response, _Info, lambda info: self.show(call, info)) if shows else response


class Asked(OneKind):
    """Changes or rejects what a start asks for, and what comes of it."""

    kind = ChatKind.ONE_TO_ONE

    def ask(self, order: _Info) -> _Info:
        """What is carried out; as it was asked, unless a fault says otherwise."""
        return order

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        """Carry a request out, a start as changed."""
        if call.does("POST", Part.CHATS) and isinstance(content, _Info):
            content = self.ask(content)
        return super().perform(call, content, operate)


class _Created(OneKind):
    """Changes the response to a start as a whole."""

    kind = ChatKind.ONE_TO_ONE

    def _create(self, response: Response) -> Response:
        return response

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        made = call.does("POST", Part.CHATS) and response.status == 201
        return self._create(response) if made else response


@SESSIONS.add("session-refused", "UNI-CHT-001.1", "No 1-to-1 session can be started.")
class _Refused(Asked):
    def ask(self, order: _Info) -> _Info:
        raise rejections.forbidden("no 1-to-1 chat")


@SESSIONS.add(
    "session-returns-no-id", "UNI-CHT-001.1", "The response to a start names no URL of the session."
)
class _ReturnsNoId(_Created):
    def _create(self, response: Response) -> Response:
        bare = replace(response, headers=())
        return edited(bare, _Info, lambda info: replace(info, resource_url=None, chat_message=None))


@SESSIONS.add(
    "session-returns-unknown-id", "UNI-CHT-001.1", "The id that a start returns is of no session."
)
class _ReturnsUnknownId(_Created):
    def _create(self, response: Response) -> Response:
        headers = tuple((name, value + "0") for name, value in response.headers)
        changed = replace(response, headers=headers)
        return edited(
            changed, _Info, lambda info: replace(info, resource_url=f"{info.resource_url}0")
        )


@SESSIONS.add(
    "session-returns-two-ids",
    "UNI-CHT-001.1",
    "The resourceURL that a start returns is not the one in Location.",
)
class _ReturnsTwoIds(_Created):
    def _create(self, response: Response) -> Response:
        return edited(
            response, _Info, lambda info: replace(info, resource_url=f"{info.resource_url}0")
        )


class _Named(OneKind):
    """Remembers how the recipient of the session that is being started was named."""

    kind = ChatKind.ONE_TO_ONE
    scheme = ""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._is_named = False

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if call.does("POST", Part.CHATS) and isinstance(content, _Info):
            self._is_named = content.t_participant_address.lower().startswith(self.scheme)
        return super().perform(call, content, operate)


class _NamedRefused(Asked):
    """Rejects recipients who are named in a certain way."""

    scheme = ""

    def ask(self, order: _Info) -> _Info:
        if order.t_participant_address.lower().startswith(self.scheme):
            raise rejections.no_valid_address("tParticipantAddress")
        return order


class _NamedNotTold(_Named):
    """Invites nobody who is named in a certain way."""

    def notices(self, notice: Notice) -> Iterable[Notice]:
        lost = notice.cause is Cause.STARTED and self._is_named
        return () if lost else super().notices(notice)


@SESSIONS.add(
    "msisdn-shown-as-another",
    "UNI-CHT-001.2",
    "A recipient who was named by a tel: URI is shown to the originator as another user.",
)
class _MsisdnShownAsAnother(Shown):
    def show(self, call: Call, info: _Info) -> _Info:
        is_mine = call.variables["userId"] == info.originator_address
        is_msisdn = info.t_participant_address.startswith("tel:")
        other = f"{info.t_participant_address}0"
        return replace(info, t_participant_address=other) if is_mine and is_msisdn else info


@SESSIONS.add("sip-recipient-refused", "UNI-CHT-001.3", "A SIP URI is rejected as a recipient.")
class _SipRefused(_NamedRefused):
    scheme = "sip:"


@SESSIONS.add("sip-recipient-not-told", "UNI-CHT-001.3", "Who is named by a SIP URI is not told.")
class _SipNotTold(_NamedNotTold):
    scheme = "sip:"


@SESSIONS.add("contact-refused", "UNI-CHT-001.4", "A contact is rejected as a recipient.")
class _ContactRefused(_NamedRefused):
    scheme = "acr:"


@SESSIONS.add("contact-not-told", "UNI-CHT-001.4", "Who is named as a contact is not told.")
class _ContactNotTold(_NamedNotTold):
    scheme = "acr:"


@SESSIONS.add("session-needs-subject", "UNI-CHT-001.5", "A start without a subject is rejected.")
class _NeedsSubject(Asked):
    def ask(self, order: _Info) -> _Info:
        if order.subject is None:
            raise rejections.malformed("subject is missing")
        return order


@SESSIONS.add(
    "session-subject-invented", "UNI-CHT-001.5", "A session without a subject is shown with one."
)
class _SubjectInvented(Shown):
    def show(self, call: Call, info: _Info) -> _Info:
        return replace(info, subject="Chat") if info.subject is None else info


@SESSIONS.add("session-subject-cut", "UNI-CHT-001.6", "A subject is shown cut to 24 characters.")
class _SubjectCut(Shown):
    def show(self, call: Call, info: _Info) -> _Info:
        return replace(info, subject=info.subject[:24] if info.subject else info.subject)


@SESSIONS.add(
    "session-subject-lost-to-invited",
    "UNI-CHT-001.6",
    "The session is shown to the invited user without its subject.",
)
class _SubjectLostToInvited(Shown):
    def show(self, call: Call, info: _Info) -> _Info:
        is_mine = call.variables["userId"] == info.originator_address
        return info if is_mine else replace(info, subject=None)


@SESSIONS.add(
    "recipient-unchecked", "UNI-CHT-001.8", "A start with what is no address is answered 201."
)
class _RecipientUnchecked(Converted):
    kind = ChatKind.ONE_TO_ONE

    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if not isinstance(content, _Info) or rejection.message_id != "SVC0004":
            return super().convert(call, content, rejection)
        url = f"{call.root}{call.path}/none"
        return Response(
            status=201, content=replace(content, resource_url=url), headers=(("Location", url),)
        )


@SESSIONS.add(
    "recipient-crashes", "UNI-CHT-001.8", "A start with what is no address is answered 500."
)
class _RecipientCrashes(Converted):
    kind = ChatKind.ONE_TO_ONE

    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        if isinstance(content, _Info) and rejection.message_id == "SVC0004":
            raise rejections.internal_error() from rejection
        return super().convert(call, content, rejection)


@SESSIONS.add(
    "session-shown-to-outsiders",
    "TS-CHAT-4.1.4",
    "Whoever asks is answered that a session is fine.",
)
class _ShownToOutsiders(Converted):
    kind = ChatKind.ONE_TO_ONE

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._known: dict[str, _Info] = {}

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        if isinstance(response.content, _Info) and response.content.resource_url:
            self._known[response.content.resource_url.rpartition("/")[2]] = response.content
        return response

    def convert(self, call: Call, content: object, rejection: Rejection) -> Response:
        known = self._known.get(call.path.rpartition("/")[2])
        if not call.does("GET", Part.CHAT) or known is None or rejection.status != 404:
            return super().convert(call, content, rejection)
        parties = (known.originator_address, known.t_participant_address)
        if call.variables["userId"] in parties:
            return super().convert(call, content, rejection)
        return Response(status=200, content=known)


@SESSIONS.add(
    "session-turned-round",
    "TS-CHAT-4.1.4",
    "The invited user is shown a session as if it had started it.",
)
class _TurnedRound(Shown):
    def show(self, call: Call, info: _Info) -> _Info:
        if call.variables["userId"] == info.originator_address:
            return info
        return replace(
            info,
            originator_address=info.t_participant_address,
            t_participant_address=info.originator_address,
        )
