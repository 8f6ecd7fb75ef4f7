"""What can be read and fits no structure all the same is rejected."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rcs_conformance.errors import WireError
from rcs_conformance.model.chat import (
    ComposingState,
    IsComposing,
    ParticipantInformation,
    ParticipantList,
)
from rcs_conformance.model.filetransfer import FileInformation, FileSelector
from rcs_conformance.model.formats import Format
from rcs_conformance.reference.validity import require_valid
from rcs_conformance.wire import Codec, root_of
from rcs_conformance.wire.order import misplaced
from rcs_conformance.wire.schema import violations
from tests.strategies.bodies import BODIES
from tests.wire.mutated_bodies import mutated

GOOD_URIS = (
    "http://[2001:db8::1]:8080/a?b=c#d",
    "//h/x",
    "?q",
    "#f",
    "h:",
    "a/1:b",
    "tel:+15550100",
    "sip:a@b.example;user=phone",
    "http://h/a%20b?c=d#e",
    "acr:x_1!",
)


def people(address: str) -> ParticipantList:
    """A list of one participant."""
    return ParticipantList(participant=(ParticipantInformation(address=address),))


@pytest.mark.parametrize("address", GOOD_URIS)
@pytest.mark.parametrize("fmt", list(Format))
def test_what_fits(address: str, fmt: Format) -> None:
    """Nothing is rejected."""
    content = people(address)
    require_valid(Codec().encode(content, fmt), fmt, content)


@pytest.mark.parametrize("address", ["", "%zz", "100%", "a b", "<a>"])
def test_uris(address: str) -> None:
    """An address is a URI; the rejection names the member."""
    with pytest.raises(WireError, match="address: is no URI"):
        require_valid(b"{}", Format.JSON, people(address))


@pytest.mark.parametrize("time", ["", "yesterday", "2026-01-31", "2026-01-31T10:00:00"])
def test_times(time: str) -> None:
    """A time has a date and a zone."""
    with pytest.raises(WireError, match="lastactive"):
        require_valid(b"{}", Format.JSON, IsComposing(state=ComposingState.IDLE, lastactive=time))


def test_words_between_elements() -> None:
    """White space may stand there, words may not; in the text of an element all may."""
    require_valid(b"<a>\n <b>words</b>\n</a>", Format.XML, None)
    for body in (b"<a>words<b/></a>", b"<a><b/>words</a>"):
        with pytest.raises(WireError, match="words"):
            require_valid(body, Format.XML, None)


def test_words_in_the_place_of_members() -> None:
    """A structure that needs no member may be empty, but it is no text; a text may be one."""
    content = FileInformation(file_selector=FileSelector(), file_description="words")
    said = b"<i><fileSelector>%s</fileSelector><fileDescription>words</fileDescription></i>"
    require_valid(said % b" ", Format.XML, content)
    with pytest.raises(WireError, match="fileSelector: words"):
        require_valid(said % b"words", Format.XML, content)


REQUESTS = sorted({root_of(each).name for each in BODIES.values()} | {"participantInformation"})


@pytest.mark.parametrize("fmt", list(Format))
@given(root=st.sampled_from(REQUESTS), data=st.data())
@settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_server_and_schema_say_the_same_of_a_request(
    root: str, fmt: Format, data: st.DataObject
) -> None:
    """Whatever is changed in it; order, which schemas leave open, is the server's own rule."""
    body = data.draw(mutated(root, fmt), label="body")
    found = violations(body, fmt, root)
    if fmt is Format.XML and misplaced(body, root, {}):
        return
    assert _rejection(body, fmt) == "" or found, "rejected by the server alone"
    if _rejection(body, fmt) == "":
        assert [each for each in found if not any(words in str(each) for words in LATER)] == []


def _rejection(body: bytes, fmt: Format) -> str:
    """Why the server rejects a body; empty where it does not."""
    try:
        require_valid(body, fmt, Codec().decode(body, fmt).content)
    except WireError as error:
        return str(error)
    return ""


LATER = ("a whole number from 1", "is needed")
"""What operations check, not the reading of the body."""
