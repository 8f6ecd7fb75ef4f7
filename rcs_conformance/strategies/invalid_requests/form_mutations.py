"""Mutations of form fields (binding, section 5): no schema describes them; the codec judges."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import FORM_MEDIA_TYPE, Format
from rcs_conformance.strategies.invalid_requests.member_mutations import names_uri, statuses_of
from rcs_conformance.strategies.invalid_requests.mutation import InvalidRequest
from rcs_conformance.wire import Codec, root_of
from rcs_conformance.wire.schema import is_valid
from rcs_conformance.wire.spelling import spelling_of

Fields = list[tuple[str, str]]

_DEFAULT = Codec()

_NO_VALUE = "%zz"
"""Invalid as a URI, a number, a boolean and as a value of every enumeration."""

_REQUESTER = "tel:+15550100"
"""The user in the URL."""

_ORIGINATOR = "originatorAddress"
"""A field that says what the URL says already: what a server does with it is its own business."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormMutation:
    """One mutation of form fields; attributes as in `Mutation`.

    Only a URI that is none may be accepted all the same.
    """

    name: str
    change: Callable[[Fields], Fields]
    statuses: tuple[int, ...] = (400,)
    alters_value: bool = False

    def apply(self, content: object, _fmt: Format, codec: Codec) -> InvalidRequest | None:
        """The mutated body of a valid structure; `None` where the result is valid as well."""
        fields = self.change(_fields(content))
        if not _is_invalid(fields, root_of(content).name):
            return None
        known = dict(zip(_fields(content), _fields(content, codec), strict=True))
        spelled = [known.get(each, (codec.names.get(each[0], each[0]), each[1])) for each in fields]
        return InvalidRequest(
            mutation=spelling_of(codec.names).path(self.name),
            data=urlencode(spelled).encode(),
            media_type=FORM_MEDIA_TYPE,
            statuses=self.statuses,
            lenient=self.alters_value,
            alters_value=self.alters_value,
        )


def form_mutations(content: object) -> Iterator[FormMutation]:
    """Each field missing, repeated, and with a value of another type."""
    yield FormMutation(name="no field", change=lambda _fields: [])
    names = dict.fromkeys(name for name, _ in _fields(content) if name != _ORIGINATOR)
    for name in names:
        yield FormMutation(name=f"no field {name}", change=_without(name))
        yield FormMutation(name=f"field {name} twice", change=_repeated(name))
        yield FormMutation(
            name=f"field {name} {_NO_VALUE!r}",
            change=_replaced(name),
            statuses=statuses_of(name),
            alters_value=names_uri(name),
        )


def _without(name: str) -> Callable[[Fields], Fields]:
    return lambda fields: [field for field in fields if field[0] != name]


def _repeated(name: str) -> Callable[[Fields], Fields]:
    return lambda fields: [*fields, next(field for field in fields if field[0] == name)]


def _replaced(name: str) -> Callable[[Fields], Fields]:
    return lambda fields: [*_without(name)(fields), (name, _NO_VALUE)]


def _fields(content: object, codec: Codec = _DEFAULT) -> Fields:
    return parse_qsl(codec.encode_form(content).decode(), keep_blank_values=True)


def _is_invalid(fields: Fields, root: str) -> bool:
    try:
        read = Codec().decode_form(urlencode(fields).encode(), root, _REQUESTER)
    except WireError:
        return True
    return not is_valid(Codec().encode(read, Format.XML), Format.XML, root)
