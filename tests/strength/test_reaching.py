"""A test is left out only where a fault overrides nothing that the test makes a server ask for."""

from collections.abc import Iterable

import pytest
import requests

from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import FAULTS, ReferenceServer
from rcs_conformance.reference.edits import OneKind, Told
from rcs_conformance.reference.notices import Notice
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


def asked(rule: str, *kinds: ChatKind | None) -> Asked:
    """A rule that was asked about these kinds."""
    return Asked(rule=rule, kinds=frozenset(kinds))


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
    ],
)
def test_rule_meets_its_deviation(what: Asked, rules: type[Rules], met: bool) -> None:
    """Deviating rules answer what they override, of the kind of chat that they are confined to."""
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


def test_what_is_shared_reaches_all() -> None:
    """A subscription is made by the first test that needs it, for all that follow."""
    reach = Reach(by_test={"a": frozenset()}) + Reach(
        by_test={"b": frozenset()}, shared=frozenset({asked("notices", None)})
    )
    assert confined(["a", "b"], [], reach, Silent) == {"a", "b"}
    assert confined(["a", "b"], [], reach, SilentGroup) == frozenset()


def test_watch_notes_what_a_server_is_asked() -> None:
    """Requests about no chat are shared; those about a chat are noted for the test they are of."""
    watch = Watch()
    with ReferenceServer(rules=[watch.rules]) as server:
        base = f"{server.root}/chat/v1/tel%3A%2B15550100"
        headers = {"Authorization": "Bearer token-0"}
        for test, path in (("first", "subscriptions"), ("second", "group/none")):
            watch.pytest_runtest_logstart()
            requests.get(f"{base}/{path}", headers=headers, timeout=5)
            watch.pytest_runtest_logfinish(test)
    assert asked("perform", None) in watch.reach.shared
    assert watch.reach.by_test["first"] == frozenset()
    assert asked("perform", GROUP) in watch.reach.by_test["second"]
