"""Reads the TOML files that a tester writes: target, binding and waiver files.

`cattrs` turns a file into frozen records; a mistake becomes one line that names the file, the line
and the key, says what is wrong, and then what would be right.
"""

from rcs_conformance.configuration.document import LARGEST_FILE, Place, read
from rcs_conformance.configuration.lines import line_of
from rcs_conformance.configuration.structure import Filled, Form, Keys, structured
from rcs_conformance.configuration.wording import shown, suggestion

__all__ = [
    "LARGEST_FILE",
    "Filled",
    "Form",
    "Keys",
    "Place",
    "line_of",
    "read",
    "shown",
    "structured",
    "suggestion",
]
