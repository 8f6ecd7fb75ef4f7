"""How a group chat comes to its end where the target does not end it by a request."""

from rcs_conformance.driver import Actor
from rcs_conformance.errors import NotApplicable
from rcs_conformance.model.chat import ChatMessage
from rcs_conformance.scenario import TestBed
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.setup.preconditions import rejected

_TRIGGER = "end"


def end(bed: TestBed, group: GroupChat) -> None:
    """End a chat: by its originator's DELETE, by the trigger `end`, or by the originator's leaving.

    Raises:
        NotApplicable: The target has none of these.
        Inconclusive: What it has did not work.
    """
    try:
        group.finish()
    except NotApplicable:
        if _TRIGGER in bed.target.triggers:
            bed.triggers.fire(_TRIGGER, group, group.originator)
        else:
            end_by_leaving(group)


def end_by_server(bed: TestBed, group: GroupChat) -> tuple[Actor, ...]:
    """End a chat by the server: by the trigger `end`, or else by the originator's leaving.

    Returns:
        The users who are part of the chat when it ends.

    Raises:
        NotApplicable: There is no trigger, and the chat goes on without its originator.
        Inconclusive: There is no trigger, and chats are ended by a request.
    """
    served = bed.claims.operation("DELETE group")
    if _TRIGGER in bed.target.triggers or served:
        bed.triggers.fire(_TRIGGER, group, group.originator)
        return group.everyone
    end_by_leaving(group)
    return group.invited


def end_by_leaving(group: GroupChat) -> None:
    """Let the originator leave a chat, where that ends it.

    Raises:
        NotApplicable: The chat goes on.
        Inconclusive: The originator could not leave.
    """
    group.depart(group.originator)
    if not rejected(group.send(group.invited[0], ChatMessage(text=group.text()))):
        raise NotApplicable(
            "the target does not end group chats by a request, there is no [triggers.end], and a"
            " chat goes on when its originator leaves"
        )
