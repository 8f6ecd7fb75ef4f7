"""Scenes of requests about chats that exist: acceptances, additions, messages, reports."""

from collections.abc import Callable
from dataclasses import replace

from rcs_conformance.driver import Actor
from rcs_conformance.model.chat import ChatMessage, MessageStatus
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    ChatMessageStatusNotification,
    EventType,
    MultimediaChatMessageNotification,
)
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario import receiving, telling
from rcs_conformance.scenario.conversation import Conversation
from rcs_conformance.scenario.gathering import Gathering
from rcs_conformance.scenario.markers import marker_in
from rcs_conformance.scenario.misses.beginnings import services, with_picture
from rcs_conformance.scenario.misses.scene import Scene
from rcs_conformance.scenario.preconditions import require_arrival, require_success
from rcs_conformance.scenario.stage import Stage
from rcs_conformance.strategies import samples
from rcs_conformance.strategies.samples import Cast


def session_acceptance(stage: Stage, fmt: Format) -> Scene:
    """Bob's acceptance of a session that alice started."""
    chat = stage.sessions.invited(SessionOffer(), fmt)

    cast = Cast(originator=stage.bob.address, others=())

    return Scene(
        who=stage.bob,
        method="PUT",
        resource="oneToOneStatus",
        fmt=fmt,
        content=lambda _marker: samples.acceptance(cast),
        clause="UNI-CHT-008a.1",
        watchers=(stage.alice,),
        ids=chat.variables(stage.bob),
        state=lambda: chat.read(stage.alice),
        betrays=lambda who, content: (
            isinstance(content, ChatEventNotification)
            and content.event_type is EventType.ACCEPTED
            and chat.is_here(who, content)
        ),
    )


def group_acceptance(stage: Stage, fmt: Format) -> Scene:
    """Bob's acceptance of an invitation by alice to a group chat in which carol takes part."""
    chat = stage.groups.invited(GroupOffer(), fmt)
    chat.join(stage.carol)
    return _acceptance(stage, chat, "UNI-CHT-008b.1")


def long_lived_return(stage: Stage, fmt: Format) -> Scene:
    """Bob's return to a long-lived group that he left; the operator may forbid it."""
    chat = stage.long_lived.established(GroupOffer(), fmt)
    chat.depart(stage.bob)
    for each in (stage.alice, stage.carol):
        require_arrival(telling.gone(chat, each, stage.bob), "UNI-CHT-033.1")
    return replace(_acceptance(stage, chat, "UNI-CHT-040.1"), by_policy=True)


def _acceptance(stage: Stage, chat: Gathering, clause: str) -> Scene:
    """Bob's acceptance of a place in a chat of alice and carol."""
    cast = Cast(originator=stage.bob.address, others=(), services=services(stage))
    return Scene(
        who=stage.bob,
        method="PUT",
        resource=chat.terms.participant_status,
        fmt=chat.fmt,
        content=lambda _marker: samples.acceptance(cast),
        clause=clause,
        watchers=(stage.alice, stage.carol),
        ids={**chat.variables(stage.bob), "participantId": stage.bob.address},
        state=_people(stage, chat),
        betrays=lambda who, content: (
            chat.is_here(who, content) and telling.tells_accepted(content, stage.bob)
        ),
    )


def group_addition(stage: Stage, fmt: Format) -> Scene:
    """The addition of carol by alice to a group chat with bob."""
    chat = stage.groups.established(GroupOffer(closed=False), fmt, invite=(stage.bob,))
    return _addition(stage, chat, "UNI-CHT-014.1")


def long_lived_addition(stage: Stage, fmt: Format) -> Scene:
    """The addition of carol by alice to a long-lived group with bob."""
    chat = stage.long_lived.established(GroupOffer(closed=False), fmt, invite=(stage.bob,))
    return _addition(stage, chat, "UNI-CHT-031.1")


