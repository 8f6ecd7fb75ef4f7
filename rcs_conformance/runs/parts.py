"""`part.json`: what a part of a divided run knows beside its result, for merging."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cattrs.errors import BaseValidationError
from cattrs.preconf.json import make_converter

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.results import TestRecord
from rcs_conformance.report.output import PART
from rcs_conformance.report.reading import LARGEST_RESULT
from rcs_conformance.runs.shards import Shard

FORMAT = "rcs-conformance-part/1"
"""Name and version of the form."""

_CONVERTER = make_converter()


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A part of a divided run.

    Attributes:
        shard: Which part it is.
        tests: How many tests all parts have together.
        whole: Digest of the ids of all of them.
        named_tests: Whether the whole run was limited to some tests, by ids or an expression.
        arguments: What `rcs-conformance run` needs for the same target, without secrets.
        records: The tests of this part.
    """

    shard: Shard
    tests: int
    whole: str
    named_tests: bool
    arguments: tuple[str, ...]
    records: tuple[TestRecord, ...]


def write_part(part: Part, out: Path) -> None:
    """Write `part.json` into an output folder."""
    plain = {"format": FORMAT, **_CONVERTER.unstructure(part)}
    (out / PART).write_text(json.dumps(plain) + "\n", "ascii")


def read_part(folder: Path) -> Part:
    """The part whose output folder this is.

    Raises:
        ConfigurationError: It holds no part, or one that cannot be read.
    """
    file = folder / PART
    right = "give the output folders of run --shard"
    try:
        if file.stat().st_size > LARGEST_RESULT:
            raise ConfigurationError(f"{file}: larger than 256 MiB; {right}")
        plain: Mapping[str, Any] = json.loads(file.read_bytes())
    except OSError as error:
        reason = error.strerror or "unknown reason"
        raise ConfigurationError(f"{file}: cannot be read: {reason}; {right}") from None
    except (ValueError, RecursionError):
        raise ConfigurationError(f"{file}: not JSON, or cut off; {right}") from None
    if not isinstance(plain, dict) or plain.get("format") != FORMAT:
        raise ConfigurationError(f"{file}: not a {FORMAT}; {right}")
    try:
        return _CONVERTER.structure(plain, Part)
    except (BaseValidationError, ValueError, TypeError, KeyError, AttributeError):
        raise ConfigurationError(f"{file}: damaged; {right}") from None
