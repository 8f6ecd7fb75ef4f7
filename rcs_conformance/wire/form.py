"""Form fields: requests as `application/x-www-form-urlencoded` (binding, section 5).

Leaf names are flattened, and every mandatory leaf is sent. Of the participants only those invited
are named, each by an `address` field. The originator is the user in the URL where no field names
one.
"""

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qsl, urlencode

from rcs_conformance.binding import Forms
from rcs_conformance.errors import WireError
from rcs_conformance.model.chat import ParticipantInformation
from rcs_conformance.wire.scalars import read_scalar, write_scalar
from rcs_conformance.wire.structure import Member, structure_of
from rcs_conformance.wire.values import read_value, written_value

_ADDRESS = "address"
_ORIGINATOR = "originator_address"


_DEFAULT = Forms()


def write_form(content: object, names: Mapping[str, str], forms: Forms = _DEFAULT) -> bytes:
    """The form fields of a structure, percent-encoded."""
    return urlencode(list(_fields(content, names, forms))).encode()


def _fields(content: object, names: Mapping[str, str], forms: Forms) -> Iterator[tuple[str, str]]:
    for member in structure_of(type(content)).members:
        value = getattr(content, member.attribute)
        if value is None:
            continue
        if member.type is ParticipantInformation:
            invited = (each for each in value if not each.is_originator)
            yield from ((names.get(_ADDRESS, _ADDRESS), each.address) for each in invited)
        elif member.is_structure:
            yield from _fields(value, names, forms) if not member.repeatable else ()
        else:
            name = names.get(member.element, member.element)
            for item in value if member.repeatable else (value,):
                yield name, str(written_value(write_scalar(item, name), member, forms))


def read_form_fields(body: bytes) -> dict[str, list[str]]:
    """The fields of a form body by name, in order.

    Raises:
        WireError: The body is no form or not UTF-8.
    """
    try:
        pairs = parse_qsl(
            body.decode("ascii"), keep_blank_values=True, strict_parsing=bool(body), errors="strict"
        )
    except ValueError as error:
        raise WireError(f"not form fields: {error}") from None
    fields: dict[str, list[str]] = {}
    for name, value in pairs:
        fields.setdefault(name, []).append(value)
    return fields


def read_form(
    body: bytes,
    cls: type,
    originator: str,
    names: Mapping[str, str],
    forms: Forms = _DEFAULT,
) -> object:
    """The structure that form fields describe.

    Args:
        body: The percent-encoded fields.
        cls: The structure that the resource takes.
        originator: Address of the user in the URL.
        names: Spelling of the binding.
        forms: What the binding has otherwise than by another name.

    Raises:
        WireError: A mandatory field is missing, a single one repeated, a value mistyped.
    """
    return _read(read_form_fields(body), cls, originator, names, forms)


def _read(
    fields: Mapping[str, list[str]],
    cls: type,
    originator: str,
    names: Mapping[str, str],
    forms: Forms,
) -> object:
    values: dict[str, object] = {}
    for member in structure_of(cls).members:
        name = names.get(member.element, member.element)
        if member.attribute == _ORIGINATOR and name not in fields:
            values[member.attribute] = originator
        elif member.type is ParticipantInformation:
            field = names.get(_ADDRESS, _ADDRESS)
            values[member.attribute] = _participants(fields, field, originator)
        elif member.is_structure:
            if member.mandatory:
                values[member.attribute] = _read(fields, member.type, originator, names, forms)
        elif (value := _leaf(fields, member, names, forms)) is not None:
            values[member.attribute] = value
    return cls(**values)


def _participants(
    fields: Mapping[str, list[str]], field: str, originator: str
) -> tuple[ParticipantInformation, ...]:
    if not fields.get(field):
        raise WireError(f"field {field} is missing")
    first = ParticipantInformation(address=originator, is_originator=True)
    return (first, *(ParticipantInformation(address=address) for address in fields[field]))


def _leaf(
    fields: Mapping[str, list[str]], member: Member, names: Mapping[str, str], forms: Forms
) -> object | None:
    name = names.get(member.element, member.element)
    texts = [_default_form(text, member, forms, name) for text in fields.get(name, [])]
    if not texts:
        if member.mandatory:
            raise WireError(f"field {name} is missing")
        return None
    if member.repeatable:
        return tuple(read_scalar(text, member.type, name) for text in texts)
    if len(texts) > 1:
        raise WireError(f"field {name} occurs {len(texts)} times, once is allowed")
    return read_scalar(texts[0], member.type, name)


def _default_form(text: str, member: Member, forms: Forms, name: str) -> str:
    return write_scalar(read_value(text, member, forms, name), name) if forms else text
