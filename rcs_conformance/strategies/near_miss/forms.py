"""Near misses among form fields (binding, section 5): no schema says what fits, the codec does."""

from collections.abc import Iterator
from urllib.parse import parse_qsl, urlencode

from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import FORM_MEDIA_TYPE, Format
from rcs_conformance.strategies.near_miss.deviations import NearMiss
from rcs_conformance.wire import Codec, root_of
from rcs_conformance.wire.schema import violations

Fields = list[tuple[str, str]]

_NO_VALUE = "%zz"
"""No URI, no number, no boolean, and no value of any enumeration."""


def form_misses(content: object, codec: Codec) -> Iterator[NearMiss]:
    """The near misses of a structure as form fields: a field missing, repeated, or mistyped."""
    for (deviation, proof), (_, data) in zip(
        _candidates(content, Codec()), _candidates(content, codec), strict=True
    ):
        if _breaks(content, proof):
            yield NearMiss(deviation=deviation, data=data, media_type=FORM_MEDIA_TYPE)


def form_candidates(content: object) -> tuple[str, ...]:
    """What `form_misses` tries, valid or not."""
    return tuple(name for name, _ in _candidates(content, Codec()))


def _candidates(content: object, codec: Codec) -> Iterator[tuple[str, bytes]]:
    fields = parse_qsl(codec.encode_form(content).decode(), keep_blank_values=True)
    canonical = parse_qsl(Codec().encode_form(content).decode(), keep_blank_values=True)
    yield "no field", b""
    seen: set[str] = set()
    for (shown, _), (name, value) in zip(canonical, fields, strict=True):
        if shown in seen:
            continue
        seen.add(shown)
        others = [field for field in fields if field[0] != name]
        yield f"no field {shown}", _written(others)
        yield f"field {shown} twice", _written([*fields, (name, value)])
        yield f"field {shown} {_NO_VALUE!r}", _written([*others, (name, _NO_VALUE)])


def _written(fields: Fields) -> bytes:
    return urlencode(fields).encode()


def _breaks(content: object, data: bytes) -> bool:
    """Whether form fields describe no structure, or one that is invalid."""
    root = root_of(content).name
    try:
        read = Codec().decode_form(data, root, "tel:+15550100")
    except WireError:
        return True
    return bool(violations(Codec().encode(read, Format.XML), Format.XML, root))
