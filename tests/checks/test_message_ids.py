"""Message ids that a check names, in the form of a dialect."""

import pytest

from rcs_conformance.checks.request_errors import is_id


@pytest.mark.parametrize(
    ("shown", "same"),
    [
        ("POL1023", True),
        ("POL023", True),
        ("SVC1023", False),
        ("POL1024", False),
        ("POL", False),
        ("POLICY", False),
        (None, False),
    ],
)
def test_an_id_in_fewer_digits_is_the_same(shown: str | None, same: bool) -> None:
    """The kind and the last digits decide."""
    assert is_id(shown, "POL1023") is same
