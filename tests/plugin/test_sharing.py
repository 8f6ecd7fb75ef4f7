"""What keeps the processes of a run out of each other's way, and the target's work small."""

from types import SimpleNamespace
from typing import Any

from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.collection import FORMAT_ARGUMENT, order


def test_formats_follow_each_other() -> None:
    """Tests of one format come before those of the next; among themselves they stay in order."""
    formats = [Format.JSON, None, Format.XML, Format.JSON, Format.XML]
    items: Any = [
        SimpleNamespace(name=number, callspec=SimpleNamespace(params={FORMAT_ARGUMENT: fmt}))
        for number, fmt in enumerate(formats)
    ]
    order(items)
    assert [item.name for item in items] == [1, 2, 4, 0, 3]
