"""Triggers: what no operation of the API asks a server to do (binding, section 8)."""

import json
from collections.abc import Mapping

from rcs_conformance.reference import refusals
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.chat import Chat
from rcs_conformance.reference.groups import close
from rcs_conformance.reference.state import Conversation, Ending


def trigger(chat: Chat, call: Call) -> Answer:
    """Pull the trigger that the path names; refuses 404 what it does not find."""
    given = _members(call.body)
    match call.variables["trigger"]:
        case "expire":
            _conversation(chat, given).over = Ending.EXPIRED
        case "end":
            close(chat, _conversation(chat, given), Ending.ENDED)
        case "pending":
            conversation = _conversation(chat, given)
            chat.world.pending.add((canonical(given["userId"]), conversation.number))
        case unknown:
            raise refusals.not_found(unknown)
    return Answer(status=204)


def _members(body: bytes) -> Mapping[str, str]:
    try:
        given = json.loads(body)
    except ValueError:
        raise refusals.malformed("the body is no JSON") from None
    if not isinstance(given, dict):
        raise refusals.malformed("the body is no JSON object")
    return {name: value for name, value in given.items() if isinstance(value, str)}


def _conversation(chat: Chat, given: Mapping[str, str]) -> Conversation:
    address = chat.world.accounts.address(given.get("userId", ""))
    found = chat.world.session(address, given.get("sessionId", ""))
    if found is None or found[0].over:
        raise refusals.not_found("sessionId")
    return found[0]
