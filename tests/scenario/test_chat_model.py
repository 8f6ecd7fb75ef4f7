"""The model of a chat: what may be shown, and who gets which message."""

import pytest

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.scenario.model_based.chat_model import ChatModel, Standing


@pytest.fixture
def model() -> ChatModel:
    """A chat of five users, one in each standing."""
    return ChatModel({standing.name.lower(): standing for standing in Standing})


def test_users_by_standing(model: ChatModel) -> None:
    """They are told apart, in a fixed order."""
    assert model.connected == ("connected",)
    assert model.who(Standing.LEFT, Standing.DECLINED) == ("declined", "left")


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("absent", {None}),
        ("invited", {ParticipantStatus.INVITED}),
        ("connected", {ParticipantStatus.CONNECTED}),
        ("declined", {ParticipantStatus.DISCONNECTED, None}),
        ("left", {ParticipantStatus.DISCONNECTED, None}),
    ],
)
def test_what_may_be_shown(
    model: ChatModel, name: str, shown: set[ParticipantStatus | None]
) -> None:
    """Who declined or left is shown Disconnected, or not at all (binding, section 3)."""
    assert set(model.expected(name)) == shown


def test_messages_are_for_those_who_take_part(model: ChatModel) -> None:
    """Not for their sender, and not for who is outside."""
    model.standings["invited"] = Standing.CONNECTED

    assert model.sent("connected", "first") == ("invited",)
    assert model.sent("invited", "second") == ("connected",)
    assert model.texts == {"invited": ["first"], "connected": ["second"]}
