"""Which runs are meant: result files, or the output folders that they stand in."""

from pathlib import Path

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.report.output import RESULT


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
