"""Seams: how a function becomes a deviation of the server.

A fault or a permitted variation is a function under a decorator. The function's name is the name of
the deviation, its docstring the sentence that describes it. The decorator says where the server
deviates (in a kind of chat, some operations, or anywhere), in what (the seam), and which clause it
breaks::

    @GROUP.shown("UNI-CHT-002b.3")
    def subject_cut(info: GroupChatSessionInformation) -> GroupChatSessionInformation:
        \"\"\"The subject is cut to 16 characters.\"\"\"
        return replace(info, subject=info.subject and info.subject[:16])

`Place.rule` is the seam below all others: the function takes the place of a rule and gets the usual
rule first. What needs a memory is a class under `Place.deviation`.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from inspect import cleandoc
from types import MappingProxyType
from typing import Any, Concatenate, Final, ParamSpec, TypeVar

from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.calls import Call, RawResponse, Response
from rcs_conformance.reference.edits import OneKind, SomeOperations, edited
from rcs_conformance.reference.negotiation import media_type
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.registry import Fault, Variation, add_deviation
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Operate, Rules
from rcs_conformance.reference.transfer_notices import TransferCause, TransferNotice
from rcs_conformance.target import Policy

PERMITTED: Final = ""
"""In place of a clause: the deviation breaks none, it is a permitted variation."""

P = ParamSpec("P")
R = TypeVar("R")
T = TypeVar("T")
F = TypeVar("F", bound=Callable[..., Any])
C = TypeVar("C", bound=type[Rules])

Usual = Callable[..., R]
"""The rule that a deviation takes the place of, bound to the server's rules."""


class Deviation(OneKind, SomeOperations):
    """The rules of a deviation, confined to a kind of chat and to operations; by itself to none."""

    kind = None


@dataclass(frozen=True, slots=True)
class Twin:
    """The same deviation in another kind of chat.

    Attributes:
        clause: The clause that it breaks there.
        name: Its name; empty for that of the first with the kind before it.
        sentence: What the server does; empty for the sentence of the first behind the kind.
    """

    clause: str
    name: str = ""
    sentence: str = ""


Also = Mapping[ChatKind, str | Twin]
"""The twins of a deviation; a clause alone for a twin named and described after the first."""

