"""The guide to bindings of one's own works as written, from the copy to the run."""

import shlex
from pathlib import Path

from rcs_conformance.binding import shipped_bindings
from rcs_conformance.kit import BINDINGS, ROOT
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatMessageNotification
from rcs_conformance.wire import Codec
from rcs_conformance.wire.schema import violations
from rcs_conformance.wire.vocabulary import dialect

from .conftest import COMMAND, run
from .documents import blocks, commands

GUIDE = "fixtures/bindings/README.md"


def test_commands_of_the_guide_succeed(tmp_path: Path) -> None:
    """Each in its turn, in a folder that has nothing but the bindings; a part finds no failure."""
    (tmp_path / "fixtures").mkdir()
    (tmp_path / "fixtures" / "bindings").symlink_to(BINDINGS)
    given = [shlex.split(line) for line in commands(GUIDE)]
    assert [words[0] for words in given] == ["rcs-conformance", "cp", "rcs-conformance"]

    for words in given:
        own = words[0] == "rcs-conformance"
        done = run([*COMMAND, *words[1:]] if own else words, cwd=tmp_path)

        assert done.returncode == 0, done.stdout + done.stderr
        assert "exit code 0" in done.stdout or not own


def test_example_of_the_guide_reads_its_message(tmp_path: Path) -> None:
    """The lines, in a copy of the default file, make the recorded notification a valid one."""
    recorded, lines = (
        next(each.text for each in blocks(GUIDE) if each.language == language)
        for language in ("json", "toml")
    )
    text = (BINDINGS / "oma-v1.toml").read_text("utf-8")
    for table in lines.split("\n\n"):
        header = table.splitlines()[0]
        place = "[absent]\n" if header.startswith("[absent.") else f"{header}\n"
        entries = table if place == "[absent]\n" else table.partition("\n")[2]
        assert place in text
        text = text.replace(place, f"{place}{entries.rstrip()}\n", 1)
    (tmp_path / "my.toml").write_text(text, "utf-8")
    mine, body = dialect(tmp_path / "my.toml").told, recorded.encode()

    content = Codec.of(mine, ("root-fields", "attachments")).decode(body, Format.JSON).content

    assert content == ChatMessageNotification(
        callback_data="c1",
        session_id="adhoc",
        message_id="m1",
        sender_address="bob@example.com",
        date_time="2026-01-02T03:04:05+00:00",
        chat_message=ChatMessage(text="hello"),
    )
    root = "chatMessageNotification"
    assert violations(body, Format.JSON, root, mine.names, mine.forms) == ()


def test_guide_names_all_that_are_shipped() -> None:
    """Each file has its line, and the guide is one page."""
    text = (ROOT / GUIDE).read_text("utf-8")
    assert all(f"`{name}.toml`" in text for name in shipped_bindings())
    assert len(text.splitlines()) <= 100
