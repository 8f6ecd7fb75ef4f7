"""Structures of the common definitions, shared by all APIs (binding, section 2).

How a structure is declared, here and in the modules beside this one: a frozen dataclass whose
class name is its type and whose fields stand in the order in which elements are sent. A field is
named like its element in snake case (`notify_url` is `notifyURL`); the codec needs nothing else.
A tuple is a repeatable element, `None` an element that is left out.
"""

from dataclasses import dataclass
from enum import StrEnum


class NotificationFormat(StrEnum):
    """The format in which a subscription wants its notifications."""

    XML = "XML"
    JSON = "JSON"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A typed reference to another resource; attributes in XML."""

    rel: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CallbackReference:
    """Where and how a subscriber wants its notifications."""

    notify_url: str
    callback_data: str | None = None
    notification_format: NotificationFormat | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ResourceReference:
    """The short answer to a creation: the URL of what was created."""

    resource_url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceException:
    """A fault of the service: `SVC` and four digits, a text with `%1`..., its variables."""

    message_id: str
    text: str
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyException:
    """A refusal by policy: `POL` and four digits, a text with `%1`..., its variables."""

    message_id: str
    text: str
    variables: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestError:
    """The body of an error answer: one of the two exceptions."""

    link: tuple[Link, ...] = ()
    service_exception: ServiceException | None = None
    policy_exception: PolicyException | None = None
