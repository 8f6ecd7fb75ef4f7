"""Negotiation, verbs, error bodies and access over real sockets."""

from http.client import HTTPConnection
from urllib.parse import quote, unquote, urlencode

import pytest

from tests.reference.conftest import OpenBed
from tests.reference.testbed import USERS, Bed

XML, JSON, FORM = "application/xml", "application/json", "application/x-www-form-urlencoded"
CHAT = "urn:oma:xml:rest:netapi:chat:1"


@pytest.mark.parametrize(
    ("accept", "query", "expected"),
    [
        (None, "", XML),
        ("*/*", "", XML),
        ("*/*", "?resFormat=JSON", JSON),
        ("*/*", "?resFormat=xml", XML),
        (JSON, "?resFormat=XML", JSON),
        ("application/xml;q=0.4, application/json;q=0.5", "", JSON),
        ("application/json;q=0.4, */*;q=0.9", "", XML),
        ("application/xml;q=0, */*", "", JSON),
        ("text/html, */*;q=0.1", "?resFormat=JSON", JSON),
        ("application/json;q=nonsense, application/xml;q=0.1", "", XML),
        ("application/*", "?resFormat=JSON", JSON),
    ],
)
def test_answers_are_negotiated(bed: Bed, accept: str | None, query: str, expected: str) -> None:
    """Accept decides, then resFormat, then XML."""
    url = bed.url(0, "subscriptions") + query
    response = bed.ask(0, "GET", url, headers={"Accept": accept})
    assert (response.status_code, response.headers["Content-Type"]) == (200, expected)


@pytest.mark.parametrize(
    ("accept", "query"),
    [("text/html", ""), ("*/*;q=0", ""), ("*/*", "?resFormat=PDF"), (f"{XML};q=0", "")],
)
def test_other_formats_are_not_acceptable(bed: Bed, accept: str, query: str) -> None:
    """406 if the client accepts neither of the two; the error is in one of them."""
    url = bed.url(0, "subscriptions") + query
    response = bed.ask(0, "GET", url, headers={"Accept": accept})
    assert response.status_code == 406
    assert b"requestError" in response.content


def test_answer_follows_the_request(bed: Bed) -> None:
    """Without a preference the response has the format of the request, errors too."""
    response = bed.ask(0, "POST", bed.url(0, "group"), {"chatMessage": {"text": "no"}})
    assert (response.status_code, response.headers["Content-Type"]) == (400, JSON)
    assert response.json()["requestError"]["serviceException"]["messageId"] == "SVC0002"


def test_xml_request(bed: Bed) -> None:
    """A chat starts in XML, whatever the prefix; the other form is read from the same chat."""
    body = (
        f'<x:groupChatSessionInformation xmlns:x="{CHAT}"><subject>Hi</subject>'
        f"<participant><address>{USERS[1]}</address></participant><isClosed>1</isClosed>"
        "</x:groupChatSessionInformation>"
    )
    response = bed.ask(0, "POST", bed.url(0, "group"), body, {"Content-Type": XML})
    assert (response.status_code, response.headers["Content-Type"]) == (201, XML)
    read = bed.ask(0, "GET", response.headers["Location"], headers={"Accept": JSON}).json()
    assert read["groupChatSessionInformation"]["isClosed"] is True


def test_form_requests(bed: Bed) -> None:
    """Subscriptions, chats, messages and isComposing are accepted as form fields."""
    head = {"Content-Type": FORM, "Accept": JSON}
    fields = urlencode({"notifyURL": f"{bed.listener.root}/1", "notificationFormat": "JSON"})
    assert bed.ask(1, "POST", bed.url(1, "subscriptions"), fields, head).status_code == 201
    fields = urlencode([("subject", "a b"), ("address", USERS[1]), ("address", USERS[2])])
    response = bed.ask(0, "POST", bed.url(0, "group"), fields, head)
    chat = response.headers["Location"]
    assert [*bed.statuses(0, chat)] == list(USERS[:3])
    bed.accept(1)
    for fields, status in (("text=a+b", 201), ("state=active&refresh=60", 204)):
        sent = bed.ask(0, "POST", f"{chat}/messages", fields, head)
        assert sent.status_code == status, sent.text
    told = bed.listener.wait_for(1, "chatMessageNotification", 2)
    assert told[0]["chatMessage"]["text"] == "a b"
    assert told[1]["isComposing"] == {"state": "active", "refresh": 60}


@pytest.mark.parametrize(
    ("kind", "resource", "body"),
    [
        ("text/plain", "group", "{}"),
        (None, "group", "{}"),
        (FORM, "group/none/participants", "address=x"),
        ("application/json; charset=latin-1", "group", "{}"),
    ],
)
def test_unsupported_media(bed: Bed, kind: str | None, resource: str, body: str) -> None:
    """415 for types that no resource, or not this one, accepts."""
    response = bed.ask(0, "POST", bed.url(0, resource), body, {"Content-Type": kind})
    assert response.status_code == 415


