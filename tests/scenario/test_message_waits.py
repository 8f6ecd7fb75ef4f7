"""Messages are known by their markers, downloads and outcomes are told as they are."""

from dataclasses import replace

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.chat import ChatMessage, ComposingState, IsComposing, MessageStatus
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatIdentity, ChatKind
from rcs_conformance.scenario import Chat, TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.scenario.setup.markers import before, marker_in
from rcs_conformance.strategies import PICTURE
from tests.scenario.conftest import OpenBed, OpenServer

XML = Format.XML
TIMEOUT = 0.3
ACTIVE = IsComposing(state=ComposingState.ACTIVE, refresh=60)


@pytest.mark.parametrize("text", ["", "hello", "  hi  ", "\r\n", "\ta\tb\t"])
def test_marker_keeps_white_space_at_both_ends(text: str) -> None:
    """A text with a marker begins and ends as it does without."""
    marked = before(text, "M")
    assert marked.replace("M ", "", 1) == text
    assert marked.startswith(text[: len(text) - len(text.lstrip())])


@pytest.mark.parametrize("kind", list(ChatKind))
def test_users_know_a_chat_by_its_identity(bed: TestBed, kind: ChatKind) -> None:
    """By an id; in an ad-hoc chat by the other user beside it."""
    chat = bed.established_chat(kind, XML)
    contact = bed.alice.address if kind is ChatKind.ADHOC else ""
    expected = ChatIdentity(kind=kind, id=chat.chat_id(bed.bob), contact=contact)
    assert chat.identity(bed.bob) == expected


@pytest.mark.parametrize(
    "fault", ["text-trimmed", "text-entities", "message-told-under-senders-id"]
)
def test_changed_message_is_recognised(
    open_server: OpenServer, open_bed: OpenBed, fault: str
) -> None:
    """By its marker, whatever became of the rest of its text and of its session id."""
    bed = open_bed(open_server((fault,)), TIMEOUT)
    group = bed.established_chat(ChatKind.GROUP, XML)
    text = group.say(bed.alice, "<b> ")
    found = message_waits.message(group, bed.bob, text).content
    assert found is not None
    assert found.chat_message is not None
    assert marker_in(found.chat_message.text) == marker_in(text)


def test_message_without_its_marker_is_recognised_by_the_chat(bed: TestBed) -> None:
    """Where the text is gone, the chat tells."""
    chat, other = (
        bed.established_chat(ChatKind.GROUP, XML),
        bed.established_chat(ChatKind.GROUP, XML),
    )
    bed.require_success(other.upload(bed.alice, PICTURE, ChatMessage(text="")), "")
    bed.require_success(chat.upload(bed.alice, PICTURE, ChatMessage(text="")), "")
    found = message_waits.multimedia(chat, bed.bob, chat.text()).content
    assert found is not None
    assert found.session_id == chat.chat_id(bed.bob)


def test_message_of_a_person_is_not_taken_for_ones_own(bed: TestBed) -> None:
    """In an ad-hoc chat, which others share, though it carries no marker."""
    chat = bed.established_chat(ChatKind.ADHOC, XML)
    bed.require_success(chat.send(bed.alice, ChatMessage(text="lunch?")), "")
    text = chat.say(bed.alice)
    found = message_waits.message(chat, bed.bob, text).content
    assert found is not None
    assert found.chat_message is not None
    assert found.chat_message.text == text


def test_adhoc_message_that_lost_its_marker_is_recognised(
    open_server: OpenServer, open_bed: OpenBed
) -> None:
    """Once the message itself has not come."""
    chat = open_bed(open_server(), TIMEOUT).established_chat(ChatKind.ADHOC, XML)
    alice, bob = chat.everyone
    chat.send(alice, ChatMessage(text="lost"))
    found = message_waits.message(chat, bob, chat.text())
    assert found.content is not None
    assert found.content.chat_message is not None
    assert found.content.chat_message.text == "lost"


def test_content_without_text_is_taken_once(open_server: OpenServer, open_bed: OpenBed) -> None:
    """In the order in which it was shown, though it comes twice."""
    variations = ("multimedia-told-without-text", "notified-twice")
    bed = open_bed(open_server(variations=variations))
    chat = bed.established_chat(ChatKind.ADHOC, XML)
    texts = [chat.show(bed.alice, PICTURE) for _ in range(3)]
    found = [message_waits.multimedia(chat, bed.bob, text).content for text in texts]
    assert len({each.file_url for each in found if each is not None}) == 3
    assert message_waits.multimedia(chat, bed.bob, texts[1]).content == found[1]


