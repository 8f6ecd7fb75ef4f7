"""A beacon: something that arrives at users after all that was sent to them before.

Delivery to one subscription is in order (binding, section 3), so what has not arrived when the
beacon is seen was not sent.
"""

from typing import TYPE_CHECKING

from rcs_conformance.driver import Actor
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario import receiving
from rcs_conformance.scenario.preconditions import require_arrival
from rcs_conformance.scenario.terms import TERMS

if TYPE_CHECKING:
    from rcs_conformance.scenario.stage import Stage


def light(stage: "Stage", fmt: Format, users: tuple[Actor, ...], *, by_file: bool = False) -> None:
    """Start or say something that each of the users is told of, and wait until they are.

    Args:
        stage: The stage.
        fmt: The format of their mailboxes.
        users: Who must see it; not all users of the stage.
        by_file: Whether it is a file that they are told of, by their subscriptions to transfers.

    Raises:
        Inconclusive: Somebody does not see it.
    """
    by = next(each for each in stage.actors if each not in users)
    if by_file:
        stage.transfers.offered(by, users, fmt)
    elif stage.claims.kind(ChatKind.GROUP):
        stage.groups.invited(GroupOffer(), fmt, by=by, invite=users)
    elif stage.claims.kind(ChatKind.LONG_LIVED):
        stage.long_lived.established(GroupOffer(), fmt, by=by, invite=users)
    elif stage.claims.kind(ChatKind.ONE_TO_ONE):
        for each in users:
            stage.sessions.invited(SessionOffer(), fmt, by=by, to=each)
    else:
        for each in users:
            chat = stage.adhoc.between(fmt, by=by, to=each)
            text = chat.say(by)
            require_arrival(receiving.message(chat, each, text), TERMS[ChatKind.ADHOC].receiving)
