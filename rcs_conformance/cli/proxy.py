"""`rcs-conformance proxy`: a recording reverse proxy before a server."""

import argparse
import json
import threading
from collections.abc import Sequence
from pathlib import Path

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.report.suite import suite_version
from rcs_conformance.report.text import inert
from rcs_conformance.traffic.har import har_document
from rcs_conformance.traffic.proxy import RecordingProxy
from rcs_conformance.traffic.secrecy import without_secrets


def proxy(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Pass traffic on until Ctrl-C or SIGTERM, then write it.

    Returns:
        0.

    Raises:
        ConfigurationError: The server, the address or the file cannot be used.
    """
    _check(arguments.out)
    recorder = RecordingProxy(
        arguments.target, host=arguments.host, port=arguments.port, public_url=arguments.public_url
    )
    try:
        _say(f"{recorder.root} passes everything on to {arguments.target}; Ctrl-C ends it")
        threading.Event().wait()
    except KeyboardInterrupt:
        pass
    finally:
        recorder.close()
        count = write_recorded(recorder, arguments.out)
    _say(f"{arguments.out}: {count} entries")
    return 0


def write_recorded(recorder: RecordingProxy, file: Path) -> int:
    """Write what has passed, without secrets; the file is whole or as it was before.

    Returns:
        How many entries there are.

    Raises:
        ConfigurationError: It cannot be written.
    """
    entries = without_secrets(recorder.entries)
    text = json.dumps(har_document(entries, suite_version()), indent=1, ensure_ascii=False)
    unfinished = file.with_name(f"{file.name}.new")
    try:
        unfinished.write_text(text + "\n", "utf-8")
        unfinished.replace(file)
    except OSError as error:
        reason = error.strerror or str(error)
        raise ConfigurationError(f"--out {file}: cannot be written: {reason}") from None
    return len(entries)


def _check(file: Path) -> None:
    """Find out before anything passes whether the file can be written.

    Raises:
        ConfigurationError: Its folder is missing.
    """
    if not file.absolute().parent.is_dir():
        raise ConfigurationError(f"--out {file}: its folder is missing; make it before")


def _say(text: str) -> None:
    print(inert(text), flush=True)  # noqa: T201 - the command's output
