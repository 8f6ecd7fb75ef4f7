"""`rcs-conformance merge`: one run of the parts of a divided one."""

import argparse
import os
import shutil
from collections.abc import Sequence
from pathlib import Path

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.cli.output_file import check_keeps_sources
from rcs_conformance.cli.run import tell_workflow
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import suite_version
from rcs_conformance.record.archive import copy_chains, seal
from rcs_conformance.report.console import RunConsole
from rcs_conformance.report.output import ALLURE, EVIDENCE, RESULT, OutputFolder, default_output
from rcs_conformance.report.writing import write_reports
from rcs_conformance.runs.merging import Piece, merged, pieces_in


def merge(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Write the reports of the whole run.

    Returns:
        The exit code that the undivided run would have had.

    Raises:
        ConfigurationError: The parts are not those of one run, or the folder cannot be written.
    """
    out: Path = (arguments.out or default_output()).absolute()
    check_keeps_sources(out, arguments.parts)
    pieces = pieces_in(arguments.parts)
    run = merged(pieces, load_catalogue(), suite_version(), out)
    with OutputFolder(out) as output:
        try:
            for piece in pieces:
                _copy(piece, output.unfinished)
                if run.information.chains:
                    copy_chains(piece.folder, piece.part.shard.number, output.unfinished)
            write_reports(run, output.unfinished)
            seal(output.unfinished)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigurationError(f"--out {out}: cannot be written: {reason}") from error
        RunConsole(detail=arguments.detail).summary(run, out)
        output.publish()
    tell_workflow(out / RESULT, os.environ)
    return run.exit_code


def _copy(piece: Piece, out: Path) -> None:
    """Copy what the tests of a part left: evidence, and Allure's results."""
    for name in (EVIDENCE, ALLURE):
        for file in sorted((piece.folder / name).glob("*")):
            if file.is_file() and not file.is_symlink():
                (out / name).mkdir(exist_ok=True)
                shutil.copyfile(file, out / name / file.name)
