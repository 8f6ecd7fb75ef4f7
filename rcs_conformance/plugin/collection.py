"""Collection: formats as parameters, selection by requirement, and the audits of the marks."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import hypothesis
import pytest

from rcs_conformance.catalogue import Catalogue
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.plugin import generated
from rcs_conformance.plugin.session import Session
from rcs_conformance.runs.shards import Shard, digest_of, own_tests, with_recorded

MARK = (
    "requirement(*clauses, when='', fmt='', adhoc='', one_to_one='', group='', long_lived='',"
    " xml='', json='', also=()): the clauses that a test checks, a feature that it needs, the one"
    " format that it is about, for each kind of chat that it runs with the clause about that kind,"
    " the clause about each format, and further clauses that it may break"
)
"""Declares the mark to pytest."""

UNMARKED = (
    "unmarked: a test of a chat whose texts do not tell it from others, so that no other test can"
    " have the like meanwhile"
)
"""Declares another one."""

_SUITES = "suites/"
_GENERATING = 4.0
"""How long a test takes that generates examples, compared with others."""

_TESTS_FOR_ONE = 16
"""Of so many tests of the same clauses the profile quick runs one."""

FORMAT_ARGUMENT = "fmt"
"""A test with this argument runs once for each format."""

PLAY = "play"
"""A test with this fixture runs a machine, each run of which is an example."""

KIND_ARGUMENT = "kind"
"""A test with this argument runs once for each kind of chat that its mark names, or for all."""


def parametrise(metafunc: pytest.Metafunc, formats: tuple[Format, ...]) -> None:
    """Run a test that has the argument `fmt` once for each format of the run.

    A test whose mark names a format runs in that one only, and not at all in a run without it.
    Likewise a test that has the argument `kind` runs once for each kind of chat.
    """
    if KIND_ARGUMENT in metafunc.fixturenames:
        named_kinds = {kind for mark in _marks(metafunc.definition) for kind in _by_kind(mark)}
        kinds = [kind for kind in ChatKind if not named_kinds or kind in named_kinds]
        metafunc.parametrize(KIND_ARGUMENT, kinds, ids=str)
    if FORMAT_ARGUMENT in metafunc.fixturenames:
        marks = _marks(metafunc.definition)
        named = {mark.kwargs["fmt"] for mark in marks if "fmt" in mark.kwargs}
        chosen = [fmt for fmt in formats if not named or fmt in named]
        metafunc.parametrize(FORMAT_ARGUMENT, chosen, ids=str)


def clauses_of(item: pytest.Item) -> tuple[str, ...]:
    """The clauses that a test declares, in order."""
    parameters: Mapping[str, object] = getattr(getattr(item, "callspec", None), "params", {})
    ways = [
        str(parameters[name]) for name in (KIND_ARGUMENT, FORMAT_ARGUMENT) if name in parameters
    ]
    clauses: list[str] = []
    for mark in reversed(_marks(item)):
        clauses += mark.args
        clauses += [str(mark.kwargs[way]) for way in ways if way in mark.kwargs]
    return tuple(dict.fromkeys(clauses))


def also_of(item: pytest.Item) -> tuple[str, ...]:
    """The clauses that a test may break beside those that it declares."""
    return tuple(str(clause) for mark in _marks(item) for clause in mark.kwargs.get("also", ()))


def _marks(node: pytest.Item | pytest.Function) -> list[pytest.Mark]:
    return list(node.iter_markers("requirement"))


def _by_kind(mark: pytest.Mark) -> Mapping[ChatKind, str]:
    """The clauses of a mark that are about one kind of chat."""
    return {kind: str(mark.kwargs[kind]) for kind in ChatKind if kind in mark.kwargs}


def needs_of(item: pytest.Item) -> str:
    """The feature that a test needs; empty for none."""
    whens = (str(mark.kwargs.get("when", "")) for mark in item.iter_markers("requirement"))
    return next((when for when in whens if when), "")


def format_of(item: pytest.Item) -> Format | None:
    """The format that a test runs in; `None` where it runs in both or needs none."""
    parameters: Mapping[str, object] = getattr(getattr(item, "callspec", None), "params", {})
    fmt = parameters.get(FORMAT_ARGUMENT)
    return fmt if isinstance(fmt, Format) else None


def title_of(item: pytest.Item) -> str:
    """First line of the test's docstring."""
    text = getattr(getattr(item, "function", None), "__doc__", None) or item.name
    return str(text).strip().splitlines()[0]


def problems_of(items: list[pytest.Item], catalogue: Catalogue) -> Iterator[str]:
    """The problems of the tests' marks, one line each."""
    for item in items:
        clauses = clauses_of(item)
        if not clauses:
            yield f"{item.nodeid}: declares no clause; mark it with @pytest.mark.requirement"
        for clause in (*clauses, *also_of(item)):
            if clause not in catalogue.clauses:
                yield f"{item.nodeid}: {clause} is not a clause of the catalogue"


