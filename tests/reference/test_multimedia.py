"""Multimedia messages over real sockets: sending, notifications, downloading."""

import os
from urllib.parse import quote

import pytest
import requests

from tests.reference.conftest import OpenBed
from tests.reference.script_chats import MULTIPART, multipart
from tests.reference.testbed import USERS, Bed

MULTIMEDIA = "multimediaChatMessageNotification"
XML = '<c:chatMessage xmlns:c="urn:oma:xml:rest:netapi:chat:1"><text>é</text></c:chatMessage>'
CONTENTS = (b"", b"\r\n", b"--frontier", b"\r", b"\n\n", b"a\r\n.\r\n--x\r", bytes(range(256)))


def _upload(
    bed: Bed,
    url: str,
    content: bytes = b"GIF89a",
    *,
    kind: str = "image/gif",
    root: str = '{"chatMessage":{"text":""}}',
    root_kind: str = "application/json",
) -> requests.Response:
    boundary = "e1b5a1f0"
    parts = (
        ('form-data; name="root-fields"', root_kind, root.encode()),
        ('form-data; name="attachments"; filename="a b.gif"', kind, content),
    )
    body = b"".join(
        f"--{boundary}\r\nContent-Disposition: {name}\r\nContent-Type: {kind}\r\n\r\n".encode()
        + data
        + b"\r\n"
        for name, kind, data in parts
    )
    headers = {"Content-Type": f"multipart/form-data; boundary={boundary}"}
    headers |= {"Authorization": "Bearer token-0", "Accept": "application/json"}
    return requests.post(
        url, data=body + f"--{boundary}--\r\n".encode(), headers=headers, timeout=5
    )


@pytest.mark.parametrize("content", [*CONTENTS, os.urandom(100_000)], ids=len)
def test_content_arrives_unchanged(party: Bed, content: bytes) -> None:
    """The receiver is notified of type and URL; its own token downloads the same bytes."""
    mine, own = party.opened()
    kind = "Image/GIF; q=1; name=x"
    response = _upload(party, f"{mine}/messages", content, kind=kind)
    assert response.status_code == 201, response.text
    assert response.json()["chatMessage"]["status"] == "Sent"
    told = party.listener.wait_for(1, MULTIMEDIA)[0]
    assert (told["contentType"], told["senderAddress"]) == (kind, USERS[0])
    assert own.endswith(quote(told["sessionId"], safe=""))
    assert told["chatMessage"] == {"text": ""}
    file = party.ask(1, "GET", told["fileURL"], headers={"Accept": "image/*"})
    assert (file.content, file.headers["Content-Type"]) == (content, kind)
    assert party.ask(0, "GET", told["fileURL"]).status_code == 403
    bare = {"Authorization": None}
    assert party.ask(1, "GET", told["fileURL"], headers=bare).status_code == 401


def test_every_kind_of_chat_takes_content(party: Bed) -> None:
    """The notification names the chat as a text message does."""
    group = party.start(1)
    party.accept(1)
    club = party.club(1).headers["Location"]
    for url in (party.beside(0, 1, "adhoc"), group, club):
        assert _upload(party, f"{url}/messages", root=XML, root_kind="application/xml").ok
    told = party.listener.wait_for(1, MULTIMEDIA, 3)
    assert [one["chatMessage"]["text"] for one in told] == ["é", "é", "é"]
    assert told[0]["sessionId"] == "adhoc"
    invitation = party.listener.wait_for(1, "groupChatSessionInvitationNotification")[0]
    assert told[1]["sessionId"] == invitation["sessionId"]
    assert told[2]["groupChatId"] == party.read(0, club)["groupChatId"]
    assert "sessionId" not in told[2]


