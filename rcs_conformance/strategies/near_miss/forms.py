"""Deviations among form fields (binding, section 5): no schema says what fits, the codec does."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import FORM_MEDIA_TYPE, Format
from rcs_conformance.strategies.near_miss.deviations import NearMiss
from rcs_conformance.strategies.near_miss.members import statuses_of
from rcs_conformance.wire import Codec, root_of
from rcs_conformance.wire.schema import is_valid
from rcs_conformance.wire.spelling import spelling_of

Fields = list[tuple[str, str]]

_NO_VALUE = "%zz"
"""No URI, no number, no boolean, and no value of any enumeration."""

_ANYBODY = "tel:+15550100"
"""Whoever asks: the user in the URL, whom no field names."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormDeviation:
    """One way in which form fields can be wrong; attributes as of `Deviation`."""

    name: str
    change: Callable[[Fields], Fields]
    statuses: tuple[int, ...] = (400,)

    def on(self, content: object, _fmt: Format, codec: Codec) -> NearMiss | None:
        """The near miss of a valid structure; `None` where the result is valid as well."""
        fields = self.change(_fields(content))
        if not _is_wrong(fields, root_of(content).name):
            return None
        spelled = [(codec.names.get(name, name), value) for name, value in fields]
        return NearMiss(
            deviation=spelling_of(codec.names).path(self.name),
            data=urlencode(spelled).encode(),
            media_type=FORM_MEDIA_TYPE,
            statuses=self.statuses,
        )


def form_deviations(content: object) -> Iterator[FormDeviation]:
    """Everything that can be wrong with form fields: one missing, repeated, or mistyped."""
    yield FormDeviation(name="no field", change=lambda _fields: [])
    for name in dict.fromkeys(name for name, _ in _fields(content)):
        yield FormDeviation(name=f"no field {name}", change=_without(name))
        yield FormDeviation(name=f"field {name} twice", change=_repeated(name))
        yield FormDeviation(
            name=f"field {name} {_NO_VALUE!r}",
            change=_replaced(name),
            statuses=statuses_of(name),
        )


def _without(name: str) -> Callable[[Fields], Fields]:
    return lambda fields: [field for field in fields if field[0] != name]


def _repeated(name: str) -> Callable[[Fields], Fields]:
    return lambda fields: [*fields, next(field for field in fields if field[0] == name)]


def _replaced(name: str) -> Callable[[Fields], Fields]:
    return lambda fields: [*_without(name)(fields), (name, _NO_VALUE)]


def _fields(content: object) -> Fields:
    return parse_qsl(Codec().encode_form(content).decode(), keep_blank_values=True)


def _is_wrong(fields: Fields, root: str) -> bool:
    """Whether form fields describe no structure, or one that is invalid."""
    try:
        read = Codec().decode_form(urlencode(fields).encode(), root, _ANYBODY)
    except WireError:
        return True
    return not is_valid(Codec().encode(read, Format.XML), Format.XML, root)
