"""Rows of the checks of file transfers (UNI-FLT-001, 005), and of what the chat says of them."""

from functools import partial

from rcs_conformance.binding import load_binding
from rcs_conformance.checks import file_transfers, transfer_invitations, transfer_services
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.chat import LongLivedGroupChatInformation
from rcs_conformance.model.exchange import Exchange
from rcs_conformance.model.filetransfer import (
    FileInformation,
    FileSelector,
    FileTransferAcceptanceNotification,
    FileTransferSessionInformation,
    FileTransferSessionInvitationNotification,
    ReceiverSessionStatus,
)
from rcs_conformance.model.media import Attachment, Download
from tests.checks.records import (
    ALICE,
    BOB,
    CAROL,
    CONNECTED,
    DONE,
    INVITED,
    LOST,
    OTHER,
    REFUSED,
    Row,
    came,
    error,
    exchange,
    missed,
    people,
    read,
)

ERRORS = load_binding("oma-v1").errors
CHAT = "http://host/chat/v1/tel%3A%2B15550101/group/s1"
BARE = "/chat/v1/tel:+15550101/group/s1"
FILE = Attachment(name="rc1.png", media_type="image/png", data=b"bytes")
_SELECTOR = FileSelector(name="rc1.png", type="image/png", size=5)
_AT = "http://host/filetransfer/v1/tel%3A%2B15550101/files/1"


def transfer(**members: object) -> FileTransferSessionInformation:
    """A transfer from alice to bob."""
    given = {"originator_address": ALICE, "receiver_address": (BOB,), **members}
    given.setdefault("file_information", FileInformation(file_selector=_SELECTOR))
    return FileTransferSessionInformation(**given)  # type: ignore[arg-type]


def offer(
    **members: object,
) -> Awaited[FileTransferSessionInvitationNotification]:
    """An invitation to it."""
    given = {"session_id": "t1", "originator_address": ALICE, **members}
    given.setdefault("file_information", FileInformation(file_selector=_SELECTOR))
    return came(FileTransferSessionInvitationNotification(**given))  # type: ignore[arg-type]


def _selected(**members: object) -> FileInformation:
    given = {"name": "rc1.png", "type": "image/png", "size": 5, **members}
    return FileInformation(file_selector=FileSelector(**given))  # type: ignore[arg-type]


def _shown(**members: object) -> Exchange:
    return exchange(200, transfer(**members), operation="GET ftSession")


def _fetched(status: int = 200, body: bytes = b"bytes") -> Download:
    answer = exchange(status, body=body, operation="GET fileURL")
    return Download(url=_AT, exchange=answer)


def _club(*services: str) -> Exchange:
    info = LongLivedGroupChatInformation(
        subject="a", participant=people(alice=CONNECTED), supported_service=services
    )
    return exchange(200, info, operation="GET longLivedGroup")


_ACCEPTANCE = FileTransferAcceptanceNotification(
    session_id="t1", receiver_session_status=ReceiverSessionStatus(status=CONNECTED)
)
NO_OFFER = missed(offer().content)
_BOTH = ("ft", "geopushft")
_NO_CHAT = error("SVC3001", 404), error("SVC3001", 400)
_NO_SERVICE = error("POL3001", 403)
_ASKED = transfer()

