"""The strings that a user reads have one word for one thing: no word that the glossary replaced."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

REPLACED = {
    r"asked|asks for|answer(s|ed)?": "request, response",
    r"grant(s|ed)?|refus(e|es|ed|al|als)": "accept, reject",
    r"told": "notified; or: says, names",
    r"whom|somebody|everybody|nobody": "participant, user, originator",
    r"near.miss(es)?|deviat(es?|ions?|ing)": "invalid request, mutation",
    r"freedoms?": "permitted variation",
    r"caught|held against": "killed, survived",
    r"waived and accepted": "known failure, waiver",
    r"scenes?|stage|arrang(e|es|ed|ing)": "test bed, preamble",
    r"bare|business of": "not covered; attributed to",
    r"as (it|they) should be": "met, as required",
    r"harness": "test suite",
}
"""The words of the glossary that are replaced, and what to write instead."""

_WORDS = {
    re.compile(rf"\b({words})\b", re.IGNORECASE): instead for words, instead in REPLACED.items()
}
_CODE = re.compile(r"```.*?```|`[^`\n]*`|<!--.*?-->|https?://\S+", re.DOTALL)
_VALUES = re.compile(r'"[^"]*"|\w+( \| \w+)+')
_TEMPLATE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}|<style.*?</style>|<[^>]*>", re.DOTALL)

FORMAT = frozenset({"caught elsewhere", "not caught"})
"""Values of `strength.json`, which stay as they are."""

MESSAGES = (
    "rcs_conformance/binding",
    "rcs_conformance/catalogue",
    "rcs_conformance/checks",
    "rcs_conformance/cli",
    "rcs_conformance/configuration",
    "rcs_conformance/driver",
    "rcs_conformance/errors.py",
    "rcs_conformance/evidence.py",
    "rcs_conformance/inbox",
    "rcs_conformance/model",
    "rcs_conformance/plugin",
    "rcs_conformance/probes",
    "rcs_conformance/reference",
    "rcs_conformance/report",
    "rcs_conformance/runs",
    "rcs_conformance/scenario",
    "rcs_conformance/sending.py",
    "rcs_conformance/serving.py",
    "rcs_conformance/strategies",
    "rcs_conformance/strength",
    "rcs_conformance/target",
    "rcs_conformance/verdict",
    "rcs_conformance/wire",
)
"""Folders whose string literals with a space are read by users; names have none."""

TITLES = ("suites", "rcs_conformance/reference/faults", "rcs_conformance/reference/variations")
"""Folders whose docstrings are read by users, as titles of tests or sentences about faults."""

PROSE = (
    "ARCHITECTURE.md",
    "CHANGELOG.md",
    "CONTRIBUTING.md",
    "README.md",
    "fixtures/bindings/README.md",
    "reports/VERDICTS.md",
    "reports/report.html.j2",
    "reports/trace.html.j2",
)
"""Documents and templates, which are read as they are."""

COMMENTED = ("fixtures/targets", "fixtures/bindings")
"""Examples of target and binding files, whose comments are read."""


def _messages(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and text of each literal that can be a sentence or a part of one; no docstrings."""
    bare = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in bare:
            is_sentence = re.search(r"\s", node.value.strip()) and node.value not in FORMAT
            yield from [(node.lineno, node.value)] if is_sentence else []


def _titles(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and docstring of each test, fault and variation: of what a decorator registers."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.decorator_list:
            yield node.lineno, ast.get_docstring(node) or ""


def _found(path: Path, texts: Iterable[tuple[int, str]]) -> Iterator[str]:
    """A line for each replaced word, where it is and what to write instead."""
    for start, text in texts:
        plain = _CODE.sub(_blank, text)
        for pattern, instead in _WORDS.items():
            for found in pattern.finditer(plain):
                line = start + plain[: found.start()].count("\n")
                around = " ".join(plain[max(0, found.start() - 40) : found.end() + 40].split())
                yield f"{path.relative_to(ROOT)}:{line}: {found[0]!r}, not {instead}: {around}"


def _blank(code: re.Match[str]) -> str:
    return "\n" * code[0].count("\n") + " "


def _modules(folder: str) -> Iterator[tuple[Path, ast.Module]]:
    path = ROOT / folder
    for each in [path] if path.is_file() else sorted(path.rglob("*.py")):
        yield each, ast.parse(each.read_text("utf-8"))


@pytest.mark.parametrize("folder", MESSAGES)
def test_messages(folder: str) -> None:
    """Results, reasons, errors, help."""
    found = [line for path, tree in _modules(folder) for line in _found(path, _messages(tree))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("folder", TITLES)
def test_titles(folder: str) -> None:
    """Titles of tests, sentences about faults and variations."""
    found = [line for path, tree in _modules(folder) for line in _found(path, _titles(tree))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("name", PROSE)
def test_documents(name: str) -> None:
    """Documents and templates of reports, their code aside."""
    text = _TEMPLATE.sub(_blank, (ROOT / name).read_text("utf-8"))
    found = list(_found(ROOT / name, [(1, text)]))
    assert not found, "\n".join(found)


@pytest.mark.parametrize("folder", COMMENTED)
def test_comments(folder: str) -> None:
    """Comments in the examples of target and binding files."""
    for path in sorted((ROOT / folder).glob("*.toml")):
        lines = enumerate(path.read_text("utf-8").splitlines(), 1)
        comments = ((at, _VALUES.sub(" ", line.partition("#")[2])) for at, line in lines)
        found = list(_found(path, comments))
        assert not found, "\n".join(found)
