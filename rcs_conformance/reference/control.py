"""Triggers: what no operation of the API can cause (binding, section 8).

A body names a chat by `groupChatId`, or by `userId` and that user's `sessionId`; `adhoc` is the
session id of any ad-hoc chat.
"""

import json
from collections.abc import Mapping

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat
from rcs_conformance.reference.ending import close
from rcs_conformance.reference.notices import Cause
from rcs_conformance.reference.parts import ADHOC_ID
from rcs_conformance.reference.state import Conversation, Ending

_ANY_ADHOC = 0
"""The key of a pending response in an ad-hoc chat, for every other user."""


def trigger(chat: Chat, call: Call) -> Response:
    """Pull the trigger in the path; rejects with 404 if there is none."""
    given = _members(call.body)
    match call.variables["trigger"]:
        case "expire":
            _conversation(chat, given).over = Ending.EXPIRED
        case "expire_invitation":
            _expire_invitation(chat, given)
        case "end":
            close(chat, _conversation(chat, given), Ending.ENDED)
        case "disable":
            close(chat, _long_lived(chat, given), Ending.DISABLED)
        case "services":
            _change_services(chat, given)
        case "pending":
            chat.world.pending.add((_user(chat, given), _turn(chat, given)))
        case unknown:
            raise rejections.not_found(unknown)
    return Response(status=204)


def _expire_invitation(chat: Chat, given: Mapping[str, object]) -> None:
    conversation = _conversation(chat, given)
    member = conversation.part_of(_user(chat, given))
    if member.status is not ParticipantStatus.INVITED:
        raise rejections.not_found("invitation")
    member.status, member.expired = ParticipantStatus.DISCONNECTED, True
    chat.notifier.change(conversation, Cause.LEFT, member)


def _members(body: bytes) -> Mapping[str, object]:
    try:
        given = json.loads(body)
    except ValueError:
        raise rejections.malformed("the body is no JSON") from None
    if not isinstance(given, dict):
        raise rejections.malformed("the body is no JSON object")
    return given


def _change_services(chat: Chat, given: Mapping[str, object]) -> None:
    conversation = _conversation(chat, given)
    services = given.get("services")
    if not isinstance(services, list) or not all(isinstance(each, str) for each in services):
        raise rejections.malformed("services is no array of texts")
    chat.rules.change_services(conversation, tuple(services))
    if conversation.kind is ChatKind.LONG_LIVED:
        chat.notifier.services(conversation)


def _user(chat: Chat, given: Mapping[str, object]) -> str:
    account = chat.world.accounts.by_address(_text(given, "userId"))
    if account is None:
        raise rejections.not_found("userId")
    return canonical(account.address)


def _turn(chat: Chat, given: Mapping[str, object]) -> int:
    if not _text(given, "groupChatId") and _text(given, "sessionId") == ADHOC_ID:
        return _ANY_ADHOC
    return _conversation(chat, given).turn


def _conversation(chat: Chat, given: Mapping[str, object]) -> Conversation:
    if _text(given, "groupChatId"):
        return _long_lived(chat, given)
    found = chat.world.session(_user(chat, given), _text(given, "sessionId"))
    if found is None or found[0].over:
        raise rejections.not_found("sessionId")
    return found[0]


def _long_lived(chat: Chat, given: Mapping[str, object]) -> Conversation:
    found = chat.world.long_lived(_text(given, "groupChatId"))
    if found is None or found.over:
        raise rejections.not_found("groupChatId")
    return found


def _text(given: Mapping[str, object], name: str) -> str:
    value = given.get(name)
    return value if isinstance(value, str) else ""
