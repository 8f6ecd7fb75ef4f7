"""File transfers in the test bed: recognised, correlated, and with a subscription at a time."""

from rcs_conformance.model.filetransfer import FileTransferSubscriptionList
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import FileOffer, GroupOffer
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats.file_transfer import reference
from rcs_conformance.target import Ics
from rcs_conformance.wire.urls import same_resource
from tests.scenario.conftest import OpenBed, OpenServer


def subscribed(bed: TestBed) -> list[bool | None]:
    """What the clients of bob say of the reference."""
    listed = bed.bob.send("GET", "ftSubscriptions", fmt=Format.XML).answer.content
    assert isinstance(listed, FileTransferSubscriptionList)
    subscriptions = listed.file_transfer_notification_subscription
    return [each.group_chat_reference_supported for each in subscriptions]


def test_one_subscription_at_a_time(bed: TestBed) -> None:
    """It is kept while nothing else is asked of it, and ended before another begins."""
    first = bed.transfer_mailboxes.of(bed.bob, Format.XML)
    assert bed.transfer_mailboxes.of(bed.bob, Format.XML) is first
    assert subscribed(bed) == [True]
    assert bed.transfer_mailboxes.of(bed.bob, Format.XML, supported=False) is not first
    assert subscribed(bed) == [False]
    bed.transfer_mailboxes.of(bed.bob, Format.JSON, supported=None)
    assert subscribed(bed) == [None]
    bed.transfer_mailboxes.close()
    assert subscribed(bed) == []


def test_offers_are_told_apart(bed: TestBed) -> None:
    """Each user knows its own session; what is said of one transfer is not taken for another."""
    one, other = (
        bed.transfers.offered(bed.alice, (bed.bob,), Format.JSON, file=FileOffer(by_value=by))
        for by in (False, True)
    )
    assert len({each.session_id(who) for each in (one, other) for who in bed.actors[:2]}) == 4
    assert (one.offers(bed.bob), other.offers(bed.bob)) == ((None,), (None,))
    other.take(bed.bob)
    assert other.acceptance().content is not None
    assert one.location(bed.bob) == one.request.file_information.file_url
    (fetched,) = other.downloads(bed.bob, other.location(bed.bob))
    assert fetched.exchange is not None
    assert fetched.exchange.answer.body == other.file.data


def test_content_by_reference_can_be_fetched(bed: TestBed) -> None:
    """Who is told of it finds it at the listener, as long as the example lasts."""
    offered = bed.transfers.offered(bed.alice, (bed.bob,), Format.XML)
    url = offered.request.file_information.file_url
    assert url is not None
    found = bed.bob.download(url, Format.XML)
    assert (found.answer.status, found.answer.body) == (200, offered.file.data)
    bed.begin_example()
    assert bed.bob.download(url, Format.XML).answer.status == 404


def test_chat_is_named_as_each_user_sees_it(bed: TestBed) -> None:
    """A session has an id for each, a long-lived group one for all, below each one's address."""
    for kind in (ChatKind.GROUP, ChatKind.LONG_LIVED):
        chat = bed.transfers.chat(kind, Format.JSON)
        named = [reference(chat, each) for each in chat.everyone]
        assert len(set(named)) == 3
        for who, url in zip(chat.everyone, named, strict=True):
            assert same_resource(url, who.url(chat.terms.chat, **chat.variables(who)))


def test_claims_leave_out_parameters(open_server: OpenServer, open_bed: OpenBed) -> None:
    """Who claims neither closed chats nor services is asked for neither, nor for content."""
    ics = Ics(features=frozenset({"file_transfer"}))
    bed = open_bed(open_server(), ics=ics)
    offer = GroupOffer(closed=True, services=("ft",))
    assert bed.transfers.claimed_chat_offer(offer) == GroupOffer(closed=None, services=())
    assert not bed.transfers.claimed(FileOffer(by_value=True)).by_value
