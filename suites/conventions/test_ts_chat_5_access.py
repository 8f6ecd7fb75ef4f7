"""TS-CHAT-5.10: requests without a valid token, or with another user's token, have no effect."""

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
    """A request about a chat without a valid token returns 401 and has no effect.

    Stimulus: each request about a chat without a token, or with an unknown one.
    """
    found = operations.unauthorized.requests_about_chat(bed, kind, fmt, token)

    verify(access.unauthorised(each, how) for each in found.rejected)
    verify(
        access.nothing_changed(found.before, found.after, how),
        access.nothing_sent(found.delivered, how),
        access.nothing_started(found.begun, how),
    )


@pytest.mark.requirement("TS-CHAT-5.10")
def test_token_is_for_its_user_alone(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A request about a chat with another user's token returns 403 or 404 and has no effect.

    Stimulus: each request on a user's resources with the token of another user of the chat.
    """
    found = operations.unauthorized.requests_about_chat(bed, kind, fmt, bed.bob)

    verify(access.forbidden(each) for each in found.rejected)
    verify(
        access.nothing_changed(found.before, found.after, FOREIGN),
        access.nothing_sent(found.delivered, FOREIGN),
        access.nothing_started(found.begun, FOREIGN),
    )


@pytest.mark.requirement("TS-CHAT-5.10")
@TOKENS
def test_token_is_needed_for_subscriptions(
    bed: TestBed, verify: Verify, fmt: Format, token: str, how: str
) -> None:
    """A request about subscriptions without a valid token returns 401 and has no effect.

    Stimulus: each request about subscriptions without a token, or with an unknown one.
    """
    found = operations.unauthorized.requests_about_subscriptions(bed, fmt, token)

    verify(access.unauthorised(each, how) for each in found.rejected)
    verify(
        access.nothing_changed(found.before, found.after, how),
        access.nothing_listed(found.listed, found.correlator, how),
    )


@pytest.mark.requirement("TS-CHAT-5.10")
def test_subscriptions_are_of_their_user_alone(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A subscription request with another user's token returns 403 or 404 and has no effect.

    Stimulus: each request on a user's subscriptions with another user's token.
    """
    found = operations.unauthorized.requests_about_subscriptions(bed, fmt, bed.bob)

    verify(access.forbidden(each) for each in found.rejected)
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
    """File transfers and channels cannot be read or changed without their user's token.

    Stimulus: each request about them without a token, with an unknown one, with another user's;
    then their user uses them.
    """
    found = operations.family_requests.unauthorized(bed, fmt, family)

    verify(access.unauthorised(each, how) for each, how in found.unknown)
    verify(access.forbidden(each) for each in found.foreign)
    verify(
        access.nothing_changed(found.before, found.after, WRONG),
        access.nothing_listed(found.listed, found.marker, WRONG),
        access.nothing_offered(found.notified, WRONG),
    )
    used = [access.still_usable(found.used, WRONG)]
    verify(bed.owned(used, lambda: operations.family_requests.usable(bed, fmt, family)))
