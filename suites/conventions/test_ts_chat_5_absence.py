"""TS-CHAT-5.9: resources that do not exist; beside chats also 5.7: what the errors say."""

import pytest

from rcs_conformance.checks import rejections
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.results import Verify
from rcs_conformance.scenario import TestBed, operations


@pytest.mark.requirement(one_to_one="TS-CHAT-5.9", group="TS-CHAT-5.9", long_lived="TS-CHAT-5.9")
def test_chats_that_do_not_exist(bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format) -> None:
    """A request about a chat that does not exist returns 404.

    Stimulus: each request about a chat, with an unknown id.
    """
    rejected = operations.missing_resources.chats(bed, kind, fmt)

    verify(rejections.not_found(each, by_policy=request.by_policy) for each, request in rejected)


@pytest.mark.requirement(one_to_one="TS-CHAT-5.9", group="TS-CHAT-5.9", long_lived="TS-CHAT-5.9")
@pytest.mark.parametrize(
    "send",
    [operations.missing_resources.forms, operations.missing_resources.multipart],
    ids=["form", "multipart"],
)
def test_chats_that_do_not_exist_in_other_representations(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format, send: operations.Sending
) -> None:
    """A message to a chat that does not exist returns 404 in every representation.

    Stimulus: POST of a message to an unknown id, as form fields and as multipart.
    """
    rejected = send(bed, kind, fmt)

    verify(rejections.not_found(rejected))


@pytest.mark.requirement("TS-CHAT-5.9")
def test_messages_that_do_not_exist(
    bed: TestBed, verify: Verify, kind: ChatKind, fmt: Format
) -> None:
    """A request about the status of a message that does not exist returns 404.

    Stimulus: GET and PUT of it in a chat that exists.
    """
    rejected = operations.missing_resources.messages(bed, kind, fmt)

    verify(rejections.not_found(each) for each in rejected)


@pytest.mark.requirement("TS-CHAT-5.9")
def test_participants_that_do_not_exist(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A request about a participant that a group chat does not have returns 404.

    Stimulus: GET and DELETE of it by the originator.
    """
    rejected = operations.missing_resources.participants(bed, fmt)

    verify(rejections.not_found(each) for each in rejected)


@pytest.mark.requirement("TS-CHAT-5.9")
def test_subscriptions_that_do_not_exist(bed: TestBed, verify: Verify, fmt: Format) -> None:
    """A request about a subscription that does not exist returns 404.

    Stimulus: GET and DELETE of a subscription that was deleted.
    """
    rejected = operations.missing_resources.subscriptions(bed, fmt)

    verify(rejections.not_found(each) for each in rejected)


@pytest.mark.requirement("TS-CHAT-5.7", "TS-CHAT-5.9")
@pytest.mark.parametrize(
    "family", [operations.TRANSFERS, operations.CHANNELS], ids=["transfers", "channels"]
)
def test_what_does_not_exist_beside_chats(
    bed: TestBed, verify: Verify, fmt: Format, family: operations.ResourceFamily
) -> None:
    """A request about a transfer, transfer subscription or channel that does not exist returns 404.

    The error says so by a service exception.

    Stimulus: each request about one, with an unknown id.
    """
    rejected = operations.family_requests.absent(bed, fmt, family)

    verify(rejections.not_found(each) for each in rejected)
