"""Requests that are made twice with the same client correlator (TS-CHAT-5.12)."""

from dataclasses import dataclass

from rcs_conformance.errors import HarnessError, NotApplicable
from rcs_conformance.model.chat import ParticipantInformation, ParticipantList
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.group import GroupChat
from rcs_conformance.scenario.long_lived import LongLivedChat
from rcs_conformance.scenario.one_to_one import OneToOneChat
from rcs_conformance.scenario.preconditions import require_arrival, require_success
from rcs_conformance.scenario.stage import Stage

Startable = OneToOneChat | GroupChat | LongLivedChat
"""The chats that somebody asks for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A request that was made again.

    Attributes:
        exchange: The second one.
        ids: The id of what was created, by the first and by the second answer.
    """

    exchange: Exchange
    ids: tuple[str | None, str | None]


def begun(stage: Stage, kind: ChatKind, fmt: Format, correlator: str | None) -> Startable:
    """An established chat of a kind that was asked for with a correlator, or without one.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: It could not be established.
    """
    match kind:
        case ChatKind.ONE_TO_ONE:
            session = stage.sessions.invited(SessionOffer(), fmt, correlator=correlator)
            session.join()
            return session
        case ChatKind.GROUP:
            group = stage.groups.invited(GroupOffer(), fmt, correlator=correlator)
            for each in group.invited:
                group.join(each)
            return group
        case ChatKind.LONG_LIVED:
            lasting = stage.long_lived.started(GroupOffer(), fmt, correlator=correlator)
            lasting.gather()
            return lasting
    raise HarnessError(f"nobody asks for a chat of kind {kind}")


def start(chat: Startable) -> Again:
    """Ask for the same chat again."""
    again = chat.start_again()
    return Again(exchange=again, ids=(chat.chat_id(chat.originator), chat.created_id(again)))


def extension(stage: Stage, fmt: Format) -> tuple[GroupChat, Again]:
    """Make a group chat of a 1-to-1 session twice by the same request; carol has joined it.

    Raises:
        NotApplicable: The target does not claim that.
        Inconclusive: It could not be done once.
    """
    stage.claims.require_operation("POST oneToOneExtend")
    session = stage.sessions.established(SessionOffer(), fmt)
    group = stage.groups.extend(session, GroupOffer(), stage.carol, correlator=stage.markers.next())
    require_success(group.started, "UNI-CHT-013.1")
    again = session.do(stage.alice, "POST", "oneToOneExtend", group.request)
    require_arrival(group.invitation(stage.carol), "UNI-CHT-013.1")
    group.join(stage.carol)
    ids = (group.chat_id(stage.alice), group.created_id(again))
    return group, Again(exchange=again, ids=ids)


def long_lived_extension(stage: Stage, fmt: Format) -> tuple[LongLivedChat, Again]:
    """Make a long-lived group of a 1-to-1 session twice by the same request.

    Raises:
        NotApplicable: The target does not claim that, or its policy forbids it.
        Inconclusive: It could not be done once.
    """
    stage.claims.require_operation("POST oneToOneExtendLongLived")
    session = stage.sessions.established(SessionOffer(), fmt)
    group = stage.long_lived.extend(
        session, GroupOffer(), stage.carol, correlator=stage.markers.next()
    )
    if group.started.answer.status == 403:
        raise NotApplicable("the operator's policy forbids such extensions")
    require_success(group.started, "UNI-CHT-039.1")
    again = session.do(stage.alice, "POST", "oneToOneExtendLongLived", group.request)
    require_arrival(group.addition(stage.carol), "UNI-CHT-032.1")
    ids = (group.chat_id(stage.alice), group.created_id(again))
    return group, Again(exchange=again, ids=ids)


def addition(
    stage: Stage, kind: ChatKind, fmt: Format
) -> tuple[GroupChat | LongLivedChat, Exchange]:
    """Add carol to a group of alice and bob twice by the same request; then she takes part.

    Raises:
        NotApplicable: The target does not claim this kind of chat.
        Inconclusive: She could not be added once.
    """
    chat: GroupChat | LongLivedChat
    if kind is ChatKind.GROUP:
        chat = stage.groups.established(GroupOffer(), fmt, invite=(stage.bob,))
    else:
        chat = stage.long_lived.established(GroupOffer(), fmt, invite=(stage.bob,))
    stage.mail.box(stage.carol, fmt)
    added = ParticipantInformation(
        address=stage.carol.address, client_correlator=stage.markers.next()
    )
    asked = ParticipantList(participant=(added,))
    first, again = (chat.do(stage.alice, "POST", chat.terms.participants, asked) for _ in range(2))
    if isinstance(chat, GroupChat):
        require_success(first, "UNI-CHT-014.1")
        require_arrival(chat.invitation(stage.carol), "UNI-CHT-014.1")
        chat.join(stage.carol)
    else:
        require_success(first, "UNI-CHT-031.1")
        require_arrival(chat.addition(stage.carol), "UNI-CHT-032.1")
    return chat, again
