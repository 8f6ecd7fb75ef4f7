"""A secret never shows itself."""

import copy
import pickle
from dataclasses import asdict, replace

import pytest

from rcs_conformance.target import Secret, Target, User

from .conftest import CANARY

SECRET = Secret(CANARY)
USER = User(address="tel:+1", token=SECRET)


def test_value_is_given_when_asked_for() -> None:
    """For the header that it is made for."""
    assert SECRET.reveal() == CANARY


@pytest.mark.parametrize(
    "shown",
    [
        repr(SECRET),
        str(SECRET),
        f"{SECRET}",
        f"{SECRET!r:>40}",
        f"{SECRET:>40}",
        "%s %r" % (SECRET, SECRET),  # noqa: UP031 - this way of formatting is the point
        repr(USER),
        repr(asdict(USER)),
        repr(replace(USER, sip="sip:a@b")),
        repr(ValueError(SECRET, USER)),
        repr(SECRET.__reduce__()),
        repr(pickle.dumps(USER)),
        repr(dir(SECRET)),
    ],
    ids=lambda _shown: "shown",
)
def test_value_is_not_shown(shown: str) -> None:
    """In none of the ways in which values get into logs."""
    assert CANARY not in shown


def test_copies_are_the_same_secret() -> None:
    """By copying, and by a pickle between processes."""
    assert copy.copy(SECRET) is SECRET
    assert copy.deepcopy(USER).token is SECRET
    assert pickle.loads(pickle.dumps(USER)) == USER  # noqa: S301 - our own pickle
    assert hash(Secret(CANARY)) == hash(SECRET)
    assert Secret(CANARY) == SECRET
    assert Secret("other") != SECRET
    assert SECRET != CANARY


def test_target_does_not_show_its_secrets(full: Target) -> None:
    """Nor does its report form."""
    assert CANARY not in repr(full)
    assert CANARY not in repr(full.redacted())
    assert CANARY not in repr(asdict(full))
