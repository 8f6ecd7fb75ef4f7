"""The paths of the resources that the server has: which one a request means, and their URLs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, unquote

from rcs_conformance.binding import Api, Binding
from rcs_conformance.reference.parts import kinds_of
from rcs_conformance.reference.verbs import default_binding, verbs_in

SERVED: Mapping[str, tuple[str, ...]] = {
    "subscriptions": ("GET", "POST"),
    "subscription": ("GET", "DELETE"),
    "subscriptionDuration": ("GET", "PUT"),
    "oneToOneSessions": ("POST",),
    "oneToOneSession": ("GET", "DELETE"),
    "oneToOneStatus": ("PUT",),
    "oneToOneExtend": ("POST",),
    "oneToOneExtendLongLived": ("POST",),
    "oneToOneMessages": ("POST",),
    "oneToOneMessageStatus": ("GET", "PUT"),
    "groups": ("POST",),
    "group": ("GET", "DELETE"),
    "groupSubject": ("GET", "PUT"),
    "participants": ("GET", "POST"),
    "participant": ("GET", "DELETE"),
    "participantStatus": ("PUT",),
    "groupMessages": ("POST",),
    "groupMessageStatus": ("GET", "PUT"),
    "longLivedGroups": ("GET", "POST"),
    "longLivedGroup": ("GET",),
    "longLivedParticipants": ("GET", "POST"),
    "longLivedParticipant": ("GET", "DELETE"),
    "longLivedParticipantStatus": ("PUT",),
    "longLivedMessages": ("POST",),
    "longLivedMessageStatus": ("GET", "PUT"),
    "channels": ("GET", "POST"),
    "channel": ("GET", "DELETE"),
    "channelLifetime": ("GET", "PUT"),
    "ftSubscriptions": ("GET", "POST"),
    "ftSubscription": ("GET", "DELETE"),
    "ftSessions": ("POST",),
    "ftSession": ("GET", "DELETE"),
    "ftStatus": ("PUT",),
}
"""The resources that exist, by their key in the binding, with their verbs."""

FILE = "file"
"""Key of the files of multimedia messages: the binding leaves their URL to the server."""

FT_FILE = "ftFile"
"""Key of the files of file transfers, likewise."""

POLL = "channelURL"
"""Key of the long polls of a channel: the binding leaves their URL to the server."""

CALLBACK = "callbackURL"
"""Key of the URL through which subscriptions send to a channel."""

CONTROL = "control"
"""Key of the triggers (binding, section 8)."""


_VERBS = {**SERVED, FILE: ("GET",), FT_FILE: ("GET",), POLL: ("POST",)}
"""The verbs of all that a path leads to, also where the binding leaves the path to the server."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What a path leads to; an empty `resource` is none.

    Attributes:
        resource: Its key in the binding.
        verbs: That it has.
        meant: Those of them that stand for another one in the default binding.
        variables: Of the path, decoded.
    """

    resource: str = ""
    verbs: tuple[str, ...] = ()
    meant: Mapping[str, str] = field(default_factory=dict)
    variables: Mapping[str, str]


class Paths:
    def __init__(self, binding: Binding | None = None) -> None:
        self.binding = binding or default_binding()
        resources = self.binding.resources
        self._verbs = {key: verbs_in(self.binding, key) for key in SERVED if self._has(key)}
        self._templates = {
            key: self._base(resources[key].api) + (resources[key].path or "") for key in self._verbs
        }
        for key, api in ((FILE, Api.CHAT), (FT_FILE, Api.FILE_TRANSFER)):
            self._templates[key] = f"{self._base(api)}/files/{{fileId}}"
        channel = self._templates["channel"]
        self._templates[POLL] = f"{channel}/notifications"
        for key, further in self.binding.further.items():
            self._templates[key] = self._base(further.api) + (further.path or "")
        self._patterns = [(key, _pattern(path)) for key, path in self._templates.items()]
        self._templates[CALLBACK] = f"{channel}/callback"

    def _base(self, api: str) -> str:
        """The path of a user's resources of an API."""
        base = f"/{self.binding.prefix}/{api}/{self.binding.api_version}/{{userId}}"
        return base.replace("//", "/")

    def route(self, path: str) -> Route:
        """The resource of a percent-encoded path, with its variables decoded."""
        if match := re.fullmatch(r"/__control/v1/([^/]*)", path):
            return Route(resource=CONTROL, verbs=("POST",), variables={"trigger": match[1]})
        for key, pattern in self._patterns:
            if match := pattern.fullmatch(path):
                values = {name: unquote(value) for name, value in match.groupdict().items()}
                return self._routed(key, values)
        return Route(variables={})

    def located(self, root: str, url: str) -> Route:
        """The resource of a URL, absolute or relative to the server root; of no other server's."""
        path = url.removeprefix(root)
        if "://" in path:
            return Route(variables={})
        return self.route("/" + path.lstrip("/"))

    def _routed(self, key: str, values: Mapping[str, str]) -> Route:
        if key in self.binding.further:
            return Route(resource=key, verbs=tuple(self.beyond(key)), variables=values)
        if key not in self._verbs:
            return Route(resource=key, verbs=_VERBS[key], variables=values)
        spelt = self._verbs[key]
        verbs = tuple(spelt[verb] for verb in SERVED[key] if verb in spelt)
        meant = {theirs: ours for ours, theirs in spelt.items() if ours != theirs}
        return Route(resource=key, verbs=verbs, meant=meant, variables=values)

    def beyond(self, key: str) -> frozenset[str]:
        """The verbs that a dialect has beyond those of the default binding."""
        resources = {**self.binding.further, **self.binding.resources}
        return frozenset(resources[key].extra) if key in resources else frozenset()

    def _has(self, key: str) -> bool:
        """Whether the dialect has a resource: kinds of chat may lack, and lightweight ones."""
        if key not in self.binding.resources:
            return False
        if self.binding.resources[key].api is Api.FILE_TRANSFER:
            return self.binding.file_transfer
        kinds = kinds_of(key)
        return not kinds or bool(kinds & self.binding.chats)

    def url(self, root: str, key: str, *, bare: str = "", **variables: str) -> str:
        """The URL of a resource.

        Args:
            root: The server root.
            key: Of the resource.
            bare: Characters that are not percent-encoded.
            **variables: Of its path, as they are.
        """
        encoded = {name: _encoded(value, bare) for name, value in variables.items()}
        return root + self._templates[key].format(**encoded)


@lru_cache(maxsize=4096)
def _encoded(value: str, bare: str) -> str:
    return quote(value, safe=bare)


def _pattern(template: str) -> re.Pattern[str]:
    """Matches a template's paths; a variable is one segment that is not empty."""
    pieces = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(
            f"(?P<{piece}>[^/]+)" if position % 2 else re.escape(piece)
            for position, piece in enumerate(pieces)
        )
    )
