"""Locks of the accounts: who may have a chat that nothing tells from others."""

from itertools import combinations
from pathlib import Path

import pytest

from rcs_conformance.errors import Inconclusive
from rcs_conformance.record import Journal
from rcs_conformance.scenario.setup import chat_lock
from rcs_conformance.scenario.setup.chat_lock import ChatLock, pair_of, pairs_with

ALL = ("alice", "bob", "carol", "dave")


@pytest.fixture
def locks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[ChatLock, ChatLock]:
    """Of two tests, which wait for no lock."""
    monkeypatch.setattr(chat_lock, "_SECONDS", 0.0)
    one, other = (ChatLock(tmp_path / "lock", Journal()) for _ in range(2))
    return one, other


def test_each_two_users_have_an_adhoc_chat(locks: tuple[ChatLock, ChatLock]) -> None:
    """Also where one of them is the same; the same two have one at a time."""
    one, other = locks
    one.acquire([pair_of("alice", "bob")])
    other.acquire([pair_of("carol", "alice")])
    with pytest.raises(Inconclusive, match="another process"):
        other.acquire([pair_of("bob", "alice")])


def test_chat_without_a_subject_keeps_its_users_from_other_such_chats(
    locks: tuple[ChatLock, ChatLock],
) -> None:
    """Whoever is in neither may have an ad-hoc chat; at its end all may."""
    one, other = locks
    one.acquire(pairs_with(("alice", "bob"), ALL))
    other.acquire([pair_of("carol", "dave")])
    with pytest.raises(Inconclusive):
        other.acquire(pairs_with(("bob", "carol"), ALL))
    one.release()
    other.acquire(pairs_with(ALL, ALL))
    assert set(pairs_with(ALL, ALL)) == set(combinations(ALL, 2))


def test_chat_without_a_subject_keeps_others_from_the_like_until_it_is_known(
    locks: tuple[ChatLock, ChatLock],
) -> None:
    """Of two such chats both must be known; an ad-hoc chat of the same example lasts to its end."""
    one, other = locks
    one.acquire(pairs_with(("alice", "bob"), ALL), until_known=True)
    one.acquire(pairs_with(("alice", "bob"), ALL), until_known=True)
    one.acquire([pair_of("alice", "bob")])
    one.known()
    with pytest.raises(Inconclusive):
        other.acquire([pair_of("alice", "carol")])
    one.known()
    other.acquire([pair_of("alice", "carol")])
    with pytest.raises(Inconclusive):
        other.acquire([pair_of("alice", "bob")])
    one.release()
    other.acquire([pair_of("alice", "bob")])
