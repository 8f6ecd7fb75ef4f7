"""`rcs-conformance run`: check the arguments, then let pytest run the suites."""

import argparse
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from rcs_conformance.catalogue import Catalogue, load_catalogue
from rcs_conformance.cli.repetition import is_to_repeat, repeated
from rcs_conformance.cli.waiting import wait_for
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.results import Verdict
from rcs_conformance.plugin.claims import check_claims
from rcs_conformance.plugin.interruption import Interruption
from rcs_conformance.plugin.invocation import CONFIGURATION, QUIET, SUITES, run_pytest
from rcs_conformance.plugin.options import AT_ONCE, AUTO, Handover, check_binding, located_binding
from rcs_conformance.plugin.waivers import read_waivers
from rcs_conformance.record.archive import seal
from rcs_conformance.report.console import RunConsole
from rcs_conformance.report.output import ALLURE, RESULT, OutputFolder, default_output
from rcs_conformance.report.text import inert
from rcs_conformance.report.writing import write_reports
from rcs_conformance.runs.locating import result_file
from rcs_conformance.runs.parts import read_part, write_part
from rcs_conformance.scenario.setup.dialect_claims import check_fit
from rcs_conformance.target import Target, inline_target, load_target
from rcs_conformance.verdict import EXIT_CODES, INTERRUPTED, Run
from rcs_conformance.wire.vocabulary import dialect

_WITHOUT_TESTS = ("--collect-only", "--co", "--fixtures", "--markers", "--help", "--setup-plan")
"""Options of pytest that have it run no test."""

_ASSUMED = (
    "rcs-conformance: without a target file the claims are assumed: 1-to-1 sessions and group chats"
    " with composing indications, in XML and JSON; `rcs-conformance init URL` finds out what the"
    " server supports, and writes a target file"
)

UNDECIDED = EXIT_CODES[Verdict.NOT_TESTED]
"""Exit code of a run without a test."""

_OWN_OUTPUT = ("--pdb", "--trace", *_WITHOUT_TESTS)
"""Options of pytest that need its own output."""


def run(arguments: argparse.Namespace, rest: Sequence[str]) -> int:
    """Test a target; pytest's exit code is the run's, for the plugin sets it from the verdict.

    Raises:
        ConfigurationError: The target, a requirement, the release or the output directory cannot
            be used.
    """
    catalogue = load_catalogue()
    catalogue.select(arguments.requirement)
    if arguments.release is not None:
        catalogue.check_release(arguments.release)
    target = tested(arguments, catalogue)
    if arguments.target and _is_url(arguments.target):
        print(_ASSUMED, file=sys.stderr)  # noqa: T201 - a notice of the command
    out: Path = (arguments.out or default_output()).absolute()
    read_waivers(arguments.waivers, catalogue)
    if arguments.wait and target is not None:
        wait_for(target.server_root, arguments.wait)
    with Interruption() as interruption, OutputFolder(out) as output:
        findings = _RunWithFindings(arguments)
        handover = Handover(
            target=target,
            arguments=rerun_arguments(arguments, out),
            takes=findings.takes,
            output=output,
            interruption=interruption,
            detail=arguments.detail,
        )
        try:
            code = run_pytest(pytest_arguments(arguments, rest, output), [handover])
            findings.finish(handover, output)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigurationError(
                f"--out {out}: the report cannot be written: {reason}; an earlier report in it is"
                " unchanged"
            ) from error
        interruption.defer()
        if output.publish():
            tell_workflow(out / RESULT, os.environ)
    if interruption.received:
        return INTERRUPTED
    return UNDECIDED if code == 0 and set(rest) & set(_WITHOUT_TESTS) else code


class _RunWithFindings:
    """A run whose tests with findings are repeated before its reports are written."""

    def __init__(self, arguments: argparse.Namespace) -> None:
        self._arguments = arguments
        self._run: Run | None = None

    def takes(self, run: Run) -> bool:
        """Take a finished run that has a test to repeat."""
        is_taken = is_to_repeat(run, self._arguments)
        self._run = run if is_taken else None
        return is_taken

    def finish(self, handover: Handover, output: OutputFolder) -> None:
        """Repeat the tests of the run that was taken, write its reports and show them."""
        if self._run is None:
            return
        alone = argparse.Namespace(**{**vars(self._arguments), **_ALONE})
        words = [
            word
            for word in pytest_arguments(alone, (), output)
            if not word.startswith("--alluredir") and word != str(SUITES)
        ]
        run = repeated(self._run, self._arguments, words, handover)
        if self._arguments.shard:
            part = read_part(output.unfinished)
            write_part(replace(part, records=run.records), output.unfinished)
        write_reports(run, output.unfinished)
        seal(output.unfinished)
        RunConsole(detail=self._arguments.detail).summary(run, output.out)


_ALONE: Mapping[str, object] = {
    "workers": "0",
    "requirement": [],
    "shard": None,
    "durations": None,
    "evidence": "findings",
}
"""Arguments of a repetition that differ from those of its run."""


