"""The clauses that a race is about: for each observation, the one that it breaks if it is wrong."""

from collections.abc import Mapping

from rcs_conformance.histories.records import Action, Facet
from rcs_conformance.model.kinds import ChatKind

_SESSION: Mapping[Action, Mapping[Facet, str]] = {
    Action.ACCEPT: {Facet.OUTCOME: "UNI-CHT-008a.1"},
    Action.END: {Facet.OUTCOME: "UNI-CHT-003a.1", Facet.SIGNALLED: "UNI-CHT-003a.3"},
    Action.SEND: {
        Facet.OUTCOME: "UNI-CHT-018.2",
        Facet.RECEIVED: "UNI-CHT-005.2",
        Facet.MISSED: "UNI-CHT-020.2",
    },
    Action.READ: {Facet.OUTCOME: "UNI-CHT-003a.3", Facet.SHOWN: "UNI-CHT-008a.1"},
}
_GROUP: Mapping[Action, Mapping[Facet, str]] = {
    Action.ACCEPT: {Facet.OUTCOME: "UNI-CHT-008b.1"},
    Action.LEAVE: {Facet.OUTCOME: "UNI-CHT-011.1"},
    Action.END: {Facet.OUTCOME: "UNI-CHT-003b.1", Facet.SIGNALLED: "UNI-CHT-003b.3"},
    Action.CANCEL: {Facet.OUTCOME: "UNI-CHT-003b.3"},
    Action.ADD: {Facet.OUTCOME: "UNI-CHT-014.1"},
    Action.SEND: {
        Facet.OUTCOME: "UNI-CHT-011.2",
        Facet.RECEIVED: "UNI-CHT-011.2",
        Facet.MISSED: "UNI-CHT-020.3",
    },
    Action.READ: {Facet.OUTCOME: "TS-CHAT-4.1.6", Facet.SHOWN: "TS-CHAT-4.1.6"},
}
_LONG_LIVED: Mapping[Action, Mapping[Facet, str]] = {
    Action.ACCEPT: {Facet.OUTCOME: "UNI-CHT-040.1"},
    Action.LEAVE: {Facet.OUTCOME: "UNI-CHT-033.1"},
    Action.ADD: {Facet.OUTCOME: "UNI-CHT-031.1"},
    Action.SEND: {
        Facet.OUTCOME: "UNI-CHT-033.2",
        Facet.RECEIVED: "UNI-CHT-033.2",
        Facet.MISSED: "UNI-CHT-020.4",
    },
    Action.READ: {Facet.OUTCOME: "UNI-CHT-035.1", Facet.SHOWN: "UNI-CHT-035.1"},
}
_OF_KIND: Mapping[ChatKind, Mapping[Action, Mapping[Facet, str]]] = {
    ChatKind.ONE_TO_ONE: _SESSION,
    ChatKind.GROUP: _GROUP,
    ChatKind.LONG_LIVED: _LONG_LIVED,
}


def clauses(kind: ChatKind, action: Action, shown: str = "") -> Mapping[Facet, str]:
    """The clause of each facet of an operation.

    Args:
        kind: The kind of chat.
        action: What the user does.
        shown: Of a reading: the clause about the user that it shows, where a step was about it.
    """
    of_action = _OF_KIND[kind].get(action, {})
    return {**of_action, Facet.SHOWN: shown} if shown else of_action
