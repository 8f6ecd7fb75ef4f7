"""Which tests a fault can reach: those during which a rule is asked that it overrides.

What a fault does is in the methods of the rules that it overrides. A test of which the server
asks none of them comes out as it does without the fault, and need not be run to know it. What
each test makes a server ask for is noted while the suites run against one without a fault.
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from threading import Lock, local
from types import FunctionType
from typing import Any

import pytest

from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.edits import OneKind, SomeOperations, kinds_of, operations_of
from rcs_conformance.reference.rules import Rules

_PATIENCE = 2.0
"""Seconds for the last notifications of a test."""

_STAYING = frozenset(
    f"{verb} {resource}"
    for verb in ("POST", "DELETE")
    for resource in (
        "subscriptions",
        "subscription",
        "ftSubscriptions",
        "ftSubscription",
    )
)
"""Operations whose effects outlive the test that asks for them."""

_REJECTING = frozenset({"misread", "reject"})
"""Rules about requests that are rejected, of which nothing stays."""

_ROOM = Rules.__module__.partition(".rules")[0] + ".rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A rule that was asked.

    Attributes:
        rule: Name of the method.
        kinds: The kinds of chat that its arguments are about; `None` among them where one is
            about no chat.
        operation: Verb and resource of the call among its arguments; empty where there is none.
        during: The operation that was under way; empty for what comes of it later.
    """

    rule: str
    kinds: frozenset[ChatKind | None]
    operation: str = ""
    during: str = ""

    @property
    def is_shared(self) -> bool:
        """Whether other tests may depend on it: what a user subscribes to stays for all of them."""
        return self.during in _STAYING and self.rule not in _REJECTING

    def meets(self, deviating: type[Rules]) -> bool:
        """Whether deviating rules answer it otherwise than `Rules` do."""
        if self.rule not in overridden(deviating):
            return False
        if self.operation and issubclass(deviating, SomeOperations):
            known = deviating.operations
            if known and self.operation not in known:
                return False
        kind = deviating.kind if issubclass(deviating, OneKind) else None
        return kind is None or self.kinds <= {kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """What the tests made a server ask for.

    Attributes:
        by_test: The rules asked, by the id of the test that it was for.
        shared: Those asked on account of all tests, in whichever of them it was.
    """

    by_test: Mapping[str, frozenset[Asked]] = field(default_factory=dict)
    shared: frozenset[Asked] = frozenset()

    def __add__(self, other: "Reach") -> "Reach":
        """What the tests of both did."""
        return Reach(by_test={**self.by_test, **other.by_test}, shared=self.shared | other.shared)

    def of(self, deviating: type[Rules]) -> Callable[[str], bool]:
        """Tells whether deviating rules can make a difference to a test; of an unknown one: yes."""
        everywhere = any(asked.meets(deviating) for asked in self.shared)

        def reached(test: str) -> bool:
            if everywhere or test not in self.by_test:
                return True
            return any(asked.meets(deviating) for asked in self.by_test[test])

        return reached


class Watch:
    """A plugin, and rules that conform: together they tell what is asked during each test."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._asked: set[Asked] = set()
        self._by_test: dict[str, frozenset[Asked]] = {}
        self._shared: set[Asked] = set()
        self._under_way = local()
        self.quiesce: Callable[[float], bool] = lambda _seconds: True
        """Waits until the server has told all that there is to tell."""

    @property
    def rules(self) -> type[Rules]:
        """The rules, which note what they are asked."""
        return type("Watched", (Rules,), {name: self._noted(name) for name in rule_names()})

    @property
    def reach(self) -> Reach:
        """What was seen so far."""
        return Reach(by_test=dict(self._by_test), shared=frozenset(self._shared))

    def pytest_runtest_logstart(self) -> None:
        """What is asked from now on is for the next test."""
        with self._lock:
            self._asked = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """The test is over once its last notification is delivered."""
        self.quiesce(_PATIENCE)
        with self._lock:
            shared = {asked for asked in self._asked if asked.is_shared}
            self._shared |= shared
            self._by_test[nodeid] = frozenset(self._asked - shared)

    def _noted(self, name: str) -> Callable[..., Any]:
        rule = getattr(Rules, name)

        def noted(rules: Rules, *arguments: Any) -> Any:  # noqa: ANN401 - whatever it wraps
            outer: str = getattr(self._under_way, "operation", "")
            called = next(operations_of(arguments), "")
            asked = Asked(
                rule=name,
                kinds=frozenset(kinds_of(arguments)),
                operation=called,
                during=called or outer,
            )
            with self._lock:
                self._asked.add(asked)
            self._under_way.operation = asked.during
            try:
                return rule(rules, *arguments)
            finally:
                self._under_way.operation = outer

        return noted


@cache
def rule_names() -> frozenset[str]:
    """The methods of the rules that a deviation may override."""
    return frozenset(
        name
        for base in Rules.__mro__
        for name, member in vars(base).items()
        if isinstance(member, FunctionType) and not name.startswith("__")
    )


def overridden(deviating: type[Rules]) -> frozenset[str]:
    """The rules that a deviation overrides."""
    if deviating not in _overridden:
        _overridden[deviating] = frozenset(_names(deviating.__mro__)) & rule_names()
    return _overridden[deviating]


_overridden: dict[type[Rules], frozenset[str]] = {}
"""Asked for once for each rule that each test asks."""


def _names(classes: Iterable[type]) -> Iterator[str]:
    for each in classes:
        if not each.__module__.startswith(_ROOM):
            yield from vars(each)


def confined(
    tests: Collection[str], kept: Collection[str], reach: Reach, rules: type[Rules]
) -> frozenset[str]:
    """The tests that deviating rules can make a difference to, and those to be kept anyway."""
    reached = reach.of(rules)
    return frozenset(test for test in tests if test in kept or reached(test))