def _addition(stage: Stage, chat: Gathering, clause: str) -> Scene:
    cast = Cast(originator=stage.alice.address, others=(stage.carol.address,))
    return Scene(
        who=stage.alice,
        method="POST",
        resource=chat.terms.participants,
        fmt=chat.fmt,
        content=lambda _marker: samples.additions(cast),
        clause=clause,
        watchers=(stage.bob, stage.carol),
        ids=chat.variables(stage.alice),
        state=_people(stage, chat),
        betrays=lambda who, content: (
            who is stage.carol and marker_in(getattr(content, "subject", None)) == chat.marker
        ),
    )


def message(kind: ChatKind) -> Callable[[Stage, Format], Scene]:
    """A message by alice in a chat of a kind."""

    def arrange(stage: Stage, fmt: Format) -> Scene:
        chat = stage.talk(kind, fmt)
        return _sending(stage, chat, samples.message, chat.terms.sending)

    return arrange


def indication(kind: ChatKind) -> Callable[[Stage, Format], Scene]:
    """A composing indication by alice in a chat of a kind."""

    def arrange(stage: Stage, fmt: Format) -> Scene:
        chat = stage.talk(kind, fmt)
        return _sending(stage, chat, samples.indication, chat.terms.composing)

    return arrange


def _sending(
    stage: Stage, chat: Conversation, content: Callable[[str], object], clause: str
) -> Scene:
    kinds = (ChatMessageNotification, MultimediaChatMessageNotification)

    def betrays(who: Actor, content: object) -> bool:
        if not isinstance(content, kinds) or not chat.is_here(who, content):
            return False
        return content.chat_message is None or marker_in(content.chat_message.text) is None

    return Scene(
        who=stage.alice,
        method="POST",
        resource=chat.terms.messages,
        fmt=chat.fmt,
        content=content,
        clause=clause,
        watchers=chat.invited,
        ids=chat.variables(stage.alice),
        betrays=betrays,
    )


def upload(kind: ChatKind) -> Callable[[Stage, Format], Scene]:
    """A multimedia message by alice in a chat of a kind."""

    def arrange(stage: Stage, fmt: Format) -> Scene:
        chat = stage.talk(kind, fmt)
        scene = _sending(stage, chat, samples.message, chat.terms.uploading)
        return replace(scene, written=with_picture(stage, fmt))

    return arrange


def report(kind: ChatKind) -> Callable[[Stage, Format], Scene]:
    """Bob's report that he saw a message of alice's in a chat of a kind."""

    def arrange(stage: Stage, fmt: Format) -> Scene:
        chat = stage.talk(kind, fmt)
        text = chat.text()
        asked = ChatMessage(text=text, report_request=(MessageStatus.DISPLAYED,))
        sent = chat.send(stage.alice, asked)
        require_success(sent, chat.terms.sending)
        arrived = receiving.message(chat, stage.bob, text)
        told = require_arrival(arrived, chat.terms.receiving).message_id or ""
        return _report(stage, chat, told, chat.message_id(sent))

    return arrange


def _report(stage: Stage, chat: Conversation, told: str, known: str | None) -> Scene:
    """The report of a message, by the id that bob was told and that by which alice knows it."""

    def read() -> Exchange:
        return chat.read_status(stage.alice, known)

    return Scene(
        who=stage.bob,
        method="PUT",
        resource=chat.terms.message_status,
        fmt=chat.fmt,
        content=lambda _marker: samples.report(),
        clause=chat.terms.reporting,
        watchers=(stage.alice,),
        ids={**chat.variables(stage.bob), "messageId": told},
        state=read if stage.claims.operation(f"GET {chat.terms.message_status}") else None,
        betrays=lambda _who, content: (
            isinstance(content, ChatMessageStatusNotification)
            and content.message_id == known
            and content.status is MessageStatus.DISPLAYED
        ),
    )


def _people(stage: Stage, chat: Gathering) -> Callable[[], Exchange]:
    """Reads who takes part: the list of participants, or the chat where there is none."""
    if stage.claims.operation(f"GET {chat.terms.participants}"):
        return lambda: chat.read_participants(stage.alice)
    return lambda: chat.read(stage.alice)
