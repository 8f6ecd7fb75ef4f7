"""`junit.xml`, for CI systems: a testsuite for each requirement, a testcase for each clause."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.etree import ElementTree as ET

from rcs_conformance.report.cases import VALUE_LENGTH, Case, Suite, suites
from rcs_conformance.report.output import JUNIT
from rcs_conformance.report.text import inert, shortened, visible
from rcs_conformance.verdict import Run


def write_junit(run: Run, out: Path) -> None:
    """Write `junit.xml`; request lines are read from the evidence in the output directory."""
    (out / JUNIT).write_bytes(_text(run, suites(run, out)))


def as_junit(run: Run) -> str:
    """The same without request lines, which only the evidence has."""
    return _text(run, suites(run)).decode("utf-8") + "\n"


def _text(run: Run, suites: Sequence[Suite]) -> bytes:
    root = _document(run, suites)
    ET.indent(root)
    text: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _document(run: Run, suites: Sequence[Suite]) -> ET.Element:
    root = ET.Element("testsuites", {"name": "rcs-conformance", **_counts(suites)})
    properties = _properties(run)
    started = run.information.started.replace(tzinfo=None).isoformat(timespec="seconds")
    for suite in suites:
        element = ET.SubElement(
            root,
            "testsuite",
            {"name": suite.name, "timestamp": started, **_counts([suite])},
        )
        block = ET.SubElement(element, "properties")
        for name, value in properties.items():
            ET.SubElement(block, "property", name=name, value=inert(value))
        for case in suite.cases:
            _add_case(element, case)
    return root


def _add_case(suite: ET.Element, case: Case) -> None:
    element = ET.SubElement(
        suite,
        "testcase",
        classname=case.classname,
        name=case.name,
        time=f"{case.seconds:.3f}",
    )
    if case.outcome is not None:
        message = shortened(inert(case.outcome.message), VALUE_LENGTH)
        told = ET.SubElement(element, case.outcome.tag, type=case.outcome.type, message=message)
        told.text = visible(case.outcome.text) or None


def _counts(suites: Sequence[Suite]) -> dict[str, str]:
    seconds = sum(case.seconds for suite in suites for case in suite.cases)
    return {
        "tests": str(sum(len(suite.cases) for suite in suites)),
        "failures": str(sum(suite.count("failure") for suite in suites)),
        "errors": str(sum(suite.count("error") for suite in suites)),
        "skipped": str(sum(suite.count("skipped") for suite in suites)),
        "time": f"{seconds:.3f}",
    }


def _properties(run: Run) -> Mapping[str, str]:
    """What is said of the run with each suite; values that are not known are left out."""
    information = run.information
    properties = {
        "target": information.target_name,
        "target_api_version": str(information.target.get("api_version") or ""),
        "suite_version": information.suite_version,
        "seed": str(information.seed),
        "release": information.release,
        "binding": str(information.target.get("binding") or ""),
        "profile": information.profile,
    }
    return {name: value for name, value in properties.items() if value}
