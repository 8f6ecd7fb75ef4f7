"""What keeps the processes of a run out of each other's way, and the target's work small."""

from types import SimpleNamespace
from typing import Any

from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.collecting import FORMAT_ARGUMENT, order
from rcs_conformance.plugin.options import embedded_target


def test_embedded_target_has_users_for_each_worker() -> None:
    """Each worker gets four that no other has, with aliases and tokens of their own."""
    alone, shared = embedded_target(), embedded_target(workers=3)
    assert len(alone.users) == 4
    assert shared.users[:4] == alone.users
    names = {name for user in shared.users for name in (user.address, user.sip, user.contact)}
    assert len(names) == 36
    assert len({user.token.reveal() for user in shared.users}) == 12
    groups = [shared.of_worker(number).users for number in range(3)]
    assert [user for group in groups for user in group] == list(shared.users)


def test_formats_follow_each_other() -> None:
    """Tests of one format come before those of the next; among themselves they stay in order."""
    formats = [Format.JSON, None, Format.XML, Format.JSON, Format.XML]
    items: Any = [
        SimpleNamespace(name=number, callspec=SimpleNamespace(params={FORMAT_ARGUMENT: fmt}))
        for number, fmt in enumerate(formats)
    ]
    order(items)
    assert [item.name for item in items] == [1, 2, 4, 0, 3]
