"""Faults in sending and receiving of group chats, in the other kinds of chat.

The same deviation is confined to another kind, whose clause it breaks then.
"""

from collections.abc import Mapping

from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference.faults.multimedia import MULTIMEDIA
from rcs_conformance.reference.faults.receiving import RECEIVING
from rcs_conformance.reference.faults.sending import SENDING
from rcs_conformance.reference.registry import Faults, merged

ELSEWHERE = Faults()

_KNOWN = merged(SENDING, RECEIVING, MULTIMEDIA)
_NAMES: Mapping[ChatKind, tuple[str, str]] = {
    ChatKind.ADHOC: ("adhoc", "In an ad-hoc chat"),
    ChatKind.ONE_TO_ONE: ("one-to-one", "In a 1-to-1 session"),
    ChatKind.LONG_LIVED: ("long-lived", "In a long-lived group chat"),
}
"""How names and sentences of the faults begin."""


def _again(name: str, sentence: str, clauses: Mapping[ChatKind, str]) -> None:
    """Add a fault of group chats in other kinds.

    Args:
        name: Of the fault.
        sentence: What the server does, behind the kind of chat.
        clauses: That it breaks there.
    """
    rules = _KNOWN[name].rules
    for kind, clause in clauses.items():
        prefix, where = _NAMES[kind]
        confined = type(f"{rules.__name__}{kind.name.title()}", (rules,), {"kind": kind})
        ELSEWHERE.add(f"{prefix}-{name}", clause, f"{where} {sentence}.")(confined)


def _in(clause: str, *kinds: ChatKind) -> Mapping[ChatKind, str]:
    """A clause about all kinds, broken in these; in all three unless told otherwise."""
    return dict.fromkeys(kinds or _NAMES, clause)


def _each(requirement: str, *kinds: ChatKind) -> Mapping[ChatKind, str]:
    """The clause of each kind, or of these, where they are the first, second and fourth of four."""
    numbers = {ChatKind.ADHOC: 1, ChatKind.ONE_TO_ONE: 2, ChatKind.LONG_LIVED: 4}
    return {kind: f"{requirement}.{numbers[kind]}" for kind in kinds or _NAMES}


_ADHOC, _PAIR, _LASTING = _NAMES

_again("message-refused", "no message is taken", _each("UNI-CHT-018"))
_again(
    "message-from-originator-only",
    "only the originator may send messages",
    _each("UNI-CHT-018", _PAIR, _LASTING),
)
_again(
    "message-told-failed",
    "a message that is delivered is answered as Failed",
    _in("UNI-CHT-018.5", _ADHOC, _LASTING),
)
_again(
    "message-told-displayed",
    "a message is answered as Displayed at once",
    _in("UNI-CHT-018.5", _PAIR),
)
_again(
    "message-to-nothing-succeeds",
    "a message is answered as Sent, though there is no such chat",
    _in("UNI-CHT-018.6"),
)
_again(
    "pending-never-settled",
    "no final status follows a message that is pending",
    _in("UNI-CHT-018.7", _ADHOC, _LASTING),
)
_again(
    "pending-settled-for-another",
    "the final status names another message",
    _in("UNI-CHT-018.7", _PAIR),
)
_again("composing-refused", "no isComposing is taken", _each("UNI-CHT-019"))
_again(
    "composing-from-originator-only",
    "only the originator may send isComposing",
    _each("UNI-CHT-019", _PAIR, _LASTING),
)
_again("composing-idle-refused", "the state idle is rejected", _in("UNI-CHT-019.5", _ADHOC))
_again(
    "composing-refresh-refused", "a refresh time is rejected", _in("UNI-CHT-019.5", _PAIR, _LASTING)
)
_again(
    "composing-answered-as-failure",
    "a delivered isComposing is answered 500",
    _in("UNI-CHT-019.6", _PAIR),
)
_again(
    "composing-answered-as-refused",
    "a delivered isComposing is answered 403",
    _in("UNI-CHT-019.6", _ADHOC, _LASTING),
)
_again(
    "message-kept-from-last",
    "the last to join gets no messages of others",
    _each("UNI-CHT-020"),
)
_again("message-without-id", "a message comes without a chat id", _each("UNI-CHT-020"))
_again(
    "message-told-under-senders-id",
    "a message has its sender's session id",
    _in("UNI-CHT-020.2", _PAIR),
)
_again(
    "message-names-receiver",
    "a message names its receiver as sender",
    {_ADHOC: "UNI-CHT-020.1", _PAIR: "UNI-CHT-020.7", _LASTING: "UNI-CHT-020.7"},
)
_again(
    "time-stamp-of-1970",
    "the time stamp is the start of the epoch",
    _in("UNI-CHT-020.5", _ADHOC, _LASTING),
)
_again("time-stamp-ahead", "the time stamp is a year ahead", _in("UNI-CHT-020.5", _PAIR))
_again(
    "display-request-lost",
    "a request for a display report is not passed on",
    _in("UNI-CHT-020.6", _ADHOC, _LASTING),
)
_again(
    "report-link-lost",
    "a message that asks for a report does not say where to",
    _in("UNI-CHT-020.6"),
)
_again("text-trimmed", "white space around a text is lost", _in("UNI-CHT-020.7", _ADHOC))
_again("text-line-ends", "a return becomes a line feed", _in("UNI-CHT-020.7", _PAIR, _LASTING))
_again("composing-not-told", "no isComposing is passed on", _each("UNI-CHT-021"))
_again("composing-without-id", "isComposing comes without a chat id", _each("UNI-CHT-021"))
_again(
    "composing-always-active",
    "the state idle is passed on as active",
    _in("UNI-CHT-021.5", _ADHOC, _LASTING),
)
_again("composing-refresh-lost", "the refresh time is not passed on", _in("UNI-CHT-021.5", _PAIR))
_again("multimedia-refused", "no multimedia message is taken", _each("UNI-CHT-026"))
_again(
    "multimedia-from-originator-only",
    "only the originator may send multimedia messages",
    _each("UNI-CHT-026", _PAIR, _LASTING),
)
_again(
    "multimedia-told-failed",
    "a multimedia message that is delivered is answered as Failed",
    _in("UNI-CHT-026.5", _ADHOC, _LASTING),
)
_again(
    "multimedia-told-displayed",
    "a multimedia message is answered as Displayed at once",
    _in("UNI-CHT-026.5", _PAIR),
)
_again(
    "multimedia-to-nothing-succeeds",
    "a multimedia message is answered as Sent, though there is no such chat",
    _in("UNI-CHT-026.5"),
)
_again(
    "multimedia-never-settled",
    "no final status follows a multimedia message that is pending",
    _in("UNI-CHT-026.6"),
)
_again("multimedia-not-told", "nobody is told of multimedia messages", _in("UNI-CHT-027.1"))
_again(
    "multimedia-without-id", "a multimedia message is told without a chat id", _in("UNI-CHT-027.2")
)
_again(
    "file-url-dead",
    "the URL of a file leads to where nobody listens",
    _in("UNI-CHT-027.3", _ADHOC, _PAIR),
)
