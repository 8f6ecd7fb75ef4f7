"""Operations on subscriptions to chat notifications."""

import time
from urllib.parse import urlsplit

from rcs_conformance.model.chat import ChatNotificationSubscription, ChatSubscriptionList
from rcs_conformance.model.common import CallbackReference
from rcs_conformance.reference import refusals
from rcs_conformance.reference.calls import Answer, Call
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.state import Subscription

_COLLECTION = "subscriptions"


def list_all(chat: Chat, call: Call, _content: object) -> Answer:
    """GET subscriptions: those of the user."""
    owner = chat.owner(call)
    listed = tuple(
        chat.views.subscription(call.root, each) for each in chat.world.subscriptions(owner)
    )
    url = chat.views.url(call.root, "subscriptions", userId=owner)
    return Answer(
        status=200,
        content=ChatSubscriptionList(
            chat_notification_subscription=listed,
            resource_url=chat.rules.resource_url(call.root, url),
        ),
    )


def subscribe(chat: Chat, call: Call, content: object) -> Answer:
    """POST subscriptions: make one; the same again where the correlator was used before."""
    given = expect(content, ChatNotificationSubscription)
    refuse_unusable(given.callback_reference)
    owner, correlator = chat.owner(call), given.client_correlator
    made = chat.repeated(call, _COLLECTION, correlator, Subscription)
    if made is None or chat.world.subscription(owner, made.id) is None:
        made = Subscription(
            id=f"sub-{chat.world.number()}~{chat.rules.random.getrandbits(32):x}",
            owner=owner,
            root=call.root,
            given=given,
            ends=time.monotonic() + given.duration if given.duration else None,
        )
        chat.world.subscribe(made)
        chat.world.remember(owner, _COLLECTION, correlator, made)
    return created(
        chat.views.subscription(call.root, made), chat.views.subscription_url(call.root, made)
    )


def read(chat: Chat, call: Call, _content: object) -> Answer:
    """GET subscription."""
    return Answer(status=200, content=chat.views.subscription(call.root, found(chat, call)))


def delete(chat: Chat, call: Call, _content: object) -> Answer:
    """DELETE subscription: nothing is notified to it any more."""
    chat.world.unsubscribe(found(chat, call))
    return Answer(status=204)


def found(chat: Chat, call: Call) -> Subscription:
    """The subscription that the URL names; refuses 404."""
    subscription_id = call.variables["subscriptionId"]
    found = chat.world.subscription(chat.owner(call), subscription_id)
    if found is None:
        raise refusals.not_found(subscription_id)
    return found


def refuse_unusable(callback: CallbackReference) -> None:
    """Refuse 400 where nothing can be notified."""
    try:
        target = urlsplit(callback.notify_url)
        usable = target.scheme in ("http", "https") and target.hostname and target.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise refusals.malformed("notifyURL is no absolute http or https URL")
