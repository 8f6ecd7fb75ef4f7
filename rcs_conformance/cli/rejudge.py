"""`rcs-conformance rejudge`: the record of a run by other claims, waivers, binding, catalogue."""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from rcs_conformance.attestation.verification import read_evidence_of
from rcs_conformance.binding import load_binding
from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.results import ClauseCount, Outcome, TestRecord, Verdict
from rcs_conformance.plugin.claims import check_claims
from rcs_conformance.plugin.options import Settings, located_binding
from rcs_conformance.plugin.playing import Replay, replays
from rcs_conformance.plugin.waivers import read_waivers
from rcs_conformance.report.text import inert
from rcs_conformance.target import Target, load_target
from rcs_conformance.verdict import Run, judge
from rcs_conformance.verdict.run import ClauseResult

_UNANSWERED = "the record has no response for it"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejudgement:
    """A run, and what it comes to under other rules.

    Attributes:
        before: As its result says.
        after: As its record says now.
        unanswered: By test, what it asks that the record has no response to.
    """

    before: Run
    after: Run
    unanswered: Mapping[str, str]


def rejudge(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Judge a run anew, and print what changed, clause by clause.

    Returns:
        The exit code of the run as it is judged now.

    Raises:
        ConfigurationError: There is no record, it is damaged, or a file cannot be used.
    """
    found = rejudged(
        arguments.run,
        target_file=arguments.target,
        waivers=arguments.waivers,
        binding=arguments.binding,
    )
    for line in _lines(found):
        print(inert(line))  # noqa: T201 - the command's output
    return found.after.exit_code


def rejudged(
    path: Path,
    *,
    target_file: str | None = None,
    waivers: Path | None = None,
    binding: str | None = None,
) -> Rejudgement:
    """Judge a run anew, by the catalogue of this version.

    Args:
        path: Of its record, or its output folder.
        target_file: Whose claims, policy and binding hold; `None`: those of the run.
        waivers: The known failures; `None`: those of the run.
        binding: That holds; `None`: that of the target file, or of the run.

    Raises:
        ConfigurationError: There is no record, it is damaged, or a file cannot be used.
    """
    catalogue = load_catalogue()
    evidence = read_evidence_of(path)
    if evidence.damages:
        raise ConfigurationError(f"{evidence.damages[0]}; rejudge needs a record that is unbroken")
    head = evidence.chains[0].head
    target = _target(head["target"], catalogue, target_file, binding)
    settings = Settings.from_json(json.dumps(head["settings"]))
    if waivers is not None:
        settings = replace(settings, waivers=read_waivers(waivers.absolute(), catalogue))
    changed = {
        "target": json.loads(target.to_json()),
        "settings": json.loads(settings.to_json()),
    }
    chains = [
        replace(each, head={**each.head, **_with_users_of(each.head, changed)})
        for each in evidence.chains
    ]
    played = replays(evidence.file, chains, lends=True)
    unanswered = {test: what for replay in played for test, what in replay.partings.items()}
    information = replace(
        evidence.stated.information,
        target=target.redacted(),
        waivers=settings.waivers,
        named_tests=settings.named_tests,
    )
    records = [*_answered(played, unanswered)]
    after = judge(catalogue, target.ics, records, information)
    return Rejudgement(before=evidence.stated, after=after, unanswered=unanswered)


def _target(plain: object, catalogue: Catalogue, file: str | None, binding: str | None) -> Target:
    """The target of the run, with the claims, policy and binding that hold now."""
    target = Target.from_json(json.dumps(plain))
    if file is not None:
        now = load_target(file)
        check_claims(catalogue, now.ics, Path(file))
        target = replace(target, ics=now.ics, policy=now.policy, binding=now.binding)
    if binding is not None:
        load_binding(located_binding(binding, Path.cwd()))
        target = replace(target, binding=located_binding(binding, Path.cwd()))
    return target


def _with_users_of(
    head: Mapping[str, object], changed: Mapping[str, dict[str, object]]
) -> Mapping[str, object]:
    """The head of a chain with other rules, and with the users of its own process."""
    own = head["target"]
    users = own["users"] if isinstance(own, dict) else []
    return {**changed, "target": {**changed["target"], "users": users}}


def _answered(played: Sequence[Replay], unanswered: Mapping[str, str]) -> Iterator[TestRecord]:
    """The records of the tests; what the record cannot answer is not tested, and passes nothing."""
    tests = [test for replay in played for test in replay.tests]
    open_clauses = {clause for test in tests if test.id in unanswered for clause in test.clauses}
    for test in tests:
        if test.id in unanswered:
            yield TestRecord(
                id=test.id,
                title=test.title,
                clauses=test.clauses,
                format=test.format,
                verdict=Verdict.NOT_TESTED,
                reason=f"{_UNANSWERED}: {unanswered[test.id]}",
                seconds=test.seconds,
            )
        else:
            yield replace(test, counts=tuple(_open(each, open_clauses) for each in test.counts))


def _open(count: ClauseCount, clauses: set[str]) -> ClauseCount:
    """The count of a clause, without what passed where another test of it has no answer."""
    return replace(count, passed=0) if count.clause in clauses else count


def _lines(found: Rejudgement) -> Iterator[str]:
    before, after = found.before, found.after
    changed = 0
    for name in dict.fromkeys((*before.clauses, *after.clauses)):
        was, now = before.clauses.get(name), after.clauses.get(name)
        if _shown(was) != _shown(now):
            changed += 1
            yield f"{name}: {_shown(was)} -> {_shown(now)}: {_why(name, now, found)}"
    items = {item.item: item for item in before.items}
    for item in after.items:
        earlier = items.get(item.item)
        if earlier is None or earlier.verdict is not item.verdict:
            changed += 1
            is_new = "not in the catalogue" if earlier is None else str(earlier.verdict)
            yield f"{item.item}: {is_new} -> {item.verdict}: {item.reason or 'see its clauses'}"
    yield f"{changed} clauses and SCR items changed; {len(found.unanswered)} tests unanswered"
    yield f"verdict: {before.verdict} -> {after.verdict} - exit code {after.exit_code}"


def _shown(clause: ClauseResult | None) -> str:
    return "not in the catalogue" if clause is None else str(clause.verdict)


def _why(name: str, now: ClauseResult | None, found: Rejudgement) -> str:
    """Why a clause has another verdict."""
    if now is None:
        return "this catalogue does not have it"
    if now.reason:
        return now.reason
    if now.verdict is Verdict.FAIL:
        failures = (
            f"{test.id}: {each.rule}: expected {each.expected}, actual {each.actual}"
            for test in found.after.records
            for each in test.failures
            if each.clause == name and each.outcome is Outcome.FAILED
        )
        return next(failures, "a check fails now")
    if now.verdict is Verdict.PASS:
        return f"{now.passed} checks pass, and none fails"
    return "no test of it has a verdict now"
