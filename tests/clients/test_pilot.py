"""An application of the GSMA pilot works unmodified against `serve --binding gsma-pilot`.

Each use case of `dialects.md`, section 3, by long poll.
"""

from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from urllib.parse import unquote

import pytest

from tests.clients.pilot import Json, Pilot, by_address
from tests.clients.served import Account, served

pytestmark = pytest.mark.exhaustive


@dataclass(frozen=True)
class Team:
    """Users who are connected, and one who is not yet."""

    alice: Pilot
    bob: Pilot
    carol: Pilot
    newcomer: Account


@pytest.fixture(scope="module")
def team() -> Iterator[Team]:
    with ExitStack() as open_until_then:
        accounts = open_until_then.enter_context(served("gsma-pilot"))
        applications = []
        for account in accounts[:3]:
            application = open_until_then.enter_context(closing(Pilot(account)))
            application.connect()
            applications.append(application)
        alice, bob, carol = applications
        yield Team(alice, bob, carol, accounts[3])


@pytest.fixture
def newcomer(team: Team) -> Iterator[Pilot]:
    with closing(Pilot(team.newcomer)) as application:
        yield application


@dataclass(frozen=True)
class Chat:
    """A chat of Alice and Bob; each of them has a URL and a session id of its own."""

    subject: str
    alices: str
    bobs: str


@pytest.fixture
def session(team: Team, request: pytest.FixtureRequest) -> Chat:
    """A 1-to-1 chat that Bob accepted."""
    subject = request.node.name
    alices = team.alice.start_session(team.bob.account, subject)["resourceURL"]
    invitation = invited_to(team.bob, "chatSessionInvitationNotification", subject)
    team.bob.accept(invitation)
    bobs = team.bob.session_url(team.alice.account, invitation["sessionId"])
    return Chat(subject, alices, bobs)


@pytest.fixture
def group(team: Team, request: pytest.FixtureRequest) -> Chat:
    """A group chat that Bob accepted."""
    subject = request.node.name
    alices = team.alice.start_group(subject, team.bob.address)
    invitation = invited_to(team.bob, "groupSessionInvitationNotification", subject)
    team.bob.accept(invitation)
    return Chat(subject, alices, team.bob.group_url(invitation["sessionId"]))


def test_channel_is_created(newcomer: Pilot) -> None:
    """The channel is shown in full, with what a long poll needs."""
    channel = newcomer.create_channel()

    shown = newcomer.read(channel["resourceURL"], 200)["notificationChannel"]
    assert shown["channelType"] == "LongPolling"
    assert shown["callbackURL"] == channel["callbackURL"]


def test_subscription_is_created(newcomer: Pilot) -> None:
    """The subscription is shown in full and names the channel."""
    channel, subscription = newcomer.connect()

    shown = newcomer.read(subscription["resourceURL"], 200)["chatNotificationSubscription"]
    assert shown["callbackReference"]["notifyURL"] == channel["callbackURL"]
    assert shown["callbackReference"]["callbackData"] == "pilot"


def test_another_subscription_replaces_the_first(newcomer: Pilot) -> None:
    """A user has one at a time."""
    _, first = newcomer.connect()
    _, second = newcomer.connect()

    newcomer.read(first["resourceURL"], 404)
    newcomer.read(second["resourceURL"], 200)


def test_invitation_to_a_session_is_accepted(team: Team) -> None:
    """The originator is notified when a 1-to-1 chat was accepted without a body."""
    url = team.alice.start_session(team.bob.account, "Accept me")["resourceURL"]
    team.bob.accept(invited_to(team.bob, "chatSessionInvitationNotification", "Accept me"))

    event_of(team.alice, url, "Accepted")
    assert team.alice.read(url, 201)["chatSessionInformation"]["status"] == "Connected"


def test_messages_go_both_ways(team: Team, session: Chat) -> None:
    """A message comes with its sender, the session and the data of the subscription."""
    ways = ((team.alice, session.alices, team.bob), (team.bob, session.bobs, team.alice))
    for sender, url, receiver in ways:
        text = f"{session.subject}: hello from {sender.address}"
        sender.send_message(url, text)
        notification = message_to(receiver, text)
        assert notification["senderAddress"] == sender.address
        assert notification["callbackData"] == "pilot"


def test_composing_is_notified(team: Team, session: Chat) -> None:
    """The state of a request is called status in the notification."""
    team.alice.send_composing(session.alices)

    notification = team.bob.notified(
        "messageNotification",
        lambda each: "isComposing" in each and each["sessionId"] == id_in(session.bobs),
    )
    assert notification["isComposing"]["status"] == "active"
    assert "state" not in notification["isComposing"]