def test_charset_of_ours_is_taken(bed: Bed) -> None:
    """UTF-8 may be named."""
    kind = {"Content-Type": 'application/json; charset="UTF-8"'}
    body = '{"chatNotificationSubscription":{"callbackReference":{"notifyURL":"http://h/"}}}'
    assert bed.ask(0, "POST", bed.url(0, "subscriptions"), body, kind).status_code == 201


@pytest.mark.parametrize(
    "body",
    ["", "{", "[]", '{"unknownRoot":{}}', '{"groupChatSessionInformation":{"participant":[]}}']
    + [
        f'{{"groupChatSessionInformation":{{"participant":[{{"address":"{address}"}}]}}}}'
        for address in ("", "nobody", "tel:+15550100", "mailto:x@y")
    ]
    + ['{"groupChatSessionInformation":{"participant":[{"address":"tel:+1"}],"subject":"\\u0001"}}']
    + [
        '{"groupChatSessionInformation":{"participant":'
        '[{"address":"tel:+15550101","isOriginator":true}]}}'
    ],
)
def test_bad_start_is_refused(bed: Bed, body: str) -> None:
    """A body that is malformed or has no recipients starts nothing."""
    bed.subscribe(1)
    response = bed.ask(0, "POST", bed.url(0, "group"), body, {"Content-Type": JSON})
    assert response.status_code == 400
    assert response.json()["requestError"]["serviceException"]["messageId"].startswith("SVC")
    assert bed.server.quiesce()
    assert not bed.listener.bodies


def test_large_body_is_refused(bed: Bed) -> None:
    """A body beyond the limit is rejected, and the connection goes on."""
    chat = bed.start(1)
    assert bed.send(0, chat, "x" * (1 << 20)).status_code == 413
    assert bed.send(0, chat, "x" * 1000).status_code == 201


@pytest.mark.parametrize(
    ("method", "segments", "allow"),
    [
        ("PUT", "subscriptions", "GET, POST"),
        ("GET", "group", "POST"),
        ("HEAD", "group", "POST"),
        ("PATCH", "group/none", "GET, DELETE"),
        ("DELETE", "group/none/participants/x/status", "PUT"),
    ],
)
def test_wrong_verb(bed: Bed, method: str, segments: str, allow: str) -> None:
    """405 with the verbs that the resource has."""
    response = bed.ask(0, method, bed.url(0, segments))
    assert (response.status_code, response.headers["Allow"]) == (405, allow)


def test_head_and_options(bed: Bed) -> None:
    """HEAD is GET without a body; OPTIONS lists the verbs."""
    head = bed.ask(0, "HEAD", bed.url(0, "subscriptions"))
    assert (head.status_code, head.content) == (200, b"")
    assert int(head.headers["Content-Length"]) > 0
    options = bed.ask(0, "OPTIONS", bed.url(0, "subscriptions"))
    assert (options.status_code, options.headers["Allow"]) == (204, "GET, POST")


@pytest.mark.parametrize(
    "segments",
    [
        "",
        "nothing",
        "subscriptions/none",
        "group/",
        "group/none",
        "oneToOne/x/none",
        "oneToOne/x/adhoc",
        "longLivedGroup/none",
        "files/none",
    ],
)
def test_unknown_resources(bed: Bed, segments: str) -> None:
    """404, for what does not exist and for what is not there yet."""
    response = bed.ask(0, "GET", bed.url(0, segments))
    assert response.status_code == 404
    assert b"SVC2002" in response.content


@pytest.mark.parametrize("value", [None, "Bearer wrong", "Basic dG9rZW4tMA==", "Bearer"])
def test_missing_or_bad_token(bed: Bed, value: str | None) -> None:
    """401 with a challenge, and nothing is changed."""
    chat = bed.start(1)
    response = bed.ask(0, "DELETE", chat, headers={"Authorization": value})
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Bearer ")
    assert bed.ask(0, "GET", chat).status_code == 200


@pytest.mark.parametrize(("variations", "status"), [((), 403), (("foreign-hidden",), 404)])
def test_token_of_another_user(
    open_testbed: OpenBed, variations: tuple[str, ...], status: int
) -> None:
    """403, or 404 where a variation hides the resource; nothing is changed."""
    bed = open_testbed(variations=variations)
    chat = bed.start(1)
    assert bed.ask(1, "DELETE", chat).status_code == status
    assert bed.ask(0, "GET", chat).status_code == 200
    assert (
        bed.ask(
            0, "GET", bed.url(0).replace(quote(USERS[0], safe=""), "x") + "/group/1"
        ).status_code
        == status
    )


def test_urls_follow_the_host(bed: Bed) -> None:
    """URLs begin with the requested host; an invalid host is rejected."""
    url = bed.url(0, "subscriptions")

    def root(**headers: str) -> str:
        response = bed.ask(0, "GET", url, headers={"Accept": JSON, **headers})
        shown: str = response.json()["chatSubscriptionList"]["resourceURL"]
        return shown.partition("/chat/")[0]

    assert root() == bed.server.root
    assert root(Host="gateway:81") == "http://gateway:81"
    assert bed.ask(0, "GET", url, headers={"Host": "evil<script>"}).status_code == 400


