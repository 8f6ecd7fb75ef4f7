"""A test is left out only where the server calls no rule that the fault overrides."""

from collections.abc import Iterable

import pytest
import requests

from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import FAULTS, ReferenceServer
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import OneKind, SomeOperations
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.strength.reach import Reach, RuleCall, RuleRecorder, overridden, reachable

GROUP, LONG_LIVED = ChatKind.GROUP, ChatKind.LONG_LIVED


class Silent(Rules):
    """Sends no notification in any chat."""

    def notices(self, notice: Notice) -> Iterable[Notice]:
        """Nothing."""
        return ()


class SilentGroup(OneKind):
    """Sends no notification in group chats."""

    def notices(self, notice: Notice) -> Iterable[Notice]:
        """Nothing."""
        return ()


class SilentLongLived(SilentGroup):
    """Sends no notification in long-lived group chats."""

    kind = LONG_LIVED


class GroupsRefused(SomeOperations):
    """Starts no group chat."""

    operations = frozenset({"POST groups"})

    def reject(self, call: Call, rejection: Rejection) -> Response:
        """Another rejection."""
        return Response(status=500)


def call(rule: str, *kinds: ChatKind | None, operation: str = "") -> RuleCall:
    """A call of a rule about these kinds, in an operation."""
    return RuleCall(rule=rule, kinds=frozenset(kinds), operation=operation, during=operation)


@pytest.mark.parametrize(
    ("what", "rules", "met"),
    [
        (call("notices", GROUP), Silent, True),
        (call("notices", GROUP), SilentGroup, True),
        (call("notices", GROUP), SilentLongLived, False),
        (call("notices", LONG_LIVED), SilentLongLived, True),
        (call("notices", GROUP, LONG_LIVED), SilentGroup, False),
        (call("notices"), SilentGroup, True),
        (call("notices", None), SilentGroup, False),
        (call("notices", None), Silent, True),
        (call("may_send", GROUP), Silent, False),
        (call("may_send", GROUP), SilentGroup, False),
        (call("reject", GROUP, operation="POST groups"), GroupsRefused, True),
        (call("reject", GROUP, operation="GET group"), GroupsRefused, False),
        (call("reject", GROUP), GroupsRefused, True),
    ],
)
def test_call_meets_the_fault(what: RuleCall, rules: type[Rules], met: bool) -> None:
    """A fault is met where it overrides the rule, in the kind of chat that it is about."""
    assert what.meets(rules) is met


def test_inherited_overrides_count() -> None:
    """A rule is overridden in a base of the fault as well, but not in `Rules`."""
    assert overridden(SilentGroup) == overridden(SilentLongLived) == {"notices"}
    assert overridden(Rules) == frozenset()


def test_every_fault_overrides_something() -> None:
    """A fault that overrides nothing would not be run against other tests."""
    assert [name for name, fault in FAULTS.items() if not overridden(fault.rules)] == []


def test_only_what_is_reached_runs() -> None:
    """Tests that the fault reaches, unknown tests, and tests to be kept remain."""
    reach = Reach(
        by_test={
            "notified": frozenset({call("notices", GROUP)}),
            "sent": frozenset({call("may_send", GROUP)}),
            "own": frozenset(),
        }
    )
    tests = ["notified", "sent", "own", "new"]
    assert reachable(tests, ["own"], reach, SilentGroup) == {"notified", "own", "new"}


@pytest.mark.parametrize("base", [OneKind, SomeOperations])
def test_confinement_covers_all_that_a_fault_overrides(base: type[Rules]) -> None:
    """A confined fault inherits no rule from another base, which would not be confined."""
    beside = {
        (name, each.__name__)
        for name, fault in FAULTS.items()
        if issubclass(fault.rules, base)
        for each in fault.rules.__mro__
        if vars(each).keys() & overridden(fault.rules)
        and not each.__module__.startswith(Rules.__module__)
        and not issubclass(each, base)
    }
    assert beside == set()


@pytest.mark.parametrize(
    ("what", "shared"),
    [
        (call("perform", None, operation="POST subscriptions"), True),
        (RuleCall(rule="repeats", kinds=frozenset(), during="POST ftSubscriptions"), True),
        (call("misread", None, operation="POST subscriptions"), False),
        (call("perform", None, operation="GET subscriptions"), False),
        (call("perform", None, operation="POST ftSessions"), False),
        (call("notices", GROUP), False),
    ],
)
def test_calls_about_subscriptions_are_shared(what: RuleCall, shared: bool) -> None:
    """Subscriptions stay for all tests; a rejected request has no lasting effect."""
    assert what.is_shared is shared


def test_shared_calls_reach_all_tests() -> None:
    """The first test that needs a subscription makes it for all that follow."""
    reach = Reach(by_test={"a": frozenset()}) + Reach(
        by_test={"b": frozenset()}, shared=frozenset({call("notices", None)})
    )
    assert reachable(["a", "b"], [], reach, Silent) == {"a", "b"}
    assert reachable(["a", "b"], [], reach, SilentGroup) == frozenset()


def test_recorder_notes_the_rules_that_each_test_calls() -> None:
    """Calls about subscriptions are shared; all others belong to the test that made them."""
    recorder = RuleRecorder()
    with ReferenceServer(rules=[recorder.rules]) as server:
        base = f"{server.root}/chat/v1/tel%3A%2B15550100"
        headers = {"Authorization": "Bearer token-0"}
        for test, method, path in (
            ("first", "DELETE", "subscriptions/none"),
            ("second", "GET", "group/none"),
        ):
            recorder.pytest_runtest_logstart()
            requests.request(method, f"{base}/{path}", headers=headers, timeout=5)
            recorder.pytest_runtest_logfinish(test)
    about_subscription = call("perform", None, operation="DELETE subscription")
    about_group = call("perform", GROUP, operation="GET group")
    assert about_subscription in recorder.reach.shared
    assert about_subscription not in recorder.reach.by_test["first"]
    assert about_group in recorder.reach.by_test["second"]
