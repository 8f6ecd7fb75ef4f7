"""Requests that a user's part in a chat does not allow, and what came of them (TS-CHAT-5.19)."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

from rcs_conformance.driver import Actor
from rcs_conformance.errors import NotApplicable
from rcs_conformance.model.addresses import same_address
from rcs_conformance.model.chat import (
    ChatMessage,
    ChatSessionInformation,
    ComposingState,
    GroupChatSessionInformation,
    IsComposing,
    LongLivedGroupChatInformation,
    MessageStatus,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.filetransfer import FileTransferSessionInformation
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.chats import message_waits
from rcs_conformance.scenario.chats.chat import Chat
from rcs_conformance.scenario.chats.file_transfer import TAKEN, reference
from rcs_conformance.scenario.chats.group import GroupChat
from rcs_conformance.scenario.chats.long_lived import LongLivedChat
from rcs_conformance.scenario.chats.multi_user import MultiUserChat
from rcs_conformance.scenario.operations.addressed_chat import UNKNOWN_ID, AddressedChat
from rcs_conformance.scenario.operations.both_formats import read_in
from rcs_conformance.scenario.operations.messages import composes, has_status
from rcs_conformance.scenario.operations.requests import ChatRequest, about_chat, about_message
from rcs_conformance.scenario.operations.results import any_of
from rcs_conformance.scenario.operations.unauthorized import delivered

_EXTENSIONS = ("POST oneToOneExtend", "POST oneToOneExtendLongLived")
_CONNECTED = ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """A request that its user may not make.

    Attributes:
        exchange: The request.
        what: What it is for: `add a participant before accepting`.
    """

    exchange: Exchange
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempts:
    """Such requests about one chat.

    Attributes:
        tried: The requests.
        before: Readings of the chat by its originator before them.
        after: The same readings after them.
        delivered: The messages of the requests that another user of the chat received.
    """

    tried: tuple[Attempt, ...]
    before: tuple[Exchange, ...]
    after: tuple[Exchange, ...]
    delivered: tuple[str, ...]


def by_outsider(bed: TestBed, kind: ChatKind, fmt: Format) -> Attempts:
    """Each request about a chat of alice and bob by carol, under the ids by which they know it.

    Of an ad-hoc chat there are only its messages.

    Raises:
        NotApplicable: The target does not claim this kind of chat, or no such request.
        Inconclusive: The chat could not be established, or takes no message.
    """
    chat = _of_two(bed, kind, fmt)
    message = ChatMessage(text=chat.text())
    sent = chat.send(bed.alice, message)
    bed.require_success(sent, chat.terms.sending)
    got = bed.require(message_waits.message(chat, bed.bob, message.text), chat.terms.receiving)
    ids = {bed.alice: chat.message_id(sent), bed.bob: got.message_id}
    requests = about_message(chat) if kind is ChatKind.ADHOC else about_chat(chat)
    wanted = any_of(requests, "any request about such a chat")
    return _watched(bed, chat, _of_outsider(bed.carol, chat, tuple(wanted), ids), message.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferAttempts:
    """Requests about a file transfer of others.

    Attributes:
        tried: The requests.
        before: Its reading by its originator before them.
        after: The same after them.
    """

    tried: tuple[Attempt, ...]
    before: tuple[Exchange, ...]
    after: tuple[Exchange, ...]


def on_transfer_by_outsider(bed: TestBed, fmt: Format) -> TransferAttempts:
    """Each request about a transfer of alice and bob by carol, under the ids by which they know it.

    Raises:
        NotApplicable: The target does not claim file transfers that can be read, so that an id that
            is also one of carol's own could not be noticed, or each of the ids is.
        Inconclusive: The file could not be offered.
    """
    bed.claims.require_operation("GET ftSession")
    offered = bed.transfers.offered(bed.alice, (bed.bob,), fmt)
    ids = [{"sessionId": offered.session_id(each)} for each in (bed.alice, bed.bob)]
    before = tuple(offered.readings(bed.alice))
    tried = tuple(_on_transfer(bed, ids, fmt))
    if not tried:
        raise NotApplicable("both ids of the transfer are ids of other transfers of a third user")
    return TransferAttempts(tried=tried, before=before, after=tuple(offered.readings(bed.alice)))


def _on_transfer(bed: TestBed, ids: list[dict[str, str]], fmt: Format) -> Iterator[Attempt]:
    accepting = next(iter(bed.binding.resources["ftStatus"].verbs))
    for each in ids:
        read = bed.carol.send("GET", "ftSession", fmt=fmt, ids=each)
        if _is_own(read, bed.carol):
            continue
        yield Attempt(exchange=read, what="GET ftSession of a transfer of others")
        for method, resource, content in (
            (accepting, "ftStatus", TAKEN),
            ("DELETE", "ftSession", None),
        ):
            made = bed.carol.send(method, resource, content, fmt=fmt, ids=each)
            yield Attempt(exchange=made, what=f"{method} {resource} of a transfer of others")


def by_invited(bed: TestBed, fmt: Format) -> Attempts:
    """What no user may do in a group while carol, who is invited, has not accepted.

    Raises:
        NotApplicable: The target does not claim group chats.
        Inconclusive: The chat could not be started, or bob could not join.
    """
    group = bed.groups.invited(GroupOffer(), fmt)
    group.join(bed.bob)

    def attempts() -> Iterator[Attempt]:
        yield from _not_connected(bed, group, bed.carol, "before accepting")
        for who in (bed.alice, bed.bob):
            accepted = _set_status(group, who, bed.carol)
            yield Attempt(exchange=accepted, what="accept for another user")
        removed = group.remove(bed.bob, bed.carol)
        yield Attempt(exchange=removed, what="cancel an invitation of the originator")
        if bed.claims.operation("DELETE group"):
            ended = group.do(bed.bob, "DELETE", "group")
            yield Attempt(exchange=ended, what="end the chat as another participant")

    return _watched(bed, group, attempts())


def by_absent(bed: TestBed, kind: ChatKind, fmt: Format, *, declined: bool) -> Attempts:
    """What carol may not do in a group that it has left or declined, and others not for it.

    Raises:
        NotApplicable: The target does not claim this kind of chat; nobody declines a group
            that needs no acceptance.
        Inconclusive: The group could not be established, or carol could not leave or decline.
    """
    group = _left(bed, kind, fmt, declined=declined)
    when = "after declining" if declined else "after leaving"

    def attempts() -> Iterator[Attempt]:
        yield from _not_connected(bed, group, bed.carol, when)
        joined = _set_status(group, bed.bob, bed.carol)
        yield Attempt(exchange=joined, what=f"accept for another user {when}")

    return _watched(bed, group, attempts())


def _left(
    bed: TestBed, kind: ChatKind, fmt: Format, *, declined: bool
) -> GroupChat | LongLivedChat:
    if not declined:
        group = bed.established_group(kind, GroupOffer(), fmt, invite=(bed.bob, bed.carol))
        group.depart(bed.carol)
        return group
    chat = bed.groups.invited(GroupOffer(), fmt)
    chat.join(bed.bob)
    chat.decline(bed.carol)
    return chat


def files_by_outsider(bed: TestBed, kind: ChatKind, fmt: Format) -> Iterator[Attempt]:
    """Files that dave offers to bob in a group of others: by its URL, and by his own with its id.

    Raises:
        NotApplicable: The target does not claim this kind of chat, or files in it.
        Inconclusive: The group could not be established.
    """
    group = bed.transfers.chat(kind, fmt)
    own = bed.dave.url(group.terms.chat, **group.variables(bed.alice))
    for url in (reference(group, bed.alice), own):
        request = bed.transfers.request(bed.dave, bed.bob, bed.markers.next())
        named = replace(request, group_chat_url=url)
        exchange = bed.dave.send("POST", "ftSessions", named, fmt=fmt)
        yield Attempt(exchange=exchange, what="offer a file in a group of others")


def extensions(bed: TestBed, fmt: Format) -> Iterator[Attempt]:
    """Extensions of a session that is not established: before the acceptance, and after the end.

    Raises:
        NotApplicable: The target does not claim to extend sessions.
        Inconclusive: The session could not be started, accepted or ended.
    """
    session = bed.sessions.invited(SessionOffer(), fmt)
    extending = [each for each in about_chat(session) if each.operation in _EXTENSIONS]
    if not extending:
        bed.claims.require_operation(_EXTENSIONS[0])
    for when in ("before it is accepted", "after its end"):
        for who, request in product(session.everyone, extending):
            exchange = AddressedChat(chat=session, who=who).send(request)
            yield Attempt(exchange=exchange, what=f"extend a session {when}")
        if when == "before it is accepted":
            session.join()
            bed.require_success(session.end(bed.alice), "UNI-CHT-005.1")


def reports_by_sender(bed: TestBed, kind: ChatKind, fmt: Format) -> tuple[Exchange, Exchange]:
    """The sender of a message reports it as displayed, then reads its status.

    Raises:
        NotApplicable: The target does not claim this kind of chat, or the status of its messages.
        Inconclusive: The chat could not be established, or takes no message.
    """
    chat = bed.established_chat(kind, fmt)
    if not (has_status(chat, "GET") and has_status(chat, "PUT")):
        raise NotApplicable("the target does not claim the status of messages in such a chat")
    message = ChatMessage(text=chat.text(), report_request=(MessageStatus.DISPLAYED,))
    sent = chat.send(bed.alice, message)
    bed.require_success(sent, chat.terms.sending)
    bed.require(message_waits.message(chat, bed.bob, message.text), chat.terms.receiving)
    message_id = chat.message_id(sent)
    reported = chat.report(bed.alice, message_id or UNKNOWN_ID, MessageStatus.DISPLAYED)
    return reported, chat.read_status(bed.alice, message_id)


def _of_two(bed: TestBed, kind: ChatKind, fmt: Format) -> Chat:
    """A chat of alice and bob; of any kind, so that carol is in none."""
    bed.claims.require(kind)
    if kind in (ChatKind.GROUP, ChatKind.LONG_LIVED):
        return bed.established_group(kind, GroupOffer(), fmt, invite=(bed.bob,))
    return bed.established_chat(kind, fmt)


def _of_outsider(
    outsider: Actor,
    chat: Chat,
    requests: tuple[ChatRequest, ...],
    message_ids: dict[Actor, str | None],
) -> Iterator[Attempt]:
    """The requests under the ids of each user, unless an id is also that of a chat of its own.

    Ids may be counted by user, which a reading tells; it comes first.
    """
    reading = f"GET {chat.terms.chat}"
    ordered = sorted(requests, key=lambda each: each.operation != reading)
    for whose, message_id in message_ids.items():
        ids = {
            **chat.variables(whose),
            "participantId": whose.address,
            "messageId": message_id or UNKNOWN_ID,
        }
        for request in ordered:
            content = None if request.content is None else request.content(chat)
            exchange = outsider.send(
                request.method, request.resource, content, fmt=chat.fmt, ids=ids
            )
            if request.operation == reading and _is_own(exchange, outsider):
                break
            yield Attempt(exchange=exchange, what=f"{request.operation} of a chat of others")


def _is_own(read: Exchange, who: Actor) -> bool:
    """Whether a user was shown something in which it takes part itself."""
    content = read.answer.content
    match content:
        case ChatSessionInformation():
            named = [content.originator_address, content.t_participant_address]
        case GroupChatSessionInformation() | LongLivedGroupChatInformation():
            named = [each.address for each in content.participant]
        case FileTransferSessionInformation():
            named = [content.originator_address, *content.receiver_address]
        case _:
            return False
    return any(same_address(each, who.address) for each in named)


def _not_connected(bed: TestBed, group: MultiUserChat, who: Actor, when: str) -> Iterator[Attempt]:
    """What takes a connected participant, by one who is none."""
    sent = group.send(who, ChatMessage(text=group.text()))
    yield Attempt(exchange=sent, what=f"post {when}")
    if composes(group):
        composed = group.compose(who, IsComposing(state=ComposingState.ACTIVE))
        yield Attempt(exchange=composed, what=f"tell of composing {when}")
    if bed.claims.operation(f"POST {group.terms.participants}"):
        added = group.add(who, bed.actors[-1])
        yield Attempt(exchange=added, what=f"add a participant {when}")
    if bed.claims.operation(f"DELETE {group.terms.participant}"):
        removed = group.remove(who, bed.bob)
        yield Attempt(exchange=removed, what=f"take another participant out {when}")
    if group.kind is ChatKind.GROUP and bed.claims.operation("DELETE group"):
        yield Attempt(exchange=group.do(who, "DELETE", "group"), what=f"end the chat {when}")


def _set_status(group: MultiUserChat, who: Actor, other: Actor) -> Exchange:
    resource = group.terms.participant_status
    return group.do(who, "PUT", resource, _CONNECTED, participantId=other.address)


def _watched(bed: TestBed, chat: Chat, attempts: Iterator[Attempt], *texts: str) -> Attempts:
    """Make the requests between two readings of the chat, and two messages to bob."""
    addressed = AddressedChat(chat=chat, who=bed.alice)
    before = tuple(read_in(addressed, chat.fmt))
    known = [*texts, chat.say(bed.alice, "before")]
    tried = tuple(attempts)
    after = tuple(read_in(addressed, chat.fmt))
    if all(200 <= each.answer.status < 300 for each in after):
        known.append(chat.say(bed.alice, "after"))
    bed.require(message_waits.message(chat, bed.bob, known[-1]), chat.terms.receiving)
    rejected = [each.exchange for each in tried]
    return Attempts(
        tried=tried,
        before=before,
        after=after,
        delivered=tuple(delivered(chat, bed.bob, rejected, known)),
    )
