"""Many runs beside each other: what each of them found of each clause."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rcs_conformance.model.results import Verdict
from rcs_conformance.report.findings import Finding, findings
from rcs_conformance.verdict import ClauseResult, RequirementResult, Run


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one run found of one clause.

    Attributes:
        clause: Its result; `None` where the catalogue of the run does not have it.
        findings: Its failures, known ones too.
    """

    clause: ClauseResult | None
    findings: tuple[Finding, ...] = ()

    @property
    def verdict(self) -> Verdict | None:
        """The verdict; `None` where the catalogue of the run does not have the clause."""
        return None if self.clause is None else self.clause.verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A clause in all runs.

    Attributes:
        clause: As the newest run has it that knows it.
        requirement: The same of its requirement.
        cells: One for each run.
    """

    clause: ClauseResult
    requirement: RequirementResult
    cells: tuple[Cell, ...]

    @property
    def differs(self) -> bool:
        """Whether two runs have different verdicts."""
        return len({cell.verdict for cell in self.cells}) > 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Clauses by runs.

    Attributes:
        runs: Those of one target beside each other, each earlier one first.
        names: The target of each run and the version of its API, once for each of several runs.
        rows: All clauses, in the order of the catalogues.
        notes: What cannot be compared or used, a line each.
    """

    runs: tuple[Run, ...]
    names: tuple[str, ...]
    rows: tuple[Row, ...]
    notes: tuple[str, ...]


def matrix(runs: Sequence[Run], problems: Sequence[str] = (), names: Sequence[str] = ()) -> Matrix:
    """Put runs beside each other.

    Args:
        runs: In any order; targets come in the order in which they are here.
        problems: Lines about results that could not be used.
        names: Of the target of each run; without them as the runs name it.
    """
    named = list(zip(names or [*map(_named, runs)], runs, strict=True))
    order = {name: position for position, name in enumerate(dict.fromkeys(n for n, _ in named))}
    named.sort(key=lambda each: (order[each[0]], each[1].information.started))
    ordered = [run for _, run in named]
    clauses: dict[str, tuple[ClauseResult, RequirementResult]] = {}
    for run in sorted(runs, key=lambda run: run.information.started, reverse=True):
        for requirement in run.requirements:
            for clause in requirement.clauses:
                clauses.setdefault(clause.id, (clause, requirement))
    found = [_by_clause(run) for run in ordered]
    rows = tuple(
        Row(
            clause=clause,
            requirement=requirement,
            cells=tuple(
                Cell(clause=run.clauses.get(name), findings=tuple(own.get(name, ())))
                for run, own in zip(ordered, found, strict=True)
            ),
        )
        for name, (clause, requirement) in clauses.items()
    )
    return Matrix(
        runs=tuple(ordered),
        names=tuple(name for name, _ in named),
        rows=rows,
        notes=(*problems, *_notes(ordered, rows)),
    )


def _named(run: Run) -> str:
    version = run.information.target.get("api_version")
    return f"{run.information.target_name} {version}" if version else run.information.target_name


def _by_clause(run: Run) -> Mapping[str, Sequence[Finding]]:
    found: dict[str, list[Finding]] = {}
    for each in findings(run):
        found.setdefault(each.clause.id, []).append(each)
    return found


def _notes(runs: Sequence[Run], rows: Sequence[Row]) -> Sequence[str]:
    incomplete = sum(not run.complete for run in runs)
    partial = sum(any(cell.clause is None for cell in row.cells) for row in rows)
    suites = sorted({run.information.suite_version for run in runs})
    notes = []
    if incomplete:
        notes.append(f"Incomplete runs: {incomplete}; what they did not reach is not tested.")
    if partial:
        notes.append(
            f"Different catalogues: {partial} clauses are not in all of them; where a catalogue"
            " lacks a clause, its run has no verdict."
        )
    if suites[1:]:
        notes.append(f"Different suite versions: {', '.join(suites)}.")
    return notes