_NO_TWINS: Also = MappingProxyType({})
_ANY_POLICY = Policy()
_TWINS: Mapping[ChatKind, tuple[str, str]] = {
    ChatKind.ADHOC: ("adhoc", "In an ad-hoc chat"),
    ChatKind.ONE_TO_ONE: ("one-to-one", "In a 1-to-1 session"),
    ChatKind.GROUP: ("group", "In a group chat"),
    ChatKind.LONG_LIVED: ("long-lived", "In a long-lived group chat"),
}
"""How names and sentences of twins begin."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where deviations apply; each method but `add` is a decorator, a seam.

    Arguments that the seams share:

    - `clause`: the clause that is broken, or `PERMITTED`;
    - `also`: the twins;
    - `method`, `part`, `media`: verb, place and media type of the requests concerned; all where
      they are left out;
    - `status`, `fmt`: of the responses concerned; all where they are left out;
    - `resources`: keys of the resources concerned; all where there are none;
    - `causes`: of the notifications concerned; all where there are none.

    Where a seam is about a structure, it is that of the function's last argument, as annotated.

    Attributes:
        kind: The kind of chat; `None` for all, and for what belongs to none.
        operations: Verb and resource of each, as in `Call.operation`; empty for all.
    """

    kind: ChatKind | None = None
    operations: frozenset[str] = field(default_factory=frozenset)

    # Whole rules -----------------------------------------------------------------------------

    def rule(
        self, rule: Callable[Concatenate[Any, P], R], clause: str, also: Also = _NO_TWINS
    ) -> Callable[
        [Callable[Concatenate[Callable[P, R], P], R]], Callable[Concatenate[Callable[P, R], P], R]
    ]:
        """`(usual, ...) -> ...` takes the place of a method of `Rules`."""
        return self._seam(clause, also, rule.__name__, lambda function: function)

    def deviation(self, clause: str, also: Also = _NO_TWINS) -> Callable[[C], C]:
        """A class derived from `Deviation`, where a function is not enough."""

        def register_class(rules: C) -> C:
            self._register(rules, clause, also, {}, rules)
            return rules

        return register_class

    def add(
        self,
        name: str,
        clause: str,
        sentence: str,
        rule: Callable[..., Any],
        around: Callable[..., Any],
        policy: Policy = _ANY_POLICY,
    ) -> None:
        """Register one of many deviations that do the same at different places.

        Args:
            name: Its name.
            clause: The clause that it breaks.
            sentence: What the server does.
            rule: The method of `Rules`.
            around: What takes its place, as of `rule`.
            policy: The policy of a target file under which it breaks the clause.
        """
        _add(self, name, clause, sentence, {rule.__name__: around}, Deviation, policy)

    def add_class(self, name: str, clause: str, sentence: str, rules: type[Rules]) -> None:
        """Register a class of which there are several deviations, at different places."""
        _add(self, name, clause, sentence, {}, rules)

    # Requests --------------------------------------------------------------------------------

    def ordered(
        self, clause: str, media: str = "", also: Also = _NO_TWINS
    ) -> Callable[[Callable[[T], T]], Callable[[T], T]]:
        """`(structure) -> structure` changes or rejects what is requested."""

        def seam(change: Callable[[T], T]) -> Callable[..., Response]:
            structure = _structure(change)

            def perform(
                usual: Usual[Response], call: Call, content: object, operate: Operate
            ) -> Response:
                is_concerned = media in ("", media_type(call.content_type))
                if is_concerned and isinstance(content, structure):
                    content = change(content)
                return usual(call, content, operate)

            return perform

        return self._seam(clause, also, "perform", seam)

    def answered(
        self, clause: str, method: str = "", part: Part | None = None, also: Also = _NO_TWINS
    ) -> Callable[[Callable[[Call], Response]], Callable[[Call], Response]]:
        """`(call) -> response` answers a request, which is not carried out."""

        def seam(answer: Callable[[Call], Response]) -> Callable[..., Response]:
            def perform(
                usual: Usual[Response], call: Call, content: object, operate: Operate
            ) -> Response:
                if _is_at(call, method, part):
                    return answer(call)
                return usual(call, content, operate)

            return perform

        return self._seam(clause, also, "perform", seam)

    def converted(
        self,
        clause: str,
        status: int,
        method: str = "",
        part: Part | None = None,
        also: Also = _NO_TWINS,
    ) -> Callable[
        [Callable[[Call, object, Rejection], Response]],
        Callable[[Call, object, Rejection], Response],
    ]:
        """`(call, content, rejection) -> response` answers what is rejected."""

        def seam(
            convert: Callable[[Call, object, Rejection], Response],
        ) -> Callable[..., Response]:
            def perform(
                usual: Usual[Response], call: Call, content: object, operate: Operate
            ) -> Response:
                try:
                    return usual(call, content, operate)
                except Rejection as rejection:
                    if rejection.status == status and _is_at(call, method, part):
                        return convert(call, content, rejection)
                    raise

            return perform

        return self._seam(clause, also, "perform", seam)

    def rejected(
        self, clause: str, status: int, *resources: str, also: Also = _NO_TWINS
    ) -> Callable[[Callable[[Call, Rejection], Rejection]], Callable[[Call, Rejection], Rejection]]:
        """`(call, rejection) -> rejection` rejects otherwise what is rejected with a status."""

        def seam(change: Callable[[Call, Rejection], Rejection]) -> Callable[..., Response]:
            def reject(usual: Usual[Response], call: Call, rejection: Rejection) -> Response:
                concerned = not resources or call.resource in resources
                if rejection.status == status and concerned:
                    rejection = change(call, rejection)
                return usual(call, rejection)

            return reject

        return self._seam(clause, also, "reject", seam)

    # Responses -------------------------------------------------------------------------------

    def shown(
        self, clause: str, method: str = "", fmt: Format | None = None, also: Also = _NO_TWINS
    ) -> Callable[[Callable[[T], T]], Callable[[T], T]]:
        """`(structure) -> structure` changes what responses contain."""

        def seam(change: Callable[[T], T]) -> Callable[..., Response]:
            structure = _structure(change)

            def respond(usual: Usual[Response], call: Call, response: Response) -> Response:
                response = usual(call, response)
                concerned = method in ("", call.method) and fmt in (None, call.format)
                return edited(response, structure, change) if concerned else response

            return respond

        return self._seam(clause, also, "respond", seam)

    def shown_to(
        self, clause: str, also: Also = _NO_TWINS
    ) -> Callable[[Callable[[str, T], T]], Callable[[str, T], T]]:
        """`(user, structure) -> structure` as `shown`; the user is the address in the URL."""

        def seam(change: Callable[[str, T], T]) -> Callable[..., Response]:
            structure = _structure(change)

            def respond(usual: Usual[Response], call: Call, response: Response) -> Response:
                user = call.variables.get("userId", "")
                return edited(usual(call, response), structure, lambda shown: change(user, shown))

            return respond

        return self._seam(clause, also, "respond", seam)

    def responded(
        self,
        clause: str,
        method: str = "",
        part: Part | None = None,
        status: int | None = None,
        also: Also = _NO_TWINS,
    ) -> Callable[[Callable[[Response], Response]], Callable[[Response], Response]]:
        """`(response) -> response` changes responses as a whole."""

        def seam(change: Callable[[Response], Response]) -> Callable[..., Response]:
            def respond(usual: Usual[Response], call: Call, response: Response) -> Response:
                response = usual(call, response)
                concerned = _is_at(call, method, part) and status in (None, response.status)
                return change(response) if concerned else response

            return respond

        return self._seam(clause, also, "respond", seam)

    def created(
        self, clause: str, also: Also = _NO_TWINS
    ) -> Callable[[Callable[[Response], Response]], Callable[[Response], Response]]:
        """`(response) -> response` changes the response to the creation of a chat as a whole."""
        return self.responded(clause, "POST", Part.CHATS, 201, also=also)

    def encoded(
        self, clause: str, fmt: Format, *resources: str, also: Also = _NO_TWINS
    ) -> Callable[[Callable[[bytes], bytes]], Callable[[bytes], bytes]]:
        """`(body) -> body` changes the bytes of successful responses in a format."""

        def seam(change: Callable[[bytes], bytes]) -> Callable[..., RawResponse]:
            def finished(usual: Usual[RawResponse], call: Call, raw: RawResponse) -> RawResponse:
                raw = usual(call, raw)
                concerned = not resources or call.resource in resources
                named = dict(raw.headers).get("Content-Type") == fmt.media_type
                if not concerned or not named or raw.status >= 300:
                    return raw
                return replace(raw, body=change(raw.body))

            return finished

        return self._seam(clause, also, "finished", seam)

    # Notifications ---------------------------------------------------------------------------

    def notified(
        self, clause: str, *causes: Cause, also: Also = _NO_TWINS
    ) -> Callable[[Callable[[T], T | None]], Callable[[T], T | None]]:
        """`(notification) -> notification` changes notifications; `None` drops them."""

        def seam(change: Callable[[T], T | None]) -> Callable[..., Iterable[Notice]]:
            return _notified(causes, _structure(change), lambda _, content: change(content))

        return self._seam(clause, also, "notices", seam)

    def notified_to(
        self, clause: str, *causes: Cause, also: Also = _NO_TWINS
    ) -> Callable[[Callable[[Notice, T], T | None]], Callable[[Notice, T], T | None]]:
        """`(notice, notification) -> notification` as `notified`, with who is notified and why."""

        def seam(change: Callable[[Notice, T], T | None]) -> Callable[..., Iterable[Notice]]:
            return _notified(causes, _structure(change), change)

        return self._seam(clause, also, "notices", seam)

    def dropped(
        self, clause: str, *causes: Cause, also: Also = _NO_TWINS
    ) -> Callable[[Callable[[Notice], object]], Callable[[Notice], object]]:
        """`(notice) -> truth` says which notifications of these causes are not sent."""

        def seam(is_dropped: Callable[[Notice], object]) -> Callable[..., Iterable[Notice]]:
            return _delivered(causes, lambda notice: () if is_dropped(notice) else (notice,))

        return self._seam(clause, also, "notices", seam)

    def delivered(
        self, clause: str, *causes: Cause, also: Also = _NO_TWINS
    ) -> Callable[[Callable[[Notice], Iterable[Notice]]], Callable[[Notice], Iterable[Notice]]]:
        """`(notice) -> notices` sends others in place of notifications of these causes."""

        def seam(
            deliver: Callable[[Notice], Iterable[Notice]],
        ) -> Callable[..., Iterable[Notice]]:
            return _delivered(causes, deliver)

        return self._seam(clause, also, "notices", seam)

    def transfer_notified_to(
        self, clause: str, *causes: TransferCause, also: Also = _NO_TWINS
    ) -> Callable[
        [Callable[[TransferNotice, T], T | None]], Callable[[TransferNotice, T], T | None]
    ]:
        """`(notice, notification) -> notification`, of file transfers; `None` drops them."""

        def seam(change: Callable[..., Any]) -> Callable[..., Iterable[TransferNotice]]:
            structure = _structure(change)

            def transfer_notices(
                usual: Usual[Iterable[TransferNotice]], notice: TransferNotice
            ) -> Iterable[TransferNotice]:
                for outgoing in usual(notice):
                    concerned = not causes or outgoing.cause in causes
                    if not concerned or not isinstance(outgoing.content, structure):
                        yield outgoing
                    elif (content := change(outgoing, outgoing.content)) is not None:
                        yield replace(outgoing, content=content)

            return transfer_notices

        return self._seam(clause, also, "transfer_notices", seam)

    # How all of them register ----------------------------------------------------------------

    def _seam(
        self,
        clause: str,
        also: Also,
        rule: str,
        seam: Callable[[Any], Callable[..., Any]],
    ) -> Callable[[F], F]:
        def decorate(function: F) -> F:
            self._register(function, clause, also, {rule: seam(function)}, Deviation)
            return function

        return decorate

    def _register(
        self,
        subject: Callable[..., Any],
        clause: str,
        also: Also,
        overrides: Mapping[str, Callable[..., Any]],
        base: type[Rules],
    ) -> None:
        name, sentence = _name(subject), cleandoc(subject.__doc__ or "").replace("\n", " ")
        _add(self, name, clause, sentence, overrides, base)
        for kind, twin in also.items():
            given = Twin(twin) if isinstance(twin, str) else twin
            prefix, where = _TWINS[kind]
            _add(
                replace(self, kind=kind),
                given.name or f"{prefix}-{name}",
                given.clause,
                given.sentence or f"{where}, {sentence[:1].lower()}{sentence[1:]}",
                overrides,
                base,
            )


