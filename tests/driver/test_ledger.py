"""What users make on a target is in the ledger, and is removed by it; whatever the target does."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from threading import Event

import pytest

from rcs_conformance.binding import load_binding
from rcs_conformance.driver import Actor, Ledger
from rcs_conformance.driver.ledger import Made, Open, ledger_file, read_ledger
from rcs_conformance.driver.removal import removed
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.channel import ChannelType, NotificationChannel
from rcs_conformance.model.chat import (
    ChatNotificationSubscription,
    ChatSessionInformation,
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.common import CallbackReference
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.plugin.options import embedded_target
from rcs_conformance.reference import Account, ReferenceServer
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from rcs_conformance.target import Target

BINDING = load_binding("oma-v1")


class Users:
    """Users of a server whose requests are noted in a ledger."""

    def __init__(self, root: str, folder: Path) -> None:
        self.target: Target = embedded_target(root)
        self.folder = folder
        self.ledger = Ledger(ledger_file(folder, "gw0"), self.target.users)
        self.actors = [
            Actor(self.target, user, BINDING, EvidenceLog(), ledger=self.ledger)
            for user in self.target.users
        ]
        self.alice, self.bob, self.carol, _ = self.actors

    def close(self) -> None:
        for each in self.actors:
            each.close()
        self.ledger.close()

    @property
    def open(self) -> Open:
        return read_ledger(self.folder)

    def remove(self, seconds: float = 20.0) -> Open:
        """Remove what is noted; what is noted then."""
        removal = removed(self.target, BINDING, self.open, seconds)
        self.ledger.gone(*removal.ended)
        return self.open

    def subscribe(self) -> Exchange:
        callback = CallbackReference(notify_url="http://127.0.0.1:9/")
        content = ChatNotificationSubscription(callback_reference=callback)
        return self.alice.send("POST", "subscriptions", content, fmt=Format.JSON)

    def channel(self) -> Exchange:
        content = NotificationChannel(channel_type=ChannelType.LONG_POLLING)
        return self.bob.send("POST", "channels", content, fmt=Format.XML)

    def session(self) -> Exchange:
        content = ChatSessionInformation(
            originator_address=self.alice.address, t_participant_address=self.bob.address
        )
        ids = {"otherUserId": self.bob.address}
        return self.alice.send("POST", "oneToOneSessions", content, fmt=Format.JSON, ids=ids)

    def group(self) -> Exchange:
        content = GroupChatSessionInformation(participant=self._participants())
        return self.alice.send("POST", "groups", content, fmt=Format.XML)

    def long_lived(self, subject: str = "rc0x1") -> Exchange:
        content = LongLivedGroupChatInformation(subject=subject, participant=self._participants())
        return self.alice.send("POST", "longLivedGroups", content, fmt=Format.JSON)

    def all(self) -> None:
        """One of each."""
        for make in (self.subscribe, self.channel, self.session, self.group, self.long_lived):
            assert make().answer.status == 201

    def found(self) -> list[int]:
        """How many entries the lists of all users have on the server."""
        keys = ("subscriptions", "channels", "longLivedGroups")
        lists = [
            each.send("GET", key, fmt=Format.JSON).answer for each in self.actors for key in keys
        ]
        assert all(each.status == 200 for each in lists)
        return [each.body.count(b'"resourceURL"') - 1 for each in lists]

    def _participants(self) -> tuple[ParticipantInformation, ...]:
        return (
            ParticipantInformation(address=self.alice.address, is_originator=True),
            ParticipantInformation(address=self.bob.address),
            ParticipantInformation(address=self.carol.address),
        )


Serve = Callable[..., Users]


def group_of(creation: Exchange) -> str:
    """The id of a long-lived group that was created."""
    content = creation.answer.content
    assert isinstance(content, LongLivedGroupChatInformation)
    return content.group_chat_id or ""


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Serve]:
    """Starts reference servers, with users of theirs."""
    with ExitStack() as opened:

        def serve(rules: type[Rules] | None = None) -> Users:
            accounts = [
                Account(address=user.address, token=user.token.reveal())
                for user in embedded_target().users
            ]
            given = () if rules is None else (rules,)
            server = opened.enter_context(ReferenceServer(accounts, rules=given))
            users = Users(server.root, tmp_path)
            opened.callback(users.close)
            return users

        yield serve


def test_everything_is_removed(serve: Serve) -> None:
    """Subscriptions, channels, sessions, groups, and memberships of all users."""
    users = serve()
    users.all()
    assert len(users.open.made) == 7
    assert users.remove() == Open()
    assert not any(users.found())


def test_what_the_test_ended_itself_is_not_removed_again(serve: Serve) -> None:
    """A membership that was left, and taken up again, is there."""
    users = serve()
    group = group_of(users.long_lived())
    ids = {"groupChatId": group, "participantId": users.bob.address}
    users.bob.send("DELETE", "longLivedParticipant", fmt=Format.JSON, ids=ids)
    assert [each.user for each in users.open.made] == [users.alice.address, users.carol.address]
    status = ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)
    users.bob.send("PUT", "longLivedParticipantStatus", status, fmt=Format.JSON, ids=ids)
    assert users.bob.address in {each.user for each in users.open.made}


def test_users_who_are_added_later_are_members(serve: Serve) -> None:
    """Each of them leaves."""
    users = serve()
    dave = users.actors[3]
    group = group_of(users.long_lived())
    added = ParticipantList(participant=(ParticipantInformation(address=dave.address),))
    ids = {"groupChatId": group}
    users.alice.send("POST", "longLivedParticipants", added, fmt=Format.XML, ids=ids)
    assert dave.address in {each.user for each in users.open.made}


def test_groups_of_whom_the_target_gave_no_id(serve: Serve) -> None:
    """They are found in the lists of the users, by the marker in their subject."""
    users = serve()
    users.ledger.mark("rc00c0ffeex")
    users.subscribe()
    users.alice.send(
        "POST",
        "longLivedGroups",
        LongLivedGroupChatInformation(subject="RC00C0FFEEx1 a", participant=users._participants()),
        fmt=Format.JSON,
    )
    users.long_lived("somebody else's")
    mine = [each for each in users.open.made if each.resource == "longLivedParticipant"]
    users.ledger.gone(*mine)
    users.remove()
    assert sum(users.found()) == 3  # one group of others, in three lists


def rejecting(status: int) -> type[Rules]:
    """Rules of a server that ends nothing."""

    class Rejecting(Rules):
        def perform(
            self, call: Call, content: object, operate: Callable[[object], Response]
        ) -> Response:
            if call.method == "DELETE":
                raise Rejection(status, "SVC0001", "A service error occurred", "")
            return super().perform(call, content, operate)

    return Rejecting


@pytest.mark.parametrize("status", [403, 500])
def test_target_that_refuses(serve: Serve, status: int) -> None:
    """What is left stays in the ledger, and is counted with the reason."""
    users = serve(rejecting(status))
    users.all()
    removal = removed(users.target, BINDING, users.open, 20.0)
    assert (removal.summary.removed, removal.summary.left) == (0, 7)
    assert f"DELETE longLivedParticipant returned {status} (3x)" in removal.summary.reasons


def test_target_that_says_it_has_done_so_and_has_not(serve: Serve) -> None:
    """A group that is shown all the same is left."""

    class Forgetful(Rules):
        def perform(
            self, call: Call, content: object, operate: Callable[[object], Response]
        ) -> Response:
            if call.method == "DELETE":
                return Response(status=204)
            return super().perform(call, content, operate)

    users = serve(Forgetful)
    users.ledger.mark("rc0x")
    users.long_lived()
    removal = removed(users.target, BINDING, users.open, 20.0)
    assert removal.summary.reasons == ("DELETE longLivedParticipant has no effect (3x)",)


def test_group_that_can_only_be_left(serve: Serve) -> None:
    """The originator leaves it, and so do those who joined."""

    class NoEnd(Rules):
        def perform(
            self, call: Call, content: object, operate: Callable[[object], Response]
        ) -> Response:
            if (call.method, call.resource) == ("DELETE", "group"):
                raise Rejection(403, "POL1018", "Ending groups is not supported")
            return super().perform(call, content, operate)

    users = serve(NoEnd)
    users.group()
    assert users.remove() == Open()


def test_dead_target(serve: Serve) -> None:
    """It is given up soon, and all is left."""
    users = serve()
    users.all()
    target = embedded_target("http://127.0.0.1:9/api")
    removal = removed(target, BINDING, users.open, 20.0)
    assert removal.is_unanswered
    assert len(removal.left) == 7


def test_hanging_target(serve: Serve) -> None:
    """Time is limited, and what was not tried is left."""

    class Slow(Rules):
        def perform(
            self, call: Call, content: object, operate: Callable[[object], Response]
        ) -> Response:
            if call.method == "DELETE":
                Event().wait(1.0)
            return super().perform(call, content, operate)

    users = serve(Slow)
    for _ in range(6):
        users.session()
    begun = time.monotonic()
    removal = removed(users.target, BINDING, users.open, 0.5)
    assert "no time left (5x)" in removal.summary.reasons
    assert time.monotonic() - begun < 5


def test_line_that_was_cut_off(tmp_path: Path) -> None:
    """A process may have been killed while it wrote; the rest counts."""
    ledger = Ledger(ledger_file(tmp_path, ""), embedded_target().users)
    made = Made(user="tel:+1", resource="group", ids=(("sessionId", "a"),))
    ledger.gone(made)
    ledger.close()
    file = ledger_file(tmp_path, "")
    line = file.read_text().replace("gone", "made")
    file.write_text(f"{line}{line[:20]}\n[1]\n{{}}\n{line.replace('group', 'channel')[:-5]}")
    assert read_ledger(tmp_path) == Open(made=(made,))


def test_ledger_is_for_its_owner_and_has_no_secret(serve: Serve) -> None:
    """Users, resources and ids."""
    users = serve()
    users.all()
    file = ledger_file(users.folder, "gw0")
    assert file.stat().st_mode & 0o077 == 0
    assert not any(user.token.reveal() in file.read_text() for user in users.target.users)
