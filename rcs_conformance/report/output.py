"""The output directory of a run: which files are ours, and clearing them before a new run."""

from pathlib import Path

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import ROOT

RESULT = "result.json"
PAGE = "report.html"
JUNIT = "junit.xml"
ALLURE = "allure"
EVIDENCE = "evidence"

_MARK = ".rcs-conformance"
_FILES = (RESULT, PAGE, JUNIT)
_FOLDERS = {
    EVIDENCE: ("*.json",),
    ALLURE: ("*-result.json", "*-container.json", "*-attachment*"),
}


def default_output(root: Path = ROOT, working: Path | None = None) -> Path:
    """Where a run writes by default: `reports/out` of the clone, else of the directory.

    Args:
        root: The folder that holds the content folders (`kit.ROOT`).
        working: The current directory.
    """
    clone = (root / "rcs_conformance" / "kit").is_dir()
    return (root if clone else working or Path.cwd()) / "reports" / "out"


def prepare_output(out: Path) -> None:
    """Make the output directory and remove what an earlier run left there, and nothing else.

    May be called more than once before the first test ends.

    Raises:
        ConfigurationError: It cannot be written, or holds files of these names that no run wrote.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        _reject_foreign(out)
        (out / _MARK).write_text("Output of rcs-conformance; cleared by the next run.\n", "utf-8")
        for name in _FILES:
            (out / name).unlink(missing_ok=True)
        for folder, patterns in _FOLDERS.items():
            for pattern in patterns:
                for file in (out / folder).glob(pattern):
                    file.unlink()
    except OSError as problem:
        raise ConfigurationError(
            f"--out {out}: cannot be used as output directory: {problem.strerror or problem}"
        ) from None


def _reject_foreign(out: Path) -> None:
    """Refuse a directory in which clearing would remove what is not ours."""
    for name in (*_FILES, *_FOLDERS):
        place = out / name
        if place.is_symlink():
            raise ConfigurationError(f"--out {out}: {name} there is a link; name another directory")
        if place.exists() and not (out / _MARK).is_file():
            raise ConfigurationError(
                f"--out {out}: holds a {name} that no run wrote; name another directory"
            )
