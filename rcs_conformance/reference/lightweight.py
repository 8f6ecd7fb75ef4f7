"""Operations on lightweight resources: single elements, read and changed alone."""

import time
from dataclasses import replace

from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat, expect
from rcs_conformance.reference.subscriptions import found
from rcs_conformance.wire.element import LoneElement

KINDS: dict[str, tuple[str, type]] = {
    "subscriptionDuration": ("duration", int),
    "groupSubject": ("subject", str),
}
"""The element of each such resource, with the kind of its value."""


def read_duration(chat: Chat, call: Call, _content: object) -> Response:
    """GET the duration of a subscription; rejects with 404 if it does not expire."""
    return _shown("duration", found(chat, call, chat.world.subscriptions).given.duration)


def set_duration(chat: Chat, call: Call, content: object) -> Response:
    """PUT the duration of a subscription, counted from now on."""
    subscription = found(chat, call, chat.world.subscriptions)
    seconds = expect(content, LoneElement).value
    if not isinstance(seconds, int):
        raise rejections.malformed("duration")
    subscription.given = replace(subscription.given, duration=seconds)
    subscription.ends = time.monotonic() + seconds if seconds else None
    return Response(status=204)


def read_subject(chat: Chat, call: Call, _content: object) -> Response:
    """GET the subject of a group chat; rejects with 404 if it has none."""
    conversation, viewer = chat.session(call)
    chat.rules.may_read(conversation, viewer)
    return _shown("subject", conversation.subject)


def set_subject(chat: Chat, call: Call, content: object) -> Response:
    """PUT the subject of a group chat, by a participant."""
    conversation, actor = chat.session(call)
    if not actor.is_connected:
        raise rejections.forbidden("only connected participants change the subject")
    conversation.subject = str(expect(content, LoneElement).value)
    return Response(status=204)


def _shown(name: str, value: str | int | None) -> Response:
    if value is None:
        raise rejections.not_found(name)
    return Response(status=200, content=LoneElement(name=name, value=value))
