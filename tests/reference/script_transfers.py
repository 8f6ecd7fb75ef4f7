"""Steps of the script with file transfers: in group chats of either kind, and outside of any."""

from typing import Any
from urllib.parse import quote

from tests.reference.in_process import USERS, InProcess
from tests.reference.script_chats import MULTIPART, multipart
from tests.reference.script_media import group_of_two, lasting_of_two

_TAKEN = {"receiverSessionStatus": {"status": "Connected"}}
_SERVICES: tuple[list[str], ...] = (["ft"], ["ft", "geopushft"], ["geopushft"], [])


def ft_url(user: int, *segments: str) -> str:
    """The path of a resource of a user."""
    return "/".join(["/filetransfer/v1", quote(USERS[user], safe=""), *segments])


def offer(*, url: str | None = "http://client/a.png", **members: Any) -> dict[str, object]:  # noqa: ANN401
    """A request to offer a file, by reference unless the URL is `None`."""
    selector = {"name": "a.png", "type": "image/png", "size": 6}
    info: dict[str, object] = {"fileSelector": selector}
    if url is not None:
        info["fileURL"] = url
    given = {"fileInformation": info, "originatorAddress": USERS[0], **members}
    return {"fileTransferSessionInformation": given}


def _path(headers: dict[str, str]) -> str:
    url = headers.get("Location", "/filetransfer/v1/none")
    return url.replace("http://server:80", "")


def _own(server: InProcess, user: int) -> str:
    told: Any = server.told.get((USERS[user], "FileTransferSessionInvitationNotification"))
    return ft_url(user, "sessions", quote((told and told.session_id) or "none", safe=""))


def subscriptions(server: InProcess) -> None:
    """Two clients that support the reference, one that does not, one that does not say."""
    for user, supported in enumerate((True, True, False, None)):
        callback = {"notifyURL": "http://client/ft", "callbackData": "ft"}
        content: dict[str, object] = {"callbackReference": callback}
        if supported is not None:
            content["groupChatReferenceSupported"] = supported
        body = {"fileTransferNotificationSubscription": content}
        _, headers, _ = server.ask(user, "POST", ft_url(user, "subscriptions"), body)
        server.ask(user, "GET", _path(headers))
        server.ask(user, "GET", ft_url(user, "subscriptions"))


def outside(server: InProcess) -> None:
    """Offered, accepted, downloaded, aborted; declined; cancelled."""
    for by_value in (False, True):
        for step in ("abort", "decline", "cancel", "give up"):
            path = _start(server, by_value=by_value, receiverAddress=[USERS[1]])
            own = _own(server, 1)
            if step in ("abort", "give up"):
                server.ask(1, "PUT", f"{own}/status", _TAKEN)
                _fetch(server)
            server.ask(0, "GET", path)
            server.ask(1, "GET", own)
            user = 0 if step in ("abort", "cancel") else 1
            server.ask(user, "DELETE", path if user == 0 else own)
            server.ask(1, "PUT", f"{own}/status", _TAKEN)


def _start(server: InProcess, *, by_value: bool, **members: Any) -> str:  # noqa: ANN401
    body = offer(url=None, **members) if by_value else offer(**members)
    if by_value:
        sent = multipart(body)
        _, headers, _ = server.ask(0, "POST", ft_url(0, "sessions"), sent, kind=MULTIPART)
    else:
        _, headers, _ = server.ask(0, "POST", ft_url(0, "sessions"), body)
    return _path(headers)


def _fetch(server: InProcess) -> None:
    for name in ("FileNotification", "SessionInvitationNotification"):
        told: Any = server.told.get((USERS[1], f"FileTransfer{name}"))
        url = told and told.file_information.file_url
        if url and url.startswith("http://server:80"):
            server.ask(1, "GET", url.removeprefix("http://server:80"))


def inside(server: InProcess) -> None:
    """In chats with and without the service, in one that lost it, and in none."""
    for started in (chat(server, services) for services in _SERVICES):
        for by_value in (False, True):
            path = _start(server, by_value=by_value, groupChatURL=f"http://server:80{started}")
            server.ask(0, "GET", path)
        _start(server, by_value=False, groupChatURL=started, receiverAddress=[USERS[1]])
    for each in ("group/none", "longLivedGroup/none"):
        _start(server, by_value=False, groupChatURL=server.url(0, each), receiverAddress=[USERS[1]])
    for started in (group_of_two(server)[0], lasting_of_two(server)[0]):
        _start(server, by_value=False, groupChatURL=started)


def chat(server: InProcess, services: list[str]) -> str:
    """A long-lived group of all users; its path."""
    people = [{"address": USERS[0], "isOriginator": True}]
    people += [{"address": each} for each in USERS[1:]]
    info = {"subject": "Files", "participant": people, "supportedService": services}
    body = {"longLivedGroupChatInformation": info}
    _, headers, _ = server.ask(0, "POST", server.url(0, "longLivedGroup"), body)
    return _path(headers)


TRANSFER_STEPS = (subscriptions, outside, inside)
"""In order."""
