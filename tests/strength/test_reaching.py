"""A test is left out only where a fault overrides nothing that the test makes a server ask for."""

from collections.abc import Iterable

import pytest
import requests

from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import FAULTS, ReferenceServer
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import OneKind, SomeOperations, Told
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.strength.reaching import Asked, Reach, Watch, confined, overridden

GROUP, LASTING = ChatKind.GROUP, ChatKind.LONG_LIVED


class Silent(Rules):
    """Tells nothing, in no kind of chat."""

    def notices(self, notice: Notice) -> Iterable[Notice]:
        """Nothing."""
        return ()


class SilentGroup(OneKind):
    """Tells nothing of group chats."""

    def notices(self, notice: Notice) -> Iterable[Notice]:
        """Nothing."""
        return ()


class SilentLasting(SilentGroup):
    """Tells nothing of long-lived group chats."""

    kind = LASTING


class GroupsRefused(SomeOperations):
    """Starts no group chat."""

    operations = frozenset({"POST groups"})

    def reject(self, call: Call, rejection: Rejection) -> Response:
        """Another rejection."""
        return Response(status=500)


def asked(rule: str, *kinds: ChatKind | None, operation: str = "") -> Asked:
    """A rule that was asked about these kinds, on account of an operation."""
    return Asked(rule=rule, kinds=frozenset(kinds), operation=operation, during=operation)


@pytest.mark.parametrize(
    ("what", "rules", "met"),
    [
        (asked("notices", GROUP), Silent, True),
        (asked("notices", GROUP), SilentGroup, True),
        (asked("notices", GROUP), SilentLasting, False),
        (asked("notices", LASTING), SilentLasting, True),
        (asked("notices", GROUP, LASTING), SilentGroup, False),
        (asked("notices"), SilentGroup, True),
        (asked("notices", None), SilentGroup, False),
        (asked("notices", None), Silent, True),
        (asked("may_send", GROUP), Silent, False),
        (asked("may_send", GROUP), SilentGroup, False),
        (asked("reject", GROUP, operation="POST groups"), GroupsRefused, True),
        (asked("reject", GROUP, operation="GET group"), GroupsRefused, False),
        (asked("reject", GROUP), GroupsRefused, True),
    ],
)
def test_rule_meets_its_deviation(what: Asked, rules: type[Rules], met: bool) -> None:
    """Deviating rules meet what they override, in the kind of chat that they are confined to."""
    assert what.meets(rules) is met


def test_rules_that_stand_above_count() -> None:
    """What a deviation inherits from another one it overrides as well; what is ours does not."""
    assert overridden(Told) == {"notices"}
    assert overridden(type("Quiet", (Told,), {"tell": lambda _self, _notice: ()})) == {"notices"}
    assert overridden(Rules) == frozenset()


def test_every_fault_overrides_something() -> None:
    """A fault that seemed to override nothing would be run against its own tests alone."""
    assert [name for name, fault in FAULTS.items() if not overridden(fault.rules)] == []


def test_only_what_is_reached_runs() -> None:
    """Of a plan there remain what is reached, what is unknown, and what must be kept."""
    reach = Reach(
        by_test={
            "told": frozenset({asked("notices", GROUP)}),
            "sent": frozenset({asked("may_send", GROUP)}),
            "own": frozenset(),
        }
    )
    tests = ["told", "sent", "own", "new"]
    assert confined(tests, ["own"], reach, SilentGroup) == {"told", "own", "new"}


@pytest.mark.parametrize("base", [OneKind, SomeOperations])
def test_confinement_is_of_all_that_a_fault_overrides(base: type[Rules]) -> None:
    """What is confined by a base inherits no rule from beside it, which would not be."""
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
        (asked("perform", None, operation="POST subscriptions"), True),
        (Asked(rule="repeats", kinds=frozenset(), during="POST ftSubscriptions"), True),
        (asked("misread", None, operation="POST subscriptions"), False),
        (asked("perform", None, operation="GET subscriptions"), False),
        (asked("perform", None, operation="POST ftSessions"), False),
        (asked("notices", GROUP), False),
    ],
)
def test_what_stays_is_shared(what: Asked, shared: bool) -> None:
    """Users keep their subscriptions for all tests; what is rejected leaves nothing."""
    assert what.is_shared is shared


def test_what_is_shared_reaches_all() -> None:
    """A subscription is made by the first test that needs it, for all that follow."""
    reach = Reach(by_test={"a": frozenset()}) + Reach(
        by_test={"b": frozenset()}, shared=frozenset({asked("notices", None)})
    )
    assert confined(["a", "b"], [], reach, Silent) == {"a", "b"}
    assert confined(["a", "b"], [], reach, SilentGroup) == frozenset()


def test_watch_notes_what_a_server_is_asked() -> None:
    """Requests for what stays are shared; all others are noted for the test that they are of."""
    watch = Watch()
    with ReferenceServer(rules=[watch.rules]) as server:
        base = f"{server.root}/chat/v1/tel%3A%2B15550100"
        headers = {"Authorization": "Bearer token-0"}
        for test, method, path in (
            ("first", "DELETE", "subscriptions/none"),
            ("second", "GET", "group/none"),
        ):
            watch.pytest_runtest_logstart()
            requests.request(method, f"{base}/{path}", headers=headers, timeout=5)
            watch.pytest_runtest_logfinish(test)
    about_subscription = asked("perform", None, operation="DELETE subscription")
    about_group = asked("perform", GROUP, operation="GET group")
    assert about_subscription in watch.reach.shared
    assert about_subscription not in watch.reach.by_test["first"]
    assert about_group in watch.reach.by_test["second"]
