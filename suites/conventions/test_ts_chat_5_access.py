"""TS-CHAT-5.10: without the right token nothing is read or changed."""

import pytest

from rcs_conformance.checks import access
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations

FOREIGN = "another user's token"
WRONG = "no token or a wrong one"
TOKENS = pytest.mark.parametrize(
    ("token", "how"),
    [("", "no token"), ("no-token-of-anybody", "an unknown token")],
    ids=["none", "unknown"],
)


@pytest.mark.requirement("TS-CHAT-5.10")
@TOKENS
def test_token_is_needed(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format, token: str, how: str
) -> None:
    """Without a valid token nothing is read or changed, and the answer is 401.

    Stimulus: each request about a chat without a token, or with one that nobody has.
    """
    found = operations.unauthorized.requests_about_chat(bed, kind, fmt, token)

    verify(access.unauthorised(each, how) for each in found.refused)
    verify(
        access.nothing_changed(found.before, found.after, how),
        access.nothing_sent(found.texts, found.sent, how),
        access.nothing_started(found.begun, how),
    )


@pytest.mark.requirement("TS-CHAT-5.10")
def test_token_is_for_its_user_alone(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """With the token of another user nothing is read or changed, and the answer is 403 or 404.

    Stimulus: each request on a user's resources with the token of who talks to it.
    """
    found = operations.unauthorized.requests_about_chat(bed, kind, fmt, bed.bob)

    verify(access.forbidden(each) for each in found.refused)
    verify(
        access.nothing_changed(found.before, found.after, FOREIGN),
        access.nothing_sent(found.texts, found.sent, FOREIGN),
        access.nothing_started(found.begun, FOREIGN),
    )


@pytest.mark.requirement("TS-CHAT-5.10")
@TOKENS
def test_token_is_needed_for_subscriptions(
    bed: TestBed, verify: Verify, fmt: Format, token: str, how: str
) -> None:
    """The same holds for subscriptions: without a valid token 401.

    Stimulus: each request about subscriptions without a token, or with one that nobody has.
    """
    found = operations.unauthorized.requests_about_subscriptions(bed, fmt, token)

    verify(access.unauthorised(each, how) for each in found.refused)
    verify(
        access.nothing_changed(found.before, found.after, how),
        access.nothing_listed(found.listed, found.correlator, how),
    )


@pytest.mark.requirement("TS-CHAT-5.10")
def test_subscriptions_are_of_their_user_alone(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """The same holds for subscriptions: with the token of another user 403 or 404.

    Stimulus: each request on a user's subscriptions with another one's token.
    """
    found = operations.unauthorized.requests_about_subscriptions(bed, fmt, bed.bob)

    verify(access.forbidden(each) for each in found.refused)
    verify(
        access.nothing_changed(found.before, found.after, FOREIGN),
        access.nothing_listed(found.listed, found.correlator, FOREIGN),
    )


@pytest.mark.requirement("TS-CHAT-5.10")
@pytest.mark.parametrize(
    "family", [operations.TRANSFERS, operations.CHANNELS], ids=["transfers", "channels"]
)
def test_token_is_needed_beside_chats(
    bed: TestBed, verify: Verify, fmt: Format, family: operations.ResourceFamily
) -> None:
    """The same holds for file transfers, and for notification channels with what waits in them.

    Stimulus: each request about them without a token, with one that nobody has, with another
    user's; then their user uses them.
    """
    found = operations.family_requests.unauthorized(bed, fmt, family)

    verify(access.unauthorised(each, how) for each, how in found.unknown)
    verify(access.forbidden(each) for each in found.foreign)
    verify(
        access.nothing_changed(found.before, found.after, WRONG),
        access.nothing_listed(found.listed, found.marker, WRONG),
        access.nothing_offered(found.told, WRONG),
    )
    used = [access.still_usable(found.used, WRONG)]
    verify(bed.owned(used, lambda: operations.family_requests.usable(bed, fmt, family)))
