"""The smallest run with a record: none of the suites' tests was in it, so nothing is played."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.kit import TARGETS, suite_version
from rcs_conformance.model.exchange import Notification
from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.options import Settings
from rcs_conformance.record import Recorder
from rcs_conformance.record.archive import chain_ends, chain_file, seal
from rcs_conformance.report.writing import write_reports
from rcs_conformance.runs.parts import Part, write_part
from rcs_conformance.runs.shards import Shard
from rcs_conformance.target import Target, load_target
from rcs_conformance.verdict import RunInformation, judge

SEED = 7


def target() -> Target:
    """The target of the record."""
    return load_target(TARGETS / "embedded.toml")


def recorded(
    out: Path,
    seed: int = SEED,
    shard: Shard | None = None,
    heard: Sequence[Notification] = (),
) -> Path:
    """The output folder of a run, or of a part of it, that heard some notifications.

    Whoever forges a run makes it like this: every hash fits.
    """
    catalogue = load_catalogue()
    settings = Settings(
        out=None,
        formats=tuple(Format),
        selection=(),
        profile="standard",
        seed=seed,
        lock_file=Path("lock"),
        release=catalogue.latest,
        shard=shard,
    )
    head = {
        "chain": "main",
        "suite": suite_version(),
        "settings": json.loads(settings.to_json()),
        "target": json.loads(target().without_secrets().to_json()),
    }
    out.mkdir(parents=True, exist_ok=True)
    recorder = Recorder(chain_file(out, "main"), head, EvidenceLog().redacted_text)
    for each in heard:
        recorder.arrived(each)
    recorder.close()
    given: dict[str, object] = {
        "suite_version": suite_version(),
        "target_name": target().name,
        "target": target().redacted(),
        "seed": seed,
        "started": datetime(2026, 11, 21, 12, 0, tzinfo=UTC),
        "seconds": 1.0,
        "profile": "standard",
        "release": catalogue.latest,
        "chains": chain_ends(out),
        "named_tests": shard is not None,
    }
    information = RunInformation(**given)  # type: ignore[arg-type]  # members of the run
    write_reports(judge(catalogue, target().ics, (), information), out)
    if shard is not None:
        part = Part(
            shard=shard, tests=0, whole="digest", named_tests=False, arguments=(), records=()
        )
        write_part(part, out)
    seal(out)
    return out
