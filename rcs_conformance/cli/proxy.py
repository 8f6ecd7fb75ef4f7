"""`rcs-conformance proxy`: a recording reverse proxy before a server."""

import argparse
import threading
from collections.abc import Sequence
from pathlib import Path

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import suite_version
from rcs_conformance.report.text import inert
from rcs_conformance.serving import wait_for
from rcs_conformance.traffic.har_file import HarFile
from rcs_conformance.traffic.proxy import RecordingProxy


def proxy(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Pass traffic on until Ctrl-C or SIGTERM, then write it.

    Returns:
        0.

    Raises:
        ConfigurationError: The server, the address or the file cannot be used.
    """
    _check(arguments.out)
    written = HarFile(arguments.out, suite_version())
    try:
        recorder = RecordingProxy(
            arguments.target,
            written.add,
            host=arguments.host,
            port=arguments.port,
            public_url=arguments.public_url,
        )
    except ConfigurationError:
        written.discard()
        raise
    try:
        _say(f"{recorder.root} passes everything on to {arguments.target}; Ctrl-C ends it")
        wait_for(threading.Event())
    except KeyboardInterrupt:
        pass
    finally:
        recorder.close()
        written.close()
    _say(f"{arguments.out}: {written.count} {'entry' if written.count == 1 else 'entries'}")
    return 0


def _check(file: Path) -> None:
    """Find out before anything passes whether the file can be written.

    Raises:
        ConfigurationError: Its folder is missing.
    """
    if not file.absolute().parent.is_dir():
        raise ConfigurationError(f"--out {file}: its folder is missing; make it before")


def _say(text: str) -> None:
    print(inert(text), flush=True)  # noqa: T201 - the command's output
