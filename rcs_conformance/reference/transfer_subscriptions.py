"""Operations on subscriptions to file transfer notifications."""

import time

from rcs_conformance.model.filetransfer import (
    FileTransferNotificationSubscription,
    FileTransferSubscriptionList,
)
from rcs_conformance.reference import refusals
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.subscriptions import refuse_unusable
from rcs_conformance.reference.transfer_state import TransferSubscription
from rcs_conformance.reference.transfer_views import TransferViews

_COLLECTION = "file transfer subscriptions"


def list_all(chat: Chat, call: Call, _content: object) -> Answer:
    """GET ftSubscriptions: those of the user."""
    owner, views = chat.owner(call), TransferViews(views=chat.views)
    listed = tuple(
        views.subscription(call.root, each) for each in chat.world.transfers.subscriptions(owner)
    )
    url = chat.views.url(call.root, "ftSubscriptions", userId=owner)
    return Answer(
        status=200,
        content=FileTransferSubscriptionList(
            file_transfer_notification_subscription=listed,
            resource_url=chat.rules.resource_url(call.root, url),
        ),
    )


def subscribe(chat: Chat, call: Call, content: object) -> Answer:
    """POST ftSubscriptions: make one; the same again where the correlator was used before."""
    given = expect(content, FileTransferNotificationSubscription)
    refuse_unusable(given.callback_reference)
    owner, correlator = chat.owner(call), given.client_correlator
    made = chat.repeated(call, _COLLECTION, correlator, TransferSubscription)
    if made is None or chat.world.transfers.subscription(owner, made.id) is None:
        made = TransferSubscription(
            id=f"ft-{chat.world.number()}~{chat.rules.random.getrandbits(32):x}",
            owner=owner,
            root=call.root,
            given=given,
            ends=time.monotonic() + given.duration if given.duration else None,
        )
        chat.world.transfers.subscribe(made)
        chat.world.remember(owner, _COLLECTION, correlator, made)
    views = TransferViews(views=chat.views)
    return created(views.subscription(call.root, made), views.subscription_url(call.root, made))


def read(chat: Chat, call: Call, _content: object) -> Answer:
    """GET ftSubscription."""
    shown = TransferViews(views=chat.views).subscription(call.root, _found(chat, call))
    return Answer(status=200, content=shown)


def delete(chat: Chat, call: Call, _content: object) -> Answer:
    """DELETE ftSubscription: nothing is notified to it any more."""
    chat.world.transfers.unsubscribe(_found(chat, call))
    return Answer(status=204)


def _found(chat: Chat, call: Call) -> TransferSubscription:
    """The subscription that the URL names; refuses 404."""
    subscription_id = call.variables["subscriptionId"]
    found = chat.world.transfers.subscription(chat.owner(call), subscription_id)
    if found is None:
        raise refusals.not_found(subscription_id)
    return found
