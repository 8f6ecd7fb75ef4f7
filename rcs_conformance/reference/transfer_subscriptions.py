"""Operations on subscriptions to file transfer notifications."""

from rcs_conformance.model.filetransfer import (
    FileTransferNotificationSubscription,
    FileTransferSubscriptionList,
)
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.subscriptions import found, subscribed
from rcs_conformance.reference.transfer_views import TransferViews

_COLLECTION = "file transfer subscriptions"


def list_all(chat: Chat, call: Call, _content: object) -> Response:
    """GET ftSubscriptions: those of the user."""
    owner, views = chat.owner(call), TransferViews(views=chat.views)
    known = chat.world.transfers.subscriptions
    listed = tuple(views.subscription(call.root, each) for each in known.of(owner))
    url = chat.views.url(call.root, "ftSubscriptions", userId=owner)
    return Response(
        status=200,
        content=FileTransferSubscriptionList(
            file_transfer_notification_subscription=listed,
            resource_url=chat.rules.resource_url(call.root, url),
        ),
    )


def subscribe(chat: Chat, call: Call, content: object) -> Response:
    """POST ftSubscriptions: create one; for a known correlator return the existing one."""
    given = expect(content, FileTransferNotificationSubscription)
    made = subscribed(chat, call, given, chat.world.transfers.subscriptions, _COLLECTION)
    views = TransferViews(views=chat.views)
    return created(views.subscription(call.root, made), views.subscription_url(call.root, made))


def read(chat: Chat, call: Call, _content: object) -> Response:
    """GET ftSubscription."""
    named = found(chat, call, chat.world.transfers.subscriptions)
    shown = TransferViews(views=chat.views).subscription(call.root, named)
    return Response(status=200, content=shown)


def delete(chat: Chat, call: Call, _content: object) -> Response:
    """DELETE ftSubscription."""
    known = chat.world.transfers.subscriptions
    known.remove(found(chat, call, known))
    return Response(status=204)
