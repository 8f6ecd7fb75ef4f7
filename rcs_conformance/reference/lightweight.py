"""Operations on lightweight resources: single elements, read and changed alone."""

import time
from dataclasses import replace

from rcs_conformance.reference import refusals
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.chat import Chat, expect
from rcs_conformance.reference.subscriptions import found
from rcs_conformance.wire.element import LoneElement

KINDS: dict[str, tuple[str, type]] = {
    "subscriptionDuration": ("duration", int),
    "groupSubject": ("subject", str),
}
"""The element of each such resource, with the kind of its value."""


def read_duration(chat: Chat, call: Call, _content: object) -> Answer:
    """GET the duration of a subscription; refuses 404 where it lasts for ever."""
    return _shown("duration", found(chat, call, chat.world.subscriptions).given.duration)


def set_duration(chat: Chat, call: Call, content: object) -> Answer:
    """PUT the duration of a subscription, counted from now on."""
    subscription = found(chat, call, chat.world.subscriptions)
    seconds = expect(content, LoneElement).value
    if not isinstance(seconds, int):
        raise refusals.malformed("duration")
    subscription.given = replace(subscription.given, duration=seconds)
    subscription.ends = time.monotonic() + seconds if seconds else None
    return Answer(status=204)


def read_subject(chat: Chat, call: Call, _content: object) -> Answer:
    """GET the subject of a group chat; refuses 404 where it has none."""
    conversation, viewer = chat.session(call)
    chat.rules.may_look(conversation, viewer)
    return _shown("subject", conversation.subject)


def set_subject(chat: Chat, call: Call, content: object) -> Answer:
    """PUT the subject of a group chat, by who takes part."""
    conversation, actor = chat.session(call)
    if not actor.is_connected:
        raise refusals.forbidden("only connected participants change the subject")
    conversation.subject = str(expect(content, LoneElement).value)
    return Answer(status=204)


def _shown(name: str, value: str | int | None) -> Answer:
    if value is None:
        raise refusals.not_found(name)
    return Answer(status=200, content=LoneElement(name=name, value=value))
