"""TS-CHAT-5.1 to 5.4: XML, JSON and form fields, valid, negotiated, and saying the same."""

import pytest

from rcs_conformance.checks import conventions, representations, starting
from rcs_conformance.driver import WAYS
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, receiving, rounds


@pytest.mark.requirement("TS-CHAT-5.1", fmt=Format.XML)
def test_answers_in_xml_are_valid(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Every answer to a request in XML is XML that fits its schema.

    Stimulus: each operation once.
    """
    answers = rounds.every_answer(stage, fmt)

    verify(conventions.negotiated(each, "TS-CHAT-5.1", "Accept") for each in answers)


@pytest.mark.requirement("TS-CHAT-5.2", fmt=Format.JSON)
def test_answers_in_json_are_valid(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Every answer to a request in JSON is JSON that fits its schema.

    Stimulus: each operation once.
    """
    answers = rounds.every_answer(stage, fmt)

    verify(conventions.negotiated(each, "TS-CHAT-5.2", "Accept") for each in answers)


@pytest.mark.requirement("TS-CHAT-5.1", fmt=Format.XML)
@pytest.mark.parametrize("way", WAYS)
def test_xml_is_negotiated(stage: Stage, verify: Verify, fmt: Format, way: str) -> None:
    """The answer is in XML in whichever way it is asked for.

    Stimulus: a subscription, created with each form of negotiation.
    """
    subscription = stage.mail.subscribe(stage.alice, fmt, negotiation=WAYS[way](fmt))

    subscription.delete()
    verify(conventions.negotiated(subscription.created, "TS-CHAT-5.1", way))


@pytest.mark.requirement("TS-CHAT-5.2", fmt=Format.JSON)
@pytest.mark.parametrize("way", WAYS)
def test_json_is_negotiated(stage: Stage, verify: Verify, fmt: Format, way: str) -> None:
    """The answer is in JSON in whichever way it is asked for.

    Stimulus: a subscription, created with each form of negotiation.
    """
    subscription = stage.mail.subscribe(stage.alice, fmt, negotiation=WAYS[way](fmt))

    subscription.delete()
    verify(conventions.negotiated(subscription.created, "TS-CHAT-5.2", way))


@pytest.mark.requirement("TS-CHAT-5.3")
def test_forms_are_taken(stage: Stage, verify: Verify, fmt: Format) -> None:
    """Requests as form fields are taken where the binding lists them.

    Stimulus: a subscription, a group chat and a message, each as form fields.
    """
    stage.groups.invited(GroupOffer(), fmt)

    verify(representations.form_taken(each.exchange) for each in rounds.every_form(stage, fmt))


@pytest.mark.requirement("TS-CHAT-5.3")
def test_forms_are_understood(stage: Stage, verify: Verify, fmt: Format) -> None:
    """What the fields say is what the chat then shows, and what the others get.

    Stimulus: a group chat with all parameters and a message, each as form fields.
    """
    offer = GroupOffer(subject="a form & more", closed=True, services=("ft", "geopushft"))
    control = stage.groups.invited(offer, fmt)
    shown = control.read(stage.alice)
    stage.require_met(
        starting.subject(shown, control.subject),
        starting.closed(shown, offer.closed),
        *starting.all_invited(shown, [each.address for each in control.invited]),
    )
    group = stage.groups.start(offer, fmt, as_form=True)
    stage.require_success(group.started, "TS-CHAT-5.3")
    read = group.read(stage.alice)
    chat = stage.groups.established(GroupOffer(), fmt)
    message = ChatMessage(text=chat.text("50 % + 1 & more"))

    chat.send(stage.alice, stage.alice.form(message))

    verify(
        representations.form_says(read, "subject", group.subject),
        representations.form_says(read, "is_closed", expected=True),
        representations.form_invites(read, [each.address for each in group.everyone]),
        representations.form_arrives(receiving.any_message(chat, stage.bob), message.text),
    )


@pytest.mark.requirement("TS-CHAT-5.4")
def test_both_formats_say_the_same(stage: Stage, verify: Verify, fmt: Format) -> None:
    """What was created in one format reads the same in both.

    Stimulus: a chat with all parameters, a subscription, each read in XML and in JSON.
    """
    offer = GroupOffer(closed=True, services=("ft", "geopushft"))
    group = stage.groups.established(offer, fmt, services=("ft",))
    subscription = stage.mail.own(stage.alice, fmt)

    xml, json = (rounds.every_reading(group, subscription, each) for each in Format)

    verify(representations.equivalent(xml[name], json[name]) for name in xml)
