"""Permitted variations in messages, multimedia content and its download."""

from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from rcs_conformance.model.chat import ChatMessage, MessageStatus
from rcs_conformance.model.notifications import (
    CancellationReason,
    ChatEventNotification,
    ChatSubscriptionCancellationNotification,
    EventType,
    MultimediaChatMessageNotification,
)
from rcs_conformance.reference.calls import Call, RawResponse
from rcs_conformance.reference.edits import retold
from rcs_conformance.reference.notices import Cause, Notice
from rcs_conformance.reference.parts import ADHOC_ID
from rcs_conformance.reference.paths import FILE
from rcs_conformance.reference.rules import Rules
from rcs_conformance.reference.seams import ADHOC, ANYWHERE, PERMITTED, Deviation, Usual
from rcs_conformance.reference.state import Account, Accounts
from rcs_conformance.reference.subscription_state import ChatSubscription

_Multimedia = MultimediaChatMessageNotification


_Cancellations = tuple[ChatSubscriptionCancellationNotification, ...]


@ANYWHERE.rule(Rules.unsubscribed, PERMITTED)
def unsubscribing_told(
    usual: Usual[_Cancellations],
    subscription: ChatSubscription,
    told: ChatSubscriptionCancellationNotification,
) -> _Cancellations:
    """A deleted subscription is notified of its end twice, with the reason in both forms."""
    structured = CancellationReason(
        message_id="SVC0001", text="The subscription ended: %1", variables=("it was deleted",)
    )
    return (told, replace(told, reason=structured))


@ANYWHERE.ordered(PERMITTED)
def reports_assumed(message: ChatMessage) -> ChatMessage:
    """A message that requests no reports is taken as one that requests its display."""
    return replace(message, report_request=message.report_request or (MessageStatus.DISPLAYED,))


@ANYWHERE.rule(Rules.accepts_unknown_contacts, PERMITTED)
def contacts_sought(usual: Usual[bool]) -> bool:
    """A message to an unknown contact fails only after its response."""
    return True


@ADHOC.delivered(PERMITTED, Cause.MESSAGE)
def adhoc_session_told(notice: Notice) -> Iterable[Notice]:
    """A message in ad-hoc chat arrives between events of the session underneath."""
    told = notice.content
    for event in (EventType.ACCEPTED, None, EventType.SESSION_ENDED):
        yield (
            notice
            if event is None
            else replace(
                notice,
                content=ChatEventNotification(
                    callback_data=getattr(told, "callback_data", None),
                    event_type=event,
                    session_id=ADHOC_ID,
                ),
            )
        )


@ANYWHERE.notified(PERMITTED)
def multimedia_told_without_text(told: _Multimedia) -> _Multimedia:
    """The notification of a multimedia message contains no text."""
    return replace(told, chat_message=None)


@ANYWHERE.notified(PERMITTED)
def file_urls_relative(told: _Multimedia) -> _Multimedia:
    """The URL of a file is relative to the server root."""
    return replace(told, file_url=urlsplit(told.file_url or "").path)


@ANYWHERE.deviation(PERMITTED)
class FilesElsewhere(Deviation):
    """Files are downloaded from another origin, which knows no tokens."""

    def notices(self, notice: Notice) -> Iterable[Notice]:
        for outgoing in super().notices(notice):
            yield from retold(outgoing, _Multimedia, self._elsewhere)

    @staticmethod
    def _elsewhere(told: _Multimedia) -> _Multimedia:
        return replace(told, file_url=(told.file_url or "").replace("127.0.0.1", "localhost"))

    def identify(self, call: Call, accounts: Accounts) -> Account:
        owner = accounts.by_address(call.variables.get("userId", ""))
        if call.resource == FILE and owner and "authorization" not in call.headers:
            return owner
        return super().identify(call, accounts)


@ANYWHERE.rule(Rules.identify, PERMITTED)
def files_open_to_all(usual: Usual[Account], call: Call, accounts: Accounts) -> Account:
    """Files are downloaded without a token."""
    owner = accounts.by_address(call.variables.get("userId", ""))
    if call.resource == FILE and owner:
        return owner
    return usual(call, accounts)


@ANYWHERE.rule(Rules.finished, PERMITTED)
def files_unlabelled(usual: Usual[RawResponse], call: Call, raw: RawResponse) -> RawResponse:
    """Files are downloaded without a Content-Type."""
    raw = usual(call, raw)
    if call.resource != FILE:
        return raw
    kept = tuple(header for header in raw.headers if header[0] != "Content-Type")
    return replace(raw, headers=kept)
