"""HAR in and out: what browsers and proxies write is read, and what is written is read again."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import TEMPLATES
from rcs_conformance.traffic.entries import Entry
from rcs_conformance.traffic.har import NO_BODY, NO_RESPONSE, SCHEMA, har_document, read_har
from rcs_conformance.traffic.secrecy import without_secrets
from tests.traffic.hars import (
    CANARIES,
    Json,
    bare,
    created,
    document,
    entry,
    error,
    in_base64,
    secretive,
    with_pseudo_fields,
    written,
)
from tests.traffic.scripted import scripted


def read(tmp_path: Path, *entries: Json) -> tuple[Entry, ...]:
    """The entries of a file with these."""
    return read_har(written(tmp_path / "a.har", *entries)).entries


def test_body_in_base64_is_read(tmp_path: Path) -> None:
    """It is the same as one in plain text."""
    one, other = read(tmp_path, entry(text=error()), in_base64(entry(text=error())))
    assert one.body == other.body == error().encode()


def test_missing_members_are_no_mistake(tmp_path: Path) -> None:
    """Headers, times and bodies may be missing."""
    (found,) = read(tmp_path, bare(entry()))
    assert (found.request_headers, found.body, found.seconds) == ((), b"", 0.0)


def test_pseudo_fields_are_none(tmp_path: Path) -> None:
    """HTTP/2 has the request line in fields that are no header fields."""
    (found,) = read(tmp_path, with_pseudo_fields(entry()))
    assert found.request_headers == ()


def test_what_has_no_response_or_no_body_is_left_out(tmp_path: Path) -> None:
    """A browser keeps requests that were broken off, and drops bodies that are large."""
    lost = entry(text=None)
    lost["response"]["content"]["size"] = 77
    lost["request"]["method"] = "POST"
    found = read_har(written(tmp_path / "a.har", entry(status=0), lost, entry()))
    assert len(found.entries) == 1
    assert found.unusable == {NO_RESPONSE: 1, NO_BODY: 1}
    assert len(found.gaps) == 1


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"{", "not JSON, or cut off"),
        (b"[]", "top level"),
        (b'{"log": {"entries": [{"request": {}}]}}', "log/entries/0"),
        (json.dumps(document({**entry(), "time": "now"})).encode(), "log/entries/0/time"),
    ],
)
def test_bad_file_gets_one_line(tmp_path: Path, content: bytes, told: str) -> None:
    """It names the place, and what would be right."""
    file = tmp_path / "bad.har"
    file.write_bytes(content)
    with pytest.raises(ConfigurationError) as raised:
        read_har(file)
    assert told in str(raised.value)
    assert "give a HAR" in str(raised.value)
    assert "\n" not in str(raised.value)


def test_broken_base64_gets_one_line(tmp_path: Path) -> None:
    """A body that is not in the encoding that it names."""
    broken = in_base64(entry(text="x"))
    broken["response"]["content"]["text"] = "%%%"
    with pytest.raises(ConfigurationError, match="log/entries/0: a body is not"):
        read(tmp_path, broken)


def test_missing_file_gets_one_line(tmp_path: Path) -> None:
    """There is none of the name."""
    with pytest.raises(ConfigurationError, match="No such file"):
        read_har(tmp_path / "none.har")


def test_what_is_written_is_read_again_and_fits_the_schema(tmp_path: Path) -> None:
    """Notifications among it, as entries that are marked."""
    entries = without_secrets(scripted()[:200])
    form = json.loads(json.dumps(har_document(entries, "1")))
    Draft202012Validator(json.loads((TEMPLATES / SCHEMA).read_text())).validate(form)
    file = tmp_path / "again.har"
    file.write_text(json.dumps(form))
    again = read_har(file).entries
    assert [(each.inbound, each.url, each.status) for each in again] == [
        (each.inbound, each.url, each.status) for each in entries
    ]
    assert any(each.inbound for each in again)


def test_no_secret_is_left(tmp_path: Path) -> None:
    """Neither of credentials, nor where a server sends them back."""
    entries = without_secrets(read(tmp_path, secretive(), created()))
    shown = json.dumps(har_document(entries, "1")) + repr(entries)
    assert [each for each in CANARIES if each in shown] == []
    assert "talk" in shown
