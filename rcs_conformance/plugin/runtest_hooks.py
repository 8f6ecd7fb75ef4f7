"""The hooks of a process in which tests run: marks, examples, records."""

import gc
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Any, ClassVar

import pytest

from rcs_conformance.catalogue import ics
from rcs_conformance.checks.dialects import sentence_in_dialect
from rcs_conformance.errors import NotApplicable
from rcs_conformance.model.results import TestRecord, Verdict
from rcs_conformance.plugin import collection, generated, records
from rcs_conformance.plugin.judgement import Judgement
from rcs_conformance.plugin.session import Session
from rcs_conformance.report.allure_steps import attach, note_times
from rcs_conformance.report.evidence import curl_line, write_evidence
from rcs_conformance.runs.shards import Shard
from rcs_conformance.scenario.setup.claims import Claims
from rcs_conformance.verdict.waivers import waived, with_met

PROBLEMS = "rcs_problems"
"""Key under which a worker reports the problems of the tests themselves."""

LEFT_OUT = "rcs_left_out"
"""Key under which a worker reports how many tests the profile leaves out."""

DIVIDED = "rcs_divided"
"""Key under which a worker reports the number and the digest of the tests of all shards."""

LOSS = "rcs_loss"
"""Key under which a worker reports that the target no longer serves its users."""

UNWRITTEN = "rcs_unwritten"
"""Key under which a worker reports that a file of the results cannot be written."""

_UNSERVED = frozenset({Verdict.INCONCLUSIVE, Verdict.FAIL, Verdict.ERROR})
"""Verdicts of tests that a target which serves nobody may cause."""

_GARBAGE = 10_000
"""How many objects there are more than before, when the garbage collector looks through them."""


