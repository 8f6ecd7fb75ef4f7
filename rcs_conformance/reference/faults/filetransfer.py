"""Faults in starting file transfers, and in what becomes of them (UNI-FLT-001)."""

from dataclasses import replace

from rcs_conformance.model.filetransfer import (
    FileTransferSessionInformation,
)
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import SomeOperations, edited
from rcs_conformance.reference.multipart import Multimedia
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import FILE_TRANSFER, Operate, Rules
from rcs_conformance.reference.state import Conversation, Member
from rcs_conformance.reference.transfer_state import Side, Transfer

FILE_TRANSFERS = Faults()

_Info = FileTransferSessionInformation


class _Asked(SomeOperations):
    """Changes or rejects what the start of a transfer asks for."""

    operations = frozenset({"POST ftSessions"})

    def ask(self, order: _Info, *, by_value: bool) -> _Info:
        """What is carried out; as it was asked, unless a fault says otherwise."""
        return order

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        if isinstance(content, Multimedia) and isinstance(content.root, _Info):
            content = replace(content, root=self.ask(content.root, by_value=True))
        elif isinstance(content, _Info):
            content = self.ask(content, by_value=False)
        return super().perform(call, content, operate)


# In a group chat (UNI-FLT-001.1) --------------------------------------------------------------


@FILE_TRANSFERS.add(
    "file-in-chat-refused", "UNI-FLT-001.1", "A file transfer that names a group chat is rejected."
)
class _InChatRefused(Rules):
    def may_offer(self, conversation: Conversation, sender: Member, content: object) -> None:
        super().may_offer(conversation, sender, content)
        raise rejections.forbidden("no files in chats")


@FILE_TRANSFERS.add(
    "file-in-closed-chat-refused",
    "UNI-FLT-001.1",
    "A file transfer that names a closed group chat is rejected.",
)
class _InClosedChatRefused(Rules):
    def may_offer(self, conversation: Conversation, sender: Member, content: object) -> None:
        super().may_offer(conversation, sender, content)
        if conversation.closed:
            raise rejections.forbidden("no files in closed chats")


@FILE_TRANSFERS.add(
    "file-in-long-lived-chat-unknown",
    "UNI-FLT-001.1",
    "A file transfer that names a long-lived group chat that takes files is rejected.",
)
class _InLongLivedRefused(Rules):
    def may_offer(self, conversation: Conversation, sender: Member, content: object) -> None:
        super().may_offer(conversation, sender, content)
        if conversation.group_chat_id:
            raise rejections.forbidden("no files in long-lived chats")


@FILE_TRANSFERS.add(
    "file-by-value-in-chat-refused",
    "UNI-FLT-001.1",
    "A file transfer by value that names a group chat is rejected.",
)
class _ByValueInChatRefused(Rules):
    def may_offer(self, conversation: Conversation, sender: Member, content: object) -> None:
        super().may_offer(conversation, sender, content)
        if isinstance(content, Multimedia):
            raise rejections.forbidden("no content in chats")


