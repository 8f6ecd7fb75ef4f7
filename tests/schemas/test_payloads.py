"""The bodies written by hand: valid ones are accepted, invalid ones refused at the right place."""

import tomllib
from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.model.formats import Format
from rcs_conformance.wire.schema import roots, violations

PLACES: dict[str, dict[str, str]] = tomllib.loads(
    (kit.PAYLOADS / "places.toml").read_text(encoding="utf-8")
)


def _cases(kind: str) -> list[Path]:
    return sorted(case.with_suffix("") for case in kit.PAYLOADS.glob(f"*/{kind}/*.xml"))


def _name(case: Path) -> str:
    return f"{case.parts[-3]}-{case.name}"


def _body(case: Path, fmt: Format) -> bytes:
    return case.with_name(f"{case.name}.{fmt}").read_bytes()


@pytest.mark.parametrize("fmt", Format)
@pytest.mark.parametrize("case", _cases("valid"), ids=_name)
def test_valid_body_is_accepted(case: Path, fmt: Format) -> None:
    """No schema finds anything in a valid body."""
    assert violations(_body(case, fmt), fmt, case.parts[-3]) == ()


@pytest.mark.parametrize("fmt", Format)
@pytest.mark.parametrize("case", _cases("invalid"), ids=_name)
def test_invalid_body_is_refused_at_the_place(case: Path, fmt: Format) -> None:
    """All violations of a body that deviates in one thing are at the place of that thing."""
    root = case.parts[-3]
    found = violations(_body(case, fmt), fmt, root)
    assert {violation.path for violation in found} == {PLACES[root][case.name]}, found


@pytest.mark.parametrize("kind", ["valid", "invalid"])
def test_every_body_has_its_twin(kind: str) -> None:
    """Each body is there in both formats."""
    names = {
        fmt: {path.with_suffix("") for path in kit.PAYLOADS.glob(f"*/{kind}/*.{fmt}")}
        for fmt in Format
    }
    assert names[Format.XML] == names[Format.JSON]


def test_every_root_has_enough_bodies() -> None:
    """Each root is shown by one valid and three invalid bodies at least."""
    for root in roots():
        assert len(list(kit.PAYLOADS.glob(f"{root}/valid/*.xml"))) >= 1, root
        assert len(list(kit.PAYLOADS.glob(f"{root}/invalid/*.xml"))) >= 3, root


def test_places_are_those_of_the_invalid_bodies() -> None:
    """No line in the table of places is without its body."""
    listed = {(root, name) for root, names in PLACES.items() for name in names}
    assert listed == {(case.parts[-3], case.name) for case in _cases("invalid")}
