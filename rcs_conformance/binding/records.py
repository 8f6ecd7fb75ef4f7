"""The records of a binding, and the URLs that it makes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import lru_cache
from urllib.parse import quote

from rcs_conformance.binding.wording import Wording
from rcs_conformance.errors import HarnessError
from rcs_conformance.model.channel import ChannelType
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind

VARIABLE = re.compile(r"\{([^{}]*)\}")
"""A variable in a path template; group 1 is its name."""

VARIABLES = frozenset(
    {
        "channelId",
        "groupChatId",
        "messageId",
        "otherUserId",
        "participantId",
        "sessionId",
        "subscriptionId",
        "userId",
    }
)
"""What path templates may ask for; `userId` always stands in the base already."""


class Api(StrEnum):
    """The three APIs, as they are named in the base of a path."""

    CHAT = "chat"
    FILE_TRANSFER = "filetransfer"
    NOTIFICATION_CHANNEL = "notificationchannel"


class Mark(StrEnum):
    """How sure a name is (binding, head)."""

    PUBLISHED = "P"
    """Seen in independent public implementations."""
    OWN = "E"
    """Our binding of what RCS 5.1 adds and no public document names."""


class Authentication(StrEnum):
    """The scheme of the `Authorization` header (binding, section 6)."""

    BEARER = "Bearer"
    BASIC = "Basic"
    DIGEST = "Digest"


class ElementOrder(StrEnum):
    """Whether the order of the elements that a server sends is judged (binding, section 2)."""

    ANY = "any"
    STRICT = "strict"


class ParticipantLists(StrEnum):
    """Which users a list of participants has (binding, section 7).

    They are participantList, groupChatSessionInformation and chatParticipantStatusNotification.
    """

    ALL = "all"
    OTHERS = "others"
    """All but the user who reads the list."""


class Additions(StrEnum):
    """How participants are added to a group (binding, section 7)."""

    LIST = "list"
    """Any number at a time, as a participantList."""
    SINGLE = "single"
    """One at a time, as participantInformation."""


class CreationBodies(StrEnum):
    """What the body of a 201 holds (binding, sections 1 and 7)."""

    ANY = "any"
    """What was created, or a reference to it."""
    FULL = "full"
    """What was created."""
    REFERENCE = "reference"
    """A reference to it."""


class RelativeUrl(StrEnum):
    """Members, beside resourceURL, whose URLs can be relative to the server root."""

    CHANNEL_URL = "channelURL"
    HREF = "href"
    FILE_URL = "fileURL"
    GROUP_CHAT_URL = "groupChatURL"


class Rejoining(StrEnum):
    """How a user who left joins again (binding, section 7)."""

    STATUS = "status"
    """By PUT of its own status."""
    PARTICIPANTS = "participants"
    """By POST of itself to the participants."""


class ErrorCase(StrEnum):
    """A situation that binding section 4 gives message ids for."""

    SERVICE_ERROR = "service_error"
    INVALID_INPUT = "invalid_input"
    INVALID_VALUE = "invalid_value"
    NO_VALID_ADDRESS = "no_valid_address"
    DUPLICATE_CORRELATOR = "duplicate_correlator"
    INVALID_TOKEN = "invalid_token"  # noqa: S105 - the name of an error, no secret
    SECOND_POLL = "second_poll"
    """A poll of a channel that another one has."""
    NOT_FOUND = "not_found"
    UNAVAILABLE = "unavailable"
    UNKNOWN_GROUP_CHAT = "unknown_group_chat"
    """A file transfer in a chat that does not exist (E)."""
    SERVICE_NOT_IN_CHAT = "service_not_in_chat"
    """A file transfer in a chat without the `ft` service (E)."""
    FIRST_MESSAGE_REFUSED = "first_message_refused"
    """No message is taken while a session is set up."""
    CONFIRMED_CHAT_UNSUPPORTED = "confirmed_chat_unsupported"
    ADHOC_CHAT_UNSUPPORTED = "adhoc_chat_unsupported"
    GROUP_NOT_ENDED = "group_not_ended"
    """A group chat cannot be ended by a request."""
    CLOSED_GROUP = "closed_group"
    """Nobody joins a closed group chat."""


SUBPROTOCOL = "notificationchannel-netapi-rest.openmobilealliance.org"
"""Of WebSockets, as published."""

CHANNEL_TYPES = frozenset({ChannelType.LONG_POLLING, ChannelType.WEB_SOCKETS})
"""The types of channels of the default binding."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """How notifications come through channels (binding, section 3.1).

    Attributes:
        channels: The types of channels that there are.
        subprotocol: That is offered for a WebSocket; empty for none.
        token_parameter: Of the query, which has the access token for a WebSocket; empty: the token
            is in the `Authorization` header.
        opaque_callback: Whether the callbackURL of a channel is an id, and no URL.
    """

    channels: frozenset[ChannelType] = CHANNEL_TYPES
    subprotocol: str = SUBPROTOCOL
    token_parameter: str = ""
    opaque_callback: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """A resource and what it answers (binding, section 1).

    Attributes:
        key: Its name in suites and catalogue, such as `participants`.
        api: Whose base its path stands below.
        path: Template below the base, such as `/group/{sessionId}`; `None` where only the server
            tells the URL (a channel's `channelURL`).
        verbs: The verbs of its row, each with its success codes.
        by_root: Success codes of POST by request root, where one URL takes several structures.
        mark: How sure its name is.
        element: Of a lightweight resource, the element that its body is; otherwise empty.
        extra: Verbs beyond its row that a server may have, each with its success codes; not tested.
        creation_body: What the body of a 201 holds, where that is not as elsewhere.
    """

    key: str
    api: Api
    path: str | None
    verbs: Mapping[str, tuple[int, ...]]
    by_root: Mapping[str, tuple[int, ...]]
    mark: Mark
    element: str = ""
    extra: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    creation_body: CreationBodies | None = None

    @property
    def possible(self) -> frozenset[str]:
        """The verbs that a server may have."""
        return frozenset(self.verbs) | frozenset(self.extra)

    @property
    def variables(self) -> frozenset[str]:
        """What its path template asks for below the base."""
        return frozenset(VARIABLE.findall(self.path or ""))

    def success(self, verb: str, root: str = "") -> tuple[int, ...]:
        """The codes that tell success.

        Args:
            verb: An HTTP method in capitals.
            root: Canonical root of the request body; it matters only where `by_root` names it.

        Returns:
            The codes; empty for a verb that the resource does not have.
        """
        if verb == "POST" and root in self.by_root:
            return self.by_root[root]
        return self.verbs.get(verb, ())


@lru_cache(maxsize=4096)
def _quoted(value: str) -> str:
    return quote(value, safe="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """One way to put the requirements on the wire.

    Attributes:
        name: Of the binding, for reports.
        api_version: Goes into every base path, such as `v1`.
        prefix: Path segments before the API's name, without slashes at its ends; mostly empty.
        authentication: Scheme of the `Authorization` header.
        element_order: Whether the order of received elements is judged.
        relative_resource_url: Whether the server's `resourceURL` is relative to the server root.
        relative_urls: Other members whose URLs are.
        participant_lists: Which users a list of participants has.
        additions: How participants are added.
        creation_bodies: What the body of a 201 holds, where a resource does not say otherwise.
        acceptance_without_body: Whether PUT of a status without a body accepts.
        default_format: Of a response, where a request has no body and asks for no format, and of
            the notifications of a subscription that names none.
        subscriptions_per_user: 1: a user has one subscription to chats at a time, and one channel;
            another one replaces it, or is rejected. `None`: as many as the user wants.
        rejoining: How a user who left joins again.
        chats: The kinds of chat that there are.
        file_transfer: Whether there is the File Transfer API.
        services: Tokens of the services within a chat: file transfer, then geolocation push.
        headers: Header fields that every request carries beside the usual ones.
        parts: Names of the two parts of a multimedia message: its structure, its content.
        errors: Message ids by situation; any of them is right.
        names: Canonical names to what messages call them, where they differ: names on the wire,
            and paths of members that stand elsewhere; without what only requests, responses or
            notifications call so.
        requests: How requests are worded.
        responses: How responses are worded.
        told: How notifications are worded.
        notifications: Canonical roots of all notifications, each with its mark.
        notification_id: The member that each notification has its own id in; empty for none.
        destination: The member of chatMessage that the address of the receiver stands in, in
            notifications; empty for none.
        rels: The rels of links, by those of the default binding; links with `keys.DIALECT_RELS`
            are there only where they are named here.
        delivery: How notifications come through channels.
        resources: Every resource by its key, lightweight ones among them.
        further: Resources that are not of the binding, by a name; not tested.
    """

    name: str
    api_version: str
    prefix: str
    authentication: Authentication
    element_order: ElementOrder
    relative_resource_url: bool
    relative_urls: frozenset[RelativeUrl]
    participant_lists: ParticipantLists
    additions: Additions
    creation_bodies: CreationBodies
    acceptance_without_body: bool
    default_format: Format
    subscriptions_per_user: int | None
    rejoining: Rejoining
    chats: frozenset[ChatKind]
    file_transfer: bool
    services: tuple[str, ...]
    headers: Mapping[str, str]
    parts: tuple[str, str]
    errors: Mapping[ErrorCase, tuple[str, ...]]
    names: Mapping[str, str]
    requests: Wording
    responses: Wording
    told: Wording
    notifications: Mapping[str, Mark]
    notification_id: str
    destination: str
    rels: Mapping[str, str]
    delivery: Delivery
    resources: Mapping[str, Resource]
    further: Mapping[str, Resource]

    def creation_body(self, resource: str) -> CreationBodies:
        """What the body of a 201 of a resource holds."""
        return self.resources[resource].creation_body or self.creation_bodies

    def spelt(self, name: str) -> str:
        """A root or member as messages call it."""
        return self.names.get(name, name)

    def url(
        self, server_root: str, key: str, *, api_version: str | None = None, **variables: str
    ) -> str:
        """The absolute URL of a resource.

        Args:
            server_root: The target's server root, with or without a slash at its end.
            key: Of the resource.
            api_version: Instead of the binding's own.
            **variables: Values as they are, such as ``userId="tel:+15550100"``; each is
                percent-encoded fully. A known variable that the path does not ask for is ignored,
                for another binding's path may ask for it.

        Returns:
            Such as ``https://host/api/chat/v1/tel%3A%2B15550100/group``.

        Raises:
            HarnessError: The key or a variable is unknown, or a variable is missing or empty.
        """
        if key not in self.resources:
            raise HarnessError(f"binding {self.name} has no resource {key!r}")
        resource = self.resources[key]
        if resource.path is None:
            raise HarnessError(f"resource {key} has no path: the server tells its URL")
        if unknown := sorted(variables.keys() - VARIABLES):
            raise HarnessError(f"resource {key}: no path variable is called {', '.join(unknown)}")
        base = "/".join(
            part for part in (server_root.rstrip("/"), self.prefix, resource.api) if part
        )
        template = f"{base}/{quote(api_version or self.api_version, safe='')}"
        return template + self._filled(key, "/{userId}" + resource.path, variables)

    @staticmethod
    def _filled(key: str, template: str, variables: Mapping[str, str]) -> str:
        """The template with every variable's value, percent-encoded."""

        def value(match: re.Match[str]) -> str:
            if not variables.get(match[1]):
                raise HarnessError(f"resource {key}: its URL needs a value for {match[1]}")
            return _quoted(variables[match[1]])

        return VARIABLE.sub(value, template)
