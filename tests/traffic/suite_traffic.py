"""Traffic of the suites with a server that has a fault, recorded and taken as somebody else's."""

import tempfile
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import pytest

from rcs_conformance.plugin.startup import START
from rcs_conformance.record.archive import MAIN, RESULT, chain_file, seal
from rcs_conformance.record.recorder import Recorder
from rcs_conformance.reference import FAULTS
from rcs_conformance.strength.collected_suites import CollectedSuites, with_collected_suites
from rcs_conformance.strength.plans import Plan, stable_number
from rcs_conformance.strength.processes import Done, Task, perform
from rcs_conformance.strength.suite_run import Subject
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.recorded import read_recorded
from tests.suites import killers

Seen = tuple[str, ...]
"""What traffic shows, a line for each finding."""

_TESTS = 8
"""Most tests of a fault's clause that make its traffic; a whole run has all of them."""

_TIMEOUT = 0.5
"""Seconds to wait for a notification of a server with a fault."""

_RELIABLE = 5.0
"""The same of one without."""

_DEADLINE = 600.0


class _Recording:
    """A plugin that records what the tests exchange, into a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._recorder: Recorder | None = None

    def order(self, items: list[pytest.Item]) -> None:
        """Begin to record, before the first of the tests."""
        log = items[0].config.stash[START].session.log
        file = chain_file(self._folder, MAIN)
        self._recorder = Recorder(file, {"chain": MAIN}, log.redacted_text)
        log.journal = self._recorder

    def entries(self) -> tuple[Entry, ...]:
        """What was exchanged, once the tests have ended."""
        if self._recorder is None:
            return ()
        self._recorder.close()
        (self._folder / RESULT).write_bytes(b"{}")
        seal(self._folder)
        return read_recorded(self._folder).entries


def of_servers(
    names: Sequence[str],
    judge: Callable[[str, tuple[Entry, ...]], Seen],
    done: Callable[[Done[Seen]], None],
    tests: int = _TESTS,
) -> None:
    """What the traffic of some tests shows of each server, in a process for each, one at a time.

    Args:
        names: Of faults, met by tests of their clauses; of variations, met by tests of any clause.
        judge: Gives what entries show, with the name of the server.
        done: Gets what each shows, as soon as it is known.
        tests: How many make the traffic; a whole run has all of them.
    """
    likely = killers.load()

    def work(suites: CollectedSuites) -> None:
        def task(name: str) -> Task[Seen]:
            if name in FAULTS:
                fault = FAULTS[name]
                subject = Subject(faults=(name,), policy=fault.policy, timeout=_TIMEOUT, seed=0)
                plan = _plan(suites, fault.clause, likely.get(name, name), name, tests)
            else:
                variations = (name,) if name else ()
                subject = Subject(variations=variations, timeout=_RELIABLE, seed=0)
                plan = _plan(suites, "", name or "none", name, tests)
            work = partial(_recorded, suites, subject, plan, partial(judge, name))
            return Task(name=name, work=work, deadline=_DEADLINE)

        for each in perform(map(task, names), parallel=1):
            done(each)

    with_collected_suites(work)


def _plan(suites: CollectedSuites, clause: str, likely: str, name: str, tests: int) -> Plan:
    """Some tests of a clause, or of any; one that is known to fail first, and in full."""
    own = [each.id for each in suites.tests if not clause or clause in each.clauses]
    own.sort(key=lambda each: (not each.endswith(likely), stable_number(name + each)))
    in_full = frozenset(each for each in own[:1] if each.endswith(likely))
    return Plan(tests=frozenset(own[:tests]), in_full=in_full)


def _recorded(
    suites: CollectedSuites,
    subject: Subject,
    plan: Plan,
    judge: Callable[[tuple[Entry, ...]], Seen],
) -> Seen:
    with tempfile.TemporaryDirectory() as scratch:
        recording = _Recording(Path(scratch))
        suites.run(subject, plan, ordering=recording)
        return judge(recording.entries())
