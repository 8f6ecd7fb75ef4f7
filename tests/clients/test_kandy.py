"""An application of the Kandy family works unmodified against `serve --binding kandy`.

Each use case of `dialects.md`, section 3, by WebSocket and by webhook.
"""

import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from urllib.parse import unquote

import pytest

from tests.clients.kandy import (
    Delivery,
    Json,
    Kandy,
    WebhookDelivery,
    WebSocketDelivery,
    adhoc_chat,
    by_address,
    group_chat,
)
from tests.clients.served import Account, served

pytestmark = pytest.mark.exhaustive


@dataclass(frozen=True)
class Team:
    """Users who are connected, and one who is not yet."""

    alice: Kandy
    bob: Kandy
    carol: Kandy
    newcomer: Account
    delivery: type[Delivery]


@pytest.fixture(scope="module")
def accounts() -> Iterator[tuple[Account, ...]]:
    with served("kandy") as users:
        yield users


@pytest.fixture(
    scope="module", params=[WebSocketDelivery, WebhookDelivery], ids=["websocket", "webhook"]
)
def team(request: pytest.FixtureRequest, accounts: tuple[Account, ...]) -> Iterator[Team]:
    with ExitStack() as open_until_then:
        applications = []
        for account in accounts[:3]:
            application = open_until_then.enter_context(closing(Kandy(account, request.param())))
            application.connect()
            applications.append(application)
        alice, bob, carol = applications
        yield Team(alice, bob, carol, accounts[3], request.param)


@pytest.fixture
def newcomer(team: Team) -> Iterator[Kandy]:
    with closing(Kandy(team.newcomer, team.delivery())) as application:
        yield application


@dataclass(frozen=True)
class Group:
    """A group chat of Alice and Bob; each of them has a session id of its own."""

    title: str
    alices: str
    bobs: str


@pytest.fixture
def group(team: Team, request: pytest.FixtureRequest) -> Group:
    title = request.node.name
    started = team.alice.start_group(title, team.bob.address)
    group = Group(
        title=title,
        alices=last_segment(started["resourceURL"]),
        bobs=invited_to(team.bob, title)["sessionId"],
    )
    team.bob.accept_group(group.bobs)
    status_of(team.alice, group.alices, team.bob.address, "Connected")
    return group


def test_channel_is_created(newcomer: Kandy) -> None:
    """The channel has an opaque id to notify, and its URL is below the server root."""
    channel = newcomer.create_channel()

    shown = newcomer.read(channel["resourceURL"])["notificationChannel"]
    assert channel["resourceURL"].startswith("/cpaas/notificationchannel/v1/")
    assert shown["callbackURL"] == channel["callbackURL"]
    assert channel["callbackURL"].startswith(("ws-", "wh-"))


def test_subscription_is_created(newcomer: Kandy) -> None:
    """A subscription that names the channel is shown in full and in the list."""
    channel, subscription = newcomer.connect()

    url = subscription["resourceURL"]
    listed = newcomer.read(url.rpartition("/")[0])["chatSubscriptionList"]
    shown = {each["resourceURL"]: each for each in listed["chatNotificationSubscription"]}
    assert shown[url]["callbackReference"]["notifyURL"] == channel["callbackURL"]


def test_messages_go_both_ways(team: Team) -> None:
    """A message shows its sender and time within chatMessage."""
    for sender, receiver in ((team.alice, team.bob), (team.bob, team.alice)):
        before = int(time.time())
        sender.send_message(adhoc_chat(receiver.account.id), f"hello from {sender.address}")

        notification = message_to(receiver, f"hello from {sender.address}")
        message = notification["chatMessage"]
        assert message["senderAddress"] == sender.address
        assert message["x-destinationAddress"] == receiver.address
        assert before - 60 <= int(message["dateTime"]) <= before + 60
        assert not {"senderAddress", "dateTime", "sessionId"} & notification.keys()
        assert links_are_relative(notification)


def test_composing_is_notified(team: Team) -> None:
    """A user who writes a message is shown as active, with the time in milliseconds."""
    lastactive = int(time.time() * 1000)
    team.alice.send_composing(adhoc_chat(team.carol.account.id), lastactive)

    notification = team.carol.notified(
        "chatMessageNotification", lambda each: "isComposing" in each
    )
    composing = notification["isComposing"]
    assert composing["state"] == "active"
    assert links_are_relative(notification)
    assert int(composing["lastactive"]) // 1000 == lastactive // 1000


