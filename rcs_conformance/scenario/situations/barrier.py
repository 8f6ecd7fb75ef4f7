"""A barrier: a notification that reaches users after everything that was sent to them before.

Delivery to one subscription is in order (binding, section 3), so what has not arrived before
the barrier was not sent.
"""

from rcs_conformance.driver import Actor
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.scenario.setup.preconditions import require_arrival
from rcs_conformance.scenario.setup.terms import TERMS


def wait_for_all(
    bed: TestBed, fmt: Format, users: tuple[Actor, ...], *, by_file: bool = False
) -> None:
    """Start or say something that each of the users is notified of, and wait until they are.

    Args:
        bed: The test bed.
        fmt: The format of their mailboxes.
        users: Who must get it; not all users of the test bed.
        by_file: Whether it is a file, notified by their subscriptions to file transfers.

    Raises:
        Inconclusive: A user does not see it.
    """
    by = next(each for each in bed.actors if each not in users)
    if by_file:
        bed.transfers.offered(by, users, fmt)
    elif bed.claims.kind(ChatKind.GROUP):
        bed.groups.invited(GroupOffer(), fmt, by=by, invite=users)
    elif bed.claims.kind(ChatKind.LONG_LIVED):
        bed.long_lived.established(GroupOffer(), fmt, by=by, invite=users)
    elif bed.claims.kind(ChatKind.ONE_TO_ONE):
        for each in users:
            bed.sessions.invited(SessionOffer(), fmt, by=by, to=each)
    else:
        for each in users:
            chat = bed.adhoc.between(fmt, by=by, to=each)
            text = chat.say(by)
            require_arrival(
                message_waits.message(chat, each, text), TERMS[ChatKind.ADHOC].receiving
            )
