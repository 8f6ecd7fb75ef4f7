"""`merge` makes of parts what the undivided run is, and rejects parts of different runs."""

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from cattrs.preconf.json import make_converter

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.cli import main
from rcs_conformance.kit import suite_version
from rcs_conformance.model.results import TestRecord
from rcs_conformance.report.result import write_result
from rcs_conformance.runs.parts import Part, write_part
from rcs_conformance.runs.shards import Shard
from rcs_conformance.target import Ics
from rcs_conformance.verdict import Run
from tests.plugin.servers import reference
from tests.report.whole_runs import full_target

Make = Callable[..., Any]
CLAIMS = Ics(features=load_catalogue().features)
TARGET = {"server_root": "http://target", "ics": make_converter().unstructure(CLAIMS)}
ARGUMENTS = ("acme.toml", "--out", "part-rerun")


class Parts:
    """Makes output folders of parts, and the undivided run."""

    def __init__(self, make_run: Make, records: Sequence[TestRecord], folder: Path) -> None:
        self._make_run = make_run
        self._records = records
        self._folder = folder

    def whole(self, **members: object) -> Run:
        """The undivided run."""
        return self._run(self._records, **members)

    def part(self, number: int, count: int = 2, **members: object) -> str:
        """The output folder of a part, with other members of the run's information if given."""
        own = self._records[number - 1 :: count]
        folder = self._folder / f"part-{number}-{len(members)}"
        (folder / "evidence").mkdir(parents=True)
        (folder / "evidence" / f"{number}.json").write_text("{}")
        write_result(self._run(own, named_tests=True, **members), folder)
        part = Part(
            shard=Shard(number, count),
            tests=len(self._records),
            whole="digest",
            named_tests=False,
            arguments=ARGUMENTS,
            records=tuple(own),
        )
        write_part(part, folder)
        return str(folder)

    def _run(self, records: Sequence[TestRecord], **members: object) -> Run:
        given = {
            "suite_version": suite_version(),
            "target": TARGET,
            "target_name": "Acme",
            "claims": CLAIMS,
            **members,
        }
        run: Run = self._make_run(*records, **given)
        return run


@pytest.fixture
def parts(make_run: Make, make_record: Make, passing: Make, tmp_path: Path) -> Parts:
    """Of a run of two failures and a pass."""
    other = make_record(id="chat/test_b.py::test_b")
    return Parts(make_run, (make_record(), passing("a", "UNI-CHT-001.5"), other), tmp_path)


def document(folder: Path) -> dict[str, Any]:
    """The result in an output folder."""
    read: dict[str, Any] = json.loads((folder / "result.json").read_text("ascii"))
    return read


def essence(found: Mapping[str, Any]) -> Mapping[str, object]:
    """Every verdict, test and finding of a result."""
    return {
        "run": (found["verdict"], found["exitCode"], found["complete"], found["excused"]),
        "requirements": {name: each["verdict"] for name, each in found["requirements"].items()},
        "clauses": {
            name: (clause["verdict"], clause["cause"], clause["reason"], clause["tests"])
            for each in found["requirements"].values()
            for name, clause in each["clauses"].items()
        },
        "items": {name: (each["verdict"], each["reason"]) for name, each in found["scr"].items()},
        "tests": {each["id"]: (each["verdict"], each["cause"]) for each in found["tests"]},
        "findings": sorted(
            (each["id"], one["clause"], one["rule"], one["where"])
            for each in found["tests"]
            for one in each["failures"]
        ),
    }


def test_merged_parts_equal_the_whole(parts: Parts, tmp_path: Path) -> None:
    """In every verdict, test and finding; the exit code is that of the whole."""
    whole, out = parts.whole(), tmp_path / "out"
    (tmp_path / "whole").mkdir()
    write_result(whole, tmp_path / "whole")
    assert main(["merge", parts.part(2), parts.part(1), "--out", str(out), "-q"]) == whole.exit_code
    assert essence(document(out)) == essence(document(tmp_path / "whole"))