def tell_workflow(result: Path, environ: Mapping[str, str]) -> None:
    """Leave summary and annotations where GitHub Actions runs us; they change no exit code."""
    summary = environ.get("GITHUB_STEP_SUMMARY")
    is_workflow = environ.get("GITHUB_ACTIONS") == "true"
    if not (summary or is_workflow):
        return
    from rcs_conformance.report.reading import read_run  # noqa: PLC0415 - only in a workflow
    from rcs_conformance.report.workflow import annotations, append_summary  # noqa: PLC0415

    try:
        finished = read_run(result)
        for line in annotations(finished) if is_workflow else ():
            print(line)  # noqa: T201 - a command to GitHub Actions
        if summary:
            append_summary(finished, Path(summary))
    except ConfigurationError as error:
        _warn(str(error))
    except OSError as error:
        _warn(f"GITHUB_STEP_SUMMARY {summary}: cannot be written: {error.strerror or error}")


def _warn(text: str) -> None:
    print(f"rcs-conformance: {inert(text)}", file=sys.stderr)  # noqa: T201 - the command


def rerun_arguments(arguments: argparse.Namespace, out: Path) -> tuple[str, ...]:
    """Arguments of `run` for the same target, with an output folder of their own.

    A token that was given as text is replaced by a variable of the environment.

    Args:
        arguments: As they were parsed.
        out: The output folder of the run.
    """
    users = []
    for number, user in enumerate(arguments.user):
        address, _, source = user.partition("=")
        is_secret = not source.startswith(("env:", "file:", "command:"))
        users += ["--user", f"{address}=env:RCS_TOKEN_{number}" if is_secret else user]
    way = ["--notifications", arguments.notifications] if arguments.notifications else []
    release = ["--release", arguments.release] if arguments.release else []
    binding = ["--binding", arguments.binding] if arguments.binding else []
    target = [arguments.target] if arguments.target else []
    return (*target, *users, *way, *release, *binding, "--out", _beside(out))


def _beside(out: Path) -> str:
    """The output folder of a repetition, relative to the working directory if it is below that."""
    beside = out.with_name(f"{out.name}-rerun")
    here = Path.cwd()
    return str(beside.relative_to(here) if beside.is_relative_to(here) else beside)


def pytest_arguments(
    arguments: argparse.Namespace, rest: Sequence[str], output: OutputFolder
) -> list[str]:
    """The arguments of pytest; never a secret.

    Args:
        arguments: As they were parsed.
        rest: What stood behind `--`.
        output: The output folder.
    """
    tests = [str(SUITES / _within_suites(word)) for word in rest if _names_test(word)]
    options = [word for word in rest if not _names_test(word)]
    words = list(CONFIGURATION)
    if not set(options) & set(_OWN_OUTPUT):
        words += QUIET
    words += [f"--alluredir={output.unfinished / ALLURE}"]
    if arguments.target and not _is_url(arguments.target):
        words += ["--target", str(Path(arguments.target).absolute())]
    if arguments.binding:
        words += ["--binding", located_binding(arguments.binding, Path.cwd())]
    if arguments.format:
        words += ["--formats", ",".join(arguments.format)]
    for requirement in arguments.requirement:
        words += ["--requirement", requirement]
    if arguments.waivers:
        words += ["--waivers", str(arguments.waivers.absolute())]
    durations = arguments.durations and result_file(arguments.durations).absolute()
    for option, value in (
        ("--release", arguments.release),
        ("--profile", arguments.profile),
        ("--rcs-seed", arguments.seed),
        ("--notifications", arguments.notifications),
        ("--shard", arguments.shard),
        ("--durations-of", durations),
        ("--evidence", arguments.evidence),
    ):
        if value is not None:
            words += [option, str(value)]
    if arguments.strict:
        words += ["--strict-verdict"]
    return [*words, *_at_once(arguments.workers, options), *options, *(tests or [str(SUITES)])]


def tested(arguments: argparse.Namespace, catalogue: Catalogue) -> Target | None:
    """The target that is meant, checked against catalogue and binding; `None`: the reference.

    Raises:
        ConfigurationError: It cannot be used.
    """
    if arguments.user and not _is_url(arguments.target):
        raise ConfigurationError(
            "--user goes with the URL of a server; a target file lists its users in [[users]]"
        )
    binding = located_binding(arguments.binding, Path.cwd())
    if not arguments.target:
        dialect(binding)
        return None
    if _is_url(arguments.target):
        target = inline_target(arguments.target, arguments.user, binding=binding)
    else:
        target = load_target(arguments.target)
        check_binding(target, arguments.binding, Path.cwd(), arguments.target)
        check_claims(catalogue, target.ics, Path(arguments.target))
    check_fit(target, catalogue, dialect(target.binding))
    return target


def _at_once(workers: str | None, options: Sequence[str]) -> list[str]:
    """The arguments of pytest that say how many tests run at once.

    Args:
        workers: How many are asked for; `None`: the run chooses.
        options: Of pytest, given by the user: some need pytest's own process, some name workers.
    """
    if workers:
        return ["-n", workers]
    names = {word.partition("=")[0] for word in options}
    own = any(word[:2] in ("-n", "-s") or word in _OWN_OUTPUT for word in options)
    if own or names & {AT_ONCE, "--numprocesses", "--capture", "--dist"}:
        return []
    return [AT_ONCE, AUTO, "--capture=no"]  # forked processes would share what is captured


def _is_url(word: str) -> bool:
    return "://" in word


def _names_test(word: str) -> bool:
    """Whether a word is the id of a test as reports show it, relative to the suites."""
    file = _within_suites(word).partition("::")[0]
    return file.endswith(".py") and not file.startswith("-") and (SUITES / file).is_file()


def _within_suites(word: str) -> str:
    return word.removeprefix(f"{SUITES.name}/")
