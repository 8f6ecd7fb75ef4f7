"""The difference of two runs as text for the console, as Markdown, as JSON and as a page."""

import json
from collections.abc import Callable, Iterator, Mapping

from rcs_conformance.report.summary import code_span
from rcs_conformance.report.template import rendered
from rcs_conformance.report.text import inert, shortened, visible
from rcs_conformance.report.trace.markdown import escaped
from rcs_conformance.runs.differences import Change, Difference
from rcs_conformance.verdict import Run

FORMAT = "rcs-conformance-diff/1"
_TEMPLATE = "diff.html.j2"
_VALUE_LENGTH = 600
_TESTS_SHOWN = 3


def as_text(found: Difference) -> str:
    """A block for each group that has changes, with the counts last."""
    return "".join(f"{line}\n" for line in _text(found))


def as_markdown(found: Difference) -> str:
    """The same in Markdown, for the page of a pipeline."""
    return "".join(f"{line}\n" for line in _markdown(found))


def as_json(found: Difference) -> str:
    """The same as JSON, in the form of `reports/diff.schema.json`."""
    names = ("new", "intermittent", "noLongerTested", "mended", "newlyTested")
    document = {
        "format": FORMAT,
        "before": _run(found.before),
        "after": _run(found.after),
        **{
            name: [_change(each) for each in changes]
            for name, changes in zip(names, found.groups.values(), strict=True)
        },
        "settings": [
            {"name": each.name, "before": each.before, "after": each.after}
            for each in found.settings
        ],
        "notes": list(found.notes),
    }
    return json.dumps(document, indent=1) + "\n"


def as_page(found: Difference) -> str:
    """The same as one page that needs nothing else."""
    return rendered(_TEMPLATE, found=found, summary=summary(found))


FORMATS: Mapping[str, Callable[[Difference], str]] = {
    "console": as_text,
    "markdown": as_markdown,
    "json": as_json,
    "html": as_page,
}
"""Formats to what writes them."""


def summary(found: Difference) -> str:
    """One line: how many changes there are of each kind."""
    counts = [f"{len(changes)} {title.lower()}" for title, changes in found.groups.items()]
    return f"{', '.join(counts)}, {len(found.settings)} other differences"


def _text(found: Difference) -> Iterator[str]:
    yield f"before: {_named(found.before)}"
    yield f"after:  {_named(found.after)}"
    yield from map(inert, found.notes)
    for title, changes in found.groups.items():
        if changes:
            yield ""
            yield f"{title}: {len(changes)}"
        for each in changes:
            rule = f"  {inert(each.rule)}" if each.rule else ""
            repeated = f"  {each.repeated}" if each.repeated else ""
            yield f"  {inert(each.about)}{rule}  {_verdicts(each)}{repeated}"
            if each.detail:
                yield f"    {shortened(inert(each.detail), _VALUE_LENGTH)}"
            yield from (f"    test {_on_one_line(test)}" for test in each.tests[:_TESTS_SHOWN])
            if each.tests[_TESTS_SHOWN:]:
                yield f"    and {len(each.tests) - _TESTS_SHOWN} more tests"
    if found.settings:
        yield ""
        yield f"Other differences: {len(found.settings)}"
    for setting in found.settings:
        yield f"  {inert(setting.name)}: {_value(setting.before)} -> {_value(setting.after)}"
    yield ""
    yield summary(found)


def _markdown(found: Difference) -> Iterator[str]:
    yield f"## {'❌' if found.new else '✅'} Difference of two runs: {summary(found)}"
    yield ""
    yield f"- before: {code_span(_named(found.before))}"
    yield f"- after: {code_span(_named(found.after))}"
    yield from (f"- {escaped(note)}" for note in found.notes)
    for title, changes in found.groups.items():
        if changes:
            yield f"\n### {title}: {len(changes)}\n"
        for each in changes:
            rule = f" {code_span(each.rule)}" if each.rule else ""
            repeated = f" ({each.repeated})" if each.repeated else ""
            verdicts = f"{_verdicts(each)}{repeated}"
            yield f"- **{escaped(each.about)}**{rule} {escaped(each.text)}: {verdicts}"
            if each.detail:
                yield f"  - {code_span(each.detail)}"
            yield from (f"  - test {code_span(test)}" for test in each.tests[:_TESTS_SHOWN])
    if found.settings:
        yield f"\n### Other differences: {len(found.settings)}\n"
    for setting in found.settings:
        values = f"{code_span(setting.before)} → {code_span(setting.after)}"
        yield f"- {escaped(setting.name)}: {values}"


def _on_one_line(test: str) -> str:
    """The id of a test as the command takes it."""
    return visible(test).replace("\n", " ")


def _verdicts(each: Change) -> str:
    return f"{each.before.value.replace('_', ' ')} -> {each.after.value.replace('_', ' ')}"


def _value(text: str) -> str:
    return shortened(inert(text), _VALUE_LENGTH) or "(none)"


def _named(run: Run) -> str:
    information = run.information
    started = information.started.isoformat(timespec="seconds")
    return f"{inert(information.target_name)}, {run.verdict.value}, started {started}"


def _run(run: Run) -> Mapping[str, object]:
    information = run.information
    return {
        "target": information.target_name,
        "started": information.started.isoformat(),
        "suite": information.suite_version,
        "verdict": run.verdict.value,
        "exitCode": run.exit_code,
    }


def _change(each: Change) -> Mapping[str, object]:
    return {
        "about": each.about,
        "text": each.text,
        "rule": each.rule,
        "before": each.before.value,
        "after": each.after.value,
        "detail": each.detail,
        "tests": list(each.tests),
        "repeated": each.repeated,
    }
