"""Which tests a fault can reach: those in which the server calls a rule that it overrides.

A fault, or a variation, overrides methods of the rules. A test in which the server calls none of
them gives the same result as without it, and need not run. Which rules a test makes the server call
is recorded while the suites run against a server without a fault.
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

_LAST_NOTIFICATION = 2.0
"""Seconds to wait for the last notification of a test."""

_LASTING = frozenset(
    f"{verb} {resource}"
    for verb in ("POST", "DELETE")
    for resource in (
        "subscriptions",
        "subscription",
        "ftSubscriptions",
        "ftSubscription",
    )
)
"""Operations whose effects outlive the test that requests them."""

_REJECTING = frozenset({"misread", "reject"})
"""Rules about rejected requests, which have no lasting effect."""

_RULES_PACKAGE = Rules.__module__.partition(".rules")[0] + ".rules"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleCall:
    """A call of a rule by the server.

    Attributes:
        rule: Name of the method.
        kinds: The kinds of chat that its arguments are about; `None` among them where one is
            about no chat.
        operation: Verb and resource of the request among its arguments; empty without one.
        during: The operation in progress; empty for what happens after its response.
    """

    rule: str
    kinds: frozenset[ChatKind | None]
    operation: str = ""
    during: str = ""

    @property
    def is_shared(self) -> bool:
        """Whether other tests may depend on it: a subscription stays for all of them."""
        return self.during in _LASTING and self.rule not in _REJECTING

    def meets(self, rules: type[Rules]) -> bool:
        """Whether the rules of a fault override it."""
        if self.rule not in overridden(rules):
            return False
        if self.operation and issubclass(rules, SomeOperations):
            known = rules.operations
            if known and self.operation not in known:
                return False
        kind = rules.kind if issubclass(rules, OneKind) else None
        return kind is None or self.kinds <= {kind}


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """The rules that a server calls in each test.

    Attributes:
        by_test: The calls of each test, by its id.
        shared: Calls on which all tests depend, whichever test made them.
    """

    by_test: Mapping[str, frozenset[RuleCall]] = field(default_factory=dict)
    shared: frozenset[RuleCall] = frozenset()

    def __add__(self, other: "Reach") -> "Reach":
        """The calls of both."""
        return Reach(by_test={**self.by_test, **other.by_test}, shared=self.shared | other.shared)

    def of(self, rules: type[Rules]) -> Callable[[str], bool]:
        """Whether a fault with these rules can reach a test; an unknown test is reached."""
        everywhere = any(call.meets(rules) for call in self.shared)

        def reached(test: str) -> bool:
            if everywhere or test not in self.by_test:
                return True
            return any(call.meets(rules) for call in self.by_test[test])

        return reached


class RuleRecorder:
    """A plugin, and rules that conform: together they record which rules each test calls."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._calls: set[RuleCall] = set()
        self._by_test: dict[str, frozenset[RuleCall]] = {}
        self._shared: set[RuleCall] = set()
        self._in_progress = local()
        self.quiesce: Callable[[float], bool] = lambda _seconds: True
        """Waits until the server has delivered all notifications."""

    @property
    def rules(self) -> type[Rules]:
        """Rules that record their calls."""
        return type("Recorded", (Rules,), {name: self._recorded(name) for name in rule_names()})

    @property
    def reach(self) -> Reach:
        """What was recorded so far."""
        return Reach(by_test=dict(self._by_test), shared=frozenset(self._shared))

    def pytest_runtest_logstart(self) -> None:
        """Calls from now on belong to the next test."""
        with self._lock:
            self._calls = set()

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_logfinish(self, nodeid: str) -> None:
        """The test is over once its last notification is delivered."""
        self.quiesce(_LAST_NOTIFICATION)
        with self._lock:
            shared = {call for call in self._calls if call.is_shared}
            self._shared |= shared
            self._by_test[nodeid] = frozenset(self._calls - shared)

    def _recorded(self, name: str) -> Callable[..., Any]:
        rule = getattr(Rules, name)

        def recorded(rules: Rules, *arguments: Any) -> Any:  # noqa: ANN401 - whatever it wraps
            outer: str = getattr(self._in_progress, "operation", "")
            operation = next(operations_of(arguments), "")
            call = RuleCall(
                rule=name,
                kinds=frozenset(kinds_of(arguments)),
                operation=operation,
                during=operation or outer,
            )
            with self._lock:
                self._calls.add(call)
            self._in_progress.operation = call.during
            try:
                return rule(rules, *arguments)
            finally:
                self._in_progress.operation = outer

        return recorded


@cache
def rule_names() -> frozenset[str]:
    """The methods that a fault or a variation may override."""
    return frozenset(
        name
        for base in Rules.__mro__
        for name, member in vars(base).items()
        if isinstance(member, FunctionType) and not name.startswith("__")
    )


def overridden(rules: type[Rules]) -> frozenset[str]:
    """The methods that the rules of a fault or a variation override."""
    if rules not in _overridden:
        _overridden[rules] = frozenset(_names(rules.__mro__)) & rule_names()
    return _overridden[rules]


_overridden: dict[type[Rules], frozenset[str]] = {}
"""Kept, for it is looked up for each call in each test."""


def _names(classes: Iterable[type]) -> Iterator[str]:
    for each in classes:
        if not each.__module__.startswith(_RULES_PACKAGE):
            yield from vars(each)


def reachable(
    tests: Collection[str], kept: Collection[str], reach: Reach, rules: type[Rules]
) -> frozenset[str]:
    """The tests that a fault with these rules can reach, and those that are to be kept anyway."""
    reaches = reach.of(rules)
    return frozenset(test for test in tests if test in kept or reaches(test))
