"""All that the server remembers, and the lock that guards it."""

from collections.abc import Iterable
from itertools import count
from threading import Condition

from rcs_conformance.model.chat import ChatNotificationSubscription, ParticipantStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.channel import Channels
from rcs_conformance.reference.parts import ADHOC_ID
from rcs_conformance.reference.state import (
    Account,
    Accounts,
    Conversation,
    File,
    Member,
)
from rcs_conformance.reference.subscription_state import Subscriptions
from rcs_conformance.reference.transfer_state import Transfers


class World:
    """All state. `lock` is held while a request reads or changes it, except for `channels`."""

    def __init__(
        self,
        accounts: Iterable[Account],
        channels: Channels | None = None,
        lock: Condition | None = None,
    ) -> None:
        self.lock = lock or Condition()
        self.accounts = Accounts(accounts)
        self.channels = channels or Channels()
        self.pending: set[tuple[str, int]] = set()
        self.subscriptions: Subscriptions[ChatNotificationSubscription] = Subscriptions()
        self.transfers = Transfers()
        self._numbers = count(1)
        self._sessions: dict[str, dict[str, tuple[Conversation, Member]]] = {}
        self._adhoc: dict[frozenset[str], Conversation] = {}
        self._long_lived: dict[str, Conversation] = {}
        self._files: dict[tuple[str, str], File] = {}
        self._created: dict[tuple[str, str, str | None], object] = {}

    def number(self) -> int:
        """A unique number."""
        return next(self._numbers)

    def add_member(self, conversation: Conversation, member: Member) -> None:
        """Add a member to a conversation, which its user knows by its session id."""
        key = canonical(member.address)
        conversation.members[key] = member
        mine = self._sessions.setdefault(key, {})
        mine[member.session_id] = (conversation, member)
        if conversation.group_chat_id:
            self._long_lived[conversation.group_chat_id] = conversation

    def session(self, address: str, session_id: str) -> tuple[Conversation, Member] | None:
        """The conversation with the session id of a user, over or not."""
        return self._sessions.get(canonical(address), {}).get(session_id)

    def sessions(self, address: str) -> list[tuple[Conversation, Member]]:
        """The conversations of a user, the oldest first, over or not."""
        return list(self._sessions.get(canonical(address), {}).values())

    def long_lived(self, group_chat_id: str) -> Conversation | None:
        """A long-lived group chat, over or not."""
        return self._long_lived.get(group_chat_id)

    def adhoc(self, one: str, other: str) -> Conversation:
        """The ad-hoc chat of two users; it always exists."""
        pair = frozenset((canonical(one), canonical(other)))
        if pair not in self._adhoc:
            chat = Conversation(
                kind=ChatKind.ADHOC,
                number=self.number(),
                originator=one,
                subject=None,
                closed=False,
                services=(),
                correlator=None,
            )
            for address in (one, other):
                chat.members[canonical(address)] = Member(
                    address=address,
                    session_id=ADHOC_ID,
                    inviter=one,
                    status=ParticipantStatus.CONNECTED,
                    took_part=True,
                )
            self._adhoc[pair] = chat
        return self._adhoc[pair]

    def adhoc_of(self, address: str) -> list[Conversation]:
        """The ad-hoc chats of a user, the oldest first."""
        return [chat for pair, chat in self._adhoc.items() if canonical(address) in pair]

    def share(self, address: str, file: File) -> None:
        self._files[canonical(address), file.id] = file

    def file(self, address: str, file_id: str) -> File | None:
        """A file that a user may download."""
        return self._files.get((canonical(address), file_id))

    def remember(self, owner: str, collection: str, correlator: str | None, made: object) -> None:
        """Note what a request with a client correlator made in a collection."""
        if correlator is not None:
            self._created[canonical(owner), collection, correlator] = made

    def remembered(self, owner: str, collection: str, correlator: str | None) -> object | None:
        """What an earlier request with that correlator made, over or not."""
        return self._created.get((canonical(owner), collection, correlator))
