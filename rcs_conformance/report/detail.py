"""How much of a run is printed."""

from enum import IntEnum


class Detail(IntEnum):
    """How much is printed.

    QUIET prints errors, the verdict and the path of the report. USUAL adds progress, requirements
    and findings. FULL adds each test and all remarks.
    """

    QUIET = 0
    USUAL = 1
    FULL = 2
