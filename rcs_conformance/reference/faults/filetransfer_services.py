"""Faults in which chats take files, and what they say of it (UNI-FLT-001.4, .5, UNI-CHT-004b.6)."""

from dataclasses import replace

from rcs_conformance.model.chat import (
    GroupChatSessionInformation,
    LongLivedGroupChatInformation,
    ParticipantStatus,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import SomeOperations, edited
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import FILE_TRANSFER, SERVICES, Rules
from rcs_conformance.reference.state import Conversation, Member

FILE_SERVICES = Faults()

_Chat = GroupChatSessionInformation | LongLivedGroupChatInformation


# The service (UNI-FLT-001.4, 001.5) ------------------------------------------------------------


@FILE_SERVICES.add(
    "file-without-service", "UNI-FLT-001.4", "Every group chat takes files, whatever its services."
)
class _WithoutService(Rules):
    def file_services(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        return SERVICES


@FILE_SERVICES.add(
    "file-by-other-service", "UNI-FLT-001.4", "A group chat with any service at all takes files."
)
class _ByOtherService(Rules):
    def file_services(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        return SERVICES if super().file_services(conversation, sender) else ()


@FILE_SERVICES.add(
    "file-by-one-service-only", "UNI-FLT-001.4", "A group chat with both services takes no files."
)
class _ByOneServiceOnly(Rules):
    def file_services(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        services = super().file_services(conversation, sender)
        return services if len(services) == 1 else ()


@FILE_SERVICES.add(
    "missing-service-told-as-any",
    "UNI-FLT-001.4",
    "A file transfer in a chat without the service is rejected as by any other policy.",
)
class _MissingToldAsAny(Rules):
    def may_offer(self, conversation: Conversation, sender: Member, content: object) -> None:
        try:
            super().may_offer(conversation, sender, content)
        except Rejection:
            raise rejections.forbidden("no files here") from None


@FILE_SERVICES.add(
    "missing-service-told-as-absence",
    "UNI-FLT-001.4",
    "A file transfer in a chat without the service is rejected as in a chat that does not exist.",
)
class _MissingToldAsAbsence(Rules):
    def may_offer(self, conversation: Conversation, sender: Member, content: object) -> None:
        try:
            super().may_offer(conversation, sender, content)
        except Rejection:
            raise rejections.unknown_group_chat("groupChatURL") from None


class _Capability(SomeOperations):
    """Changes a group as those read it who were invited and take part."""

    operations = frozenset({"GET group", "GET longLivedGroup"})

    def show(self, info: _Chat) -> _Chat:
        """What they read; as it is, unless a fault says otherwise."""
        return info

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        info = response.content
        if not isinstance(info, _Chat):
            return response
        reader = canonical(call.variables["userId"])
        own = [each for each in info.participant if canonical(each.address) == reader]
        joined = own and not own[0].is_originator
        joined = joined and own[0].status is ParticipantStatus.CONNECTED
        return replace(response, content=self.show(info)) if joined else response


@FILE_SERVICES.add(
    "capability-hidden-from-invited",
    "UNI-FLT-001.5",
    "Who was invited to a group chat reads it without file transfer once it has accepted.",
)
class _CapabilityHidden(_Capability):
    def show(self, info: _Chat) -> _Chat:
        if isinstance(info, LongLivedGroupChatInformation):
            return info
        left = tuple(each for each in info.supported_service if each != FILE_TRANSFER)
        return replace(info, supported_service=left)


@FILE_SERVICES.add(
    "capability-claimed-to-invited",
    "UNI-FLT-001.5",
    "Who was invited to a group chat reads file transfer among its services once it has accepted.",
)
class _CapabilityClaimed(_Capability):
    def show(self, info: _Chat) -> _Chat:
        if isinstance(info, LongLivedGroupChatInformation):
            return info
        others = tuple(each for each in info.supported_service if each != FILE_TRANSFER)
        return replace(info, supported_service=(FILE_TRANSFER, *others))


@FILE_SERVICES.add(
    "capability-of-the-start",
    "UNI-FLT-001.5",
    "A long-lived group is read with the services it began with, whatever they are now.",
)
class _CapabilityOfTheStart(SomeOperations):
    operations = frozenset({"GET longLivedGroup", "GET longLivedGroups"})

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self._first: dict[str, tuple[str, ...]] = {}

    def change_services(self, conversation: Conversation, services: tuple[str, ...]) -> None:
        self._first.setdefault(conversation.group_chat_id, conversation.services)
        super().change_services(conversation, services)

    def respond(self, call: Call, response: Response) -> Response:
        def aged(info: LongLivedGroupChatInformation) -> LongLivedGroupChatInformation:
            first = self._first.get(info.group_chat_id or "", info.supported_service)
            return replace(info, supported_service=first)

        return edited(super().respond(call, response), LongLivedGroupChatInformation, aged)


# What was notified counts (UNI-CHT-004b.6, 037.2) ----------------------------------------------


@FILE_SERVICES.add(
    "declared-service-counts",
    "UNI-CHT-004b.6",
    "Who declared file transfer on accepting can offer files, whatever the chat's services.",
)
class _DeclaredCounts(Rules):
    def file_services(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        return (*super().file_services(conversation, sender), *sender.services)


@FILE_SERVICES.add(
    "declared-service-counts-for-originator",
    "UNI-CHT-004b.6",
    "Once others declared file transfer on accepting, the originator can offer them files.",
)
class _DeclaredCountsForOriginator(Rules):
    def file_services(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        services = super().file_services(conversation, sender)
        others = [each for each in conversation.connected if each is not sender]
        is_originator = sender.address == conversation.originator
        agreed = others and all(FILE_TRANSFER in each.services for each in others)
        return SERVICES if is_originator and agreed else services


class _Remembering(Rules):
    """Knows which services a chat began with."""

    def __init__(self, seed: int = 0) -> None:
        super().__init__(seed)
        self.first: dict[int, tuple[str, ...]] = {}

    def change_services(self, conversation: Conversation, services: tuple[str, ...]) -> None:
        self.first.setdefault(conversation.number, conversation.services)
        super().change_services(conversation, services)


@FILE_SERVICES.add(
    "lost-service-stays", "UNI-CHT-037.2", "A chat that has lost file transfer still takes files."
)
class _LostStays(_Remembering):
    def file_services(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        now = super().file_services(conversation, sender)
        return (*now, *self.first.get(conversation.number, ()))


@FILE_SERVICES.add(
    "gained-service-ignored",
    "UNI-CHT-037.2",
    "A chat that has gained file transfer takes no files.",
)
class _GainedIgnored(_Remembering):
    def file_services(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        now = super().file_services(conversation, sender)
        first = self.first.get(conversation.number, now)
        return tuple(each for each in now if each in first)
