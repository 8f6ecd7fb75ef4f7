"""A target that keeps one subscription for each user (`subscriptions_per_user = 1`)."""

from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.catalogue import Catalogue
from rcs_conformance.errors import ConfigurationError, NotApplicable
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.chat import ChatSubscriptionList
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.plugin.embedded import Embedded
from rcs_conformance.plugin.preflight import check_target
from rcs_conformance.scenario import TestBed, TestBedSettings
from rcs_conformance.target import NotificationMode
from rcs_conformance.wire.vocabulary import dialect


@pytest.fixture(params=["callback", "long-poll"])
def bed(tmp_path: Path, catalogue: Catalogue, request: pytest.FixtureRequest) -> Iterator[TestBed]:
    """A test bed before a server whose second subscription of a user replaces the first."""
    usual = (kit.BINDINGS / "oma-v1.toml").read_text("utf-8")
    file = tmp_path / "one.toml"
    file.write_text(f"subscriptions_per_user = 1\n{usual}", "utf-8")
    mode = NotificationMode(request.param)
    with closing(Embedded(binding=str(file))) as server:
        notifications = replace(server.target.notifications, modes=(mode,))
        target = replace(server.target, notifications=notifications)
        settings = TestBedSettings(lock_file=tmp_path / "lock", catalogue=catalogue)
        with closing(TestBed(target, dialect(str(file)), EvidenceLog(), settings)) as bed:
            yield bed


def test_tests_of_the_next_format_replace_the_subscription(bed: TestBed) -> None:
    """One is there at a time; chats are established in either format."""
    for fmt in Format:
        bed.begin_example()
        bed.groups.established(GroupOffer(), fmt)
        listed = bed.mailboxes.list_subscriptions(bed.bob, fmt).answer.content
        assert isinstance(listed, ChatSubscriptionList)
        assert len(listed.chat_notification_subscription) == 1


def test_what_needs_two_subscriptions_is_not_applicable(bed: TestBed) -> None:
    """In one format, and in both."""
    bed.mailboxes.of(bed.bob, Format.XML)
    for subscribe in (bed.mailboxes.subscribed, bed.mailboxes.of):
        with pytest.raises(NotApplicable, match="subscriptions_per_user = 1"):
            subscribe(bed.bob, Format.JSON)


def test_file_transfers_are_notified_after_a_change_of_formats(bed: TestBed) -> None:
    """Their subscription goes through the channel that a subscription to chats has replaced."""
    for fmt in (Format.JSON, Format.XML, Format.JSON):
        bed.begin_example()
        bed.groups.established(GroupOffer(), fmt)
        if fmt is Format.JSON:
            offered = bed.transfers.offered(bed.alice, (bed.bob,), fmt)
            assert offered.session_id(bed.bob)


def test_second_run_on_the_accounts_is_rejected(bed: TestBed) -> None:
    """It would take the notifications away from the first."""
    bed.mailboxes.of(bed.bob, Format.XML)
    with pytest.raises(ConfigurationError, match="has a subscription, and can have one only"):
        check_target(bed.target, bed.binding, EvidenceLog(), Format.XML, lists=True)