@FILE_TRANSFERS.add(
    "file-to-all-refused",
    "UNI-FLT-001.1",
    "A file transfer in a group chat that names no receivers is rejected.",
)
class _ToAllRefused(Rules):
    def offered_to(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        return ()


@FILE_TRANSFERS.add(
    "file-to-all-misses-one",
    "UNI-FLT-001.1",
    "A file transfer in a group chat that names no receivers leaves out the last of them.",
)
class _ToAllMissesOne(Rules):
    def offered_to(self, conversation: Conversation, sender: Member) -> tuple[str, ...]:
        return super().offered_to(conversation, sender)[:-1]


@FILE_TRANSFERS.add(
    "file-told-to-one-of-several",
    "UNI-FLT-001.1",
    "Of several receivers of a file in a group chat only the first is told.",
)
class _ToldToOne(Rules):
    def invited_sides(self, transfer: Transfer) -> tuple[Side, ...]:
        return super().invited_sides(transfer)[:1]


@FILE_TRANSFERS.add(
    "file-shown-without-chat",
    "UNI-FLT-001.1",
    "A file transfer that names a group chat is shown without it.",
)
class _ShownWithoutChat(SomeOperations):
    operations = frozenset({"POST ftSessions", "GET ftSession"})

    def respond(self, call: Call, response: Response) -> Response:
        return edited(
            super().respond(call, response), _Info, lambda info: replace(info, group_chat_url=None)
        )


# Outside of any (UNI-FLT-001.2) ---------------------------------------------------------------


@FILE_TRANSFERS.add(
    "file-needs-chat", "UNI-FLT-001.2", "A file transfer that names no group chat is rejected."
)
class _NeedsChat(_Asked):
    def ask(self, order: _Info, *, by_value: bool) -> _Info:
        if order.group_chat_url is None:
            raise rejections.malformed("groupChatURL is missing")
        return order


@FILE_TRANSFERS.add(
    "file-by-value-needs-chat",
    "UNI-FLT-001.2",
    "A file transfer by value that names no group chat is rejected.",
)
class _ByValueNeedsChat(_Asked):
    def ask(self, order: _Info, *, by_value: bool) -> _Info:
        if by_value and order.group_chat_url is None:
            raise rejections.malformed("groupChatURL is missing")
        return order


@FILE_TRANSFERS.add(
    "file-not-told", "UNI-FLT-001.2", "A file that is offered outside of any chat is not told."
)
class _NotTold(Rules):
    def invited_sides(self, transfer: Transfer) -> tuple[Side, ...]:
        return super().invited_sides(transfer) if transfer.conversation else ()


@FILE_TRANSFERS.add(
    "file-accepted-after-cancellation",
    "UNI-FLT-001.2",
    "A file transfer that was cancelled can still be accepted.",
)
class _AcceptedAfterCancellation(SomeOperations):
    operations = frozenset({"PUT ftStatus"})

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        try:
            return super().perform(call, content, operate)
        except Rejection as rejection:
            if rejection.status == 404:
                return Response(status=204)
            raise


@FILE_TRANSFERS.add(
    "file-acceptance-refused", "UNI-FLT-001.2", "A file that is offered cannot be accepted."
)
class _AcceptanceRefused(SomeOperations):
    operations = frozenset({"PUT ftStatus"})

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        raise rejections.forbidden("no acceptance")


@FILE_TRANSFERS.add(
    "transferred-file-cut",
    "UNI-FLT-001.2",
    "A file that is sent by value is downloaded without its last byte.",
)
class _Cut(SomeOperations):
    operations = frozenset({"GET ftFile"})

    def respond(self, call: Call, response: Response) -> Response:
        response = super().respond(call, response)
        if response.file is None:
            return response
        return replace(response, file=replace(response.file, content=response.file.content[:-1]))


@FILE_TRANSFERS.add(
    "file-read-of-another",
    "UNI-FLT-001.2",
    "A file transfer is read with its originator as the receiver.",
)
class _ReadOfAnother(SomeOperations):
    operations = frozenset({"GET ftSession"})

    def respond(self, call: Call, response: Response) -> Response:
        return edited(
            super().respond(call, response),
            _Info,
            lambda info: replace(info, receiver_address=(info.originator_address,)),
        )


# In a chat that does not exist (UNI-FLT-001.3) -------------------------------------------------


@FILE_TRANSFERS.add(
    "unknown-chat-ignored",
    "UNI-FLT-001.3",
    "A file transfer in a chat that does not exist is one outside of any chat.",
)
class _UnknownIgnored(Rules):
    def no_such_chat(self, url: str) -> Rejection | None:
        return None


@FILE_TRANSFERS.add(
    "unknown-chat-told-as-any",
    "UNI-FLT-001.3",
    "A file transfer in a chat that does not exist is rejected as anything that does not exist.",
)
class _UnknownToldAsAny(Rules):
    def no_such_chat(self, url: str) -> Rejection | None:
        return rejections.not_found(url)


@FILE_TRANSFERS.add(
    "unknown-chat-told-as-policy",
    "UNI-FLT-001.3",
    "A file transfer in a chat that does not exist is rejected as one without the service.",
)
class _UnknownToldAsPolicy(Rules):
    def no_such_chat(self, url: str) -> Rejection | None:
        return rejections.service_not_in_chat(FILE_TRANSFER)


@FILE_TRANSFERS.add(
    "unknown-chat-refused-and-told",
    "UNI-FLT-001.3",
    "A file transfer in a chat that does not exist is rejected and offered all the same.",
)
class _UnknownRefusedAndTold(SomeOperations):
    operations = frozenset({"POST ftSessions"})

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        try:
            return super().perform(call, content, operate)
        except Rejection as rejection:
            if rejection.message_id == "SVC3001":
                operate(_without_chat(content))
            raise


def _without_chat(content: object) -> object:
    if isinstance(content, Multimedia) and isinstance(content.root, _Info):
        return replace(content, root=replace(content.root, group_chat_url=None))
    return replace(content, group_chat_url=None) if isinstance(content, _Info) else content
