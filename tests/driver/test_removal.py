"""What a run made is removed by several requests at once."""

from dataclasses import replace

import pytest

from rcs_conformance.driver.ledger import Made, Open
from rcs_conformance.driver.removal import requests_at_once
from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.target import Limits


@pytest.mark.parametrize(
    ("numbers", "workers", "expected"),
    [
        ((1500, 1300, 700, 500), None, [22, 19, 10, 7]),
        ((1500, 1300, 700, 500), 4, [1, 1, 1, 1]),
        ((25, 9, 0, 0), None, [2, 1, 1, 1]),
    ],
)
def test_who_has_more_to_remove_has_more_requests_at_once(
    numbers: tuple[int, ...], workers: int | None, expected: list[int]
) -> None:
    """All together within a limit, and within that of the target file."""
    target = replace(embedded_target(), limits=Limits(workers=workers))
    made = tuple(
        Made(user=user.address, resource="group", ids=(("sessionId", f"{each}"),))
        for user, number in zip(target.users, numbers, strict=True)
        for each in range(number)
    )
    assert [*requests_at_once(target, Open(made=made)).values()] == expected
