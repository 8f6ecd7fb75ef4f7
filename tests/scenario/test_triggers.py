"""Triggers in the test bed: pulled, missing, failing."""

from collections.abc import Mapping

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.target import CommandTrigger, HttpTrigger, PromptTrigger, Trigger
from tests.scenario.conftest import OpenBed, OpenServer


def test_request_pulls_a_trigger(bed: TestBed) -> None:
    """The chat that it names is gone afterwards."""
    group = bed.groups.established(GroupOffer(), Format.XML)
    bed.triggers.fire("expire", group, bed.alice)
    assert group.read(bed.alice).answer.status in {200, 404}
    assert group.accept(bed.bob).answer.status >= 400


def test_command_pulls_a_trigger(open_server: OpenServer, open_bed: OpenBed) -> None:
    """It is told what it is about by its environment, whatever the target put there."""
    command = 'test {sessionId} = "a; exit 1" && test {userId} = "tel:+15550100"'
    bed = open_bed(open_server(), triggers={"end": CommandTrigger(command=command)})
    chat = bed.groups.nonexistent(Format.XML)
    chat.ids[bed.alice.address] = "a; exit 1"
    bed.triggers.fire("end", chat, bed.alice)


REFUSING: Mapping[str, tuple[Trigger | None, Cause, str]] = {
    "missing": (None, Cause.NO_TRIGGER, r"the target file has no \[triggers.end\]"),
    "prompt": (
        PromptTrigger(prompt="End it"),
        Cause.NO_TRIGGER,
        "needs an operator at a terminal: run in a terminal, without -n",
    ),
    "request": (
        HttpTrigger(method="POST", url="{serverRoot}/nowhere"),
        Cause.CONFIGURATION,
        "trigger end: response status 404",
    ),
    "command": (CommandTrigger(command="exit 3"), Cause.CONFIGURATION, "trigger end: exit code 3"),
}


@pytest.mark.parametrize("case", REFUSING)
def test_trigger_that_cannot_be_pulled(
    open_server: OpenServer, open_bed: OpenBed, case: str
) -> None:
    """Nothing is said about the target: not tested without one, inconclusive where it fails."""
    trigger, cause, message = REFUSING[case]
    triggers = {} if trigger is None else {"end": trigger}
    bed = open_bed(open_server(), triggers=triggers)
    with pytest.raises(Inconclusive, match=message) as caught:
        bed.triggers.fire("end", bed.groups.nonexistent(Format.XML), bed.alice)
    assert caught.value.cause is cause


def test_trigger_that_is_declared_unavailable(open_server: OpenServer, open_bed: OpenBed) -> None:
    """The clause stays untested, and the reason is the target file's own word."""
    bed = open_bed(open_server(), unavailable_triggers=("end",))
    with pytest.raises(Inconclusive, match="declares the trigger end unavailable") as caught:
        bed.triggers.fire("end", bed.groups.nonexistent(Format.XML), bed.alice)
    assert caught.value.cause is Cause.UNAVAILABLE


def test_message_of_another_does_not_use_up_the_trigger(bed: TestBed) -> None:
    """In an ad-hoc chat, which others share, it is fired again."""
    chat = bed.established_chat(ChatKind.ADHOC, Format.XML)
    others = iter([ChatMessage(text="lunch?")])

    def send() -> Exchange:
        for each in others:
            chat.send(bed.alice, each)
        return chat.send(bed.alice, ChatMessage(text=chat.text()))

    sent = bed.triggers.pending(chat, bed.alice, send)

    assert message_waits.final_status(chat, bed.alice, sent).content is not None