def test_display_report_reaches_the_sender(team: Team) -> None:
    """The receiver reports a message as displayed; the sender is notified."""
    sent = team.alice.send_message(adhoc_chat(team.bob.account.id), "read me")
    message_id = message_to(team.bob, "read me")["messageId"]
    team.bob.report_displayed(adhoc_chat(team.alice.account.id), message_id)

    own_id = last_segment(sent["resourceURL"].removesuffix("/status"))
    team.alice.notified(
        "chatMessageStatusNotification",
        lambda each: each["messageId"] == own_id and each["status"] == "Displayed",
    )


def test_group_is_started(team: Team) -> None:
    """A group chat is shown in full with title, type, administrator and invited user."""
    group = team.alice.start_group("Dinner", team.bob.address, closed=True)

    members = by_address(group["participant"])
    assert (group["x-name"], group["x-type"]) == ("Dinner", "closed")
    assert team.alice.read(group["resourceURL"])["groupChatSessionInformation"] == group
    assert members[team.alice.address]["x-isAdmin"] is True
    assert members[team.bob.address]["status"] == "Invited"


def test_invitation_is_seen(team: Team) -> None:
    """The invited user sees title, type and administrator, and where the chat is."""
    team.alice.start_group("Invitation", team.bob.address)

    invitation = invited_to(team.bob, "Invitation")
    marked = [each["address"] for each in invitation.get("participant", ()) if each["x-isAdmin"]]
    assert team.alice.address in (invitation.get("originatorAddress"), *marked)
    assert invitation["x-type"] == "open"
    assert links_are_relative(invitation)


def test_invitation_is_accepted(team: Team, group: Group) -> None:
    """A user who accepted is connected for all, and messages go both ways."""
    assert team.bob.participants(group.bobs)[team.bob.address]["status"] == "Connected"
    ways = (
        (team.alice, group.alices, team.bob, group.bobs),
        (team.bob, group.bobs, team.alice, group.alices),
    )
    for sender, senders_id, receiver, receivers_id in ways:
        text = f"{group.title}: hello from {sender.address}"
        sender.send_message(group_chat(senders_id), text)
        notification = message_to(receiver, text)
        assert notification["sessionId"] == receivers_id
        assert notification["chatMessage"]["senderAddress"] == sender.address


def test_participant_is_added(team: Team, group: Group) -> None:
    """One user is added as participantInformation and invited."""
    team.alice.add_participant(group.alices, team.carol.address)

    invited_to(team.carol, group.title)
    assert team.bob.participants(group.bobs)[team.carol.address]["status"] == "Invited"


def test_participant_is_removed(team: Team, group: Group) -> None:
    """The administrator withdraws an invitation; the user is not a participant any more."""
    team.alice.add_participant(group.alices, team.carol.address)
    team.alice.remove_participant(group.alices, team.carol.account.id)

    assert not takes_part(team.bob, group.bobs, team.carol.address)


def test_participant_leaves(team: Team, group: Group) -> None:
    """The others are notified of a user who left."""
    team.bob.remove_participant(group.bobs, team.bob.account.id)

    status_of(team.alice, group.alices, team.bob.address, "Disconnected")
    assert not takes_part(team.alice, group.alices, team.bob.address)


def test_group_is_deleted(team: Team, group: Group) -> None:
    """Participants are notified that the administrator ended the chat."""
    team.alice.delete_group(group.alices)

    team.bob.notified(
        "chatEventNotification",
        lambda each: each.get("sessionId") == group.bobs and each["eventType"] == "SessionEnded",
    )


def invited_to(application: Kandy, title: str) -> Json:
    return application.notified(
        "groupChatSessionInvitationNotification", lambda each: each.get("x-name") == title
    )


def message_to(application: Kandy, text: str) -> Json:
    return application.notified(
        "chatMessageNotification", lambda each: each.get("chatMessage", {}).get("text") == text
    )


def status_of(application: Kandy, session_id: str, address: str, status: str) -> Json:
    return application.notified(
        "chatParticipantStatusNotification",
        lambda each: (
            each["sessionId"] == session_id
            and by_address(each.get("participant", [])).get(address, {}).get("status") == status
        ),
    )


def takes_part(reader: Kandy, session_id: str, address: str) -> bool:
    """A user who left is shown as disconnected, or no longer shown."""
    shown = reader.participants(session_id).get(address)
    return shown is not None and shown["status"] != "Disconnected"


def links_are_relative(notification: Json) -> bool:
    """There are links, each a path below the server root, its rel beginning with a small letter."""
    return bool(notification["link"]) and all(
        link["href"].startswith("/") and link["rel"][0].islower() for link in notification["link"]
    )


def last_segment(url: str) -> str:
    """The id at the end of a URL, decoded."""
    return unquote(url.rpartition("/")[2])
