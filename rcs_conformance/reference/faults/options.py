"""Faults in the options of a start: closed and the services (UNI-CHT-002b.4 to .10)."""

import re
from collections.abc import Callable
from dataclasses import replace

from rcs_conformance.model.chat import GroupChatSessionInformation
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import OneKind, edited
from rcs_conformance.reference.faults.starting import Asked, Shown
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import SERVICES, Operate

OPTIONS = Faults()

_Info = GroupChatSessionInformation
_NONSENSE = re.compile(rb"(isClosed(?:>|\"\s*:\s*|=))((?:\"[^\"]*\")|[^<,}\]&]*)", re.IGNORECASE)


@OPTIONS.add("closed-read-as-regular", "UNI-CHT-002b.4", "A closed chat is read as a regular one.")
class _ClosedReadAsRegular(OneKind):
    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        if not call.does("GET", Part.CHAT):
            return response
        return edited(response, _Info, lambda info: replace(info, is_closed=False))


@OPTIONS.add("closed-shown-as-nothing", "UNI-CHT-002b.4", "A closed chat is shown without a word.")
class _ClosedShownAsNothing(Shown):
    def show(self, info: _Info) -> _Info:
        return replace(info, is_closed=None if info.is_closed else info.is_closed)


class _Remembering(Shown):
    """Knows how a chat was asked to be; the rules below change how it is shown."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._orders: dict[str, bool | None] = {}

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        if isinstance(content, _Info) and isinstance(response.content, _Info):
            self._orders[response.content.resource_url or ""] = content.is_closed
        return response

    def _asked(self, info: _Info) -> bool | None:
        return self._orders.get(info.resource_url or "")


@OPTIONS.add("regular-shown-as-closed", "UNI-CHT-002b.5", "closed=false is shown as closed.")
class _RegularShownAsClosed(_Remembering):
    def show(self, info: _Info) -> _Info:
        return replace(info, is_closed=True) if self._asked(info) is False else info


@OPTIONS.add("regular-refused", "UNI-CHT-002b.5", "A start with closed=false is rejected.")
class _RegularRefused(Asked):
    def ask(self, order: _Info) -> _Info:
        if order.is_closed is False:
            raise rejections.malformed("isClosed is false")
        return order


@OPTIONS.add(
    "unsaid-shown-as-closed", "UNI-CHT-002b.6", "A chat started without closed is shown as closed."
)
class _UnsaidShownAsClosed(_Remembering):
    def show(self, info: _Info) -> _Info:
        unsaid = info.resource_url in self._orders and self._asked(info) is None
        return replace(info, is_closed=True) if unsaid else info


@OPTIONS.add("closed-required", "UNI-CHT-002b.6", "A start without closed is rejected.")
class _ClosedRequired(Asked):
    def ask(self, order: _Info) -> _Info:
        if order.is_closed is None:
            raise rejections.malformed("isClosed is missing")
        return order


@OPTIONS.add("services-cut", "UNI-CHT-002b.7", "Of several services a chat shows the first only.")
class _ServicesCut(Shown):
    def show(self, info: _Info) -> _Info:
        return replace(info, supported_service=info.supported_service[:1])


@OPTIONS.add("services-swapped", "UNI-CHT-002b.7", "Asked for one service, a chat shows the other.")
class _ServicesSwapped(Shown):
    def show(self, info: _Info) -> _Info:
        others = tuple(service for service in SERVICES if service not in info.supported_service)
        single = len(info.supported_service) == 1
        return replace(info, supported_service=others if single else info.supported_service)


@OPTIONS.add("services-all-unasked", "UNI-CHT-002b.8", "Asked for no service, a chat shows all.")
class _ServicesAllUnasked(Shown):
    def show(self, info: _Info) -> _Info:
        return replace(info, supported_service=info.supported_service or SERVICES)


@OPTIONS.add(
    "services-ft-unasked", "UNI-CHT-002b.8", "Asked for no service, a chat shows file transfer."
)
class _ServicesFtUnasked(Shown):
    def show(self, info: _Info) -> _Info:
        return replace(info, supported_service=info.supported_service or SERVICES[:1])


class _UnknownService(Asked):
    """Does something else where an unknown service is asked for."""

    def _rejection(self) -> Rejection:
        return rejections.internal_error()

    def ask(self, order: _Info) -> _Info:
        if not set(order.supported_service) <= set(SERVICES):
            raise self._rejection()
        return order


@OPTIONS.add("unknown-service-fails", "UNI-CHT-002b.9", "An unknown service is answered with 500.")
class _UnknownServiceFails(_UnknownService):
    pass


@OPTIONS.add(
    "unknown-service-unavailable", "UNI-CHT-002b.9", "An unknown service is answered with 503."
)
class _UnknownServiceUnavailable(_UnknownService):
    def _rejection(self) -> Rejection:
        return rejections.unavailable()


class _Lenient(OneKind):
    """Reads a start whose closed parameter is no boolean as if it were false."""

    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        try:
            return super().read(call, decode)
        except Rejection:
            if not call.does("POST", Part.CHATS):
                raise
            return super().read(self._mended(call), decode)

    @staticmethod
    def _mended(call: Call) -> Call:
        return replace(call, body=_NONSENSE.sub(rb"\1false", call.body))


@OPTIONS.add(
    "closed-nonsense-taken", "UNI-CHT-002b.10", "A closed that is no boolean counts as false."
)
class _ClosedNonsenseTaken(_Lenient):
    pass


@OPTIONS.add(
    "closed-nonsense-starts",
    "UNI-CHT-002b.10",
    "A closed that is no boolean is rejected, but the chat starts all the same.",
)
class _ClosedNonsenseStarts(_Lenient):
    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        response = super().perform(call, content, operate)
        value = _NONSENSE.search(call.body)
        plain = value[2].strip().strip(b'"').lower() if value else b"false"
        if call.does("POST", Part.CHATS) and plain not in (b"true", b"false", b"1", b"0"):
            raise rejections.malformed("isClosed")
        return response


@OPTIONS.add(
    "closed-nonsense-fails", "UNI-CHT-002b.10", "A closed that is no boolean is answered with 500."
)
class _ClosedNonsenseFails(OneKind):
    def read(self, call: Call, decode: Callable[[Call], object]) -> object:
        try:
            return super().read(call, decode)
        except Rejection as rejection:
            if "isClosed" in " ".join(rejection.variables):
                raise rejections.internal_error() from rejection
            raise
