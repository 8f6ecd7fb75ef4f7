"""How deviations are confined, and how they change single structures."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from functools import wraps
from types import FunctionType
from typing import Any, ClassVar, TypeVar

from rcs_conformance.model.chat import ParticipantInformation
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.notifications import (
    ChatEventNotification,
    ChatMessageNotification,
    ChatMessageStatusNotification,
    ChatParticipantStatusNotification,
    ChatSessionInvitationNotification,
    GroupChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
    LongLivedGroupChatServicesNotification,
    MultimediaChatMessageNotification,
)
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.notices import Notice
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.state import Conversation

T = TypeVar("T")
N = TypeVar(
    "N",
    ChatSessionInvitationNotification,
    GroupChatSessionInvitationNotification,
    LongLivedGroupChatAddedNotification,
    LongLivedGroupChatServicesNotification,
    ChatEventNotification,
    ChatParticipantStatusNotification,
    ChatMessageNotification,
    MultimediaChatMessageNotification,
    ChatMessageStatusNotification,
)

Participants = tuple[ParticipantInformation, ...]


def edited(response: Response, kind: type[T], change: Callable[[T], T]) -> Response:
    """The response with its body changed, if it is such a structure."""
    if isinstance(response.content, kind):
        return replace(response, content=change(response.content))
    return response


def retold(notice: Notice, kind: type[N], change: Callable[[N], N]) -> Iterable[Notice]:
    """The notice with its content changed, if it is such a notification."""
    if isinstance(notice.content, kind):
        return (replace(notice, content=change(notice.content)),)
    return (notice,)


def each(
    participants: Participants, change: Callable[[ParticipantInformation], ParticipantInformation]
) -> Participants:
    return tuple(change(entry) for entry in participants)


class OneKind(Rules):
    """Deviates in chats of one kind; in all others the rules stay as they are.

    What a subclass overrides applies only to a call, a notice or a conversation of its
    kind. So the same deviation in another kind of chat is a subclass that names it, and no more.

    Attributes:
        kind: The kind of chat; `None` for every kind, and for what belongs to no chat.
    """

    kind: ClassVar[ChatKind | None] = ChatKind.GROUP

    def __init_subclass__(cls) -> None:
        """Confine what the class overrides."""
        super().__init_subclass__()
        _confine(cls, cls._concerned)

    @staticmethod
    def _concerned(chosen: Iterable[type["OneKind"]], arguments: Iterable[object]) -> bool:
        kinds = {each.kind for each in chosen}
        return None in kinds or kinds.issuperset(kinds_of(arguments))


class SomeOperations(Rules):
    """Deviates in some operations; in all others the rules stay as they are.

    What a subclass overrides applies only to calls of these operations, or where there is none.

    Attributes:
        operations: Verb and resource of each, as in `Call.operation`; empty for all.
    """

    operations: ClassVar[frozenset[str]] = frozenset()

    def __init_subclass__(cls) -> None:
        """Confine what the class overrides."""
        super().__init_subclass__()
        _confine(cls, cls._called)

    @staticmethod
    def _called(chosen: Iterable[type["SomeOperations"]], arguments: Iterable[object]) -> bool:
        known = [each.operations for each in chosen]
        return not all(known) or frozenset().union(*known).issuperset(operations_of(arguments))


D = TypeVar("D", bound=Rules)


def _confine(
    owner: type[D], concerned: Callable[[Iterable[type[D]], Iterable[object]], bool]
) -> None:
    """Have a class leave to those above it whatever it is not concerned with.

    Args:
        owner: The class.
        concerned: Whether these deviations are concerned with these arguments.
    """
    for name, method in list(vars(owner).items()):
        overrides = isinstance(method, FunctionType) and hasattr(super(owner, owner), name)
        if overrides and not name.startswith("__"):
            setattr(owner, name, _confined(owner, name, method, concerned))


def _confined(
    owner: type[D],
    name: str,
    method: FunctionType,
    concerned: Callable[[Iterable[type[D]], Iterable[object]], bool],
) -> Callable[..., Any]:
    @wraps(method)
    def confined(self: D, *arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - what it wraps
        chosen = [each for each in self.deviations if issubclass(each, owner)]
        if concerned(chosen, arguments):
            return method(self, *arguments, **named)
        return getattr(super(owner, self), name)(*arguments, **named)

    return confined


def kinds_of(arguments: Iterable[object]) -> Iterator[ChatKind | None]:
    """The kinds of chat that arguments of a rule are about; `None`: about no chat."""
    for argument in arguments:
        if isinstance(argument, Notice):
            yield argument.conversation.kind
        elif isinstance(argument, (Conversation, Call)):
            yield argument.kind
        elif isinstance(argument, ChatKind):
            yield argument


def operations_of(arguments: Iterable[object]) -> Iterator[str]:
    """The operations that arguments of a rule are about."""
    return (argument.operation for argument in arguments if isinstance(argument, Call))
