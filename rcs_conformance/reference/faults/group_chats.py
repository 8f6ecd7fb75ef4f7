"""Faults in starting group chats and in adding users to them (UNI-CHT-002b, 014, 030.3, 031)."""

import re
from collections.abc import Callable, Iterable
from dataclasses import replace

from rcs_conformance.model.chat import (
    GroupChatSessionInformation,
    ParticipantList,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import GroupChatSessionInvitationNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import Participants, each, edited
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import SERVICES, Operate, Rules
from rcs_conformance.reference.seams import GROUP, Deviation, Twin, Usual
from rcs_conformance.reference.state import Conversation, Member

_Info = GroupChatSessionInformation

# Recipients, id and subject (UNI-CHT-002b.1 to .3) ------------------------------------------------


@GROUP.ordered("UNI-CHT-002b.1")
def start_drops_recipient(order: _Info) -> _Info:
    """The last of several recipients is left out."""
    several = len(order.participant) > 2
    return replace(order, participant=order.participant[:-1]) if several else order


@GROUP.ordered("UNI-CHT-002b.1")
def start_takes_one_recipient(order: _Info) -> _Info:
    """A start with several recipients is rejected."""
    if len(order.participant) > 2:
        raise rejections.forbidden("one recipient only")
    return order


@GROUP.shown("UNI-CHT-002b.1")
def start_names_not_all(info: _Info) -> _Info:
    """The chat is shown without the last invited user."""
    several = len(info.participant) > 2
    return replace(info, participant=info.participant[:-1]) if several else info


@GROUP.created("UNI-CHT-002b.2")
def start_returns_no_id(response: Response) -> Response:
    """The response to a start does not contain the URL of the chat."""

    def strip(info: _Info) -> _Info:
        entries = each(info.participant, lambda entry: replace(entry, resource_url=None))
        return replace(info, participant=entries, resource_url=None)

    return edited(replace(response, headers=()), _Info, strip)


@GROUP.created("UNI-CHT-002b.2")
def start_returns_unknown_id(response: Response) -> Response:
    """The response to a start contains the URL of a chat that does not exist."""
    headers = tuple((name, value + "0") for name, value in response.headers)
    return start_returns_two_ids(replace(response, headers=headers))


@GROUP.created("UNI-CHT-002b.2")
def start_located_elsewhere(response: Response) -> Response:
    """Location in the response to a start is the URL of a chat that does not exist."""
    return replace(response, headers=tuple((name, value + "0") for name, value in response.headers))


@GROUP.created("UNI-CHT-002b.2")
def start_returns_two_ids(response: Response) -> Response:
    """The resourceURL in the response to a start is not the URL in Location."""
    return edited(response, _Info, lambda info: replace(info, resource_url=f"{info.resource_url}0"))


@GROUP.shown("UNI-CHT-002b.3")
def subject_cut(info: _Info) -> _Info:
    """The subject is cut to 16 characters."""
    return replace(info, subject=info.subject and info.subject[:16])


@GROUP.shown("UNI-CHT-002b.3")
def subject_squeezed(info: _Info) -> _Info:
    """White space in the subject is reduced to single spaces."""
    return replace(info, subject=info.subject and " ".join(info.subject.split()))


@GROUP.shown("UNI-CHT-002b.3")
def subject_invented(info: _Info) -> _Info:
    """A group chat without a subject is shown with one."""
    return replace(info, subject="Group chat" if info.subject is None else info.subject)


@GROUP.ordered("UNI-CHT-002b.3")
def subject_required(order: _Info) -> _Info:
    """A start without a subject is rejected."""
    if order.subject is None:
        raise rejections.malformed("subject is missing")
    return order


# Closed and services (UNI-CHT-002b.4 to .10) ----------------------------------------------------


@GROUP.shown("UNI-CHT-002b.4", "GET")
def closed_read_as_regular(info: _Info) -> _Info:
    """A closed chat is read with isClosed = false."""
    return replace(info, is_closed=False)


@GROUP.shown("UNI-CHT-002b.4")
def closed_shown_as_nothing(info: _Info) -> _Info:
    """A closed chat is shown without isClosed."""
    return replace(info, is_closed=None if info.is_closed else info.is_closed)


class _Remembering(Deviation):
    """Knows which isClosed the start of a chat asked for."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._orders: dict[str | None, bool | None] = {}

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        if isinstance(content, _Info) and isinstance(response.content, _Info):
            self._orders[response.content.resource_url] = content.is_closed
        return response

    def _shown_as_closed(self, call: Call, response: Response, requested: bool | None) -> Response:
        def show(info: _Info) -> _Info:
            url = info.resource_url
            mine = url in self._orders and self._orders[url] is requested
            return replace(info, is_closed=True) if mine else info

        return edited(super().respond(call, response), _Info, show)


@GROUP.deviation("UNI-CHT-002b.5")
class RegularShownAsClosed(_Remembering):
    """A chat started with isClosed = false is shown with isClosed = true."""

    def respond(self, call: Call, response: Response) -> Response:
        return self._shown_as_closed(call, response, False)


@GROUP.deviation("UNI-CHT-002b.6")
class UnsaidShownAsClosed(_Remembering):
    """A chat started without isClosed is shown with isClosed = true."""

    def respond(self, call: Call, response: Response) -> Response:
        return self._shown_as_closed(call, response, None)


@GROUP.ordered("UNI-CHT-002b.5")
def regular_refused(order: _Info) -> _Info:
    """A start with isClosed = false is rejected."""
    if order.is_closed is False:
        raise rejections.malformed("isClosed is false")
    return order


@GROUP.ordered("UNI-CHT-002b.6")
def closed_required(order: _Info) -> _Info:
    """A start without isClosed is rejected."""
    if order.is_closed is None:
        raise rejections.malformed("isClosed is missing")
    return order


@GROUP.shown("UNI-CHT-002b.7")
def services_cut(info: _Info) -> _Info:
    """Only the first of several services is shown."""
    return replace(info, supported_service=info.supported_service[:1])


@GROUP.shown("UNI-CHT-002b.7")
def services_swapped(info: _Info) -> _Info:
    """A chat with one service is shown with the other."""
    others = tuple(service for service in SERVICES if service not in info.supported_service)
    single = len(info.supported_service) == 1
    return replace(info, supported_service=others if single else info.supported_service)


@GROUP.shown("UNI-CHT-002b.8")
def services_all_unasked(info: _Info) -> _Info:
    """A chat started without services is shown with all services."""
    return replace(info, supported_service=info.supported_service or SERVICES)


@GROUP.shown("UNI-CHT-002b.8")
def services_ft_unasked(info: _Info) -> _Info:
    """A chat started without services is shown with file transfer."""
    return replace(info, supported_service=info.supported_service or SERVICES[:1])


def _is_unknown(order: _Info) -> bool:
    return not set(order.supported_service) <= set(SERVICES)


@GROUP.ordered("UNI-CHT-002b.9")
def unknown_service_fails(order: _Info) -> _Info:
    """A start with an unknown service returns 500."""
    if _is_unknown(order):
        raise rejections.internal_error()
    return order


@GROUP.ordered("UNI-CHT-002b.9")
def unknown_service_unavailable(order: _Info) -> _Info:
    """A start with an unknown service returns 503."""
    if _is_unknown(order):
        raise rejections.unavailable()
    return order


_CLOSED = re.compile(rb"(isClosed(?:>|\"\s*:\s*|=))((?:\"[^\"]*\")|[^<,}\]&]*)", re.IGNORECASE)


class _Lenient(Deviation):
    """Reads a start whose isClosed is not a boolean as if it were false."""

    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        try:
            return super().read(call, decode)
        except Rejection:
            if not call.does("POST", Part.CHATS):
                raise
            mended = replace(call, body=_CLOSED.sub(rb"\1false", call.body))
            return super().read(mended, decode)


@GROUP.deviation("UNI-CHT-002b.10")
class ClosedNonsenseTaken(_Lenient):
    """An isClosed that is not a boolean is read as false."""


@GROUP.deviation("UNI-CHT-002b.10")
class ClosedNonsenseStarts(_Lenient):
    """A start whose isClosed is not a boolean is rejected, but the chat starts."""

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        value = _CLOSED.search(call.body)
        plain = value[2].strip().strip(b'"').lower() if value else b"false"
        if call.does("POST", Part.CHATS) and plain not in (b"true", b"false", b"1", b"0"):
            raise rejections.malformed("isClosed")
        return response


@GROUP.rule(Rules.read, "UNI-CHT-002b.10")
def closed_nonsense_fails(
    usual: Usual[object], call: Call, decode: Callable[[Call], object]
) -> object:
    """A start whose isClosed is not a boolean returns 500."""
    try:
        return usual(call, decode)
    except Rejection as rejection:
        if "isClosed" in " ".join(rejection.variables):
            raise rejections.internal_error() from rejection
        raise


# Adding users (UNI-CHT-014; to a closed chat 002b.4, 030.3; to a long-lived one 031) -----------


def _others(call: Call, added: ParticipantList) -> Participants:
    """The users that a request adds, without its sender."""
    owner = canonical(call.variables["userId"])
    return tuple(entry for entry in added.participant if canonical(entry.address) != owner)


def _added(call: Call, content: object) -> int:
    """How many others an addition names; 0 for any other request."""
    if not call.does("POST", Part.PARTICIPANTS) or not isinstance(content, ParticipantList):
        return 0
    return len(_others(call, content))


class _AdditionNotNotified(Deviation):
    """Sends no invitations for additions of a certain size."""

    _silent = False

    def _is_silent(self, added: int) -> bool:
        raise NotImplementedError

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        self._silent = self._is_silent(_added(call, content))
        try:
            return super().perform(call, content, operate)
        finally:
            self._silent = False

    def notices(self, notice: Notice) -> Iterable[Notice]:
        invitation = isinstance(notice.content, GroupChatSessionInvitationNotification)
        return () if invitation and self._silent else super().notices(notice)


@GROUP.deviation("UNI-CHT-014.1")
class AdditionOfOneNotTold(_AdditionNotNotified):
    """A single added user is not notified."""

    def _is_silent(self, added: int) -> bool:
        return added == 1


@GROUP.deviation("UNI-CHT-014.2")
class AdditionsNotTold(_AdditionNotNotified):
    """Several users that are added at once are not notified."""

    def _is_silent(self, added: int) -> bool:
        return added > 1


@GROUP.rule(Rules.perform, "UNI-CHT-014.1", also={ChatKind.LONG_LIVED: "UNI-CHT-031.1"})
def addition_of_one_refused(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """The addition of a single user is rejected."""
    if _added(call, content) == 1:
        raise rejections.forbidden("several at once only")
    return usual(call, content, operate)


@GROUP.rule(Rules.perform, "UNI-CHT-014.2", also={ChatKind.LONG_LIVED: "UNI-CHT-031.2"})
def additions_refused(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """The addition of several users at once is rejected."""
    if _added(call, content) > 1:
        raise rejections.forbidden("one at a time only")
    return usual(call, content, operate)


@GROUP.rule(Rules.perform, "UNI-CHT-014.2", also={ChatKind.LONG_LIVED: "UNI-CHT-031.2"})
def additions_cut_to_one(
    usual: Usual[Response], call: Call, content: object, operate: Operate
) -> Response:
    """Only the first of several added users is added."""
    if isinstance(content, ParticipantList) and _added(call, content) > 1:
        content = replace(content, participant=_others(call, content)[:1])
    return usual(call, content, operate)


@GROUP.converted(
    "UNI-CHT-014.3",
    404,
    "POST",
    Part.PARTICIPANTS,
    also={ChatKind.LONG_LIVED: Twin("UNI-CHT-031.3", "adding-to-no-long-lived-group-succeeds")},
)
def adding_to_nothing_succeeds(call: Call, content: object, rejection: Rejection) -> Response:
    """Adding a user to a chat that does not exist returns 201."""
    url = call.root + call.path
    return Response(status=201, content=content, headers=(("Location", url),))


@GROUP.converted(
    "UNI-CHT-014.3",
    404,
    "POST",
    Part.PARTICIPANTS,
    also={ChatKind.LONG_LIVED: Twin("UNI-CHT-031.3", "adding-to-no-long-lived-group-fails")},
)
def adding_to_nothing_fails(call: Call, content: object, rejection: Rejection) -> Response:
    """Adding a user to a chat that does not exist returns 500."""
    raise rejections.internal_error()


@GROUP.converted(
    "UNI-CHT-002b.4",
    403,
    "POST",
    Part.PARTICIPANTS,
    also={ChatKind.LONG_LIVED: Twin("UNI-CHT-030.3", "closed-long-lived-addition-not-found")},
)
def closed_addition_not_found(call: Call, content: object, rejection: Rejection) -> Response:
    """Adding a user to a closed chat returns 404."""
    raise rejections.not_found("the group")


@GROUP.deviation(
    "UNI-CHT-002b.4",
    also={ChatKind.LONG_LIVED: Twin("UNI-CHT-030.3", "closed-long-lived-addition-told-refused")},
)
class ClosedAdditionToldRefused(Deviation):
    """Adding a user to a closed chat returns 403, but the user is added."""

    _closed = False

    def may_add(self, conversation: Conversation, member: Member) -> None:
        self._closed = conversation.closed and member.is_connected
        if not self._closed:
            super().may_add(conversation, member)

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        self._closed = False
        response = super().perform(call, content, operate)
        if self._closed:
            raise rejections.forbidden("the group is closed")
        return response


@GROUP.rule(
    Rules.shown_after_adding,
    "UNI-CHT-014.1",
    also={ChatKind.LONG_LIVED: "UNI-CHT-031.1"},
)
def addition_answer_names_others(
    usual: Usual[tuple[Member, ...]], conversation: Conversation, added: tuple[Member, ...]
) -> tuple[Member, ...]:
    """The response to an addition names all participants except the added one."""
    if len(added) > 1:
        return usual(conversation, added)
    return tuple(member for member in conversation.members.values() if member not in added)
