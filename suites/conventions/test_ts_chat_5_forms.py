"""TS-CHAT-5.3, 5.18: requests as form fields are accepted, and say the same as in XML and JSON."""

import pytest

from rcs_conformance.checks import form_requests
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations
from rcs_conformance.scenario.chats import message_waits


@pytest.mark.requirement("TS-CHAT-5.3")
def test_subscription_as_a_form(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A subscription is created from form fields, and its notifications reach the given URL.

    Stimulus: POST of a subscription as form fields, then a message to its user.
    """
    subscription = operations.forms.subscription(bed, fmt)
    verify(form_requests.accepted(subscription.creation))

    chat = bed.any_established_chat(fmt)
    text = chat.say(bed.bob)

    bed.require(message_waits.message(chat, bed.alice, text), chat.terms.receiving)
    also = message_waits.message_in(subscription.mailbox, chat, text)
    subscription.delete()
    verify(form_requests.notified(also))


@pytest.mark.requirement("TS-CHAT-5.3", "TS-CHAT-5.18")
def test_session_as_a_form(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A 1-to-1 chat is created from form fields and shows their values.

    Stimulus: the same request twice, as form fields and in the negotiated format.
    """
    started = operations.forms.session(bed, fmt)
    verify(form_requests.accepted(started.chat.creation))

    read, control = (each.read(bed.alice) for each in (started.chat, started.control))

    said = ("subject", "t_participant_address", "originator_address")
    verify(form_requests.same_as_structured(read, control, said, started.words))


@pytest.mark.requirement("TS-CHAT-5.3", "TS-CHAT-5.18")
def test_group_as_a_form(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A group chat is created from form fields and shows their values.

    Stimulus: the same request with all parameters twice, as form fields and in the negotiated
    format.
    """
    started = operations.forms.group(bed, fmt)
    verify(form_requests.accepted(started.chat.creation))

    read, control = (each.read(bed.alice) for each in (started.chat, started.control))

    said = ("subject", "is_closed", "supported_service")
    verify(
        form_requests.same_as_structured(read, control, said, started.words),
        form_requests.invites(read, [each.address for each in started.chat.everyone]),
    )


@pytest.mark.requirement("TS-CHAT-5.3", "TS-CHAT-5.18")
def test_message_as_a_form(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """A message is sent as form fields and arrives with its text.

    Stimulus: a text of characters that have a meaning in form fields.
    """
    sent = operations.forms.message(bed, kind, fmt)
    verify(form_requests.accepted(sent.exchange))

    got = message_waits.message(sent.chat, bed.bob, sent.text)
    verify(form_requests.arrives(got, sent.text))