class QuickProfile:
    """Leaves a sample of the tests, of those that all other selections leave."""

    def __init__(self, session: Session) -> None:
        self._session = session

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Deselect the other tests."""
        claims = Claims(self._session.catalogue, self._session.target.ics)

        def applies(item: pytest.Item) -> bool:
            feature = collection.needs_of(item)
            return all(map(claims.kind, collection.kinds_of(item))) and (
                not feature or claims.feature(feature)
            )

        self._session.left_out = collection.sample(items, config, applies)


class Division:
    """Leaves the tests of one shard, of those that all other selections leave."""

    def __init__(self, session: Session, shard: Shard) -> None:
        self._session = session
        self._shard = shard

    @pytest.hookimpl(wrapper=True)
    def pytest_collection_modifyitems(
        self, items: list[pytest.Item]
    ) -> Generator[None, None, None]:
        """Take the other tests away."""
        yield
        self._session.tests = len(items)
        durations = dict(self._session.settings.durations)
        self._session.whole = collection.divide(items, self._shard, durations)


class TestingHooks:
    """Runs tests as examples of a session, and puts their records into pytest's reports."""

    NAME: ClassVar[str] = "rcs-conformance-testing"
    """What they are registered as."""

    __test__ = False  # pytest would take the name for a test class

    def __init__(self, session: Session) -> None:
        self._session = session

    @contextmanager
    def speaking_for(self, session: Session) -> Iterator[None]:
        """Have pytest report a test of another session of this process."""
        usual, self._session = self._session, session
        try:
            yield
        finally:
            self._session = usual

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Run tests once for each format."""
        collection.parametrise(metafunc, self._session.settings.formats)

    def pytest_collection_modifyitems(
        self, config: pytest.Config, items: list[pytest.Item]
    ) -> None:
        """Audit the marks, deselect tests, make each example one of the session."""
        self._session.problems += collection.problems_of(items, self._session.catalogue)
        collection.select(items, self._session, config)
        collection.order(items)
        for item in items:
            collection.prepare(item, self._session)

    def pytest_collection_finish(self) -> None:
        """Spare the garbage collector what stays to the end: modules, schemas, tests.

        Pytest and hypothesis have it look at everything several times. Of what comes, much lasts as
        long as an example: it is looked for when there is more than usual.
        """
        gc.freeze()
        gc.set_threshold(_GARBAGE)

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """A test begins, unless it has run already."""
        if self._session.ended is None:
            self.begin(item)

    def begin(self, item: pytest.Item) -> None:
        """A new test: nothing is judged yet."""
        clauses = self._session.catalogue.clauses
        declared = [each for each in collection.clauses_of(item) if each in clauses]
        also = collection.also_of(item)
        applying, others = self._applying(declared), self._applying(also)
        self._session.judgement = Judgement(applying, others)
        self._session.experience.begin((*applying, *others), collection.format_of(item))
        self._session.log.clear()
        self._session.log.journal.begin_test(records.test_id(item))

    @pytest.hookimpl(wrapper=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> Generator[None, object, object]:
        """Run a test that applies; one that neither generates nor plays is one example."""
        if self._session.ended is not None:
            return (yield)
        if excuse := self._excuse(pyfuncitem):
            raise NotApplicable(excuse)
        if generated.is_generated(pyfuncitem):
            return (yield from generated.ending_noted(pyfuncitem, self._session))
        if collection.generates(pyfuncitem):
            return (yield)
        with self._session.example():
            return (yield)

    def run(self, item: pytest.Function, arguments: Mapping[str, object]) -> None:
        """Run a test that is one example, before pytest is given it.

        Args:
            item: The test.
            arguments: Of its function.

        Raises:
            NotApplicable: It does not apply to the target.
        """
        if excuse := self._excuse(item):
            raise NotApplicable(excuse)
        with self._session.example():
            item.obj(**arguments)

    @pytest.hookimpl(wrapper=True, trylast=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[None]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Put the record of a test into its report, before Allure and others read that."""
        error = call.excinfo.value if call.excinfo else None
        if error is not None:
            self._redact_error(error)
        report = yield
        if call.when == "call" or (call.when == "setup" and error is not None):
            ended = self._session.ended
            if ended is not None:
                report.start, report.duration = ended.began, ended.seconds
                report.stop = ended.began + ended.seconds
            record = self._record(item, error, report.duration)
            text = records.to_json(record)
            setattr(report, records.ATTRIBUTE, text)
            self._session.log.journal.end_test(text)
            _show(report, record)
            active = bool(item.config.getoption("allure_report_dir", None))
            events = self._session.judgement.evidence or self._session.log.events()
            attach(record, events, self._session.catalogue, active=active)
            if ended is not None and active:
                note_times(report.start, report.stop)
            self._look_for_the_target(item, record, started=call.when == "call")
        if unwritten := self._session.log.journal.unwritten:
            self._session.note_unwritten(unwritten)
        if self._session.unwritten:
            item.session.shouldstop = self._session.unwritten
        self._redact(report)
        return report

    def _look_for_the_target(self, item: pytest.Item, record: TestRecord, *, started: bool) -> None:
        """End the session after a test in which the target stopped to serve its users."""
        availability = self._session.availability
        if availability is None or record.verdict not in _UNSERVED or self._session.loss:
            return
        if not started:  # a fixture failed; examples note their events themselves
            availability.note(self._session.log.events())
        if loss := availability.loss():
            self._session.loss = loss
            item.session.shouldstop = loss

    def _applying(self, names: Iterable[str]) -> list[str]:
        """Those of the clauses that apply to the target."""
        return [each for each in names if not self._excuse_of(each)]

    def _is_applicable(self, clause: str) -> bool:
        """Whether a clause is in the catalogue and applies to the target."""
        return clause in self._session.catalogue.clauses and not self._excuse_of(clause)

    def _excuse_of(self, clause: str) -> str:
        """Why a clause does not apply to the target; empty where it does."""
        claims = self._session.target.ics
        return ics.excuse(
            self._session.catalogue.clauses[clause], claims.features, claims.formats, claims.release
        )

    def _excuse(self, item: pytest.Item) -> str:
        """Why a test does not apply to the target; empty where it does."""
        catalogue, claims = self._session.catalogue, self._session.target.ics
        needed = collection.needs_of(item)
        if self._session.judgement.declared:
            features = claims.features - catalogue.later_features(claims.release)
            lacks = needed and needed not in features
            return f"the target does not claim {needed}" if lacks else ""
        declared = [each for each in collection.clauses_of(item) if each in catalogue.clauses]
        later = [ics.later_than(catalogue.clauses[each].since, claims.release) for each in declared]
        if later and all(later):
            return later[0]
        return f"the target does not claim {needed or 'a feature of its clauses'}"

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Report the problems of the tests themselves to the controller."""
        self._session.log.journal.close()
        if unwritten := self._session.log.journal.unwritten:
            self._session.note_unwritten(unwritten)
        output: dict[str, Any] | None = getattr(session.config, "workeroutput", None)
        if output is not None:
            output[PROBLEMS] = list(self._session.problems)
            output[LEFT_OUT] = self._session.left_out
            output[DIVIDED] = (self._session.tests, self._session.whole)
            output[LOSS] = self._session.loss
            output[UNWRITTEN] = self._session.unwritten

    def _redact_error(self, error: BaseException) -> None:
        """Take secrets out of an error's message, which Allure reads from the error itself."""
        shown = tuple(map(str, error.args))
        redacted = tuple(self._session.log.redacted_text(each) for each in shown)
        if redacted != shown:
            error.args = redacted

    def _redact(self, report: pytest.TestReport) -> None:
        """Take secrets out of what pytest shows: tracebacks hold arguments, logs what was sent."""
        redacted = self._session.log.redacted_text
        if report.longrepr is not None and not isinstance(report.longrepr, tuple):
            report.longrepr = redacted(report.longreprtext)
        report.sections = [(name, redacted(text)) for name, text in report.sections]

    def _record(self, item: pytest.Item, error: BaseException | None, seconds: float) -> TestRecord:
        judgement, out = self._session.judgement, self._session.settings.out
        judgement.keep_for_foreign(self._session.log.everything())
        record = records.record_of(item, error, judgement, seconds)
        self._session.experience.fail(*(each.clause for each in record.failures))
        self._session.experience.end(record.precondition)
        if waiver := waived(record, self._session.settings.waivers):
            record = replace(record, verdict=Verdict.WAIVED, reason=str(waiver))
        record = with_met(record, self._is_applicable, self._session.settings.waivers)
        redacted = self._session.log.redacted_text
        if record.over_declared is not Verdict.FAIL:  # failures have the binding's names already
            record = replace(
                record, reason=sentence_in_dialect(record.reason, self._session.binding)
            )
        record = replace(record, reason=redacted(record.reason), example=redacted(record.example))
        events = judgement.evidence
        if out is None or not events:
            return record
        try:
            file = write_evidence(out, record.id, events)
        except OSError as unwritten:
            self._session.note_unwritten(unwritten)
            return record
        lines = (redacted(curl_line(each, events, file)) for each in record.failures)
        return replace(record, evidence=file, curl=tuple(lines))


def _show(report: pytest.TestReport, record: TestRecord) -> None:
    """Make pytest's own report, and so JUnit's, say what the record says."""
    report.outcome = records.outcome_of(record)
    requirements = sorted({clause.rpartition(".")[0] for clause in record.clauses})
    report.user_properties += [
        *(("requirement", requirement) for requirement in requirements),
        *(("clause", clause) for clause in record.clauses),
        ("verdict", record.verdict.value),
    ]
    if record.verdict is Verdict.PASS:
        report.longrepr = None
    elif record.verdict is Verdict.FAIL:
        report.longrepr = records.failure_text(record)
    elif record.verdict is not Verdict.ERROR:
        cause = f" ({record.cause.value})" if record.cause else ""
        path, line, _ = report.location
        report.longrepr = (path, line or 0, f"{record.verdict.value}{cause}: {record.reason}")
    elif report.longrepr is None:
        report.longrepr = record.reason
