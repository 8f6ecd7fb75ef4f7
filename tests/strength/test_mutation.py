"""Mutations: the operators, the places at which they fit, and what becomes of them."""

import ast
import fnmatch
import json
from dataclasses import replace
from pathlib import Path

import jsonschema
import pytest

from rcs_conformance.cli.mutation import selected
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import ROOT, TEMPLATES
from rcs_conformance.strength.mutation import equivalents
from rcs_conformance.strength.mutation.journal import Journal
from rcs_conformance.strength.mutation.lines import Lines, keep, kept, united
from rcs_conformance.strength.mutation.measuring import Fate, Tried
from rcs_conformance.strength.mutation.neighbours import Neighbours
from rcs_conformance.strength.mutation.operators import OPERATORS
from rcs_conformance.strength.mutation.report import FORMAT, Mutated, as_json, as_text
from rcs_conformance.strength.mutation.sites import Mutation, mutated, mutations
from tests.project.conftest import COMMAND, run

ALL = tuple(mutations())
NAMES = [one.name for one in ALL]
SCHEMA = json.loads((TEMPLATES / "mutations.schema.json").read_text("utf-8"))


def changed(code: str, operator: str) -> list[str]:
    """What an operator makes of each part of an expression or statement."""
    tree = ast.parse(code)
    parts = [node for statement in tree.body for node in ast.walk(statement)]
    found = [new for node in parts for new in OPERATORS[operator](node)]
    return [ast.unparse(new) for new in found]


@pytest.mark.parametrize(
    ("code", "operator", "expected"),
    [
        ("a == b", "condition", ["a != b"]),
        ("a not in b", "condition", ["a in b"]),
        ("a and b", "condition", ["a or b"]),
        ("not a", "condition", ["a"]),
        ("a if b else c", "condition", ["a if not b else c"]),
        ("a < b", "boundary", ["a <= b"]),
        ("a >= b", "boundary", ["a > b"]),
        ("a < b < c", "boundary", []),
        ("f(True)", "value", ["False"]),
        ("f(201)", "value", ["202"]),
        ("f('SVC0002')", "value", ["'SVC0003'"]),
        ("f('POL1009')", "value", ["'POL1000'"]),
        ("f('some text')", "value", []),
        ("View(a=b, c=1)", "member", ["View(c=1, a=None)"]),
        ("replace(x, a=b)", "member", ["replace(x)"]),
        ("lower(a=b)", "member", []),
        ("notify(a)", "effect", ["pass"]),
        ("a += b", "effect", ["pass"]),
        ("a = b", "effect", []),
        ("[x for x in xs if x]", "order", ["[x for x in list(xs)[::-1] if x]"]),
        ("tuple(x for x in xs)", "order", ["tuple((x for x in list(xs)[::-1]))"]),
        ("any(x for x in xs)", "order", []),
        ("{x for x in xs}", "order", []),
    ],
)
def test_operator(code: str, operator: str, expected: list[str]) -> None:
    """It changes what it is for, and nothing else."""
    assert changed(code, operator) == expected


def test_those_who_are_chosen() -> None:
    """All are taken, or the first is left out."""
    tree = ast.parse("[x for x in xs if x]", mode="eval").body
    assert isinstance(tree, ast.ListComp)

    found = [
        ast.unparse(ast.ListComp(tree.elt, [new]))
        for new in OPERATORS["selection"](tree.generators[0])
        if isinstance(new, ast.comprehension)
    ]

    assert found == ["[x for x in xs]", "[x for x in list(xs)[1:] if x]"]


def test_there_are_many() -> None:
    """Each has a name of its own, and every operator fits somewhere."""
    assert len({one.name for one in ALL}) == len(ALL) > 1000
    assert {one.operator for one in ALL} == OPERATORS.keys()
    assert all(one.before != one.after for one in ALL)


@pytest.mark.parametrize("mutation", ALL[::97], ids=lambda one: one.name)
def test_code_of_a_mutation_is_that_of_its_function(mutation: Mutation) -> None:
    """It stands where the function stands, and can take its place."""
    code = mutated(mutation)
    assert code.co_qualname == mutation.function
    assert code.co_firstlineno <= mutation.line


def test_equivalent_mutations_exist() -> None:
    """A reason that no mutation has any more is removed; no mutation has two."""
    patterns = [pattern for pattern, _ in equivalents.entries()]

    assert equivalents.load(ALL)
    assert [each for each in patterns if not fnmatch.filter(NAMES, each)] == []


def test_tests_that_execute_a_mutation() -> None:
    """Those of every line of its statement, whichever part of the run recorded them."""
    one = ALL[0]
    parts = [
        Lines(tests={(one.file, one.line): frozenset({"a"})}, seconds={"a": 1.0}),
        Lines(tests={(one.file, one.line): frozenset({"b"}), (one.file, 0): frozenset({"c"})}),
    ]

    lines = united(parts)

    assert lines.reaching(one) == lines.around(one) == {"a", "b"}
    within = replace(one, line=one.end + 1, last=one.end + 1)
    assert (lines.reaching(within), lines.around(within)) == (frozenset(), frozenset("ab"))
    assert lines.seconds == {"a": 1.0}


@pytest.mark.parametrize(
    ("key", "cut", "found"), [("k", None, True), ("other", None, False), ("k", -5, False)]
)
def test_lines_are_kept_under_their_key(
    tmp_path: Path, key: str, cut: int | None, found: bool
) -> None:
    """They are read again as they were; not under another key, nor where the file is cut off."""
    lines = Lines(tests={("a.py", 1): frozenset({"x", ""})}, seconds={"x": 0.5})
    file = tmp_path / "lines.json"
    keep(file, "k", lines)
    file.write_text(file.read_text("ascii")[:cut], "ascii")

    assert kept(file, key) == (lines if found else None)


