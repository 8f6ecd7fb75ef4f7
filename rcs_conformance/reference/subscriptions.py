"""Operations on subscriptions to chat notifications; how all subscriptions are made and found."""

import time
from urllib.parse import urlsplit

from rcs_conformance.model.chat import ChatNotificationSubscription, ChatSubscriptionList
from rcs_conformance.model.common import CallbackReference
from rcs_conformance.reference import rejections
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.chat import Chat, created, expect
from rcs_conformance.reference.subscription_state import Given, Subscription, Subscriptions

_COLLECTION = "subscriptions"


def list_all(chat: Chat, call: Call, _content: object) -> Response:
    """GET subscriptions: those of the user."""
    owner = chat.owner(call)
    listed = tuple(
        chat.views.subscription(call.root, each) for each in chat.world.subscriptions.of(owner)
    )
    url = chat.views.url(call.root, "subscriptions", userId=owner)
    return Response(
        status=200,
        content=ChatSubscriptionList(
            chat_notification_subscription=listed,
            resource_url=chat.rules.resource_url(call.root, url),
        ),
    )


def subscribe(chat: Chat, call: Call, content: object) -> Response:
    """POST subscriptions: create one; for a known correlator return the existing one."""
    given = expect(content, ChatNotificationSubscription)
    made = subscribed(chat, call, given, chat.world.subscriptions, _COLLECTION)
    if chat.rules.keeps_one_subscription:
        _end_others(chat, call, made)
    return created(
        chat.views.subscription(call.root, made), chat.views.subscription_url(call.root, made)
    )


def _end_others(chat: Chat, call: Call, kept: Subscription[ChatNotificationSubscription]) -> None:
    """What a user had before the subscription that replaces it."""
    for each in chat.world.subscriptions.of(chat.owner(call)):
        if each is not kept:
            chat.world.subscriptions.remove(each)
            chat.notifier.unsubscribed(each)


def read(chat: Chat, call: Call, _content: object) -> Response:
    """GET subscription."""
    named = found(chat, call, chat.world.subscriptions)
    return Response(status=200, content=chat.views.subscription(call.root, named))


def delete(chat: Chat, call: Call, _content: object) -> Response:
    """DELETE subscription."""
    ended = found(chat, call, chat.world.subscriptions)
    chat.world.subscriptions.remove(ended)
    chat.notifier.unsubscribed(ended)
    return Response(status=204)


def subscribed(
    chat: Chat, call: Call, given: Given, known: Subscriptions[Given], collection: str
) -> Subscription[Given]:
    """The subscription that a user requests; with a known correlator, the existing one.

    Args:
        chat: The server.
        call: The request.
        given: Its structure; rejects with 400 if nothing can be notified.
        known: The existing ones.
        collection: The collection within which correlators are unique.
    """
    if chat.world.channels.behind(given.callback_reference.notify_url) is None:
        _refuse_unusable(given.callback_reference)
    owner, correlator = chat.owner(call), given.client_correlator
    earlier = chat.repeated(call, collection, correlator, Subscription)
    if earlier is not None and (alive := known.find(owner, earlier.id)) is not None:
        return alive
    made = Subscription(
        id=f"sub-{chat.world.number()}~{chat.rules.random.getrandbits(32):x}",
        owner=owner,
        root=call.root,
        given=given,
        ends=time.monotonic() + given.duration if given.duration else None,
    )
    known.add(made)
    chat.world.remember(owner, collection, correlator, made)
    return made


def found(chat: Chat, call: Call, known: Subscriptions[Given]) -> Subscription[Given]:
    """The subscription in the URL; rejects with 404."""
    subscription_id = call.variables["subscriptionId"]
    named = known.find(chat.owner(call), subscription_id)
    if named is None:
        raise rejections.not_found(subscription_id)
    return named


def _refuse_unusable(callback: CallbackReference) -> None:
    """Reject with 400 what cannot be notified."""
    try:
        target = urlsplit(callback.notify_url)
        usable = target.scheme in ("http", "https") and target.hostname and target.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise rejections.malformed("notifyURL is no absolute http or https URL")
