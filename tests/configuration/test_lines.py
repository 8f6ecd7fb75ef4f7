"""Where the entries of a TOML file stand."""

import tomllib
from collections.abc import Iterator
from typing import Any

import pytest

from rcs_conformance import kit
from rcs_conformance.configuration import line_of
from rcs_conformance.configuration.lines import KeyPath

FILE = '''\
plain = 1  # [no]
dotted.key = [1.5,
  "a#b", [2026-01-01 00:00:00, 3],  # x = 1
  { d = 1, "e.f" = """
[no]
key = 1""" },
]
[t . "q x".'r']
text = \'\'\'
[no]
x = "1\'\'\'
after = """"a\\""""""
[[users]]
a = 1
[users.sub]
b = 1
[[users]]
sub.x = { }
[[users.v]]
[[users.v]]
z = [
  # 1
  [
  ],
]
'''
LINES: dict[KeyPath, int] = {
    ("plain",): 1,
    ("dotted",): 2,
    ("dotted", "key"): 2,
    ("dotted", "key", 0): 2,
    ("dotted", "key", 1): 3,
    ("dotted", "key", 2, 0): 3,
    ("dotted", "key", 2, 1): 3,
    ("dotted", "key", 3, "d"): 4,
    ("dotted", "key", 3, "e.f"): 4,
    ("t",): 8,
    ("t", "q x", "r"): 8,
    ("t", "q x", "r", "text"): 9,
    ("t", "q x", "r", "after"): 12,
    ("users",): 13,
    ("users", 0, "a"): 14,
    ("users", 0, "sub", "b"): 16,
    ("users", 1): 17,
    ("users", 1, "sub", "x"): 18,
    ("users", 1, "v", 0): 19,
    ("users", 1, "v", 1, "z"): 21,
    ("users", 1, "v", 1, "z", 0): 23,
}


@pytest.mark.parametrize(("path", "line"), LINES.items(), ids=str)
def test_entry_has_its_line(path: KeyPath, line: int) -> None:
    """Whatever form its key has, and whatever looks like an entry inside a text or a comment."""
    assert line_of(FILE, path) == line


@pytest.mark.parametrize(
    ("path", "line"), [(("users", 1, "none"), 17), (("t", "none", "x"), 8), (("none",), 1), ((), 1)]
)
def test_missing_entry_has_the_line_of_the_table_around_it(path: KeyPath, line: int) -> None:
    """Line 1 where there is no table either."""
    assert line_of(FILE, path) == line


def test_line_ends_of_windows_count_once() -> None:
    """The file may come from any editor."""
    assert line_of("a = 1\r\n[b]\r\nc = '''\r\n'''\r\nd = 1\r\n", ("b", "d")) == 5


def paths(value: Any, path: KeyPath = ()) -> Iterator[KeyPath]:  # noqa: ANN401 - any TOML value
    """All entries of a file, as `tomllib` reads it."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, each in value.items():
            yield from paths(each, (*path, key))
    elif isinstance(value, list):
        for index, each in enumerate(value):
            yield from paths(each, (*path, index))


SHIPPED = sorted([*kit.BINDINGS.glob("*.toml"), *kit.TARGETS.glob("*.toml")])


@pytest.mark.parametrize("text", [FILE, *(file.read_text("utf-8") for file in SHIPPED)])
def test_every_entry_stands_on_a_line_that_names_it(text: str) -> None:
    """The finder and `tomllib` know the same entries."""
    lines = text.splitlines()
    for path in paths(tomllib.loads(text)):
        keys = [part for part in path if isinstance(part, str)]
        if path[-1] == keys[-1]:
            assert keys[-1] in lines[line_of(text, path) - 1]
