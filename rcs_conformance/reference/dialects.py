"""How the server speaks a dialect: its rules are those of the default binding, translated here.

Requests are turned into those of the default binding, and responses of the rules into
what the dialect has for it. What a rule says that the default binding knows nothing of, as a fault
does, goes out as it is.
"""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import TypeVar
from urllib.parse import quote

from rcs_conformance.binding import (
    Additions,
    Binding,
    CreationBodies,
    ErrorCase,
    ParticipantLists,
    Rejoining,
)
from rcs_conformance.binding.keys import DIALECT_RELS
from rcs_conformance.model.chat import (
    ChatNotificationSubscription,
    GroupChatSessionInformation,
    ParticipantInformation,
    ParticipantList,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.common import (
    Link,
    NotificationFormat,
    PolicyException,
    RequestError,
    ResourceReference,
    ServiceException,
)
from rcs_conformance.model.filetransfer import (
    FileTransferNotificationSubscription,
    ReceiverSessionStatus,
)
from rcs_conformance.model.formats import Format
from rcs_conformance.model.notifications import ChatParticipantStatusNotification
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.lightweight import KINDS
from rcs_conformance.reference.multipart import unpacked
from rcs_conformance.reference.notification_members import FurtherMembers
from rcs_conformance.reference.parts import Part
from rcs_conformance.reference.state import Accounts
from rcs_conformance.reference.verbs import default_binding, verbs_in
from rcs_conformance.wire import Codec
from rcs_conformance.wire.element import LoneElement
from rcs_conformance.wire.spelling import spelling_of

T = TypeVar("T")
L = TypeVar(
    "L",
    bound=ParticipantList | GroupChatSessionInformation | ChatParticipantStatusNotification,
)
S = TypeVar("S", bound=ChatNotificationSubscription | FileTransferNotificationSubscription)

_FIELDS = {
    "resourceURL": "resource_url",
    "channelURL": "channel_url",
    "href": "href",
    "fileURL": "file_url",
    "groupChatURL": "group_chat_url",
}
"""The members that may be relative URLs, each with its field."""

_PATH = re.compile(r"[A-Za-z]+(/[A-Za-z]+)*")
_CASES = {
    400: (
        *(ErrorCase.SERVICE_ERROR, ErrorCase.INVALID_INPUT, ErrorCase.INVALID_VALUE),
        *(ErrorCase.NO_VALID_ADDRESS, ErrorCase.UNKNOWN_GROUP_CHAT),
    ),
    401: (ErrorCase.INVALID_TOKEN,),
    403: (
        *(ErrorCase.SERVICE_NOT_IN_CHAT, ErrorCase.FIRST_MESSAGE_REFUSED),
        *(ErrorCase.CONFIRMED_CHAT_UNSUPPORTED, ErrorCase.ADHOC_CHAT_UNSUPPORTED),
        *(ErrorCase.GROUP_NOT_ENDED, ErrorCase.CLOSED_GROUP),
    ),
    404: (ErrorCase.NOT_FOUND, ErrorCase.UNKNOWN_GROUP_CHAT),
    409: (ErrorCase.DUPLICATE_CORRELATOR, ErrorCase.SECOND_POLL),
    503: (ErrorCase.UNAVAILABLE,),
}
"""The situations that have a status."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialect:
    """Translates between a binding and the default one."""

    binding: Binding

    @property
    def requests(self) -> Codec:
        """Reads requests in its words."""
        return Codec.of(self.binding.requests, self.binding.parts)

    @property
    def responses(self) -> Codec:
        """Writes responses in its words."""
        return Codec.of(self.binding.responses, self.binding.parts)

    @property
    def notifications(self) -> Codec:
        """Writes notifications, and lists of them, in its words."""
        return Codec.of(self.binding.told, self.binding.parts)

    def notification(self, content: object, fmt: Format, receiver: str) -> bytes:
        """The body of a notification; of a list of them where the content is a tuple.

        Args:
            content: The notification, or several.
            fmt: The format.
            receiver: The address of the user that is notified.
        """
        if isinstance(content, tuple):
            body = self.notifications.encode_list(content, fmt)
        else:
            body = self.notifications.encode(content, fmt)
        further = FurtherMembers(
            identity=self.binding.notification_id,
            destination=self.binding.destination,
            names=self.binding.told.names,
        )
        return further.added(body, fmt, receiver)

    def read(self, call: Call, content: object) -> object:
        """The structure of a request in the default binding; rejects with 400."""
        if isinstance(content, ChatNotificationSubscription | FileTransferNotificationSubscription):
            return self._with_format(content)
        if self.binding.additions is Additions.LIST or not call.does("POST", Part.PARTICIPANTS):
            return content
        if not isinstance(content, ParticipantInformation):
            raise rejections.malformed(f"the root: {self.binding.spelt('participantInformation')}")
        return ParticipantList(participant=(content,))

    def _with_format(self, content: S) -> S:
        """A subscription with the format of its notifications, where XML is not the default."""
        reference, fmt = content.callback_reference, self.binding.default_format
        if reference.notification_format is not None or fmt is Format.XML:
            return content
        filled = replace(reference, notification_format=NotificationFormat(fmt.name))
        return replace(content, callback_reference=filled)

    def accepted_without_body(self, call: Call) -> object | None:
        """What a request without a body to a status resource means, where it means anything."""
        if not self.binding.acceptance_without_body or call.method != "PUT":
            return None
        if call.resource == "ftStatus":
            return ReceiverSessionStatus(status=ParticipantStatus.CONNECTED)
        is_status = call.part is Part.STATUS
        return ParticipantSessionStatus(status=ParticipantStatus.CONNECTED) if is_status else None

    def returns(self, call: Call, content: object, accounts: Accounts) -> bool:
        """Whether a user re-joins by posting itself to the participants."""
        if self.binding.rejoining is Rejoining.STATUS or not call.does("POST", Part.PARTICIPANTS):
            return False
        entries = content.participant if isinstance(content, ParticipantList) else ()
        asking = canonical(accounts.address(call.variables["userId"]))
        named = [canonical(accounts.address(each.address)) for each in entries]
        return named == [asking]

    def given(self, call: Call, response: Response, accounts: Accounts) -> Response:
        """A response of the rules in the dialect."""
        if isinstance(response.content, RequestError):
            return replace(response, content=self._error(response.status, response.content))
        if isinstance(response.content, ParticipantList):
            response = self._participants(call, response, accounts)
        match response.content:
            case ParticipantList() | GroupChatSessionInformation() as listed:
                reader = accounts.address(call.variables["userId"])
                response = replace(response, content=self.for_reader(listed, reader, accounts))
        response = replace(response, content=self._created(call, response))
        return replace(
            response,
            status=self._status(call, response),
            content=self.written(self._element(call, response.content), call.root),
        )

    def element(self, resource: str) -> str:
        """The element that a lightweight resource is."""
        return self.binding.resources[resource].element

    def written(self, content: T, root: str) -> T:
        """A structure with its URLs as the dialect has them.

        Args:
            content: The structure.
            root: The server root that its URLs begin with.
        """
        linked = self._linked(content)
        members = self._relative_members
        return _relative(linked, root, members) if members else linked

    @property
    def _relative_members(self) -> frozenset[str]:
        """The fields of structures whose URLs are relative to the server root."""
        own = {"resourceURL"} if self.binding.relative_resource_url else set()
        return frozenset(_FIELDS[each] for each in (*own, *self.binding.relative_urls))

    def _linked(self, content: T) -> T:
        """A structure, or several, with the links of the dialect under its rels."""
        if isinstance(content, tuple):
            return type(content)(self._linked(each) for each in content)
        found = getattr(content, "link", ())
        links = tuple(
            Link(rel=self.binding.rels.get(each.rel, each.rel), href=each.href)
            for each in found
            if each.rel not in DIALECT_RELS or each.rel in self.binding.rels
        )
        if links == found or not is_dataclass(content) or isinstance(content, type):
            return content
        return replace(content, link=links)

    def _created(self, call: Call, response: Response) -> object:
        """The body of a 201 as the dialect has it: in full, or a reference."""
        url = getattr(response.content, "resource_url", None)
        is_creation = call.method == "POST" and response.status == 201
        if (
            not is_creation
            or not isinstance(url, str)
            or call.resource not in self.binding.resources
        ):
            return response.content
        if self.binding.creation_body(call.resource) is CreationBodies.REFERENCE:
            return ResourceReference(resource_url=url)
        return response.content

    def _element(self, call: Call, content: object) -> object:
        """The element of a lightweight resource under its name in the dialect."""
        if not isinstance(content, LoneElement) or content.name != KINDS[call.resource][0]:
            return content
        return replace(content, name=self.element(call.resource))

    def _status(self, call: Call, response: Response) -> int:
        is_ours = self.binding is default_binding()
        if is_ours or call.resource not in self.binding.resources:
            return response.status
        root = type(unpacked(response.requested)[0]).__name__
        root = root[:1].lower() + root[1:]
        ours = default_binding().resources[call.resource].success(call.method, root)
        row = self.binding.resources[call.resource]
        verb = verbs_in(self.binding, call.resource).get(call.method, call.method)
        theirs = row.success(verb, root)
        if response.status in theirs or response.status not in ours or not theirs:
            return response.status
        return theirs[0]

    def _participants(self, call: Call, response: Response, accounts: Accounts) -> Response:
        """A list of participants, or only the one that was added."""
        listed = response.content
        if not isinstance(listed, ParticipantList) or call.part is not Part.PARTICIPANTS:
            return response
        if call.method == "POST" and self.binding.additions is Additions.SINGLE:
            return _single(response, listed, accounts)
        return response

    def for_reader(self, content: L, reader: str, accounts: Accounts) -> L:
        """What lists participants, without the user that it is for; at least one is left."""
        if self.binding.participant_lists is ParticipantLists.ALL:
            return content
        own = canonical(reader)
        others = tuple(
            each for each in content.participant if canonical(accounts.address(each.address)) != own
        )
        return replace(content, participant=others or content.participant)

    def _error(self, status: int, error: RequestError) -> RequestError:
        """An error with the message id and the names that the dialect has for it."""
        service, policy = error.service_exception, error.policy_exception
        return replace(
            error,
            service_exception=service and self._exception(status, service),
            policy_exception=policy and self._exception(status, policy),
        )

    def _exception(self, status: int, given: T) -> T:
        if not isinstance(given, ServiceException | PolicyException):
            return given
        ours, message_id = default_binding().errors, given.message_id
        cases = (case for case in _CASES.get(status, ()) if message_id in ours[case])
        theirs = next((self.binding.errors[case] for case in cases), (message_id,))
        spelling = spelling_of(self.binding.names)
        variables = (
            spelling.path(each) if _PATH.fullmatch(each) else each for each in given.variables
        )
        return replace(
            given,
            message_id=self._formed(message_id if message_id in theirs else theirs[0]),
            variables=tuple(variables),
        )

    def _formed(self, message_id: str) -> str:
        """An id in the form of the dialect: as it is, shorter, or one that the dialect lists."""
        form = self.binding.responses.forms.message_id
        kind, digits = message_id[:3], message_id[3:]
        shorter = (message_id, *(kind + digits[-length:] for length in (3, 2, 1)))
        listed = (each for ids in self.binding.errors.values() for each in ids)
        known = (*shorter, *(each for each in listed if each.startswith(kind)))
        found = (each for each in known if not form or re.fullmatch(form, each))
        return next(found, message_id)


def _single(response: Response, listed: ParticipantList, accounts: Accounts) -> Response:
    """The response to an addition with only the added participant."""
    added = getattr(response.requested, "participant", ())
    addresses = {canonical(accounts.address(each.address)) for each in added}
    found = [each for each in listed.participant if canonical(each.address) in addresses]
    if not found:
        return response
    added = found[0]
    headers = tuple(
        (name, f"{value}/{quote(added.address, safe='')}" if name == "Location" else value)
        for name, value in response.headers
    )
    return replace(response, content=added, headers=headers)


def _relative(content: T, root: str, members: frozenset[str]) -> T:
    """A structure with the URLs of some fields relative to the server root, at any depth."""
    if isinstance(content, tuple):
        return type(content)(_relative(each, root, members) for each in content)
    if not is_dataclass(content) or isinstance(content, type):
        return content
    changes: dict[str, object] = {}
    for field in fields(content):
        value = getattr(content, field.name)
        if field.name in members and isinstance(value, str):
            by_socket = f"ws{root.removeprefix('http')}"  # of the channelURL of a WebSocket
            changes[field.name] = value.removeprefix(root).removeprefix(by_socket)
        elif isinstance(value, tuple) or is_dataclass(value):
            changes[field.name] = _relative(value, root, members)
    return replace(content, **changes)
