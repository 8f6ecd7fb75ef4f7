"""Elements that stand alone in a body: written, read back, and refused where they are none."""

import pytest

from rcs_conformance.errors import WireError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire import Codec
from rcs_conformance.wire.element import LoneElement, read_element, write_element

CHAT = "urn:oma:xml:rest:netapi:chat:1"
ELEMENTS = [
    LoneElement(name="duration", value=7200),
    LoneElement(name="subject", value="a < b & \u4f60"),
    LoneElement(name="subject", value=""),
    LoneElement(name="isClosed", value=True),
]


@pytest.mark.parametrize("fmt", Format)
@pytest.mark.parametrize("element", ELEMENTS, ids=str)
def test_element_is_read_back_as_written(element: LoneElement, fmt: Format) -> None:
    """Whatever its value; the codec writes it like any structure."""
    body = write_element(element, fmt)
    assert read_element(body, fmt, element.name, type(element.value)) == element
    assert Codec().encode(element, fmt) == body


@pytest.mark.parametrize("body", [b'{"duration": 60}', b'{"duration": "60"}'])
def test_number_may_be_quoted(body: bytes) -> None:
    """As everywhere in JSON."""
    assert read_element(body, Format.JSON, "duration", int).value == 60


@pytest.mark.parametrize(
    ("body", "fmt"),
    [
        (b"<duration>60</duration>", Format.XML),
        (f'<c:subject xmlns:c="{CHAT}">60</c:subject>'.encode(), Format.XML),
        (f'<c:duration xmlns:c="{CHAT}"><a/></c:duration>'.encode(), Format.XML),
        (f'<c:duration xmlns:c="{CHAT}">soon</c:duration>'.encode(), Format.XML),
        (b"60", Format.JSON),
        (b'{"duration": 60, "subject": "a"}', Format.JSON),
        (b'{"duration": {"value": 60}}', Format.JSON),
        (b'{"duration": null}', Format.JSON),
        (b'{"duration": "soon"}', Format.JSON),
        (b"", Format.JSON),
    ],
)
def test_what_is_no_such_element_is_refused(body: bytes, fmt: Format) -> None:
    """Another root, more than one, no value, or one of another kind."""
    with pytest.raises(WireError):
        read_element(body, fmt, "duration", int)
