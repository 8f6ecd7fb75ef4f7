"""TS-CHAT-5.10, 5.16, 5.17: requests have no effect without the right token."""

import pytest

from rcs_conformance.checks import access
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations

FOREIGN = "another user's token"
WRONG = "no token or a wrong one"
UNSCOPED = "a token without the scope"
TOKENS = pytest.mark.parametrize(
    ("token", "how"),
    [("", "no token"), ("no-token-of-anybody", "an unknown token")],
    ids=["none", "unknown"],
)
BESIDE_CHATS = pytest.mark.parametrize(
    "family", [operations.TRANSFERS, operations.CHANNELS], ids=["transfers", "channels"]
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
        access.nothing_changed(found.before, found.after, how, access.UNAUTHORISED),
        access.nothing_sent(found.delivered, how, access.UNAUTHORISED),
        access.nothing_started(found.begun, how, access.UNAUTHORISED),
    )


@pytest.mark.requirement("TS-CHAT-5.16")
def test_token_is_for_its_user_alone(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A request about a chat with another user's token returns 403 or 404 and has no effect.

    Stimulus: each request on a user's resources with the token of another user of the chat.
    """
    found = operations.unauthorized.requests_about_chat(bed, kind, fmt, bed.bob)

    verify(access.forbidden(each) for each in found.rejected)
    verify(
        access.nothing_changed(found.before, found.after, FOREIGN, access.FORBIDDEN),
        access.nothing_sent(found.delivered, FOREIGN, access.FORBIDDEN),
        access.nothing_started(found.begun, FOREIGN, access.FORBIDDEN),
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
        access.nothing_changed(found.before, found.after, how, access.UNAUTHORISED),
        access.nothing_listed(found.listed, found.correlator, how, access.UNAUTHORISED),
    )


@pytest.mark.requirement("TS-CHAT-5.16")
def test_subscriptions_are_of_their_user_alone(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A subscription request with another user's token returns 403 or 404 and has no effect.

    Stimulus: each request on a user's subscriptions with another user's token.
    """
    found = operations.unauthorized.requests_about_subscriptions(bed, fmt, bed.bob)

    verify(access.forbidden(each) for each in found.rejected)
    verify(
        access.nothing_changed(found.before, found.after, FOREIGN, access.FORBIDDEN),
        access.nothing_listed(found.listed, found.correlator, FOREIGN, access.FORBIDDEN),
    )


@pytest.mark.requirement("TS-CHAT-5.10")
@BESIDE_CHATS
def test_token_is_needed_beside_chats(
    bed: TestBed, verify: Verify, fmt: Format, family: operations.ResourceFamily
) -> None:
    """File transfers and channels cannot be read or changed without a valid token.

    Stimulus: each request about them without a token and with an unknown one; then their user
    uses them.
    """
    found = operations.family_requests.unauthorized(bed, fmt, family)

    verify(access.unauthorised(each, how) for each, how in found.rejected)
    verify(
        access.nothing_changed(found.before, found.after, WRONG, access.UNAUTHORISED),
        access.nothing_listed(found.listed, found.marker, WRONG, access.UNAUTHORISED),
        access.nothing_offered(found.notified, WRONG, access.UNAUTHORISED),
    )
    used = [access.still_usable(found.used, WRONG, access.UNAUTHORISED)]
    verify(bed.owned(used, lambda: operations.family_requests.usable(bed, fmt, family)))


@pytest.mark.requirement("TS-CHAT-5.16")
@BESIDE_CHATS
def test_token_is_for_its_user_beside_chats(
    bed: TestBed, verify: Verify, fmt: Format, family: operations.ResourceFamily
) -> None:
    """File transfers and channels cannot be read or changed with another user's token.

    Stimulus: each request about them with another user's token; then their user uses them.
    """
    found = operations.family_requests.unauthorized(bed, fmt, family, foreign=True)

    verify(access.forbidden(each) for each, _ in found.rejected)
    verify(
        access.nothing_changed(found.before, found.after, FOREIGN, access.FORBIDDEN),
        access.nothing_listed(found.listed, found.marker, FOREIGN, access.FORBIDDEN),
        access.nothing_offered(found.notified, FOREIGN, access.FORBIDDEN),
    )
    used = [access.still_usable(found.used, FOREIGN, access.FORBIDDEN)]
    verify(bed.owned(used, lambda: operations.family_requests.usable(bed, fmt, family)))


@pytest.mark.requirement("TS-CHAT-5.17")
def test_scope_is_needed(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """A request with a token that lacks the scope of the API returns 403 and has no effect.

    Stimulus: each request about a chat with a token of its user without the scope.
    """
    token = bed.token_without_scope(bed.alice)

    found = operations.unauthorized.requests_about_chat(bed, kind, fmt, token)

    verify(access.out_of_scope(each) for each in found.rejected)
    verify(
        access.nothing_changed(found.before, found.after, UNSCOPED, access.UNSCOPED),
        access.nothing_sent(found.delivered, UNSCOPED, access.UNSCOPED),
        access.nothing_started(found.begun, UNSCOPED, access.UNSCOPED),
    )


@pytest.mark.requirement("TS-CHAT-5.17")
def test_scope_is_needed_for_subscriptions(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A subscription request with a token without the scope returns 403 and has no effect.

    Stimulus: each request about subscriptions with a token of their user without the scope.
    """
    token = bed.token_without_scope(bed.alice)

    found = operations.unauthorized.requests_about_subscriptions(bed, fmt, token)

    verify(access.out_of_scope(each) for each in found.rejected)
    verify(
        access.nothing_changed(found.before, found.after, UNSCOPED, access.UNSCOPED),
        access.nothing_listed(found.listed, found.correlator, UNSCOPED, access.UNSCOPED),
    )


@pytest.mark.requirement("TS-CHAT-5.17")
@BESIDE_CHATS
def test_scope_is_needed_beside_chats(
    bed: TestBed, verify: Verify, fmt: Format, family: operations.ResourceFamily
) -> None:
    """File transfers and channels cannot be read or changed with a token without the scope.

    Stimulus: each request about them with a token of their user without the scope; then their user
    uses them.
    """
    token = bed.token_without_scope(bed.bob)

    found = operations.family_requests.unauthorized(bed, fmt, family, unscoped=token)

    verify(access.out_of_scope(each) for each, _ in found.rejected)
    verify(
        access.nothing_changed(found.before, found.after, UNSCOPED, access.UNSCOPED),
        access.nothing_listed(found.listed, found.marker, UNSCOPED, access.UNSCOPED),
        access.nothing_offered(found.notified, UNSCOPED, access.UNSCOPED),
    )
    used = [access.still_usable(found.used, UNSCOPED, access.UNSCOPED)]
    verify(bed.owned(used, lambda: operations.family_requests.usable(bed, fmt, family)))
