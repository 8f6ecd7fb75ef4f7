"""The ids under which a target shows the participants of its group chats.

In URLs a participant stands under its address, or as the `resourceURL` of the participant shows it
(binding, before section 1). The suites name it by its address; where the target does not know that
and shows another id, they use the id.
"""

from collections.abc import Callable, Mapping, Sequence

from rcs_conformance.binding import Binding
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.wire.urls import identifiers

PARTICIPANT_ID = "participantId"
_NOT_FOUND = 404

_SHOWN_IN: Mapping[str, tuple[str, str]] = {
    "participant": ("participants", "participant"),
    "participantStatus": ("participants", "participant"),
    "longLivedParticipant": ("longLivedParticipants", "longLivedParticipant"),
    "longLivedParticipantStatus": ("longLivedParticipants", "longLivedParticipant"),
}
"""By resource: the list that shows the participants, and the resource that is one of them."""

Ids = Mapping[str, str]
Send = Callable[[Ids], Exchange]
Read = Callable[[str, Ids], Exchange]


class ParticipantIds:
    """What one user was shown.

    Args:
        binding: The paths of resources.
        users: The ids of users in URLs, by address, where they have one.
    """

    def __init__(self, binding: Binding, users: Mapping[str, str]) -> None:
        self._binding = binding
        self._users = users
        self._shown: dict[tuple[tuple[str, str], ...], str] = {}
        """The id by chat and address; an empty one where the address itself is known."""

    def sent(self, resource: str, ids: Ids, send: Send, read: Read) -> Exchange:
        """What comes of a request whose variables name a participant.

        Args:
            resource: Key of the resource.
            ids: The variables of its path, and others; the participant by its address.
            send: Sends the request with other variables.
            read: Reads a resource as the user.

        Raises:
            RcsConformanceError: As `send` and `read` do.
        """
        if resource not in _SHOWN_IN:
            return send(ids)
        key = tuple(sorted(ids.items()))
        if self._shown.get(key):
            return send({**ids, PARTICIPANT_ID: self._shown[key]})
        exchange = send(ids)
        status = exchange.answer.status
        if 200 <= status < 300:
            self._shown[key] = ""
        if status != _NOT_FOUND or key in self._shown:
            return exchange
        listed = self._shown_otherwise(resource, ids, read)
        own = (shown for address, shown in listed if same_address(address, ids[PARTICIPANT_ID]))
        shown = next(own, "")
        if not shown:  # with ids in use, a response from before the reading may be out of date
            return send(ids) if listed or any(self._shown.values()) else exchange
        self._shown[key] = shown
        return send({**ids, PARTICIPANT_ID: shown})

    def _shown_otherwise(self, resource: str, ids: Ids, read: Read) -> Sequence[tuple[str, str]]:
        """The participants that the target shows under another id than their address, with it."""
        participants, participant = _SHOWN_IN[resource]
        known = self._binding.resources.get(participant)
        path = known.path if known else None
        if not path or participants not in self._binding.resources:
            return ()
        chat = {name: value for name, value in ids.items() if name != PARTICIPANT_ID}
        listed = read(participants, chat).answer.content
        found = []
        for entry in getattr(listed, "participant", ()):
            shown = (identifiers(entry.resource_url or "", path) or {}).get(PARTICIPANT_ID, "")
            if shown and not same_address(shown, self._users.get(entry.address, entry.address)):
                found.append((entry.address, shown))
        return found