TRANSFERS: list[Row] = [
    (
        file_transfers.accepted,
        [(exchange(201), "UNI-FLT-001.1", "in a chat"), (DONE, "UNI-FLT-001.1", "in a chat")],
        [(REFUSED, "UNI-FLT-001.1", "in a chat"), (exchange(500), "UNI-FLT-001.1", "in a chat")],
    ),
    (
        file_transfers.notified,
        [
            (offer(), "UNI-FLT-001.2", "a file is offered"),
            (came(_ACCEPTANCE), "UNI-FLT-001.2", "the file was accepted"),
        ],
        [(NO_OFFER, "UNI-FLT-001.2", "a file is offered")],
    ),
    (
        file_transfers.names_chat,
        [
            (_shown(group_chat_url=CHAT), CHAT),
            (_shown(group_chat_url=BARE), CHAT),
            (exchange(201, transfer(group_chat_url=CHAT), operation="POST ftSessions"), CHAT),
        ],
        [(_shown(), CHAT), (_shown(group_chat_url=OTHER), CHAT), (_shown(group_chat_url=""), CHAT)],
    ),
    (
        file_transfers.file_unchanged,
        [(offer(), _ASKED), (offer(receiver_name="Bob"), _ASKED)],
        [
            (offer(originator_address=CAROL), _ASKED),
            (offer(file_information=_selected(name=None)), _ASKED),
            (offer(file_information=_selected(name="rc1")), _ASKED),
            (offer(file_information=_selected(type="image/gif")), _ASKED),
            (offer(file_information=_selected(size=4)), _ASKED),
        ],
    ),
    (
        file_transfers.shown,
        [(_shown(), _ASKED), (_shown(receiver_address=(BOB, CAROL)), _ASKED)],
        [
            (_shown(receiver_address=()), _ASKED),
            (_shown(originator_address=CAROL), _ASKED),
            (_shown(file_information=_selected(name="other")), _ASKED),
        ],
    ),
    (
        partial(file_transfers.acceptance_shown, accepted=True),
        [(_shown(status=CONNECTED),), (_shown(),)],
        [(_shown(status=INVITED),)],
    ),
    (
        partial(file_transfers.acceptance_shown, accepted=False),
        [(_shown(status=INVITED),), (_shown(),)],
        [(_shown(status=CONNECTED),)],
    ),
    (file_transfers.located, [(_AT, BOB)], [(None, BOB), ("", BOB)]),
    (
        file_transfers.same_file,
        [(_fetched(), FILE)],
        [
            (_fetched(404), FILE),
            (_fetched(body=b"byte"), FILE),
            (Download(url=_AT, exchange=None, reason="no HTTP"), FILE),
        ],
    ),
    (
        file_transfers.unknown_chat,
        [(each, ERRORS) for each in _NO_CHAT],
        [
            (exchange(201), ERRORS),
            (error("SVC0004", 404), ERRORS),
            (error("SVC3001", 409), ERRORS),
            (_NO_SERVICE, ERRORS),
            (LOST, ERRORS),
        ],
    ),
    (
        file_transfers.nothing_offered,
        [((), BOB)],
        [((None,), BOB), ((CHAT,), BOB)],
    ),
    (
        transfer_services.as_notified,
        [
            (exchange(201), "ft", ("ft",), ERRORS),
            (exchange(201), "ft", _BOTH, ERRORS),
            (_NO_SERVICE, "ft", ("geopushft",), ERRORS),
            (_NO_SERVICE, "ft", (), ERRORS),
        ],
        [
            (_NO_SERVICE, "ft", ("ft",), ERRORS),
            (exchange(201), "ft", ("geopushft",), ERRORS),
            (exchange(201), "ft", (), ERRORS),
            (error("POL0001", 403), "ft", (), ERRORS),
            (error("SVC3001", 404), "ft", (), ERRORS),
            (REFUSED, "ft", (), ERRORS),
            (exchange(500), "ft", (), ERRORS),
        ],
    ),
    (
        transfer_services.unavailable,
        [(each, "UNI-CHT-004b.6", "it is not there") for each in (_NO_SERVICE, REFUSED, LOST)],
        [(exchange(each), "UNI-CHT-004b.6", "it is not there") for each in (201, 500)],
    ),
    (
        transfer_services.available,
        [(exchange(201), "UNI-CHT-037.2", "it is there")],
        [(each, "UNI-CHT-037.2", "it is there") for each in (_NO_SERVICE, exchange(500))],
    ),
    (
        transfer_services.readable,
        [
            (read(supported_service=("ft",)), "ft", ("ft",)),
            (read(supported_service=("geopushft",)), "ft", ()),
            (read(), "ft", ()),
            (_club(*_BOTH), "ft", ("ft",)),
        ],
        [
            (read(), "ft", ("ft",)),
            (read(supported_service=("geopushft",)), "ft", _BOTH),
            (read(supported_service=("ft",)), "ft", ("geopushft",)),
            (_club(), "ft", ("ft",)),
        ],
    ),
    (
        transfer_invitations.refers,
        [(offer(group_chat_url=CHAT), CHAT), (offer(group_chat_url=BARE), CHAT)],
        [
            (offer(), CHAT),
            (offer(group_chat_url=""), CHAT),
            (offer(group_chat_url=f"{CHAT}0"), CHAT),
            (offer(group_chat_url=CHAT.replace("0101", "0100")), CHAT),
        ],
    ),
    (
        transfer_invitations.refers_to_none,
        [(offer(),), (offer(group_chat_url=""),)],
        [(offer(group_chat_url=CHAT),)],
    ),
    (
        transfer_invitations.withheld,
        [((), BOB), ((None,), BOB), (("",), BOB)],
        [((CHAT,), BOB), ((None, CHAT), BOB)],
    ),
]
