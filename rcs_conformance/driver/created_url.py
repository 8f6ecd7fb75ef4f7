"""Where the thing is that a response says was created, if it says two different things.

`Location` and the `resourceURL` of the body must name one resource. A check says so where they do
not; all other tests go on with the one that the target serves.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from rcs_conformance.binding import Binding
from rcs_conformance.driver.ledger import CREATED
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.wire.created import location, resource_url
from rcs_conformance.wire.urls import identifiers

_READABLE: Mapping[str, str] = {
    **CREATED,
    "oneToOneMessages": "oneToOneMessageStatus",
    "groupMessages": "groupMessageStatus",
    "longLivedMessages": "longLivedMessageStatus",
}
"""What a POST to a resource makes, as far as it can be read; of a message, its status."""

Read = Callable[[str, Mapping[str, str]], Exchange]


def with_created_url(creation: Exchange, binding: Binding, read: Read) -> Exchange:
    """A creation, with the URL that the target serves where its response has two different ones.

    Args:
        creation: Any request and its response.
        binding: The paths of resources.
        read: Reads a resource by the variables of its path.

    Raises:
        RcsConformanceError: As `read` does.
    """
    request, status = creation.request, creation.answer.status
    made = _READABLE.get(request.resource) if request.method == "POST" else None
    known = binding.resources.get(made) if made and 200 <= status < 300 else None
    if not made or known is None or not known.path:
        return creation
    first, second = location(creation), resource_url(creation)
    path = known.path.removesuffix("/status")
    one = identifiers(first, path) if first else None
    other = identifiers(second, path) if second else None
    if not one or not other or one == other or _is_served(read(made, one)):
        return creation
    return replace(creation, created_url=second) if _is_served(read(made, other)) else creation


def _is_served(read: Exchange) -> bool:
    return 200 <= read.answer.status < 300
