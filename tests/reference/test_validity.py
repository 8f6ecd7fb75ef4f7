"""What can be read and fits no structure all the same is rejected."""

import pytest

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
from rcs_conformance.wire import Codec

GOOD_URIS = ("tel:+15550100", "sip:a@b.example;user=phone", "http://h/a%20b?c=d#e", "acr:x_1!")


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
