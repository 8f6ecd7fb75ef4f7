"""Operations on file transfers."""

from rcs_conformance.model.chat import ParticipantStatus
from rcs_conformance.model.filetransfer import (
    FileTransferSessionInformation,
    ReceiverSessionStatus,
)
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.reference import rejections
from rcs_conformance.reference.addresses import canonical
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.messages import stored
from rcs_conformance.reference.multipart import Upload, unpacked
from rcs_conformance.reference.parts import kind_of
from rcs_conformance.reference.state import Conversation, Member
from rcs_conformance.reference.transfer_notices import TransferCause
from rcs_conformance.reference.transfer_notifier import TransferNotifier
from rcs_conformance.reference.transfer_state import Side, Transfer
from rcs_conformance.reference.transfer_views import TransferViews

_COLLECTION = "file transfers"
_GROUPS = (ChatKind.GROUP, ChatKind.LONG_LIVED)


def start(chat: Chat, call: Call, content: object) -> Response:
    """POST ftSessions: offer a file, by reference or by value, in a group chat or outside."""
    sent, upload = unpacked(content)
    order = expect(sent, FileTransferSessionInformation)
    owner = chat.owner(call)
    if chat.world.accounts.address(order.originator_address) != owner:
        raise rejections.not_allowed_value("originatorAddress", owner)
    if upload is None and not order.file_information.file_url:
        raise rejections.malformed("a file transfer by reference without fileURL")
    place = _place(chat, call, order.group_chat_url) if order.group_chat_url else None
    if place is not None:
        chat.rules.may_offer(*place, content)
    receivers = _receivers(chat, owner, order, place)
    transfer = chat.repeated(call, _COLLECTION, order.client_correlator, Transfer)
    if transfer is None:
        transfer = _offer(chat, owner, order, upload, receivers, place)
    views = TransferViews(views=chat.views)
    return created(
        views.session(call.root, transfer, transfer.originator),
        views.session_url(call.root, transfer.originator),
    )


def read(chat: Chat, call: Call, _content: object) -> Response:
    """GET ftSession: the transfer as the user sees it."""
    transfer, viewer = _found(chat, call)
    shown = TransferViews(views=chat.views).session(call.root, transfer, viewer)
    return Response(status=200, content=shown)


def accept(chat: Chat, call: Call, content: object) -> Response:
    """PUT ftStatus: a receiver accepts the file."""
    status = expect(content, ReceiverSessionStatus).status
    transfer, receiver = _found(chat, call)
    if status is not ParticipantStatus.CONNECTED:
        raise rejections.not_allowed_value("status", ParticipantStatus.CONNECTED.value)
    if receiver is transfer.originator:
        raise rejections.forbidden("only a receiver accepts a file")
    if receiver.status is not ParticipantStatus.CONNECTED:
        receiver.status = ParticipantStatus.CONNECTED
        if transfer.file is not None:
            chat.world.share(receiver.address, transfer.file)
        _herald(chat).accepted(transfer, receiver)
    return Response(status=204)


def delete(chat: Chat, call: Call, _content: object) -> Response:
    """DELETE ftSession: cancel or abort by the originator, decline or abort by a receiver."""
    transfer, actor = _found(chat, call)
    notifier = _herald(chat)
    accepted = actor.status is ParticipantStatus.CONNECTED
    if actor is transfer.originator:
        transfer.over = True
        for side in transfer.taking:
            began = side.status is ParticipantStatus.CONNECTED
            cause = TransferCause.ENDED if began else TransferCause.CANCELLED
            notifier.event(transfer, cause, side)
        return Response(status=204)
    actor.status = ParticipantStatus.DISCONNECTED
    transfer.over = not transfer.taking
    cause = TransferCause.ENDED if accepted else TransferCause.DECLINED
    notifier.event(transfer, cause, transfer.originator)
    return Response(status=204)


def _herald(chat: Chat) -> TransferNotifier:
    return TransferNotifier(
        transfers=chat.world.transfers,
        rules=chat.rules,
        views=TransferViews(views=chat.views),
        outlet=chat.notifier.outlet,
    )


def _found(chat: Chat, call: Call) -> tuple[Transfer, Side]:
    """The transfer in the URL, and the user's side of it; rejects with 404."""
    session_id = call.variables["sessionId"]
    found = chat.world.transfers.session(chat.owner(call), session_id)
    if found is None or found[0].over or found[1].status is ParticipantStatus.DISCONNECTED:
        raise rejections.not_found(session_id)
    return found


def _place(chat: Chat, call: Call, url: str) -> tuple[Conversation, Member] | None:
    """The group chat of a groupChatURL, and the user's membership; rejects an unknown one."""
    owner = chat.owner(call)
    named = chat.views.paths.located(call.root, url)
    chat_id = named.variables.get("sessionId") or named.variables.get("groupChatId", "")
    is_mine = chat.world.accounts.address(named.variables.get("userId", "")) == owner
    found = chat.world.session(owner, chat_id) if is_mine else None
    kind = kind_of(named.resource, chat_id)
    if found is None or found[0].kind is not kind or kind not in _GROUPS:
        found = None
    if found is None or not chat.rules.available(call, *found):
        rejection = chat.rules.no_such_chat(url)
        if rejection is not None:
            raise rejection
        return None
    return found


def _receivers(
    chat: Chat,
    owner: str,
    order: FileTransferSessionInformation,
    place: tuple[Conversation, Member] | None,
) -> tuple[str, ...]:
    """The main addresses of the receivers of a file; rejects if there are none."""
    if not order.receiver_address and place is not None:
        named = chat.rules.offered_to(*place)
    else:
        for given in order.receiver_address:
            if not chat.is_known(given):
                raise rejections.no_valid_address(given)
        named = tuple(chat.world.accounts.address(each) for each in order.receiver_address)
    named = tuple(dict.fromkeys(named))
    if not named or owner in named:
        raise rejections.no_valid_address("receiverAddress")
    connected = {canonical(each.address) for each in place[0].connected} if place else set()
    for address in named if place else ():
        if canonical(address) not in connected:
            raise rejections.no_valid_address(address)
    return named


def _offer(
    chat: Chat,
    owner: str,
    order: FileTransferSessionInformation,
    upload: Upload | None,
    receivers: tuple[str, ...],
    place: tuple[Conversation, Member] | None,
) -> Transfer:
    """Create a transfer and notify the receivers."""

    def side(address: str) -> Side:
        return Side(
            address=address, session_id=chat.rules.transfer_id(chat.world.number(), address)
        )

    transfer = Transfer(
        information=order.file_information,
        originator=side(owner),
        originator_name=order.originator_name,
        receivers=tuple(side(each) for each in receivers),
        receiver_name=order.receiver_name,
        conversation=place[0] if place else None,
        correlator=order.client_correlator,
        file=stored(chat, upload) if upload else None,
    )
    chat.world.transfers.add(transfer)
    chat.world.remember(owner, _COLLECTION, order.client_correlator, transfer)
    if transfer.file is not None and chat.rules.locates_at_once(transfer):
        for each in transfer.receivers:
            chat.world.share(each.address, transfer.file)
    _herald(chat).offer(transfer)
    return transfer
