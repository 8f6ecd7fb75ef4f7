"""HAR in and out: what browsers and proxies write is read, and what is written is read again."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import TEMPLATES
from rcs_conformance.traffic.entries import Entry, Frame, Lost
from rcs_conformance.traffic.har import (
    CACHED,
    NO_BODY,
    NO_ENTRY,
    NO_FIELDS,
    NO_RESPONSE,
    NO_TEXT,
    NO_TIME,
    NO_URL,
    SCHEMA,
    har_document,
    read_har,
)
from rcs_conformance.traffic.secrecy import without_secrets
from tests.traffic.hars import (
    CANARIES,
    Json,
    bare,
    created,
    document,
    entry,
    error,
    fields,
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
    assert (found.request_headers, found.body, found.seconds) == ((), b"", 30.0)


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
    assert [each.method for each in found.lost] == ["GET", "POST"]


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


def test_unusable_entry_is_left_out(tmp_path: Path) -> None:
    """Whatever is wrong with it, the others are read, and it is known that something is missing."""
    bad = [entry("POST") for _ in range(7)]
    bad[0]["response"] = None
    bad[1]["response"]["status"] = "200"
    bad[2]["startedDateTime"] = "yesterday"
    bad[3]["request"]["url"] = "http://[::1"
    bad[4] = in_base64(entry("POST", text="x"))
    bad[4]["response"]["content"]["text"] = "%%%"
    bad[5]["response"]["content"]["text"] = "\ud800"
    bad[6]["_webSocketMessages"] = [{"type": "receive", "time": 1e20, "data": "x"}]
    found = read_har(written(tmp_path / "a.har", *bad, entry()))
    place = f"{NO_ENTRY}log/entries/0/response"
    assert found.unusable == {place: 2, NO_TIME: 2, NO_URL: 1, NO_TEXT: 2}
    assert [each.number for each in found.entries] == [8]
    assert len(found.lost) == 7


def test_what_the_server_did_not_say_is_left_out(tmp_path: Path) -> None:
    """A cache of the client did, or whoever saved the file took the header fields away."""
    bad = [entry(_fromCache="disk"), entry(_serviceWorkerResponseSource="cache-storage"), entry()]
    bad[2]["response"]["content"]["mimeType"] = "application/json"
    good = entry(_serviceWorkerResponseSource="network")
    found = read_har(written(tmp_path / "a.har", *bad, good))
    assert found.unusable == {CACHED: 2, NO_FIELDS: 1}
    assert [each.number for each in found.entries] == [4]


@pytest.mark.parametrize(
    ("more", "seconds"),
    [
        ({"time": 250}, 0.25),
        ({"time": None}, 30),
        ({"time": -1, "timings": {"wait": -1, "receive": 0}}, 30),
        ({"time": -1, "timings": {"blocked": -1, "connect": 50, "ssl": 40, "wait": 200}}, 0.25),
    ],
)
def test_exchange_without_a_duration_may_have_taken_long(
    tmp_path: Path, more: Json, seconds: float
) -> None:
    """Else it would be said to be over while it went on, and others to be behind it."""
    (found,) = read(tmp_path, entry(**more))
    assert found.seconds == seconds


@pytest.mark.parametrize("time", [1e300, float("inf"), float("nan"), -1, None])
def test_strange_duration_is_no_mistake(tmp_path: Path, time: float | None) -> None:
    """It is bounded."""
    (found,) = read(tmp_path, entry(time=time))
    assert 0 <= found.seconds <= 1e6


@pytest.mark.parametrize("keep", [0.999, 0.7, 0.4])
def test_file_that_is_cut_off_is_used_as_far_as_it_goes(tmp_path: Path, keep: float) -> None:
    """A line says so, and nothing counts as missing."""
    whole = written(tmp_path / "a.har", *(entry(text="ü" * 99) for _ in range(9))).read_bytes()
    file = tmp_path / "cut.har"
    file.write_bytes(whole[: int(len(whole) * keep)])
    found = read_har(file)
    assert len(found.entries) == int(9 * keep)
    assert found.remarks == (f"{file} is cut off: what is whole before that is used",)
    assert found.lost == (Lost(started=None, may_change=False),)


@pytest.mark.parametrize("count", [1, 3])
def test_file_of_a_proxy_that_was_killed_is_read(tmp_path: Path, count: int) -> None:
    """It has an entry on each line."""
    file = tmp_path / "traffic.har.new"
    file.write_text("".join(json.dumps(entry()) + "\n" for _ in range(count)))
    assert len(read_har(file).entries) == count


def test_another_version_is_a_line(tmp_path: Path) -> None:
    """The file is read all the same."""
    form = document(entry())
    form["log"]["version"] = "2.0"
    file = tmp_path / "a.har"
    file.write_text(json.dumps(form))
    found = read_har(file)
    assert (len(found.entries), found.remarks) == (1, (f"{file} is HAR '2.0', read as HAR 1.2",))


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


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ('{"notifyURL": "http://c/cb?token=abc12345&x=1"}', "http://c/cb?token=***1&x=1"),
        ('{"notifyURL": "http:\\/\\/c\\/cb?key=abc\\/12345"}', "cb?key=***1"),
        ("notifyURL=http%3A%2F%2Fc%2Fcb%3Fkey%3Dabc%252F45%26x%3D1", "cb%3Fkey%3D***1%26x%3D1"),
        ("<notifyURL>http://c/cb?x=1&amp;sid=abc12345</notifyURL>", "x=1&amp;sid=***1</notify"),
        ('"http://c/cb?token=***7"', '"http://c/cb?token=***7"'),
        ('{"link": "https://joe:abc12345@c/cb"}', '{"link": "https://c/cb"}'),
        ('{"refresh_token" : "abc12345"}', '{"refresh_token" : "***"}'),
        ('{"accessToken": "abc12345", "secret": "abc67890"}', '"***", "secret": "***"'),
        ("<t:accessToken>abc12345</t:accessToken>", "<t:accessToken>***</"),
        ("<password type='plain'> abc12345 </password>", "'plain'> *** </"),
        ("password=abc12345", "password=***"),
        ("at Authorization: Bearer abc12345.x", "Bearer ***"),
    ],
)
def test_secret_in_a_body_is_taken_out(given: str, shown: str) -> None:
    """In the parameters of its URLs, before their hosts, and as a member of OAuth."""
    plain = replace(scripted()[0], request_body=given.encode())
    (found,) = without_secrets([plain])
    assert shown in found.request_body.decode()
    assert "abc" not in found.request_body.decode()


@pytest.mark.parametrize(
    ("name", "value", "shown"),
    [
        ("x-session-id", "abc12345", "***"),
        ("x-user-auth", "abc12345", "***"),
        ("authentication", "Bearer abc12345", "***"),
        ("x-forwarded-user", "Bearer abc12345", "Bearer ***"),
        ("sec-websocket-protocol", "bearer, abc12345", "***"),
        ("sec-websocket-protocol", "rcs.notifications", "rcs.notifications"),
        ("www-authenticate", 'Bearer realm="abc"', 'Bearer realm="abc"'),
    ],
)
def test_secret_in_a_field_is_taken_out(name: str, value: str, shown: str) -> None:
    """By the name of the field, or by what its value looks like; elsewhere, too."""
    plain = replace(scripted()[0], headers=((name, value),), request_body=b"of abc12345")
    (found,) = without_secrets([plain])
    assert found.headers == ((name, shown),)
    assert found.request_body == (b"of ***" if "abc12345" in value else b"of abc12345")


@pytest.mark.parametrize("text", ["Bearer authentication required", "the token: abcdefghi"])
def test_word_stays(text: str) -> None:
    """What names credentials is none."""
    (found,) = without_secrets([replace(scripted()[0], body=text.encode())])
    assert found.body.decode() == text


def test_secret_in_a_message_of_a_web_socket_is_taken_out() -> None:
    """Where a client has no other place for its token."""
    said = Frame(sent=True, time=scripted()[0].started, text='{"access_token": "abc12345"}')
    (found,) = without_secrets([replace(scripted()[0], frames=(said,))])
    assert found.frames[0].text == '{"access_token": "***"}'


def test_form_in_which_a_token_is_asked_for_shows_no_secret(tmp_path: Path) -> None:
    """Its fields are secrets wherever else they stand."""
    sent = fields(content_type="application/x-www-form-urlencoded")
    asked = {
        "mimeType": "",
        "text": "grant_type=password&password=can%2Bary12&client_secret=canary34",
    }
    (found,) = without_secrets(read(tmp_path, entry("POST", asked=asked, sent=sent)))
    assert found.request_body == b"grant_type=password&password=***1&client_secret=***2"
