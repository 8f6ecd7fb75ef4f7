"""Prompts on the stage: an operator at a terminal pulls the trigger, and presses Enter."""

import os
import pty
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario import Stage
from rcs_conformance.target import PromptTrigger
from tests.scenario.conftest import OpenServer, OpenStage

END_OF_INPUT = b"\x04"
Operator = Callable[[bytes], bytearray]


@pytest.fixture
def operator(monkeypatch: pytest.MonkeyPatch) -> Iterator[Operator]:
    """Sits at the terminal that standard input is, and types once a prompt is complete."""
    with ExitStack() as ended:
        ours, theirs = pty.openpty()
        ended.callback(os.close, ours)
        stdin = ended.enter_context(open(theirs))  # noqa: PTH123 - a terminal without a path
        monkeypatch.setattr("sys.stdin", stdin)

        def types(what: bytes) -> bytearray:
            seen = bytearray()

            def sit() -> None:
                while b"[Enter] " not in seen:
                    seen.extend(os.read(ours, 100))
                os.write(ours, what)

            sitting = threading.Thread(target=sit, daemon=True)
            sitting.start()
            ended.callback(sitting.join, 5)
            return seen

        yield types


@pytest.fixture
def stage(open_server: OpenServer, open_stage: OpenStage) -> Stage:
    """A stage whose target file asks the operator."""
    prompt = PromptTrigger(prompt="End\n{sessionId} of {userId}.")
    return open_stage(open_server(), triggers={"end": prompt})


def test_enter_goes_on(stage: Stage, operator: Operator) -> None:
    """The operator sees the sentence on one line, and what the target put there is inert."""
    chat = stage.groups.nowhere(Format.XML)
    chat.ids[stage.alice.address] = "\x1b[2Jx"
    seen = operator(b"done\n")
    stage.triggers.fire("end", chat, stage.alice)
    assert bytes(seen).decode().strip() == f"End ?[2Jx of {stage.alice.address}. [Enter]"


def test_end_of_input_is_no_answer(stage: Stage, operator: Operator) -> None:
    """Who ends the input has not pulled the trigger."""
    operator(END_OF_INPUT)
    with pytest.raises(Inconclusive, match="ended the input") as caught:
        stage.triggers.fire("end", stage.groups.nowhere(Format.XML), stage.alice)
    assert caught.value.cause is Cause.NO_TRIGGER