def test_journal_is_taken_up(tmp_path: Path) -> None:
    """What was written is read again under the same key, but for a line that was cut off."""
    file = tmp_path / "mutations.jsonl"
    tried = [
        Tried(mutation=ALL[0], fate=Fate.KILLED, clauses=("UNI-1.1",), test="t", tests=3),
        Tried(mutation=ALL[1], fate=Fate.SURVIVED),
    ]
    begun = Journal(file, "k")
    begun.clear()
    for each in tried:
        begun.add(each)
    file.write_text(file.read_text("ascii") + '{"cut', "ascii")

    assert Journal(file, "k").read(ALL) == {each.mutation.name: each for each in tried}
    assert Journal(file, "k").read(ALL[:1]).keys() == {ALL[0].name}
    assert Journal(file, "other").read(ALL) == {}


def test_what_killed_a_neighbour_is_likely() -> None:
    """Tests of the same function lead, then those of its file; only those that execute it."""
    one = ALL[0]
    same = replace(one, line=one.line + 1)
    near = replace(one, function="other")
    far = replace(one, file="other.py")
    known = Neighbours()
    for mutation, test in ((near, "b"), (near, "b"), (same, "a"), (far, "c"), (same, "d")):
        known.note(mutation, test)

    assert known.likely(one, {"a", "b", "c"}) == {"a": 0, "b": 1}


def of_fates(*fates: Fate) -> Mutated:
    """A measurement of as many mutations."""
    tried = tuple(
        Tried(mutation=one, fate=fate, reason="since" if fate is Fate.BROKEN else "")
        for one, fate in zip(ALL, fates, strict=False)
    )
    return Mutated(tried=tried, seed=0, seconds=1.0)


@pytest.mark.parametrize(
    ("fates", "killed", "code"),
    [
        ((Fate.KILLED,), 1.0, 0),
        ((Fate.KILLED, Fate.SURVIVED), 0.5, 1),
        ((Fate.KILLED, Fate.UNREACHED), 0.5, 1),
        ((Fate.KILLED, Fate.BROKEN, Fate.EQUIVALENT), 1.0, 0),
        ((Fate.BROKEN,), 1.0, 0),
    ],
)
def test_goal(fates: tuple[Fate, ...], killed: float, code: int) -> None:
    """Broken and equivalent ones count for nothing, unreached ones as survivors."""
    measured = of_fates(*fates)
    assert (measured.killed, measured.exit_code) == (killed, code)


def test_what_was_not_killed_is_shown() -> None:
    """With its name, and the counts of all."""
    text = as_text(of_fates(Fate.KILLED, Fate.SURVIVED, Fate.BROKEN))

    assert ALL[0].name not in text
    assert f"      {ALL[1].name}\n" in text
    assert "3 mutations in 1 s: 1 killed, 1 survived, 0 unreached, 0 equivalent, 1 broken" in text
    assert "NOT MET  97% of the live mutations" in text


def test_json_fits_its_schema() -> None:
    """All fates, and nothing that the schema does not know."""
    found = json.loads(as_json(of_fates(*Fate)))

    jsonschema.validate(found, SCHEMA)
    assert found["format"] == FORMAT


def test_sample_is_that_of_the_seed() -> None:
    """The same seed takes the same ones, from all files; names are taken alone."""
    assert {one.file for one in selected(ALL, [], 300, 5)} > {"channel.py", "world.py"}
    assert selected(ALL, [], 20, 1) == selected(ALL, [], 20, 1) != selected(ALL, [], 20, 2)
    assert selected(ALL, [ALL[3].name], 0, 0) == [ALL[3]]
    assert sorted(selected(ALL, [], 0, 0), key=ALL.index) == list(ALL)
    assert selected(ALL, [], 0, 0) != selected(ALL, [], 0, 1)


def test_unknown_name_is_told() -> None:
    """In one line, which says where names come from."""
    with pytest.raises(ConfigurationError, match="--mutation x: there is no such mutation"):
        selected(ALL, ["x"], 0, 0)


@pytest.mark.exhaustive
def test_command_tries_mutations(tmp_path: Path) -> None:
    """Those of 404 are killed, each by a test and a clause; the file has what the text says.

    So is a list without its oldest entry, which shows only to the test that comes first.
    """
    oldest = ("Views.long_lived_list", "selection")
    first = [one.name for one in ALL if (one.function, one.operator) == oldest]
    of_404 = [one.name for one in ALL if (one.file, one.function) == ("rejections.py", "not_found")]
    names = [*of_404, *first]
    options = [word for name in names for word in ("--mutation", name)]
    words = ["strength", *options, "--out", str(tmp_path)]

    done = run([*COMMAND, *words], cwd=ROOT, seconds=1200.0)

    found = json.loads((tmp_path / "mutations.json").read_text("ascii"))
    jsonschema.validate(found, SCHEMA)
    assert done.returncode == found["exitCode"], done.stderr
    killed = [each for each in found["mutations"].values() if each["fate"] == "killed"]
    assert len(found["mutations"]) == len(names) > 1
    assert len(killed) > 1, done.stdout
    assert [found["mutations"][each]["fate"] for each in first] == ["killed"]
    assert all(each["clauses"] and each["test"] for each in killed)
