"""Faults and variations: each is known and can be switched on, and variations make nothing fail."""

import tomllib

import pytest

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import CATALOGUE
from rcs_conformance.reference import FAULTS, VARIATIONS, ReferenceServer
from tests.reference.in_process import InProcess
from tests.reference.script import play

NEEDED = (
    *(f"UNI-CHT-002b.{number}" for number in range(1, 11)),
    *(f"UNI-CHT-003b.{number}" for number in range(1, 4)),
    *(f"UNI-CHT-004b.{number}" for number in range(1, 6)),
    *(f"UNI-CHT-007b.{number}" for number in range(1, 8)),
    *(f"UNI-CHT-008b.{number}" for number in range(1, 4)),
    *("UNI-CHT-009b.1", "UNI-CHT-012b.1"),
    *(f"UNI-CHT-011.{number}" for number in range(1, 5)),
    *(f"UNI-CHT-013.{number}" for number in range(1, 6)),
    *(f"UNI-CHT-014.{number}" for number in range(1, 4)),
    *("UNI-CHT-015.1", "UNI-CHT-015.2"),
    *(f"UNI-CHT-017.{number}" for number in range(1, 4)),
    *(f"UNI-CHT-030.{number}" for number in range(1, 8)),
    *(f"UNI-CHT-{number}.{each}" for number in ("031", "032", "033", "034") for each in (1, 2, 3)),
    *(f"UNI-CHT-035.{number}" for number in range(1, 6)),
    *("UNI-CHT-036.1", "UNI-CHT-036.2", "UNI-CHT-037.1", "UNI-CHT-038.1", "UNI-CHT-038.2"),
    *(f"UNI-CHT-039.{number}" for number in range(1, 5)),
    "UNI-CHT-040.1",
    *(f"UNI-CHT-018.{number}" for number in (3, 5, 6, 7)),
    *(f"UNI-CHT-019.{number}" for number in (3, 5, 6)),
    *(f"UNI-CHT-020.{number}" for number in (3, 5, 6, 7)),
    *("UNI-CHT-021.3", "UNI-CHT-021.5"),
    *(f"UNI-FLT-001.{number}" for number in range(1, 6)),
    *(f"UNI-FLT-005.{number}" for number in range(1, 4)),
    *("UNI-CHT-004b.6", "UNI-CHT-037.2"),
    *(f"TS-CHAT-4.1.{number}" for number in (1, 5, 6, 7, 9, 10, 11)),
    *(f"TS-CHAT-5.{number}" for number in (*range(1, 11), 12, 13)),
)

REFERENCE = "rcs_conformance.reference"

SEEN_FROM_OUTSIDE = (
    "declared-service-counts",
    "files-elsewhere",
    "notifications-as-text-xml",
    "notifications-bare",
    "second-sockets-beside",
    "unsupported-channel-malformed",
    *(
        name
        for name in VARIATIONS
        if name.startswith(("polls-", "channels-", "lists-", "sockets-"))
    ),
)
"""Variations that show only at a real address, in header fields of notifications, in polls, or in
what the script does not do."""


def private_names(rules: type) -> dict[str, type]:
    """Private names that deviations add to the rules, and the class that each comes from."""
    bases = [each for each in rules.__mro__ if each.__module__.startswith(REFERENCE)]
    return {
        name: base
        for base in bases
        if not base.__module__.startswith(f"{REFERENCE}.rules")
        for name in vars(base)
        if name.startswith("_") and not name.startswith("__")
    }


@pytest.fixture(scope="module")
def conforming() -> list[str]:
    """The transcript of a server without deviations."""
    return play(InProcess())


def test_private_names_mean_one_thing() -> None:
    """One server can have all deviations: a name of one is not overridden by another by chance."""
    origins: dict[str, set[type]] = {}
    every = [one.rules for one in FAULTS.values()] + [one.rules for one in VARIATIONS.values()]
    for rules in every:
        for name, origin in private_names(rules).items():
            origins.setdefault(name, set()).add(origin)

    assert {name: found for name, found in origins.items() if len(found) > 1} == {}


def test_transcript_is_repeatable(conforming: list[str]) -> None:
    """Two servers with the same seed leave the same transcript, so a difference means something."""
    assert play(InProcess()) == conforming


def test_no_internal_error_without_fault(conforming: list[str]) -> None:
    """The conforming server fails nowhere in the script."""
    assert not [line for line in conforming if " 500 " in line]


@pytest.mark.parametrize("name", [name for name in VARIATIONS if name not in SEEN_FROM_OUTSIDE])
def test_variation_shows(name: str, conforming: list[str]) -> None:
    """A variation changes what the script sees and makes nothing fail."""
    transcript = play(InProcess(variations=(name,)))
    assert transcript != conforming
    assert not [line for line in transcript if " 500 " in line]


def test_every_clause_of_group_chat_has_a_fault() -> None:
    """No clause of this part of the catalogue is without a fault."""
    assert set(NEEDED) <= {fault.clause for fault in FAULTS.values()}


def test_clauses_of_faults_exist() -> None:
    """Every fault has a clause of the catalogue and a sentence."""
    catalogue = tomllib.loads((CATALOGUE / "requirements.toml").read_text("utf-8"))
    known = {clause["id"] for each in catalogue["requirement"] for clause in each.get("clause", ())}
    assert {fault.clause for fault in FAULTS.values()} <= known
    sentences = [fault.sentence for fault in FAULTS.values()]
    sentences += [variation.sentence for variation in VARIATIONS.values()]
    assert all(sentence.endswith(".") for sentence in sentences)


def test_several_deviations_combine() -> None:
    """Faults and variations over the same seam all take effect."""
    server = InProcess(
        faults=("time-stamp-of-1970", "text-trimmed"), variations=("quoted-scalars",)
    )
    transcript = "\n".join(play(server))
    assert '"dateTime":"1970' in transcript
    assert '"isClosed":"false"' in transcript
    assert "<text>&lt;Grüße" in transcript


def test_unknown_fault_is_refused_with_a_hint() -> None:
    """A misspelled name is rejected with similar names."""
    with pytest.raises(ConfigurationError, match="did you mean subject-cut"):
        ReferenceServer(faults=["subject-cutt"])


def test_unknown_variation_without_likeness_is_refused() -> None:
    """A name like no other is rejected without a hint."""
    with pytest.raises(ConfigurationError, match=r"no variation '###'$"):
        ReferenceServer(variations=["###"])
