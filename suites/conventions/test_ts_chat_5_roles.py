"""TS-CHAT-5.19: users do in a chat only what their part in it allows."""

import pytest

from rcs_conformance.checks import one_to_one_sessions, roles
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import SessionOffer
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations

CLAUSE = "TS-CHAT-5.19"


@pytest.mark.requirement(CLAUSE)
def test_chat_is_closed_to_others(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A request about a chat of others returns 403 or 404 and has no effect.

    Stimulus: each request about a chat of two users by a third one, under the ids of either user.
    """
    found = operations.roles.by_outsider(bed, kind, fmt)

    verify(roles.hidden(each.exchange, each.what) for each in found.tried)
    verify(roles.nothing_sent(found.delivered), *roles.unchanged(found.before, found.after))


@pytest.mark.requirement(CLAUSE)
def test_transfer_is_closed_to_others(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A request about a file transfer of others returns 403 or 404 and has no effect.

    Stimulus: each request about a transfer of two users by a third one, under the ids of either.
    """
    found = operations.roles.on_transfer_by_outsider(bed, fmt)

    verify(roles.hidden(each.exchange, each.what) for each in found.tried)
    verify(roles.unchanged(found.before, found.after))


@pytest.mark.requirement(group=CLAUSE, long_lived=CLAUSE)
def test_files_are_offered_by_participants(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A user that does not take part in a group offers no file in it.

    Stimulus: POST of a file transfer that names a group of others, under the ids of either user.
    """
    tried = operations.roles.files_by_outsider(bed, kind, fmt)

    verify(roles.refused(each.exchange, each.what) for each in tried)


@pytest.mark.requirement(CLAUSE)
def test_who_has_not_accepted_takes_no_part(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """An invited user takes no part in a group before it accepts, and no other user accepts for it.

    Stimulus: each request that takes a participant, by a user that has not accepted; acceptance and
    cancellation of its invitation by other users than itself and the originator.
    """
    found = operations.roles.by_invited(bed, fmt)

    verify(roles.refused(each.exchange, each.what) for each in found.tried)
    verify(roles.nothing_sent(found.delivered), *roles.unchanged(found.before, found.after))


@pytest.mark.requirement(group=CLAUSE, long_lived=CLAUSE)
def test_who_left_takes_no_part(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """A user that left a group takes no part in it, and no other user joins again for it.

    Stimulus: each request that takes a participant, by a user that left.
    """
    found = operations.roles.by_absent(bed, kind, fmt, declined=False)

    verify(roles.refused(each.exchange, each.what) for each in found.tried)
    verify(roles.nothing_sent(found.delivered), *roles.unchanged(found.before, found.after))


@pytest.mark.requirement(CLAUSE)
def test_who_declined_takes_no_part(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A user that declined an invitation to a group takes no part in it.

    Stimulus: each request that takes a participant, by a user that declined.
    """
    found = operations.roles.by_absent(bed, ChatKind.GROUP, fmt, declined=True)

    verify(roles.refused(each.exchange, each.what) for each in found.tried)
    verify(roles.nothing_sent(found.delivered), *roles.unchanged(found.before, found.after))


@pytest.mark.requirement(CLAUSE)
def test_session_is_extended_while_established(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A 1-to-1 session is not extended to a group before it is accepted, nor after its end.

    Stimulus: POST of an extension to a group and to a long-lived one by either user.
    """
    tried = operations.roles.extensions(bed, fmt)

    verify(roles.refused(each.exchange, each.what) for each in tried)


@pytest.mark.requirement("UNI-CHT-008a.3")
def test_originator_does_not_accept(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A session is not established by its originator alone.

    Stimulus: acceptance by the originator, then GET by either user.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)

    session.accept(bed.alice)

    verify(one_to_one_sessions.not_connected(session.read(each)) for each in session.everyone)


@pytest.mark.requirement(adhoc=CLAUSE, one_to_one=CLAUSE, group=CLAUSE, long_lived=CLAUSE)
def test_receivers_alone_report(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """A message is not shown as displayed because its sender reports it so.

    Stimulus: PUT of the status by the sender, then GET of it.
    """
    reported, read = operations.roles.reports_by_sender(bed, kind, fmt)

    verify(roles.displayed_by_receiver_alone(reported, read))
