"""Files that cannot be read, and mistakes in those that can."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import pytest

from rcs_conformance.configuration import LARGEST_FILE, Filled, Form, Keys, read, structured
from rcs_conformance.errors import ConfigurationError


class Colour(StrEnum):
    """Something to choose."""

    RED = "red"
    GREEN = "green"


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A table of a file."""

    name: Filled
    size: int = 1
    colours: frozenset[Colour] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A file."""

    first: Part
    parts: tuple[Part, ...] = ()
    by_name: Annotated[Mapping[str, Part], Keys(("a",), ("b",))] | None = None
    sizes: Mapping[str, tuple[int, ...]] | None = None
    day: date | None = None
    share: Annotated[float, Form(lambda found: "" if found < 1 else "must be below 1")] = 0.5
    flag: bool = False
    secret: object = None


def whole(folder: Path, text: str) -> Whole:
    """What a file holds."""
    file = folder / "f.toml"
    file.write_text(text, "utf-8")
    place, tables = read(file, "test file")
    return structured(tables, Whole, place)


def test_records_are_made(tmp_path: Path) -> None:
    """Nested tables, lists of tables, mappings, sets, and what is left out."""
    text = """\
    secret = { env = "X" }
    share = 0.25
    day = 2027-01-31
    sizes = { x = [1, 2] }
    first = { name = "f", colours = ["red"] }
    [[parts]]
    name = "p"
    [by_name.a]
    name = "n"
    """
    assert whole(tmp_path, text) == Whole(
        first=Part(name="f", colours=frozenset({Colour.RED})),
        parts=(Part(name="p"),),
        by_name={"a": Part(name="n")},
        sizes={"x": (1, 2)},
        day=date(2027, 1, 31),
        share=0.25,
        secret={"env": "X"},
    )


FIRST = 'first = { name = "f" }\n'


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "1: first: missing: this key is required"),
        ("first = 'secret'", "1: first: must be a table in [ ], not a string"),
        ("[[first]]", "1: first: must be a table in [ ], not a list"),
        ("[first]\nname = ' '", "2: first.name: must not be empty"),
        ("[first]\nname = 1", "2: first.name: must be a string in quotes, not 1"),
        ("[first]\nnmae = 1", "2: first.nmae: unknown key; did you mean name?"),
        ("[first]\n'a\\nb' = 1", '2: first."a\\\\nb": unknown key; known are colours, name, size'),
        ('[first]\n"a\\nb" = 1', '2: first."a\\nb": unknown key; known are colours, name, size'),
        (f"{FIRST}size = 1", "2: size: unknown key; it belongs to [first]"),
        (
            f"{FIRST}[by_name.a]\nname = 'a'\n[sizes]\ncolours = 1",
            "5: sizes.colours: must be a list",
        ),
        (f"{FIRST}flag = 1", "2: flag: must be true or false, not 1"),
        (f"{FIRST}day = 2027-01-31T00:00:00", "2: day: must be a date such as 2027-01-31, not"),
        (f"{FIRST}share = 1", "2: share: must be below 1"),
        (f"{FIRST}share = -0.5", "2: share: must be a number above 0, not -0.5"),
        (f"{FIRST}share = nan", "2: share: must be a number above 0, not nan"),
        (f"{FIRST}share = 1{'0' * 400}", "2: share: must be a number above 0, not 1000"),
        (f"{FIRST}parts = 1", "2: parts: must be tables in [[ ]], not a single value"),
        (f"{FIRST}[parts]", "2: parts: must be tables in [[ ]], not a table"),
        (f"{FIRST}parts = ['x']", "2: parts[0]: must be a table in [ ], not a string"),
        (f"{FIRST}[[parts]]\n[[parts]]\nname = 'x'", "2: parts[0].name: missing: this key"),
        (
            f"{FIRST}[[parts]]\nname = 'x'\ncolours = [\n'red',\n'gren']",
            "6: parts[0].colours[1]: must be one of red, green, not 'gren'; did you mean green?",
        ),
        (
            f"{FIRST}[[parts]]\nname = 'x'\ncolours = [\n'red',\n'red']",
            "6: parts[0].colours[1]: 'red' is in the list twice: remove one",
        ),
        (f"{FIRST}[by_name]", "2: by_name.a: missing: this key is required"),
        (f"{FIRST}[by_name.c]", "2: by_name.c: unknown key; known are a, b"),
        (f"{FIRST}[by_name.a]\nname = 'x'\nsize = 0", "4: by_name.a.size: must be a whole number"),
        (f"{FIRST}sizes = []", "2: sizes: must be a table in [ ], not a list"),
        (f"{FIRST}sizes.x = [1, true]", "2: sizes.x[1]: must be a whole number above 0, not true"),
        (f"{FIRST}sizes.x = 1", "2: sizes.x: must be a list such as [200], not 1"),
        ("[first]\nname = 1\n[firts]", "3: firts: unknown key; did you mean first?"),
        (f"{FIRST}flag = 2\n[by_name.a]\nname = 3", "2: flag: must be true or false, not 2"),
        (f"{FIRST}[[parts]]\nname = 1\n[by_name]", "3: parts[0].name: must be a string"),
        ("a = 1\na = 2\n", "2: invalid TOML: this key or table is in the file twice"),
        ("[a]\n[a]\n", "2: invalid TOML: this key or table is in the file twice"),
        ("a = {b = 1, b = 2}\n", "1: invalid TOML: this key or table is in the file twice"),
        ("[a]\n[[a]]\n", "2: invalid TOML: this key or table is in the file twice, or as [ ] and"),
        ("a = b\n", "1: invalid TOML: the value is missing or invalid; strings need quotes"),
        ("a = 'b\n'", "1: invalid TOML: a string is not closed: add its closing quote (column"),
        ('{"a": 1}', "1: invalid TOML: must be KEY = VALUE or [TABLE] (column 1)"),
        ("a = 1\n\n[b", "3: invalid TOML: Expected ']' at the end of a table declaration (end of"),
    ],
)
def test_mistake_is_one_line(tmp_path: Path, text: str, message: str) -> None:
    """File, line, key, what is wrong, what would be right; of several mistakes the first."""
    with pytest.raises(ConfigurationError) as caught:
        whole(tmp_path, text)
    assert str(caught.value).startswith(f"{tmp_path / 'f.toml'}:{message}")
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"\xef\xbb\xbfa = 1", ":1: begins with a byte order mark: save the file as UTF-8 without"),
        (b'a = 1\nb = "\xe9"', ":2: not UTF-8: save the file as UTF-8"),
        ("a = 1".encode("utf-16"), ":1: not UTF-8: save the file as UTF-8"),
        (b"#" * (LARGEST_FILE + 1), ": cannot read the test file: larger than 1 MiB"),
        (
            b"a = " + b"[" * 100_000,
            ": cannot read the test file: a number is too long, or lists are nested",
        ),
        (
            b"a = " + b"1" * 5_000,
            ": cannot read the test file: a number is too long, or lists are nested",
        ),
    ],
    ids=["mark", "latin", "utf-16", "large", "deep", "number"],
)
def test_other_content_is_refused(tmp_path: Path, content: bytes, message: str) -> None:
    """What no editor or another one wrote."""
    file = tmp_path / "f.toml"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError) as caught:
        read(file, "test file")
    assert str(caught.value).startswith(f"{file}{message}")


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("none.toml", "none.toml: cannot read the test file: No such file or directory"),
        (".", ": cannot read the test file: Is a directory"),
        ("a\0b", "cannot read the test file: not the name of a file"),
    ],
)
def test_missing_file_is_refused(tmp_path: Path, name: str, message: str) -> None:
    """With the system's reason."""
    with pytest.raises(ConfigurationError) as caught:
        read(tmp_path / name, "test file")
    assert message in str(caught.value)


def test_place_shows_neither_content_nor_secrets(tmp_path: Path) -> None:
    """It stands in messages."""
    file = tmp_path / "f.toml"
    file.write_text('token = "s3cr3t"')
    assert "s3cr3t" not in repr(read(file, "test file")[0])