def test_outputs_of_merged_parts(parts: Parts, tmp_path: Path) -> None:
    """All are there: page, JUnit, and the evidence of each part."""
    out = tmp_path / "out"
    main(["merge", parts.part(1), parts.part(2), "--out", str(out), "-q"])
    names = {str(file.relative_to(out)) for file in out.rglob("*") if file.is_file()}
    assert {"report.html", "junit.xml", "evidence/1.json", "evidence/2.json"} <= names
    assert "part.json" not in names


@pytest.mark.parametrize(
    ("other", "named"),
    [
        ({"seed": 8}, "another seed"),
        ({"target_name": "Beta"}, "another target"),
        ({"suite_version": "0.1"}, "another suite"),
        ({"profile": "standard"}, "another profile"),
        ({"strict": True}, "another strictness"),
    ],
)
def test_parts_of_different_runs(
    parts: Parts,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    other: Mapping[str, object],
    named: str,
) -> None:
    """One line says what differs, and nothing is written."""
    folders = [parts.part(1), parts.part(2, **other)]  # type: ignore[arg-type]  # members of the run
    assert main(["merge", *folders, "--out", str(tmp_path / "out")]) == 4
    error = capsys.readouterr().err
    assert named in error
    assert error.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_part_is_not_replaced_by_the_whole(
    parts: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    """Else it would be lost, and could not be merged again."""
    folders = [parts.part(1), parts.part(2)]
    before = document(Path(folders[0]))
    assert main(["merge", *folders, "--out", folders[0]]) == 4
    assert "give another folder" in capsys.readouterr().err
    assert document(Path(folders[0])) == before


def test_missing_part(parts: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    """It is named."""
    assert main(["merge", parts.part(2)]) == 4
    assert "part 1 of 2 is missing" in capsys.readouterr().err


def test_part_named_twice(parts: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    """It is no other part."""
    first = parts.part(1)
    assert main(["merge", first, first, parts.part(2)]) == 4
    assert "part 1/2" in capsys.readouterr().err


def test_part_that_lacks_tests(parts: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    """A complete part without one of its tests is no part of the whole."""
    folders = [Path(parts.part(1)), Path(parts.part(2))]
    file = folders[0] / "part.json"
    plain = json.loads(file.read_text())
    file.write_text(json.dumps({**plain, "records": plain["records"][:1]}))
    assert main(["merge", *map(str, folders)]) == 4
    assert "2 of 3 tests" in capsys.readouterr().err


@pytest.mark.parametrize("content", ["", "{", "[]", '{"format": "rcs-conformance-part/1"}'])
def test_damaged_part(parts: Parts, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    """It is one line."""
    folder = parts.part(1)
    (Path(folder) / "part.json").write_text(content)
    assert main(["merge", folder]) == 4
    assert capsys.readouterr().err.count("\n") == 1


def test_interrupted_part(parts: Parts, tmp_path: Path) -> None:
    """A run of which a part was interrupted is incomplete."""
    folders = [parts.part(1), parts.part(2, interrupted=True)]
    assert main(["merge", *folders, "--out", str(tmp_path / "out"), "-q"]) == 2
    assert document(tmp_path / "out")["complete"] is False


@pytest.mark.exhaustive
def test_shards_of_a_faulty_server(tmp_path: Path) -> None:
    """1, 2, 5 and 8 parts, run one by one, make what the undivided run is."""
    words = ["--requirement", "UNI-CHT-002b", "--requirement", "TS-CHAT-5.5", "-q"]
    words += ["--profile", "quick", "--repeat", "0", "--evidence", "all"]
    with reference(("subject-cut", "allow-missing")) as server:
        target = str(full_target(tmp_path, server.root))

        def run(name: str, *more: str) -> str:
            main(["run", target, *words, "--out", str(tmp_path / name), *more])
            return str(tmp_path / name)

        whole = document(Path(run("whole")))
        found = {}
        for count in (1, 2, 5, 8):
            folders = [
                run(f"{count}-{number}", "--shard", f"{number}/{count}")
                for number in range(1, count + 1)
            ]
            out = tmp_path / f"merged-{count}"
            code = main(["merge", *folders, "--out", str(out), "-q"])
            found[count] = (code, essence(document(out)))
    assert whole["exitCode"] == 1
    assert main(["verify", str(tmp_path / "merged-2")]) == 0
    assert found == dict.fromkeys(found, (1, essence(whole)))
