"""Generated examples of a test that wait for their notifications together.

On a target that notifies slowly a test of twenty examples waits twenty times, one example after
the other. Here hypothesis first says which examples it would make; these run together, as one
example of the session. If all is well, the test has passed. Otherwise the test runs as it always
does: one example at a time, down to the smallest that fails. Where none fails now, the failure did
not come again, which is no verdict, as for any failure that an example does not repeat.
"""

from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from functools import partial, wraps
from inspect import signature
from typing import Any

import pytest
from hypothesis.errors import FlakyFailure
from hypothesis.strategies import DataObject

from rcs_conformance.inbox import Apart, Turns
from rcs_conformance.plugin import collection, generated
from rcs_conformance.plugin.judgement import ConformanceFailure
from rcs_conformance.plugin.session import Session

_AT_ONCE = 24
"""Examples that are under way together, at most."""

_UNREPEATED = "an example failed beside others, and not when it ran for itself"

Arguments = Mapping[str, object]


class JointExamples:
    """Runs the examples of generated tests together, where a process is told to.

    Args:
        session: Of this process.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        """Run a test; `None` where it is to run as usual."""
        session = self._session
        turns = session.turns
        if turns is None or not generated.is_generated(pyfuncitem):
            return None
        if collection.is_adhoc(pyfuncitem) or session.experience.is_in_doubt:
            return None  # ad-hoc chats of the same users are one chat
        names = signature(pyfuncitem.obj).parameters
        fixtures = {name: pyfuncitem.funcargs[name] for name in names}
        examples = _drawn(pyfuncitem, fixtures)
        if len(examples) < 2 or any(_draws(each) for each in examples):
            return None
        untouched = deepcopy(session.judgement)
        function: Any = pyfuncitem.function
        inner = function.hypothesis.inner_test.__rcs_inner__
        try:
            for begin in range(0, len(examples), _AT_ONCE):
                batch = examples[begin : begin + _AT_ONCE]
                self._run(turns, [partial(inner, **each) for each in batch])
        except ConformanceFailure as failure:
            seen, session.judgement = session.judgement, untouched
            session.experience.forget_misses()
            pyfuncitem.obj(**fixtures)
            session.judgement = seen
            raise FlakyFailure(_UNREPEATED, [failure]) from None
        except Exception:  # whatever it is: the test meets it again, if it is there
            session.judgement = untouched
            session.experience.forget_misses()
            return None
        return True

    def _run(self, turns: Turns, examples: Sequence[Callable[[], None]]) -> None:
        """Run examples together, and those that cannot one by one.

        Raises:
            Exception: Of the first example that failed or came to no verdict.
        """
        with self._session.example():
            found = turns.together(examples)
            for error in found:
                if error is not None and not isinstance(error, Apart):
                    raise error
        for example, error in zip(examples, found, strict=True):
            if error is not None:
                with self._session.example():
                    example()


def _drawn(item: pytest.Function, fixtures: Arguments) -> list[dict[str, object]]:
    """The arguments of all examples that hypothesis makes as long as none fails."""
    function: Any = item.function
    handle = function.hypothesis
    usual = handle.inner_test
    found: list[dict[str, object]] = []

    @wraps(usual)
    def noted(**arguments: object) -> None:
        found.append(arguments)

    handle.inner_test = noted
    try:
        item.obj(**fixtures)
    finally:
        handle.inner_test = usual
    return found


def _draws(arguments: Arguments) -> bool:
    """Whether an example goes on drawing while it runs."""
    return any(isinstance(each, DataObject) for each in arguments.values())