def test_reports_and_pending_are_as_of_text(party: Bed) -> None:
    """A requested report comes; after the trigger the status comes later."""
    url = party.club(1).headers["Location"]
    group_id = party.read(0, url)["groupChatId"]
    party.pull("pending", groupChatId=group_id, userId=USERS[0])
    root = '{"chatMessage":{"text":"","reportRequest":["Displayed"],"clientCorrelator":"c"}}'
    first = _upload(party, f"{url}/messages", root=root)
    assert "status" not in first.json()["chatMessage"]
    assert party.listener.wait_for(0, "chatMessageStatusNotification")[0]["status"] == "Sent"
    again = _upload(party, f"{url}/messages", root=root)
    assert again.headers["Location"] == first.headers["Location"]
    link = party.listener.wait_for(1, MULTIMEDIA)[0]["link"][0]["href"]
    body = {"messageStatusReport": {"status": "Displayed"}}
    assert party.ask(1, "PUT", link, body).status_code == 204
    reports = party.listener.wait_for(0, "chatMessageStatusNotification", 2)
    assert reports[-1]["status"] == "Displayed"
    assert len(party.listener.wait_for(1, MULTIMEDIA)) == 1


@pytest.mark.parametrize("text", ["", ',"chatMessage":{"text":"Look"}'])
def test_first_message_may_have_content(party: Bed, text: str) -> None:
    """The invited user is notified of the session first, then of the content."""
    root = (
        f'{{"chatSessionInformation":{{"originatorAddress":"{USERS[0]}",'
        f'"tParticipantAddress":"{USERS[1]}"{text}}}}}'
    )
    response = _upload(party, party.beside(0, 1), b"content", root=root)
    assert response.status_code == 201, response.text
    told = party.listener.wait_for(1, MULTIMEDIA)[0]
    names = [name for name, _ in party.listener.of(1)]
    assert names == ["chatSessionInvitationNotification", MULTIMEDIA]
    invitation = party.listener.of(1)[0][1]
    assert told["sessionId"] == invitation["sessionId"]
    assert invitation["chatMessage"]["text"] == ("Look" if text else "")
    assert party.ask(1, "GET", told["fileURL"]).content == b"content"


BODY = multipart({"chatMessage": {"text": ""}})
NESTED = "--x\r\nContent-Type: text/plain\r\n\r\na\r\n--x--"


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (BODY.replace("root-fields", "other"), MULTIPART, 400),
        (BODY.replace("attachments", "other"), MULTIPART, 400),
        (BODY.replace('{"chatMessage"', '{"chatMessage'), MULTIPART, 400),
        (BODY.replace("application/json", "text/plain"), MULTIPART, 400),
        (BODY.replace("image/gif", "nonsense"), MULTIPART, 400),
        (
            multipart({"chatMessage": {"text": ""}}, NESTED, "multipart/mixed; boundary=x"),
            MULTIPART,
            400,
        ),
        (BODY.replace('{"text": ""}', '{"text": "\\u0001"}'), MULTIPART, 400),
        (multipart({"isComposing": {"state": "idle"}}), MULTIPART, 400),
        ("nothing", MULTIPART, 400),
        (BODY, "multipart/form-data", 400),
        (BODY, "multipart/mixed; boundary=frontier", 415),
    ],
)
def test_parts_must_be_there(bed: Bed, body: str, kind: str, status: int) -> None:
    """A body whose parts are missing or malformed sends nothing."""
    bed.subscribe(1)
    url = bed.beside(0, 1, "adhoc", "messages")
    assert bed.ask(0, "POST", url, body, {"Content-Type": kind}).status_code == status
    assert bed.server.quiesce()
    assert not bed.listener.bodies


def test_content_is_limited(bed: Bed) -> None:
    """A body beyond the limit is rejected, and other resources take no content."""
    url = bed.beside(0, 1, "adhoc", "messages")
    assert _upload(bed, url, b"x" * (1 << 20)).status_code == 413
    assert _upload(bed, bed.url(0, "group")).status_code == 415
    assert bed.ask(0, "GET", bed.url(0, "files", "none")).status_code == 404


def test_chat_that_is_not_there_takes_nothing(bed: Bed) -> None:
    """404, as for text."""
    assert _upload(bed, bed.url(0, "group", "none", "messages")).status_code == 404


def test_files_may_be_open(open_testbed: OpenBed) -> None:
    """A variation needs no token."""
    bed = open_testbed(variations=("files-open-to-all",))
    bed.subscribe(1)
    _upload(bed, bed.beside(0, 1, "adhoc", "messages"), b"content")
    url = bed.listener.wait_for(1, MULTIMEDIA)[0]["fileURL"]
    response = bed.ask(1, "GET", url, headers={"Authorization": None})
    assert response.content == b"content"
