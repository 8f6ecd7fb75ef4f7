"""TS-CHAT-5.10: without the right token nothing is read or changed."""

import pytest

from rcs_conformance.checks import access
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, rounds

FOREIGN = "another user's token"
TOKENS = pytest.mark.parametrize(
    ("token", "how"),
    [("", "no token"), ("no-token-of-anybody", "an unknown token")],
    ids=["none", "unknown"],
)


@pytest.mark.requirement("TS-CHAT-5.10")
@TOKENS
def test_token_is_needed(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format, token: str, how: str
) -> None:
    """Without a valid token nothing is read or changed, and the answer is 401.

    Stimulus: each request about a chat without a token, or with one that nobody has.
    """
    found = rounds.trespassing.trespass(stage, kind, fmt, token)

    verify(access.unauthorised(each, how) for each in found.refused)
    verify(
        access.left_alone(found.before, found.after, how),
        access.nothing_sent(found.texts, found.sent, how),
        access.nothing_begun(found.begun, how),
    )


@pytest.mark.requirement("TS-CHAT-5.10")
def test_token_is_for_its_user_alone(
    stage: Stage, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """With the token of another user nothing is read or changed, and the answer is 403 or 404.

    Stimulus: each request on a user's resources with the token of who talks to it.
    """
    found = rounds.trespassing.trespass(stage, kind, fmt, stage.bob)

    verify(access.forbidden(each) for each in found.refused)
    verify(
        access.left_alone(found.before, found.after, FOREIGN),
        access.nothing_sent(found.texts, found.sent, FOREIGN),
        access.nothing_begun(found.begun, FOREIGN),
    )


@pytest.mark.requirement("TS-CHAT-5.10")
@TOKENS
def test_token_is_needed_for_subscriptions(
    stage: Stage, verify: Verify, fmt: Format, token: str, how: str
) -> None:
    """The same holds for subscriptions: without a valid token 401.

    Stimulus: each request about subscriptions without a token, or with one that nobody has.
    """
    found = rounds.trespassing.subscribing(stage, fmt, token)

    verify(access.unauthorised(each, how) for each in found.refused)
    verify(
        access.left_alone(found.before, found.after, how),
        access.nothing_subscribed(found.listed, found.correlator, how),
    )


@pytest.mark.requirement("TS-CHAT-5.10")
def test_subscriptions_are_of_their_user_alone(stage: Stage, verify: Verify, fmt: Format) -> None:
    """The same holds for subscriptions: with the token of another user 403 or 404.

    Stimulus: each request on a user's subscriptions with another one's token.
    """
    found = rounds.trespassing.subscribing(stage, fmt, stage.bob)

    verify(access.forbidden(each) for each in found.refused)
    verify(
        access.left_alone(found.before, found.after, FOREIGN),
        access.nothing_subscribed(found.listed, found.correlator, FOREIGN),
    )
