"""What differs between two runs: failures first, then what was tested, then what they tested.

A failure is known by its clause, rule and place, as in waivers, so that other ids, addresses and
users make no other failure. Only what both runs have in their catalogues is compared.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from rcs_conformance.model.results import INTERMITTENT, Verdict
from rcs_conformance.report.findings import Finding, findings
from rcs_conformance.report.text import inert
from rcs_conformance.verdict import ClauseResult, ItemResult, Run
from rcs_conformance.verdict.places import stable_place

_DECIDED = frozenset({Verdict.PASS, Verdict.FAIL, Verdict.WAIVED})
_NAMES_SHOWN = 8
_Part = TypeVar("_Part", ClauseResult, ItemResult)

Key = tuple[str, str, str]
"""Clause, rule and place of a failure; an SCR item has neither rule nor place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A clause, SCR item or failure that is not what it was.

    Attributes:
        about: Id of the clause or SCR item.
        text: What the clause requires, or the function of the item.
        rule: The check that failed; empty where the clause or item as a whole is meant.
        before: Verdict in the first run.
        after: Verdict in the second run.
        detail: What was seen: the failure, or why there is no verdict; empty without.
        tests: Ids of the tests that show it.
        repeated: Whether a repetition confirms the failure; empty where nobody looked.
    """

    about: str
    text: str
    rule: str
    before: Verdict
    after: Verdict
    detail: str = ""
    tests: tuple[str, ...] = ()
    repeated: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Something that the runs do not have in common: a claim, the catalogue, the binding.

    Attributes:
        name: What it is.
        before: In the first run; empty for nothing.
        after: In the second run.
    """

    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """Two runs compared.

    Attributes:
        before: The first run.
        after: The second run.
        new: Failures of the second run that the first did not have.
        mended: Failures of the first run whose tests the second passed.
        newly_tested: Clauses and items that only the second run decided, without a failure.
        no_longer_tested: Those that only the first run decided.
        intermittent: Failures that a repetition of their test did not always show.
        settings: What else differs.
        notes: What cannot be compared, a line each.
    """

    before: Run
    after: Run
    new: tuple[Change, ...]
    mended: tuple[Change, ...]
    newly_tested: tuple[Change, ...]
    no_longer_tested: tuple[Change, ...]
    intermittent: tuple[Change, ...]
    settings: tuple[Setting, ...]
    notes: tuple[str, ...]

    @property
    def groups(self) -> Mapping[str, Sequence[Change]]:
        """The changes by their titles, worst first."""
        return {
            "New failures": self.new,
            "Intermittent failures": self.intermittent,
            "No longer tested": self.no_longer_tested,
            "Mended": self.mended,
            "Newly tested": self.newly_tested,
        }


def difference(before: Run, after: Run) -> Difference:
    """Compare two runs; the second is the later one."""
    pairs = _Pairs(before, after)
    known, seen = _failures(before), _failures(after)
    new = [_of_finding(each, pairs) for key, each in seen.items() if key not in known]
    gone = [each for key, each in known.items() if key not in seen]
    passed = {each.id for each in after.records if each.verdict in _DECIDED}
    mended = [each for each in gone if passed >= set(each.tests)]
    return Difference(
        before=before,
        after=after,
        new=(
            *(each for each in new if each.about in pairs.clauses),
            *pairs.failing_without_finding({clause for clause, _, _ in seen}),
        ),
        mended=(
            *(_of_finding(each, pairs) for each in mended if each.clause.id in pairs.clauses),
            *pairs.mended_without_finding({clause for clause, _, _ in known}),
        ),
        newly_tested=tuple(pairs.newly_tested()),
        no_longer_tested=tuple(pairs.no_longer_tested()),
        intermittent=tuple(
            _of_finding(each, pairs)
            for each in seen.values()
            if each.repeated.startswith(INTERMITTENT)
        ),
        settings=tuple(_settings(before, after)),
        notes=tuple(_notes(before, after)),
    )


