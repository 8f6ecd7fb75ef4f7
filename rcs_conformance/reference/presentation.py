"""Structures as a user is shown them: users under the addresses that the server shows."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar

from rcs_conformance.model.notifications import ChatParticipantStatusNotification
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.dialects import Dialect
from rcs_conformance.reference.notices import Notice, Outgoing
from rcs_conformance.reference.notifier import Outlet
from rcs_conformance.reference.state import Account, Accounts
from rcs_conformance.reference.transfer_notices import TransferNotice

T = TypeVar("T")


def shown_addresses(accounts: tuple[Account, ...]) -> Mapping[str, str]:
    """The main addresses that are not shown, each with the one that is shown in its place."""
    return {canonical(each.address): each.shown for each in accounts if each.shown}


def presented(content: T, shown: Mapping[str, str]) -> T:
    """A structure with the addresses that the server shows, at any depth."""
    if not shown:
        return content
    if isinstance(content, tuple):
        return type(content)(presented(each, shown) for each in content)
    if not is_dataclass(content) or isinstance(content, type):
        return content
    changes: dict[str, object] = {}
    for field in fields(content):
        value = getattr(content, field.name)
        if field.name.endswith("address"):
            changes[field.name] = _replaced(value, shown)
        elif isinstance(value, tuple) or is_dataclass(value):
            changes[field.name] = presented(value, shown)
    return replace(content, **changes)


def _replaced(value: object, shown: Mapping[str, str]) -> object:
    if isinstance(value, tuple):
        return tuple(_replaced(each, shown) for each in value)
    return shown.get(canonical(value), value) if isinstance(value, str) else value


@dataclass(frozen=True, slots=True, kw_only=True)
class PresentingOutlet:
    """Takes notices of the rules, and hands them on as they are shown.

    Attributes:
        outlet: Delivers them.
        shown: As of `shown_addresses`.
        dialect: Of the server.
        accounts: Its users.
    """

    outlet: Outlet
    shown: Mapping[str, str]
    dialect: Dialect
    accounts: Accounts

    def put(self, notice: Outgoing) -> None:
        """Take a notice."""
        match notice:
            case Notice():
                content = presented(notice.content, self.shown)
                if isinstance(content, ChatParticipantStatusNotification):
                    reader = notice.member.address
                    content = self.dialect.for_reader(content, reader, self.accounts)
                notice = replace(notice, content=content)
            case TransferNotice():
                notice = replace(notice, content=presented(notice.content, self.shown))
        self.outlet.put(notice)
