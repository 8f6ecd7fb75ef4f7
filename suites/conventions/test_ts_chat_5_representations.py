"""TS-CHAT-5.1, 5.2: responses in XML and in JSON, by each form of content negotiation."""

import pytest

from rcs_conformance.checks import conventions
from rcs_conformance.driver import PREFERENCES, WAYS
from rcs_conformance.model.formats import Format
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations


@pytest.mark.requirement("TS-CHAT-5.1", fmt=Format.XML)
@pytest.mark.parametrize("way", WAYS)
def test_xml_is_negotiated(bed: TestBed, verify: Verify, fmt: Format, way: str) -> None:
    """The response is in XML by each form of content negotiation.

    Stimulus: POST of a subscription with each form of negotiation.
    """
    subscription = bed.mailboxes.subscribe(bed.alice, fmt, negotiation=WAYS[way](fmt))

    verify(conventions.negotiable(subscription.creation, "TS-CHAT-5.1", way))
    subscription.delete()
    verify(conventions.negotiated(subscription.creation, "TS-CHAT-5.1", way))


@pytest.mark.requirement("TS-CHAT-5.2", fmt=Format.JSON)
@pytest.mark.parametrize("way", WAYS)
def test_json_is_negotiated(bed: TestBed, verify: Verify, fmt: Format, way: str) -> None:
    """The response is in JSON by each form of content negotiation.

    Stimulus: POST of a subscription with each form of negotiation.
    """
    subscription = bed.mailboxes.subscribe(bed.alice, fmt, negotiation=WAYS[way](fmt))

    verify(conventions.negotiable(subscription.creation, "TS-CHAT-5.2", way))
    subscription.delete()
    verify(conventions.negotiated(subscription.creation, "TS-CHAT-5.2", way))


@pytest.mark.requirement(xml="TS-CHAT-5.1", json="TS-CHAT-5.2")
def test_preference_decides(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The response is in the format that Accept prefers, whatever the format of the request is.

    Stimulus: POST of a subscription in the other format.
    """
    clause = "TS-CHAT-5.1" if fmt is Format.XML else "TS-CHAT-5.2"
    preferred, sent = WAYS[PREFERENCES](fmt), bed.claims.other_format(fmt)
    way = f"{PREFERENCES}, in a request in {sent.name}"

    subscription = bed.mailboxes.subscribe(bed.alice, sent, negotiation=preferred)

    verify(conventions.negotiable(subscription.creation, clause, way))
    subscription.delete()
    verify(conventions.negotiated(subscription.creation, clause, way))


@pytest.mark.requirement("TS-CHAT-5.1", fmt=Format.XML)
def test_other_spellings_of_xml_are_read(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A request as text/xml, with 1 for true, is taken and means the same.

    Stimulus: POST of a closed group chat twice, as text/xml and as application/xml.
    """
    started = operations.forms.group_as_text_xml(bed)
    verify(conventions.text_xml_taken(started.chat.creation))

    read, control = (each.read(bed.alice) for each in (started.chat, started.control))

    verify(conventions.text_xml_understood(read, control))
