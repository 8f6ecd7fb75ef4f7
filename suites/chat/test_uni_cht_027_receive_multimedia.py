"""UNI-CHT-027: notify of a multimedia message that is ready for download, in each kind of chat."""

import pytest

from rcs_conformance.checks import multimedia_messages, received_messages
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.strategies import ATTACHMENTS, PICTURE


@pytest.mark.requirement("UNI-CHT-027.1")
def test_receiver_is_told_type_and_url(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """Each receiver is notified of the content type and the URL.

    Stimulus: a picture.
    """
    chat = bed.established_chat(kind, fmt)
    text = chat.show(bed.alice, PICTURE)

    notified = [message_waits.multimedia(chat, each, text) for each in chat.others(bed.alice)]

    verify(*(multimedia_messages.announced(each, PICTURE) for each in notified))


@pytest.mark.requirement("UNI-CHT-027.2")
def test_chat_id_is_told(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """Each receiver is notified under its own chat id.

    Stimulus: a picture by each participant.
    """
    chat = bed.established_chat(kind, fmt)

    shown = [(each, chat.show(each, PICTURE)) for each in chat.everyone]

    for by, text in shown:
        for each in chat.others(by):
            notified = message_waits.multimedia(chat, each, text)
            bed.require(notified, "UNI-CHT-027.1")
            verify(received_messages.received_in(notified, chat.identity(each), "UNI-CHT-027.2"))


@pytest.mark.requirement("UNI-CHT-027.3")
def test_download_is_answered_at_once(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """The content can be downloaded as soon as it is notified.

    Stimulus: a picture; each receiver downloads it once, on notification.
    """
    chat = bed.established_chat(kind, fmt)

    for each in chat.others(bed.alice):
        notified = message_waits.multimedia(chat, each, chat.show(bed.alice, PICTURE))
        verify(
            multimedia_messages.downloadable_at_once(message_waits.download(chat, each, notified))
        )


@pytest.mark.requirement("UNI-CHT-027.4")
def test_what_was_sent_is_downloaded(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """The downloaded content has the bytes and the media type that were sent.

    Stimulus: content of several types, from one byte to 200 kB, with all values of a byte.
    """
    chat = bed.established_chat(kind, fmt)

    for each in ATTACHMENTS:
        notified = message_waits.multimedia(chat, bed.bob, chat.show(bed.alice, each))
        fetched = message_waits.download(chat, bed.bob, notified)
        verify(
            multimedia_messages.bytes_unchanged(fetched, each),
            multimedia_messages.type_unchanged(fetched, notified, each),
        )
