"""Aliases of users in what is decoded."""

from rcs_conformance.model.chat import ParticipantInformation, ParticipantList
from rcs_conformance.model.filetransfer import (
    FileInformation,
    FileSelector,
    FileTransferSessionInformation,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.wire import Codec
from rcs_conformance.wire.addresses import recognised

ALIASES = {"sip:bob@x": "tel:+2", "acr:1": "tel:+1"}


def test_alias_is_read_as_the_user() -> None:
    """At any depth, in any spelling; other addresses and other members stay."""
    named = ParticipantList(
        participant=(
            ParticipantInformation(address="SIP:bob%40x", name="sip:bob@x"),
            ParticipantInformation(address="tel:+3"),
        )
    )

    read = recognised(named, ALIASES)

    assert [each.address for each in read.participant] == ["tel:+2", "tel:+3"]
    assert read.participant[0].name == "sip:bob@x"


def test_every_one_of_several_addresses_is_read() -> None:
    """A file transfer has several receivers."""
    offered = FileTransferSessionInformation(
        file_information=FileInformation(file_selector=FileSelector()),
        originator_address="acr:1",
        receiver_address=("sip:bob@x", "tel:+3"),
    )

    read = recognised(offered, ALIASES)

    assert (read.originator_address, read.receiver_address) == ("tel:+1", ("tel:+2", "tel:+3"))


def test_codec_reads_aliases() -> None:
    """What it encodes has the address that is given."""
    codec, shown = Codec(aliases=ALIASES), ParticipantInformation(address="sip:bob@x")

    body = codec.encode(shown, Format.JSON)

    assert b"sip:bob@x" in body
    assert codec.decode(body, Format.JSON).content == ParticipantInformation(address="tel:+2")
