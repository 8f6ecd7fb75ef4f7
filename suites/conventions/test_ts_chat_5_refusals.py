"""TS-CHAT-5.7 to 5.10: request errors, bodies that are wrong, what does not exist, rights."""

import pytest

from rcs_conformance.binding import ErrorCase
from rcs_conformance.checks import refusals
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import Stage, misses, rounds
from rcs_conformance.strategies.near_miss import Deviation


@pytest.mark.requirement("TS-CHAT-5.7")
def test_faults_carry_a_request_error(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A fault carries an exception whose id fits, in the negotiated format.

    Stimulus: a body that is wrong, no token, another user's chat, a chat that does not exist.
    """
    group = stage.groups.invited(GroupOffer(), fmt)
    errors = stage.binding.errors

    wrong = misses.composing(stage, group)
    anonymous = group.read_with(stage.alice, "")
    nowhere = stage.groups.nowhere(fmt).read(stage.alice)

    verify(
        refusals.error_says(wrong, ("SVC0001", "SVC0002", "SVC0003", "SVC0004")),
        refusals.error_says(anonymous, errors[ErrorCase.INVALID_TOKEN]),
        refusals.error_says(nowhere, errors[ErrorCase.NOT_FOUND]),
    )


@pytest.mark.requirement("TS-CHAT-5.7")
def test_refusal_by_policy_says_so(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A refusal with 403 carries a policy exception.

    Stimulus: DELETE of the group by who did not start it.
    """
    group = stage.groups.established(GroupOffer(), fmt)

    refused = group.end(stage.bob)

    verify(refusals.error_says(refused, ("POL",)))


@pytest.mark.requirement("TS-CHAT-5.8")
@pytest.mark.parametrize("deviation", misses.STARTS, ids=lambda each: each.name)
def test_wrong_start_is_refused(
    stage: Stage, verify: Verify, fmt: Format, deviation: Deviation
) -> None:
    """A request for a group chat that is wrong in one thing is refused and starts nothing.

    Stimulus: such a request, then a valid one whose invitations show that none came before them.
    """
    refused = stage.groups.start(GroupOffer(closed=True), fmt, deviation=deviation)

    stage.groups.invited(GroupOffer(), fmt)

    subjects = stage.mail.invited_to(stage.bob, fmt)
    verify(
        refusals.bad_request(refused.started, deviation.name),
        refusals.nothing_started(subjects, refused.marker),
    )


@pytest.mark.requirement("TS-CHAT-5.8", fmt=Format.XML)
@pytest.mark.parametrize("deviation", misses.STARTS_IN_XML, ids=lambda each: each.name)
def test_wrong_start_in_xml_is_refused(
    stage: Stage, verify: Verify, fmt: Format, deviation: Deviation
) -> None:
    """What can be wrong in XML alone is refused as well.

    Stimulus: a request for a group chat that is wrong in one thing.
    """
    refused = stage.groups.start(GroupOffer(closed=True), fmt, deviation=deviation)

    verify(refusals.bad_request(refused.started, deviation.name))


@pytest.mark.requirement("TS-CHAT-5.8")
@pytest.mark.parametrize("miss", misses.CHANGES, ids=lambda each: each.name)
def test_wrong_change_is_refused(
    stage: Stage, verify: Verify, fmt: Format, miss: misses.Miss
) -> None:
    """A request about a chat that is wrong in one thing is refused and changes nothing.

    Stimulus: an acceptance, an addition, a message, a composing indication, each wrong in one
    thing; readings of the participants before and after.
    """
    group = stage.groups.invited(GroupOffer(), fmt)
    group.join(stage.carol)
    before = group.read_participants(stage.alice)

    refused = miss.send(stage, group)

    after = group.read_participants(stage.alice)
    verify(
        refusals.bad_request(refused, miss.deviation.name),
        refusals.unchanged(before, after, "TS-CHAT-5.8", "a refused request"),
    )


@pytest.mark.requirement("TS-CHAT-5.9")
def test_chats_that_do_not_exist(stage: Stage, verify: Verify, fmt: Format) -> None:
    """What belongs to a chat that does not exist is answered 404.

    Stimulus: each request with a session id that nobody has.
    """
    nowhere = stage.groups.nowhere(fmt)

    for exchange in rounds.every_request(nowhere, stage.alice):
        verify(refusals.not_found(exchange))


@pytest.mark.requirement("TS-CHAT-5.9")
def test_subscriptions_that_do_not_exist(stage: Stage, verify: Verify, fmt: Format) -> None:
    """A subscription that does not exist is answered 404.

    Stimulus: GET and DELETE of a subscription that was deleted.
    """
    subscription = stage.mail.subscribe(stage.alice, fmt)
    stage.require_success(subscription.delete(), "TS-CHAT-4.1.1")

    verify(refusals.not_found(subscription.read()), refusals.not_found(subscription.delete()))


@pytest.mark.requirement("TS-CHAT-5.10")
@pytest.mark.parametrize("token", ["", "no-token-of-anybody"], ids=["none", "unknown"])
def test_token_is_needed(stage: Stage, verify: Verify, fmt: Format, token: str) -> None:
    """Without a valid token nothing is read or changed, and the answer is 401.

    Stimulus: each request without a token, or with one that nobody has.
    """
    group = stage.groups.established(GroupOffer(), fmt)
    before = group.read(stage.alice)
    how = "an unknown token" if token else "no token"

    refused = list(rounds.every_request(group, stage.alice, token))

    for exchange in refused:
        verify(refusals.unauthorised(exchange, how))
    after = group.read(stage.alice)
    verify(refusals.unchanged(before, after, "TS-CHAT-5.10", f"a request with {how}"))


@pytest.mark.requirement("TS-CHAT-5.10")
def test_token_is_for_its_user_alone(stage: Stage, verify: Verify, fmt: Format) -> None:
    """With the token of another user nothing is read or changed.

    Stimulus: each request on the originator's resources with the token of a participant.
    """
    group = stage.groups.established(GroupOffer(), fmt)
    before = group.read(stage.alice)

    refused = list(rounds.every_request(group, stage.alice, stage.bob))

    verify(refusals.forbidden(exchange) for exchange in refused)
    after = group.read(stage.alice)
    verify(refusals.unchanged(before, after, "TS-CHAT-5.10", "another user's token"))
