"""Prompts in the test bed: an operator at a terminal pulls the trigger, and presses Enter."""

import os
import pty
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.model.formats import Format
from rcs_conformance.scenario import TestBed
from rcs_conformance.target import PromptTrigger
from tests.scenario.conftest import OpenBed, OpenServer

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
def bed(open_server: OpenServer, open_bed: OpenBed) -> TestBed:
    """A test bed whose target file asks the operator."""
    prompt = PromptTrigger(prompt="End\n{sessionId} of {userId}.")
    return open_bed(open_server(), triggers={"end": prompt})


def test_enter_goes_on(bed: TestBed, operator: Operator) -> None:
    """The operator sees the sentence on one line, and what the target put there is inert."""
    chat = bed.groups.nonexistent(Format.XML)
    chat.ids[bed.alice.address] = "\x1b[2Jx"
    seen = operator(b"done\n")
    bed.triggers.fire("end", chat, bed.alice)
    assert bytes(seen).decode().strip() == f"End ?[2Jx of {bed.alice.address}. [Enter]"


def test_end_of_input_is_no_answer(bed: TestBed, operator: Operator) -> None:
    """Who ends the input has not pulled the trigger."""
    operator(END_OF_INPUT)
    with pytest.raises(Inconclusive, match="closed the input") as caught:
        bed.triggers.fire("end", bed.groups.nonexistent(Format.XML), bed.alice)
    assert caught.value.cause is Cause.NO_TRIGGER
