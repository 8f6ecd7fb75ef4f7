"""Rows about multimedia messages."""

from rcs_conformance.checks import multimedia_messages, received_messages
from rcs_conformance.model.awaited import Awaited
from rcs_conformance.model.kinds import ChatIdentity, ChatKind
from rcs_conformance.model.media import Attachment, Download
from rcs_conformance.model.notifications import MultimediaChatMessageNotification
from tests.checks.records import Row, came, exchange, missed

LASTING = ChatIdentity(kind=ChatKind.LONG_LIVED, id="g1")
IMAGE = Attachment(name="image", media_type="image/png", data=b"\x89PNG\r\n\x00")


def shown(**members: object) -> Awaited[MultimediaChatMessageNotification]:
    """A multimedia message that was told."""
    return came(MultimediaChatMessageNotification(**members))  # type: ignore[arg-type]


def fetched(status: int, data: bytes = b"", label: str = "") -> Download:
    """A download that was answered."""
    labels = (("content-type", label),) if label else ()
    answer = exchange(status, None, *labels, operation="GET fileURL", body=data)
    return Download(url="/f/1", exchange=answer)


MEDIA: list[Row] = [
    (
        received_messages.received_in,
        [(shown(session_id=None, group_chat_id="g1"), LASTING, "UNI-CHT-027.2")],
        [
            (shown(session_id="g1"), LASTING, "UNI-CHT-027.2"),
            (shown(group_chat_id="g2"), LASTING, "UNI-CHT-027.2"),
        ],
    ),
    (
        multimedia_messages.announced,
        [
            (shown(content_type="image/PNG", file_url="/f/1"), IMAGE),
            (shown(content_type="image/png; a=b", file_url="/f/1"), IMAGE),
        ],
        [
            (shown(content_type="image/png"), IMAGE),
            (shown(file_url="/f/1"), IMAGE),
            (shown(content_type="image/jpeg", file_url="/f/1"), IMAGE),
            (shown(content_type="image/png", file_url=" "), IMAGE),
            (missed(shown().content), IMAGE),
        ],
    ),
    (
        multimedia_messages.downloadable_at_once,
        [(fetched(200, IMAGE.data),)],
        [
            (fetched(404),),
            (fetched(302),),
            (Download(url="/f/1", exchange=None, reason="ConnectionRefusedError"),),
        ],
    ),
    (
        multimedia_messages.bytes_unchanged,
        [(fetched(200, IMAGE.data), IMAGE)],
        [
            (fetched(200, IMAGE.data[:-1]), IMAGE),
            (fetched(200, IMAGE.data + b"\n"), IMAGE),
            (fetched(200, IMAGE.data.replace(b"\r\n", b"\n")), IMAGE),
            (fetched(200), IMAGE),
        ],
    ),
    (
        multimedia_messages.type_unchanged,
        [
            (fetched(200, IMAGE.data, "IMAGE/png;x=y"), shown(), IMAGE),
            (fetched(200, IMAGE.data), shown(content_type="image/png"), IMAGE),
        ],
        [
            (fetched(200, IMAGE.data, "application/octet-stream"), shown(), IMAGE),
            (fetched(200, IMAGE.data), shown(), IMAGE),
        ],
    ),
]
