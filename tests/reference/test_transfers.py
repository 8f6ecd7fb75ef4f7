"""File transfers: subscriptions, offers inside and outside of group chats, and what is rejected."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from tests.reference.in_process import USERS, InProcess
from tests.reference.script_chats import MULTIPART, multipart
from tests.reference.script_transfers import chat, ft_url, offer

TAKEN = {"receiverSessionStatus": {"status": "Connected"}}
INVITATION = "FileTransferSessionInvitationNotification"


def subscribe(server: InProcess, user: int, supported: bool | None = True) -> str:
    """Subscribe a user; the path of the subscription."""
    callback = {"notifyURL": "http://client/ft", "callbackData": "ft"}
    content: dict[str, object] = {"callbackReference": callback}
    if supported is not None:
        content["groupChatReferenceSupported"] = supported
    body = {"fileTransferNotificationSubscription": content}
    status, headers, _ = server.ask(user, "POST", ft_url(user, "subscriptions"), body)
    assert status == 201
    return headers["Location"].removeprefix("http://server:80")


@pytest.fixture
def server() -> InProcess:
    """A server on which three users have subscribed."""
    server = InProcess()
    for user in range(3):
        subscribe(server, user)
    return server


def start(server: InProcess, **members: Any) -> tuple[int, dict[str, Any], str]:  # noqa: ANN401
    """Offer a file by reference as the first user: status, structure or error, path."""
    status, headers, text = server.ask(0, "POST", ft_url(0, "sessions"), offer(**members))
    (content,) = json.loads(text).values()
    return status, content, headers.get("Location", "").removeprefix("http://server:80")


def error(content: dict[str, Any]) -> str:
    """The message id of an error."""
    (exception,) = content.values()
    return str(exception["messageId"])


def told(server: InProcess, user: int, name: str = INVITATION) -> Any:  # noqa: ANN401
    """The last notification of a kind to a user; `None` if there is none."""
    return server.told.get((USERS[user], name))


def own(server: InProcess, user: int) -> str:
    """The path of the last transfer that a user was notified of."""
    return ft_url(user, "sessions", quote(told(server, user).session_id, safe=""))


def test_subscriptions_are_as_those_of_the_chat() -> None:
    """They are listed and read as requested, by their user only, until they are deleted."""
    server = InProcess()
    path = subscribe(server, 0, supported=False)
    status, _, text = server.ask(0, "GET", path)
    shown = json.loads(text)["fileTransferNotificationSubscription"]
    assert (status, shown["groupChatReferenceSupported"]) == (200, False)
    _, _, text = server.ask(0, "GET", ft_url(0, "subscriptions"))
    assert len(json.loads(text)["fileTransferSubscriptionList"]) == 2
    assert server.ask(1, "GET", path)[0] == 403
    assert server.ask(0, "PUT", path, TAKEN)[0] == 405
    assert server.ask(0, "DELETE", path)[0] == 204
    assert server.ask(0, "GET", path)[0] == 404


def test_file_outside_of_any_chat(server: InProcess) -> None:
    """It is offered without a reference, accepted, and ended; each has a session id of its own."""
    status, info, path = start(server, receiverAddress=[USERS[1]])
    assert (status, info["status"]) == (201, "Invited")
    assert told(server, 1).group_chat_url is None
    assert own(server, 1).rpartition("/")[2] != path.rpartition("/")[2]
    assert server.ask(0, "PUT", f"{path}/status", TAKEN)[0] == 403
    assert server.ask(1, "PUT", f"{own(server, 1)}/status", TAKEN)[0] == 204
    assert told(server, 0, "FileTransferAcceptanceNotification").session_id
    assert server.ask(0, "DELETE", path)[0] == 204
    assert told(server, 1, "FileTransferEventNotification").event_type == "SessionEnded"
    assert server.ask(1, "GET", own(server, 1))[0] == 404


def test_content_is_there_once_it_is_accepted(server: InProcess) -> None:
    """Only a receiver that accepted downloads the content."""
    body = multipart(offer(url=None, receiverAddress=[USERS[1]]))
    assert server.ask(0, "POST", ft_url(0, "sessions"), body, kind=MULTIPART)[0] == 201
    assert told(server, 1).file_information.file_url is None
    server.ask(1, "PUT", f"{own(server, 1)}/status", TAKEN)
    url = told(server, 1, "FileTransferFileNotification").file_information.file_url
    path = url.removeprefix("http://server:80")
    assert server.ask(1, "GET", path)[2] == "GIF89a"
    assert server.ask(0, "GET", path.replace("0101", "0100"))[0] == 404


def test_file_in_chat_goes_to_all(server: InProcess) -> None:
    """Without receivers it is offered to all others, each with its own groupChatURL."""
    path = chat(server, ["ft"])
    status, info, _ = start(server, groupChatURL=path)
    assert (status, info["groupChatURL"]) == (201, f"http://server:80{path}")
    assert sorted(info["receiverAddress"]) == list(USERS[1:])
    for user in (1, 2):
        mine = path.replace("0100", f"010{user}")
        assert told(server, user).group_chat_url == f"http://server:80{mine}"


@pytest.mark.parametrize(
    ("services", "where", "expected"),
    [
        (["ft"], "longLivedGroup/none", (404, "SVC3001")),
        (["ft"], "group/none", (404, "SVC3001")),
        (["ft"], "messages", (404, "SVC3001")),
        (["geopushft"], "", (403, "POL3001")),
        ([], "", (403, "POL3001")),
    ],
)
def test_chat_must_be_there_and_take_files(
    server: InProcess, services: list[str], where: str, expected: tuple[int, str]
) -> None:
    """Each has an error of its own, and no user is notified."""
    path = chat(server, services)
    url = server.url(0, where) if where else path
    status, content, _ = start(server, groupChatURL=url, receiverAddress=[USERS[1]])
    assert (status, error(content)) == expected
    assert told(server, 1) is None


def test_chat_of_another_server_is_unknown(server: InProcess) -> None:
    """So is a chat that another user knows by that URL."""
    path = chat(server, ["ft"])
    for url in (f"http://else{path}", path.replace("0100", "0101")):
        status, content, _ = start(server, groupChatURL=url)
        assert (status, error(content)) == (404, "SVC3001")


@pytest.mark.parametrize(
    "members",
    [
        {"receiverAddress": []},
        {"receiverAddress": ["tel:+1999"]},
        {"receiverAddress": [USERS[0]]},
        {"receiverAddress": [USERS[1]], "url": None},
        {"receiverAddress": [USERS[1]], "originatorAddress": USERS[1]},
    ],
    ids=str,
)
def test_what_makes_no_sense_is_refused(server: InProcess, members: dict[str, Any]) -> None:
    """No receiver, an unknown one, the originator; no content; as another user."""
    assert start(server, **members)[0] == 400
    assert told(server, 1) is None


@pytest.mark.parametrize(("supported", "names"), [(True, True), (False, False), (None, False)])
def test_reference_is_for_who_supports_it(supported: bool | None, *, names: bool) -> None:
    """Other clients are notified of the file without the chat."""
    server = InProcess()
    subscribe(server, 1, supported)
    start(server, groupChatURL=chat(server, ["ft"]))
    assert (told(server, 1).group_chat_url is not None) == names


def test_repeated_start_is_the_same(server: InProcess) -> None:
    """The same correlator makes no second transfer."""
    first, second = (
        start(server, receiverAddress=[USERS[1]], clientCorrelator="c")[2] for _ in range(2)
    )
    assert first == second
    assert len([line for line in server.lines if "SessionInvitation" in line]) == 1
