"""The paths of the resources that the server has: which one a request means, and their URLs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote, unquote

from rcs_conformance.binding import load_binding

SERVED: Mapping[str, tuple[str, ...]] = {
    "subscriptions": ("GET", "POST"),
    "subscription": ("GET", "DELETE"),
    "groups": ("POST",),
    "group": ("GET", "DELETE"),
    "participants": ("GET", "POST"),
    "participant": ("GET", "DELETE"),
    "participantStatus": ("PUT",),
    "groupMessages": ("POST",),
    "groupMessageStatus": ("GET", "PUT"),
}
"""The resources that exist, by their key in the binding, with their verbs."""

CONTROL = "control"
"""Key of the triggers (binding, section 8)."""

_MESSAGE = "groupMessageStatus"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """What a path leads to; an empty `resource` is none."""

    resource: str = ""
    verbs: tuple[str, ...] = ()
    variables: Mapping[str, str]


class Paths:
    """The paths of one binding."""

    def __init__(self, binding: str = "oma-v1") -> None:
        self.binding = load_binding(binding)
        base = f"/{self.binding.prefix}/chat/{self.binding.api_version}/{{userId}}"
        self._templates = {
            key: base.replace("//", "/") + (self.binding.resources[key].path or "")
            for key in SERVED
        }
        self._patterns = [(key, _pattern(path)) for key, path in self._templates.items()]

    def route(self, path: str) -> Route:
        """The resource of a percent-encoded path, with its variables decoded."""
        if match := re.fullmatch(r"/__control/v1/([^/]*)", path):
            return Route(resource=CONTROL, verbs=("POST",), variables={"trigger": match[1]})
        for key, pattern in self._patterns:
            if match := pattern.fullmatch(path):
                values = {name: unquote(value) for name, value in match.groupdict().items()}
                return Route(resource=key, verbs=SERVED[key], variables=values)
        return Route(variables={})

    def url(self, root: str, key: str, *, bare: str = "", **variables: str) -> str:
        """The URL of a resource.

        Args:
            root: The server root.
            key: Of the resource.
            bare: Characters that are not percent-encoded.
            **variables: Of its path, as they are.
        """
        encoded = {name: quote(value, safe=bare) for name, value in variables.items()}
        return root + self._templates[key].format(**encoded)

    def message_url(self, root: str, *, bare: str = "", **variables: str) -> str:
        """The URL of a message: that of its status without the last segment."""
        return self.url(root, _MESSAGE, bare=bare, **variables).removesuffix("/status")


def _pattern(template: str) -> re.Pattern[str]:
    """Matches a template's paths; a variable is one segment that is not empty."""
    pieces = re.split(r"\{(\w+)\}", template)
    return re.compile(
        "".join(
            f"(?P<{piece}>[^/]+)" if position % 2 else re.escape(piece)
            for position, piece in enumerate(pieces)
        )
    )
