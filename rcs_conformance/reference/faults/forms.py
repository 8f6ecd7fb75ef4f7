"""Faults by which form fields say something else than a structure (TS-CHAT-5.3)."""

from dataclasses import replace
from typing import Any, ClassVar

from rcs_conformance.model.chat import (
    ChatMessage,
    ChatNotificationSubscription,
    ChatSessionInformation,
)
from rcs_conformance.model.chat import GroupChatSessionInformation as GroupInformation
from rcs_conformance.model.formats import FORM_MEDIA_TYPE
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.edits import SomeOperations
from rcs_conformance.reference.negotiation import media_type
from rcs_conformance.reference.registry import Faults
from rcs_conformance.reference.rules import Operate

FORMS = Faults()


class _FormRead(SomeOperations):
    """Understands form fields otherwise."""

    structure: ClassVar[type]

    def form_as(self, content: Any) -> Any:  # noqa: ANN401 - of whatever structure it is about
        """What becomes of the structure."""
        return content

    def perform(self, call: Call, content: object, operate: Operate) -> Response:
        is_form = media_type(call.content_type) == FORM_MEDIA_TYPE
        if is_form and isinstance(content, self.structure):
            content = self.form_as(content)
        return super().perform(call, content, operate)


@FORMS.add(
    "form-loses-subject", "TS-CHAT-5.3", "The subject of a 1-to-1 chat as form fields is lost."
)
class _FormLosesSubject(_FormRead):
    operations = frozenset({"POST oneToOneSessions"})
    structure = ChatSessionInformation

    def form_as(self, made: ChatSessionInformation) -> ChatSessionInformation:
        return replace(made, subject=None)


@FORMS.add("form-loses-closed", "TS-CHAT-5.3", "A group chat as form fields is never closed.")
class _FormLosesClosed(_FormRead):
    operations = frozenset({"POST groups"})
    structure = GroupInformation

    def form_as(self, made: GroupInformation) -> GroupInformation:
        return replace(made, is_closed=None)


@FORMS.add(
    "form-ends-at-percent", "TS-CHAT-5.3", "A message as form fields ends at a percent sign."
)
class _FormEndsAtPercent(_FormRead):
    operations = frozenset(
        {
            "POST oneToOneMessages",
            "POST groupMessages",
            "POST longLivedMessages",
        }
    )
    structure = ChatMessage

    def form_as(self, made: ChatMessage) -> ChatMessage:
        return replace(made, text=made.text.partition("%")[0])


@FORMS.add(
    "form-subscription-unserved",
    "TS-CHAT-5.3",
    "A subscription as form fields is notified somewhere else.",
)
class _FormSubscription(_FormRead):
    operations = frozenset({"POST subscriptions"})
    structure = ChatNotificationSubscription

    def form_as(self, made: ChatNotificationSubscription) -> ChatNotificationSubscription:
        reference = made.callback_reference
        url = f"{reference.notify_url}/elsewhere"
        return replace(made, callback_reference=replace(reference, notify_url=url))
