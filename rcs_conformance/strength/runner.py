"""Runs the suites against every fault that is asked for, and against a server without any."""

import gc
import json
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from typing import TypeVar

from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.inventory import Collected, collect
from rcs_conformance.reference import Fault, Variation
from rcs_conformance.strength.observing import Baseline, Subject, joined, observe, watch
from rcs_conformance.strength.processes import Done, Task, perform
from rcs_conformance.strength.reaching import confined
from rcs_conformance.strength.records import Observation
from rcs_conformance.strength.sampling import (
    Plan,
    divided,
    everything,
    forms,
    number_of,
    sample,
    union,
)
from rcs_conformance.wire import schema
from rcs_conformance.wire.schema_json import APIS

T = TypeVar("T")

BASELINE = ""
"""Stands for the server without a fault where faults are named."""

_PATIENT = 5.0
"""Seconds to wait for a notification from a server that loses none."""
_LONG = 4
"""How many times longer a run of everything may take than a sample."""


def default_parallel() -> int:
    """How many runs at a time: two for each processor, for some wait for what is lost."""
    return (os.cpu_count() or 1) * 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Measuring:
    """How the strength is measured.

    Attributes:
        parallel: Runs at a time.
        whole: Whether every test runs in full for every fault.
        seed: Of samples, and of what is generated.
        timeout: Seconds to wait for a notification.
        deadline: Seconds after which a run of a sample is given up; one of everything has more.
    """

    parallel: int
    whole: bool = False
    seed: int = 0
    timeout: float = 1.0
    deadline: float = 240.0


def prepare() -> tuple[Collected, ...]:
    """Import and build once what every forked process needs; gives all tests of the suites.

    Raises:
        HarnessError: The suites cannot be collected.
    """
    from rcs_conformance.wire import schema_xml  # noqa: PLC0415 - dear, and only needed here

    collected = collect()
    for api in APIS:
        schema_xml.schema(api)
    for root in schema.roots():
        schema.violations(json.dumps({root: {}}).encode(), Format.JSON, root)
    gc.collect()
    gc.freeze()
    return collected


def measure(
    faults: Sequence[Fault],
    variations: Sequence[Variation],
    collected: Sequence[Collected],
    how: Measuring,
) -> Iterator[tuple[str, Observation]]:
    """What each fault and variation shows, by its name, as soon as it has; first `BASELINE`.

    A variation meets every test in one of its forms, for anything may fail there. A fault that
    does not meet everything meets those tests of its plan to which it can make a difference; one
    whose clause does not fail is tried once more, with all tests of the clause, another sample of
    the others, and other data.

    Args:
        faults: The faults to run.
        variations: The variations to run.
        collected: What `prepare` gave.
        how: Settings.

    Raises:
        ConfigurationError: This system cannot fork.
    """
    plans = {fault.name: _plan(fault, collected, how) for fault in faults}
    tried = {each.name: _tried(each, collected, how) for each in variations}
    baseline = _baseline(union([*plans.values(), *tried.values()]), how)
    schema.accept(baseline.accepted)
    yield BASELINE, baseline.observation
    tasks = chain(
        (_variation(each, tried[each.name], how) for each in variations),
        (_fault(each, plans[each.name], baseline, how) for each in faults),
    )
    missed: dict[str, Fault] = {}
    by_name = {fault.name: fault for fault in faults}
    for done in perform(tasks, parallel=how.parallel):
        seen, fault = _observed(done), by_name.get(done.name)
        if fault is None or how.whole or seen.trouble or seen.fails(fault.clause):
            yield done.name, seen
        else:
            missed[done.name] = fault
    other = replace(how, seed=number_of(f"{how.seed} again"))
    again = (
        _fault(each, _plan(each, collected, other), baseline, other, again=True)
        for each in missed.values()
    )
    for done in perform(again, parallel=how.parallel):
        yield done.name, replace(_observed(done), tries=2)


def _baseline(plan: Plan, how: Measuring) -> Baseline:
    """What a server without a fault shows; the plan is divided among the runs at a time."""
    subject = Subject(timeout=_PATIENT, seed=how.seed)
    tasks = (
        Task(name=BASELINE, work=partial(watch, subject, part), deadline=how.deadline * _LONG)
        for part in divided(plan, how.parallel)
    )
    return joined(
        done.result or Baseline(observation=_failed(done))
        for done in perform(tasks, parallel=how.parallel)
    )


def _variation(variation: Variation, plan: Plan, how: Measuring) -> Task[Observation]:
    """The longest runs come first, so that none of them is left over at the end."""
    seed = number_of(f"{how.seed} {variation.name}")
    subject = Subject(variations=(variation.name,), timeout=_PATIENT, seed=seed)
    work = partial(observe, subject, plan)
    return Task(name=variation.name, work=work, deadline=how.deadline * _LONG)


def _fault(
    fault: Fault, plan: Plan, baseline: Baseline, how: Measuring, *, again: bool = False
) -> Task[Observation]:
    seed = number_of(f"{how.seed} {fault.name}")
    subject = Subject(faults=(fault.name,), timeout=how.timeout, seed=seed)
    if how.whole:
        work = partial(observe, subject, plan)
        return Task(name=fault.name, work=work, deadline=how.deadline * _LONG)
    subject = replace(subject, clause=fault.clause)
    kept = plan.whole if again else frozenset[str]()
    meets = confined(plan.tests, kept, baseline.reach, fault.rules)
    return Task(
        name=fault.name,
        work=partial(observe, subject, replace(plan, tests=meets), plan.tests - meets),
        deadline=how.deadline,
    )


def _plan(fault: Fault, collected: Sequence[Collected], how: Measuring) -> Plan:
    if how.whole:
        return everything(collected)
    return sample(collected, {fault.clause}, f"{how.seed} {fault.name}")


def _tried(variation: Variation, collected: Sequence[Collected], how: Measuring) -> Plan:
    if how.whole:
        return everything(collected)
    return forms(collected, f"{how.seed} {variation.name}")


def _observed(done: Done[Observation]) -> Observation:
    """What a process handed back; where it handed back nothing, why."""
    return done.result or _failed(done)


def _failed(done: Done[T]) -> Observation:
    return Observation(seconds=done.seconds, trouble=done.trouble, explanation=done.explanation)