def test_display_report_reaches_the_sender(team: Team, session: Chat) -> None:
    """A status that was sent as Displayed reads back as DISPLAYED."""
    url = team.alice.send_message(session.alices, session.subject)
    message_id = message_to(team.bob, session.subject)["messageId"]
    team.bob.report_displayed(session.bobs, message_id)

    own_id = id_in(url.removesuffix("/status"))
    team.alice.notified(
        "messageStatusNotification",
        lambda each: each["messageId"] == own_id and each["status"].upper() == "DISPLAYED",
    )
    assert team.alice.message_status(url) == "DISPLAYED"


def test_group_is_started(team: Team) -> None:
    """A group chat is read with subject and participants, without the user who reads."""
    url = team.alice.start_group("Dinner", team.bob.address, team.carol.address)

    group = team.alice.read_group(url)
    assert group["subject"] == "Dinner"
    assert by_address(group["participant"]).keys() == {team.bob.address, team.carol.address}
    assert team.alice.others(url).keys() == {team.bob.address, team.carol.address}


def test_invitation_is_seen(team: Team) -> None:
    """The invited user sees the subject and the inviter."""
    team.alice.start_group("Invitation", team.bob.address)

    invitation = invited_to(team.bob, "groupSessionInvitationNotification", "Invitation")
    originators = [
        each["address"] for each in invitation.get("participant", ()) if each.get("isOriginator")
    ]
    assert team.alice.address in (invitation.get("originatorAddress"), *originators)


def test_invitation_is_accepted(team: Team, group: Chat) -> None:
    """A user who accepted is connected for the others, and messages go both ways."""
    assert team.alice.others(group.alices)[team.bob.address]["status"] == "Connected"
    ways = ((team.alice, group.alices, team.bob), (team.bob, group.bobs, team.alice))
    for sender, url, receiver in ways:
        text = f"{group.subject}: hello from {sender.address}"
        sender.send_message(url, text)
        assert message_to(receiver, text)["senderAddress"] == sender.address


def test_participant_is_added(team: Team, group: Chat) -> None:
    """A user who is added is invited, and shown to the others as invited."""
    team.alice.add_participant(group.alices, team.carol.address)

    invited_to(team.carol, "groupSessionInvitationNotification", group.subject)
    assert team.bob.others(group.bobs)[team.carol.address]["status"] == "Invited"


def test_participant_is_removed(team: Team, group: Chat) -> None:
    """The originator withdraws an invitation; the user is not a participant any more."""
    team.alice.add_participant(group.alices, team.carol.address)
    team.alice.remove_participant(group.alices, team.carol.account.id)

    assert not takes_part(team.bob, group.bobs, team.carol.address)


def test_participant_leaves(team: Team, group: Chat) -> None:
    """The others are notified of a user who left."""
    team.bob.remove_participant(group.bobs, team.bob.account.id)

    team.alice.notified(
        "participantStatusNotification",
        lambda each: (
            each["sessionId"] == id_in(group.alices)
            and by_address(each.get("participant", [])).get(team.bob.address, {}).get("status")
            == "Disconnected"
        ),
    )
    assert not takes_part(team.alice, group.alices, team.bob.address)


def test_group_is_deleted(team: Team, group: Chat) -> None:
    """Participants are notified that the originator ended the chat."""
    team.alice.delete(group.alices)

    event_of(team.bob, group.bobs, "SessionEnded")


def test_session_is_deleted(team: Team, session: Chat) -> None:
    """The other user is notified of the end of a 1-to-1 chat."""
    team.alice.delete(session.alices)

    event_of(team.bob, session.bobs, "SessionEnded")


def invited_to(application: Pilot, root: str, subject: str) -> Json:
    return application.notified(root, lambda each: each.get("subject") == subject)


def message_to(application: Pilot, text: str) -> Json:
    return application.notified(
        "messageNotification", lambda each: each.get("chatMessage", {}).get("text") == text
    )


def event_of(application: Pilot, chat_url: str, event: str) -> Json:
    return application.notified(
        "chatEventNotification",
        lambda each: each.get("sessionId") == id_in(chat_url) and each["eventType"] == event,
    )


def takes_part(reader: Pilot, group_url: str, address: str) -> bool:
    """A user who left is shown as disconnected, or no longer shown."""
    shown = reader.others(group_url).get(address)
    return shown is not None and shown["status"] != "Disconnected"


def id_in(url: str) -> str:
    """The id at the end of a URL, decoded."""
    return unquote(url.rpartition("/")[2])