def test_absolute_request_target(bed: Bed) -> None:
    """A request target with scheme and host, as proxies send it, means the same."""
    host = bed.server.root.removeprefix("http://")
    connection = HTTPConnection(host, timeout=5)
    headers = {"Authorization": "Bearer token-0"}
    connection.request("GET", bed.url(0, "subscriptions"), headers=headers)
    assert connection.getresponse().status == 200
    connection.close()


@pytest.mark.parametrize(
    ("trigger", "body", "status"),
    [
        ("pending", "{", 400),
        ("pending", "[]", 400),
        ("pending", "{}", 404),
        ("end", '{"sessionId": 7}', 404),
        ("disable", "{}", 404),
        ("services", "{}", 404),
        ("nothing", "{}", 404),
    ],
)
def test_triggers_that_cannot_be_pulled(bed: Bed, trigger: str, body: str, status: int) -> None:
    """A trigger that is unknown or finds nothing says so."""
    url = f"{bed.server.root}/__control/v1/{trigger}"
    assert bed.ask(0, "POST", url, body).status_code == status


def test_control_takes_post_only(bed: Bed) -> None:
    """Reading a trigger pulls nothing."""
    assert bed.ask(0, "GET", f"{bed.server.root}/__control/v1/end").status_code == 405


def test_expired_chat_is_gone_silently(bed: Bed) -> None:
    """After the trigger the chat is not found; a second time there is none to expire."""
    bed.subscribe(0, 1)
    chat = bed.start(1)
    first = bed.accept(1)
    session = bed.listener.wait_for(1, "groupChatSessionInvitationNotification")[0]["sessionId"]
    given = {"userId": USERS[1], "sessionId": session}
    url = f"{bed.server.root}/__control/v1/expire"
    assert bed.ask(0, "POST", url, given).status_code == 204
    assert bed.ask(0, "POST", url, given).status_code == 404
    status = {"participantSessionStatus": {"status": "Connected"}}
    assert bed.ask(1, "PUT", f"{bed.own(1, first)}/status", status).status_code == 404
    assert bed.send(0, chat, "anyone?").status_code == 404


def test_invitation_that_expired_can_be_joined_late(bed: Bed) -> None:
    """After the trigger the user is Disconnected, and may join; a second time nothing expires."""
    bed.subscribe(1, 2)
    chat = bed.start(1, 2)
    bed.accept(2)
    own = bed.invitation(1)
    given = {"userId": USERS[1], "sessionId": unquote(own.rpartition("/")[2])}
    url = f"{bed.server.root}/__control/v1/expire_invitation"
    assert bed.ask(0, "POST", url, given).status_code == 204
    shown = bed.ask(0, "GET", f"{chat}/participants").text
    assert "Disconnected" in shown
    assert "Invited" not in shown
    assert bed.ask(0, "POST", url, given).status_code == 404
    status = {"participantSessionStatus": {"status": "Connected"}}
    assert bed.ask(1, "PUT", f"{bed.own(1, own)}/status", status).status_code == 204


def test_nobody_accepts_for_another(bed: Bed) -> None:
    """Participants set only their own status, and only to Connected."""
    bed.subscribe(1)
    bed.start(1, 2)
    chat = bed.invitation(1)
    status = {"participantSessionStatus": {"status": "Connected"}}
    assert bed.ask(1, "PUT", f"{bed.own(2, chat)}/status", status).status_code == 403
    wrong = {"participantSessionStatus": {"status": "Disconnected"}}
    assert bed.ask(1, "PUT", f"{bed.own(1, chat)}/status", wrong).status_code == 400


def test_correlators_of_chats_messages_and_participants(bed: Bed) -> None:
    """Repetitions make nothing twice, and correlators are shown to whose they are."""
    bed.subscribe(0, 1, 2)
    chats = {bed.start(1, clientCorrelator="c") for _ in range(2)}
    assert len(chats) == 1
    (chat,) = chats
    bed.accept(1)
    sent = [bed.send(0, chat, "once", clientCorrelator="c") for _ in range(2)]
    assert sent[0].headers["Location"] == sent[1].headers["Location"]
    assert sent[0].json()["chatMessage"]["clientCorrelator"] == "c"
    entry = {"address": USERS[2], "clientCorrelator": "c"}
    for _ in range(2):
        body = {"participantList": {"participant": [entry]}}
        bed.ask(0, "POST", f"{chat}/participants", body)
    assert bed.server.quiesce()
    assert len(bed.listener.of(2)) == 1
    assert len(bed.listener.wait_for(1, "chatMessageNotification")) == 1
    assert bed.ask(0, "DELETE", chat).status_code == 204
    assert bed.start(1, clientCorrelator="c") != chat
