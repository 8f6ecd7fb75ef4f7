"""The messages of all checks as text, one file for each module: what each row comes to.

`python -m tests.checks.golden` writes the files anew, after a check or a row was changed on
purpose. Their diff is the review: clause, rule and place seldom change; `expected` is a condition,
`actual` an observation in the same words.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from rcs_conformance.checks.generic import every_event
from rcs_conformance.checks.scr_items import unclaimed
from rcs_conformance.errors import Inconclusive
from rcs_conformance.model.results import CheckResult
from tests.checks.records import Checked
from tests.checks.rows import PRECONDITIONS, ROWS
from tests.checks.rows_generic import BINDING, EXCHANGES, NOTIFICATIONS

FOLDER = Path(__file__).parent / "golden"
COMMAND = "python -m tests.checks.golden"


def files() -> dict[str, str]:
    """The text of each file, by its name."""
    texts: dict[str, list[str]] = {}
    for module, lines in _cases():
        texts.setdefault(f"{module}.txt", []).append("\n".join(lines))
    return {name: "\n\n".join(cases) + "\n" for name, cases in texts.items()}


def write() -> None:
    """Write all files anew, and remove what no check has any more."""
    FOLDER.mkdir(exist_ok=True)
    for path in FOLDER.glob("*.txt"):
        path.unlink()
    for name, text in files().items():
        (FOLDER / name).write_text(text, "utf-8")


def _cases() -> Iterator[tuple[str, list[str]]]:
    """Module and lines of each case."""
    for check, conforming, deviating in ROWS:
        for kind, given in (("conforming", conforming), ("deviating", deviating)):
            for number, arguments in enumerate(given, 1):
                module, name = check_name(check)
                title = f"{name}, {kind} {number}"
                yield module, [title, *_results(check(*arguments))]
    for _, blocked, arguments in PRECONDITIONS:
        module, name = check_name(blocked)
        try:
            blocked(*arguments)
        except Inconclusive as missing:
            blame = f"  {missing.cause}  {missing.clause}\n    {missing}"
            yield module, [f"{name}, inconclusive", blame]
    for label, (event, _) in {**EXCHANGES, **NOTIFICATIONS}.items():
        yield "generic", [f"every_event, {label}", *_results(every_event([event], BINDING))]
    remark = unclaimed("REST-CHAT-GRP-S-001-O", "POST groups", "#3 POST groups -> 201")
    yield "scr_items", ["unclaimed", *_results(remark)]


def check_name(check: Callable[..., object]) -> tuple[str, str]:
    """The module of a check, and its name with the arguments that are bound to it."""
    function = getattr(check, "func", check)
    bound = ", ".join(f"{key}={value!r}" for key, value in getattr(check, "keywords", {}).items())
    module = function.__module__.rpartition(".")[2]
    return module, f"{function.__name__}({bound})" if bound else function.__name__


def _results(checked: Checked) -> Iterator[str]:
    for each in [checked] if isinstance(checked, CheckResult) else checked:
        event = "" if each.event is None else f"  #{each.event}"
        yield f"  {each.outcome}  {each.clause}  {each.rule}  at {each.where}{event}"
        yield f"    expected  {each.expected}"
        yield f"    actual    {each.actual}"


if __name__ == "__main__":
    write()