def select(items: list[pytest.Item], session: Session, config: pytest.Config) -> None:
    """Leave only the tests of the requirements and clauses that the run is limited to.

    A test about a format that is not tested has no parameters; it is left out as well.
    """
    selection = session.settings.selection
    chosen = {clause.id for clause in session.catalogue.select(selection)}
    kept = [
        item
        for item in items
        if (not selection or chosen & set(clauses_of(item))) and not _is_without_format(item)
    ]
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = kept


def kinds_of(item: pytest.Item) -> frozenset[ChatKind]:
    """The kinds of chat among the parameters of a test."""
    parameters: Mapping[str, object] = getattr(getattr(item, "callspec", None), "params", {})
    return frozenset(each for each in parameters.values() if isinstance(each, ChatKind))


def sample(
    items: list[pytest.Item], config: pytest.Config, applies: Callable[[pytest.Item], bool]
) -> int:
    """Leave the tests of the profile quick: some of those that declare the same clauses.

    They differ in format, kind of chat, mutation, or in what they look at. One of each sixteen
    stays, at least one; which one rotates, so that formats and kinds alternate, whatever the order
    of the tests. One that does not apply to the target stays only where none does that declares the
    same clauses.

    Args:
        items: The tests.
        config: Of pytest.
        applies: Whether the target claims what a test is about.

    Returns:
        How many tests are left out.
    """
    alike: dict[tuple[str, ...], list[pytest.Item]] = {}
    for item in sorted(items, key=lambda item: item.nodeid):
        alike.setdefault(tuple(sorted(clauses_of(item))), []).append(item)
    applicable = (list(filter(applies, tests)) or tests for tests in alike.values())
    sampled = {
        tests[(number + each * len(tests) // count) % len(tests)]
        for number, tests in enumerate(applicable)
        for count in [max(1, len(tests) // _TESTS_FOR_ONE)]
        for each in range(count)
    }
    left_out = [item for item in items if item not in sampled]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item in sampled]
    return len(left_out)


def divide(items: list[pytest.Item], shard: Shard, durations: Mapping[str, float]) -> str:
    """Leave the tests of one shard.

    A test that generates its examples takes about as long as several others.

    Returns:
        The digest of all tests that are divided.
    """
    tests = {
        item.nodeid.removeprefix(_SUITES): _GENERATING if generates(item) else 1.0 for item in items
    }
    own = own_tests(with_recorded(tests, durations), shard)
    items[:] = [item for item in items if item.nodeid.removeprefix(_SUITES) in own]
    return digest_of(tests)


def order(items: list[pytest.Item]) -> None:
    """Put the tests of one format before those of the next, else in the order in which they are.

    So each user has a subscription in one format at a time, and is subscribed anew once. A test
    of no format goes with those of the first.
    """
    formats = list(Format)
    items.sort(key=lambda item: formats.index(format_of(item) or formats[0]))


def generates(item: pytest.Item) -> bool:
    """Whether a test makes its examples itself, one by one: of generated data or random steps."""
    is_generated = hasattr(getattr(item, "function", None), "hypothesis")
    return is_generated or plays(item)


def plays(item: pytest.Item) -> bool:
    """Whether a test runs a machine, whose steps wait one after the other."""
    return PLAY in getattr(item, "fixturenames", ())


def is_adhoc(item: pytest.Item) -> bool:
    """Whether a test is about ad-hoc chats, or about requests that need one."""
    parameters = getattr(getattr(item, "callspec", None), "params", {})
    kinds = (getattr(each, "kind", each) for each in parameters.values())
    return ChatKind.ADHOC in kinds or "adhoc" in item.path.name


def is_unmarked(item: pytest.Item) -> bool:
    """Whether a test is of chats of which the users have one at a time, and no ad-hoc chat."""
    return next(item.iter_markers("unmarked"), None) is not None and not is_adhoc(item)


def _is_without_format(item: pytest.Item) -> bool:
    """Whether a test is about formats of which the run tests none."""
    parameters: Mapping[str, object] = getattr(getattr(item, "callspec", None), "params", {})
    return FORMAT_ARGUMENT in parameters and format_of(item) is None


def prepare(item: pytest.Item, session: Session) -> None:
    """Make each generated example of a test an example of the session, from the run's seed.

    A test that an earlier session of this process prepared is this one's from now on.
    """
    function: Any = getattr(item, "function", None)
    handle = getattr(function, "hypothesis", None)
    if handle is None:
        return
    inner = getattr(handle.inner_test, "__rcs_inner__", handle.inner_test)

    if not session.log.journal.is_live:
        generated.play(item, inner, session)
        return
    example = generated.example_of(item, inner, session)
    example.__rcs_inner__ = inner  # type: ignore[attr-defined]  # a note on our own wrapper
    handle.inner_test = example
    hypothesis.seed(session.settings.seed)(function)