class _Pairs:
    """Clauses and SCR items that both runs know, by id."""

    def __init__(self, before: Run, after: Run) -> None:
        self.clauses = _common(before.clauses, after.clauses)
        items = ({item.item: item for item in run.items} for run in (before, after))
        self._items = _common(*items)
        self._excused = after.excused
        failing = {name for name, each in after.clauses.items() if each.verdict is Verdict.FAIL}
        failing |= {item.item for item in after.items if item.verdict is Verdict.FAIL}
        self._explained = {
            name
            for name, (_, item) in self._items.items()
            if any(other in item.reason for other in failing - {name})
        }

    def change(self, name: str) -> Change:
        """The clause or item of this name, in both runs."""
        if name in self.clauses:
            was, now = self.clauses[name]
            detail = now.reason or (now.cause.value.replace("_", " ") if now.cause else "")
            return Change(
                about=name,
                text=now.text,
                rule="",
                before=was.verdict,
                after=now.verdict,
                detail=detail or self._excused.get(name, ""),
            )
        old, new = self._items[name]
        return Change(
            about=name,
            text=new.function,
            rule="",
            before=old.verdict,
            after=new.verdict,
            detail=new.reason or self._excused.get(name, ""),
        )

    def failing_without_finding(self, found: set[str]) -> Iterator[Change]:
        """Items that fail by themselves only now, and clauses without a failed check."""
        for each in self._all():
            if (
                each.about not in found | self._explained
                and each.after is Verdict.FAIL
                and each.before is not Verdict.FAIL
            ):
                yield each

    def mended_without_finding(self, found: set[str]) -> Iterator[Change]:
        """The same that failed and pass."""
        for each in self._all():
            if (
                each.about not in found
                and each.before is Verdict.FAIL
                and each.after is Verdict.PASS
            ):
                yield each

    def newly_tested(self) -> Iterator[Change]:
        """What was decided only now, without a failure."""
        for each in self._all():
            if each.before not in _DECIDED and each.after in {Verdict.PASS, Verdict.WAIVED}:
                yield each

    def no_longer_tested(self) -> Iterator[Change]:
        """What was decided before, and is not now."""
        for each in self._all():
            if each.before in _DECIDED and each.after not in _DECIDED:
                yield each

    def _all(self) -> Iterator[Change]:
        return map(self.change, (*self.clauses, *self._items))


def _common(
    before: Mapping[str, _Part], after: Mapping[str, _Part]
) -> Mapping[str, tuple[_Part, _Part]]:
    return {name: (before[name], after[name]) for name in after if name in before}


def _failures(run: Run) -> Mapping[Key, Finding]:
    """The failures of a run that count, known ones left out."""
    found: dict[Key, Finding] = {}
    for each in findings(run):
        if not each.waived:
            key = (each.clause.id, each.result.rule, stable_place(each.result.where))
            found.setdefault(key, each)
    return found


def _of_finding(found: Finding, pairs: _Pairs) -> Change:
    result = found.result
    was, now = pairs.clauses.get(found.clause.id, (found.clause, found.clause))
    return Change(
        about=found.clause.id,
        text=found.clause.text,
        rule=result.rule,
        before=was.verdict,
        after=now.verdict,
        detail=f"expected {result.expected}; actual {result.actual}; where {result.where}",
        tests=found.tests,
        repeated=found.repeated,
    )


def _settings(before: Run, after: Run) -> Iterator[Setting]:
    """What the runs tested that is not the same: target, claims, suite, choice of tests."""
    was, now = before.information, after.information
    pairs = (
        ("target", was.target_name, now.target_name),
        ("binding", was.target.get("binding", ""), now.target.get("binding", "")),
        ("release of RCS", was.release, now.release),
        ("suite version", was.suite_version, now.suite_version),
        ("profile", was.profile, now.profile),
        ("random seed", was.seed, now.seed),
        ("selection", ", ".join(was.selection), ", ".join(now.selection)),
    )
    for name, old, new in pairs:
        if old != new:
            yield Setting(name=name, before=str(old), after=str(new))
    for kind in ("features", "items", "formats"):
        old_claims, new_claims = _claims(before, kind), _claims(after, kind)
        for claim in sorted(old_claims ^ new_claims):
            yield Setting(
                name=f"ICS claim {claim}",
                before="claimed" if claim in old_claims else "not claimed",
                after="claimed" if claim in new_claims else "not claimed",
            )
    for name, (old_clause, new_clause) in _common(before.clauses, after.clauses).items():
        for part in ("level", "text", "when"):
            old, new = getattr(old_clause, part), getattr(new_clause, part)
            if old != new:
                yield Setting(name=f"catalogue, {name} {part}", before=old, after=new)


def _claims(run: Run, kind: str) -> set[str]:
    claims = run.information.target.get("ics")
    members = claims.get(kind) if isinstance(claims, Mapping) else None
    return set(map(str, members)) if isinstance(members, Sequence) else set()


def _notes(before: Run, after: Run) -> Iterator[str]:
    """What cannot be compared."""
    for name, run in (("first", before), ("second", after)):
        if not run.complete:
            yield f"The {name} run is incomplete: what it did not reach counts as not tested."
    lost, added = (
        [*only]
        for only in (
            before.clauses.keys() - after.clauses.keys(),
            after.clauses.keys() - before.clauses.keys(),
        )
    )
    if lost or added:
        parts = [
            f"{len(names)} clauses are only in the {name} run"
            f" ({_some(names)}{_failing(run, names)})"
            for name, run, names in (("first", before, lost), ("second", after, added))
            if names
        ]
        yield f"Different catalogues: {' and '.join(parts)}; they are not compared."


def _failing(run: Run, names: Sequence[str]) -> str:
    failing = sum(run.clauses[name].verdict is Verdict.FAIL for name in names)
    return f"; {failing} of them fail" if failing else ""


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(map(inert, sorted(names)[:_NAMES_SHOWN]))
    return shown if len(names) <= _NAMES_SHOWN else f"{shown} and more"
