"""Which runs are meant: result files, the output folders that they stand in, folders of those."""

from collections.abc import Sequence
from pathlib import Path

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.report.output import RESULT
from rcs_conformance.report.reading import read_run
from rcs_conformance.verdict import Run


def result_file(place: Path) -> Path:
    """The result file of a run.

    Args:
        place: The file, or the output folder of the run.

    Raises:
        ConfigurationError: The folder holds no result.
    """
    if not place.is_dir():
        return place
    file = place / RESULT
    if not file.is_file():
        raise ConfigurationError(f"{place}: holds no {RESULT}; give the output folder of a run")
    return file


def runs_in(places: Sequence[Path]) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """The runs in several places, and a line for each result of a history that cannot be used.

    Args:
        places: Result files, records, output folders of runs, or folders that hold such folders:
            histories, to which each run adds a folder. One that is named twice counts once.

    Raises:
        ConfigurationError: A place is no run and no folder of runs, or its result cannot be used.
    """
    runs: list[Run] = []
    problems: list[str] = []
    once = {(each / RESULT if each.is_dir() else each).resolve(): each for each in places}
    for place in once.values():
        if place.is_dir() and not (place / RESULT).is_file():
            found, lines = _history(place)
            runs += found
            problems += lines
        else:
            runs.append(read_run(result_file(place)))
    return tuple(runs), tuple(problems)


def _history(folder: Path) -> tuple[Sequence[Run], Sequence[str]]:
    files = [
        each
        for each in sorted(folder.rglob(RESULT))
        if not any(part.startswith(".") for part in each.relative_to(folder).parts)
    ]
    runs, problems = [], []
    for file in files:
        try:
            runs.append(read_run(file))
        except ConfigurationError as error:
            problems.append(str(error))
    if not runs:
        reason = problems[0] if problems else f"{folder}: holds no {RESULT}, nor do its folders"
        raise ConfigurationError(reason)
    return runs, problems
