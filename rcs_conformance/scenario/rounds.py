"""Rounds over all operations: each verb of each resource once, in an order that makes sense."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from rcs_conformance.driver import Actor
from rcs_conformance.model.chat import (
    ChatMessage,
    ComposingState,
    IsComposing,
    MessageStatus,
    ParticipantSessionStatus,
    ParticipantStatus,
)
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.formats import Format
from rcs_conformance.model.offers import GroupOffer
from rcs_conformance.scenario.group import GroupChat
from rcs_conformance.scenario.mail import Subscription
from rcs_conformance.scenario.preconditions import refused
from rcs_conformance.scenario.stage import Stage

GROUP_RESOURCES = (
    "subscriptions",
    "subscription",
    "groups",
    "group",
    "participants",
    "participant",
    "participantStatus",
    "groupMessages",
    "groupMessageStatus",
)
"""The resources that group chats need."""

STATUS_FEATURE = "group_message_status"
"""The feature without which a target need not have the status of group messages."""

_NOBODY = "nobody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """An operation that was carried out.

    Attributes:
        operation: As the SCR table names it: `POST groups`, `POST groups form`.
        exchange: What was exchanged.
    """

    operation: str
    exchange: Exchange


def every_operation(stage: Stage, fmt: Format) -> Iterator[Done]:
    """Each operation on subscriptions and group chats, once, as soon as it can succeed."""
    subscription = stage.mail.subscribe(stage.alice, fmt)
    yield Done(operation="POST subscriptions", exchange=subscription.created)
    yield Done(operation="GET subscription", exchange=subscription.read())
    listed = stage.alice.send("GET", "subscriptions", fmt=fmt)
    yield Done(operation="GET subscriptions", exchange=listed)
    yield Done(operation="DELETE subscription", exchange=subscription.delete())
    offer = GroupOffer(closed=False, services=("ft",))
    group = stage.groups.invited(offer, fmt, invite=(stage.bob,))
    for operation in ("POST groups", "POST groups isClosed", "POST groups supportedService"):
        yield Done(operation=operation, exchange=group.started)
    yield from _taking_part(stage, group)
    yield from _leaving(stage, group)


def every_answer(stage: Stage, fmt: Format) -> Iterator[Exchange]:
    """The exchanges of such a round that succeeded with a body; refusals are for other clauses."""
    for done in every_operation(stage, fmt):
        answer = done.exchange.answer
        if answer.body and not refused(done.exchange):
            yield done.exchange


def _taking_part(stage: Stage, group: GroupChat) -> Iterator[Done]:
    alice, bob = stage.alice, stage.bob
    yield Done(operation="PUT participantStatus", exchange=group.accept(bob))
    yield Done(operation="GET group", exchange=group.read(alice))
    yield Done(operation="POST participants", exchange=group.add(alice, stage.carol))
    yield Done(operation="GET participants", exchange=group.read_participants(alice))
    yield Done(operation="GET participant", exchange=group.read_participant(alice, bob))
    message = ChatMessage(text=group.text(), report_request=(MessageStatus.DISPLAYED,))
    sent = group.send(alice, message)
    yield Done(operation="POST groupMessages", exchange=sent)
    indication = IsComposing(state=ComposingState.ACTIVE)
    composed = group.compose(alice, indication)
    yield Done(operation="POST groupMessages isComposing", exchange=composed)
    if stage.claims.feature(STATUS_FEATURE):
        message_id = group.message_id(sent) or _NOBODY
        yield Done(
            operation="GET groupMessageStatus", exchange=group.read_status(alice, message_id)
        )


def _leaving(stage: Stage, group: GroupChat) -> Iterator[Done]:
    """Leaving while two others take part, for with one alone a server may end the chat."""
    stage.require(group.invitation(stage.carol), "UNI-CHT-014.1")
    group.join(stage.carol)
    yield Done(operation="DELETE participant", exchange=group.leave(stage.bob))
    yield Done(operation="PUT participantStatus rejoin", exchange=group.accept(stage.bob))
    yield Done(operation="DELETE group", exchange=group.end(stage.alice))


def every_form(stage: Stage, fmt: Format) -> Iterator[Done]:
    """Each request that may be made of form fields, once."""
    subscription = stage.mail.subscribe(stage.alice, fmt, as_form=True)
    yield Done(operation="POST subscriptions form", exchange=subscription.created)
    group = stage.groups.start(GroupOffer(), fmt, as_form=True)
    yield Done(operation="POST groups form", exchange=group.started)
    chat = stage.groups.established(GroupOffer(), fmt)
    sent = chat.send(stage.alice, stage.alice.form(ChatMessage(text=chat.text("a form & more"))))
    yield Done(operation="POST groupMessages form", exchange=sent)
    stage.require_success(subscription.created, "TS-CHAT-5.3")
    subscription.delete()


def every_reading(
    group: GroupChat, subscription: Subscription, fmt: Format
) -> Mapping[str, Exchange]:
    """Each resource that can be read, by name, in a format."""
    who, whom = group.originator, group.invited[0]
    return {
        "group": group.read(who, fmt),
        "participants": group.read_participants(who, fmt),
        "participant": group.read_participant(who, whom, fmt),
        "subscription": subscription.read(fmt),
    }


def every_request(
    group: GroupChat, who: Actor, credentials: "Actor | str | None" = None
) -> Iterator[Exchange]:
    """Each request about a group chat by one of its users, those that end it last.

    Args:
        group: The chat.
        who: Whose resources are addressed.
        credentials: Whose token is sent instead, or a token as text.
    """
    own = {"participantId": who.address}
    status = ParticipantSessionStatus(status=ParticipantStatus.CONNECTED)
    requests: tuple[tuple[str, str, object | None], ...] = (
        ("GET", "group", None),
        ("GET", "participants", None),
        ("GET", "participant", None),
        ("PUT", "participantStatus", status),
        ("POST", "groupMessages", ChatMessage(text=group.text())),
        ("DELETE", "participant", None),
        ("DELETE", "group", None),
    )
    ids = {"sessionId": group.chat_id(who), **own}
    for method, resource, content in requests:
        yield who.send(method, resource, content, fmt=group.fmt, credentials=credentials, ids=ids)


def unsupported(stage: Stage, who: Actor, group: GroupChat) -> Iterator[tuple[Exchange, str]]:
    """Each verb that a resource does not have, tried on it; with the key of the resource.

    All of the resources exist, so that the verb is the only thing that is wrong.
    """
    sent = group.send(who, ChatMessage(text=group.text()))
    stage.require_success(sent, "UNI-CHT-018.3")
    ids = {
        "sessionId": group.chat_id(who),
        "participantId": who.address,
        "messageId": group.message_id(sent) or _NOBODY,
        "subscriptionId": stage.mail.own(who, group.fmt).id,
    }
    for key in GROUP_RESOURCES:
        if key == "groupMessageStatus" and not stage.claims.feature(STATUS_FEATURE):
            continue
        for verb in ("GET", "POST", "PUT", "DELETE"):
            if verb not in stage.binding.resources[key].verbs:
                yield who.send(verb, key, fmt=group.fmt, ids=ids), key