def test_download_tells_what_came_of_it(bed: TestBed) -> None:
    """The exchange, or why there was none."""
    chat = bed.established_chat(ChatKind.ONE_TO_ONE, XML)
    notified = message_waits.multimedia(chat, bed.bob, chat.show(bed.alice, PICTURE))
    fetched = message_waits.download(chat, bed.bob, notified)
    assert fetched.exchange is not None
    assert fetched.exchange.answer.body == PICTURE.data
    assert notified.content is not None
    elsewhere = replace(
        notified, content=replace(notified.content, file_url="http://127.0.0.1:1/x")
    )
    failed = message_waits.download(chat, bed.bob, elsewhere)
    assert failed.exchange is None
    assert "refused" in failed.reason
    for broken in (
        replace(notified, content=None),
        replace(notified, content=replace(notified.content, file_url=None)),
    ):
        with pytest.raises(Inconclusive) as caught:
            message_waits.download(chat, bed.bob, broken)
        assert caught.value.clause == "UNI-CHT-027.1"


def test_indication_is_found_among_others(bed: TestBed) -> None:
    """The one that was sent; another one of the same user only where that does not come."""
    chat = bed.established_chat(ChatKind.ADHOC, XML)
    for each in (ACTIVE, replace(ACTIVE, refresh=61), replace(ACTIVE, refresh=62)):
        chat.compose(bed.alice, each)
    chat.compose(bed.bob, ACTIVE)
    second = message_waits.indication(chat, bed.bob, bed.alice, replace(ACTIVE, refresh=61))
    assert second.content is not None
    assert second.content.is_composing == replace(ACTIVE, refresh=61)


def test_other_indication_stands_in(open_server: OpenServer, open_bed: OpenBed) -> None:
    """So that a check can say what came instead."""
    bed = open_bed(open_server(("composing-refresh-doubled",)), TIMEOUT)
    group = bed.established_chat(ChatKind.GROUP, XML)
    group.compose(bed.alice, ACTIVE)
    found = message_waits.indication(group, bed.bob, bed.alice, ACTIVE)
    assert found.content is not None
    assert found.content.is_composing == replace(ACTIVE, refresh=120)


def sent_pending(bed: TestBed, chat: Chat) -> Chat:
    """The chat, in which alice's next message is answered pending."""
    bed.triggers.fire("pending", chat, bed.alice)
    return chat


@pytest.mark.parametrize("kind", list(ChatKind))
def test_final_status_is_waited_for(bed: TestBed, kind: ChatKind) -> None:
    """In each kind of chat the trigger makes an answer pending."""
    chat = sent_pending(bed, bed.established_chat(kind, XML))
    sent = chat.send(bed.alice, ChatMessage(text=chat.text()))
    notified = message_waits.final_status(chat, bed.alice, sent)
    assert notified.content is not None
    assert notified.content.status is MessageStatus.SENT


def test_answer_that_is_not_pending_has_no_final_status(bed: TestBed) -> None:
    """The trigger did not work then; without an id nothing can be waited for."""
    chat = bed.established_chat(ChatKind.ADHOC, XML)
    sent = chat.send(bed.alice, ChatMessage(text=chat.text()))
    with pytest.raises(Inconclusive, match="status Sent: the message is not pending") as caught:
        message_waits.final_status(chat, bed.alice, sent)
    assert caught.value.cause is Cause.NO_TRIGGER
    bare = replace(sent, answer=replace(sent.answer, headers=(), content=None))
    with pytest.raises(Inconclusive, match="does not identify the message") as caught:
        message_waits.final_status(chat, bed.alice, bare)
    assert caught.value.clause == "TS-CHAT-4.1.3"


@pytest.mark.parametrize("kind", list(ChatKind))
def test_refused_message_needs_no_report(bed: TestBed, kind: ChatKind) -> None:
    """That it failed is told by the answer."""
    nonexistent = bed.nonexistent(kind, XML)
    sent = nonexistent.send(bed.alice, ChatMessage(text=nonexistent.text()))
    assert sent.answer.status == 404
    assert message_waits.failure(nonexistent, bed.alice, sent) is None


def test_failure_may_be_told_later(open_server: OpenServer, open_bed: OpenBed) -> None:
    """Where the answer does not tell it, it is waited for."""
    bed = open_bed(open_server(), TIMEOUT)
    chat = bed.established_chat(ChatKind.ADHOC, XML)
    sent = chat.send(bed.alice, ChatMessage(text=chat.text()))
    notified = message_waits.failure(chat, bed.alice, sent)
    assert notified is not None
    assert notified.content is None