ANYWHERE = Place()
ADHOC = Place(ChatKind.ADHOC)
SESSION = Place(ChatKind.ONE_TO_ONE)
GROUP = Place(ChatKind.GROUP)
LONG_LIVED = Place(ChatKind.LONG_LIVED)


def operations(*names: str) -> Place:
    """The place of some operations, such as `GET groups`."""
    return Place(operations=frozenset(names))


def _name(subject: Callable[..., Any]) -> str:
    """`subject_cut` and `SubjectCut` are named `subject-cut`."""
    is_class = isinstance(subject, type)
    words = re.findall("[A-Z][a-z]*|[0-9]+", subject.__name__) if is_class else None
    return "-".join(words or subject.__name__.split("_")).lower()


def _add(
    place: Place,
    name: str,
    clause: str,
    sentence: str,
    overrides: Mapping[str, Callable[..., Any]],
    base: type[Rules],
    policy: Policy = _ANY_POLICY,
) -> None:
    members: dict[str, object] = {"kind": place.kind, "operations": place.operations}

    def overriding(rule: str, around: Callable[..., Any]) -> Callable[..., Any]:
        def method(self: Rules, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any rule
            return around(getattr(super(rules, self), rule), *arguments, **named)

        return method

    members |= {rule: overriding(rule, around) for rule, around in overrides.items()}
    rules: type[Rules] = type(name, (base,), members)
    if clause == PERMITTED:
        add_deviation(Variation(name=name, sentence=sentence, rules=rules))
    else:
        add_deviation(
            Fault(name=name, clause=clause, sentence=sentence, rules=rules, policy=policy)
        )


def _structure(function: Callable[..., Any]) -> type[Any]:
    """The annotation of the last argument: the structure that a function is about."""
    annotations = {**function.__annotations__}
    annotations.pop("return", None)
    structure: type[Any] = [*annotations.values()][-1]
    return structure


def _is_at(call: Call, method: str, part: Part | None) -> bool:
    return method in ("", call.method) and part in (None, call.part)


def _delivered(
    causes: tuple[Cause, ...], deliver: Callable[[Notice], Iterable[Notice]]
) -> Callable[..., Iterable[Notice]]:
    def notices(usual: Usual[Iterable[Notice]], notice: Notice) -> Iterable[Notice]:
        for outgoing in usual(notice):
            if causes and outgoing.cause not in causes:
                yield outgoing
            else:
                yield from deliver(outgoing)

    return notices


def _notified(
    causes: tuple[Cause, ...], structure: type[Any], change: Callable[[Notice, Any], Any]
) -> Callable[..., Iterable[Notice]]:
    def deliver(notice: Notice) -> Iterable[Notice]:
        if not isinstance(notice.content, structure):
            yield notice
        elif (content := change(notice, notice.content)) is not None:
            yield replace(notice, content=content)

    return _delivered(causes, deliver)
