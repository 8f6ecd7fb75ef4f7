"""Content of multimedia messages: valid of its type, and of the bytes that servers change."""

import io
import struct
import wave
import zlib

from rcs_conformance.model.media import Attachment

_LARGE = bytes(range(251)) * 800


def _png(width: int, height: int) -> bytes:
    """An image of grey noise (PNG, third edition)."""
    rows = b"".join(
        b"\x00" + bytes((7 * row + 13 * column) % 256 for column in range(width))
        for row in range(height)
    )
    parts = (
        (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
        (b"IDAT", zlib.compress(rows)),
        (b"IEND", b""),
    )
    chunks = (
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
        for kind, data in parts
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _sound(samples: bytes) -> bytes:
    """A sound of these samples, of a byte each."""
    written = io.BytesIO()
    with wave.open(written, "wb") as sound:
        sound.setnchannels(1)
        sound.setsampwidth(1)
        sound.setframerate(8000)
        sound.writeframes(samples)
    return written.getvalue()


PICTURE = Attachment(name="picture.png", media_type="image/png", data=_png(8, 8))
"""A small image."""

ATTACHMENTS = (
    PICTURE,
    Attachment(name="dot.txt", media_type="text/plain", data=b"."),
    Attachment(
        name="lines.txt",
        media_type="text/plain; charset=UTF-8",
        data="  lines\nand\r\nreturns\r, \u00fc\u00f1\u00ed \U0001f334\r\n\r\n".encode(),
    ),
    Attachment(
        name="bytes.wav",
        media_type="audio/wav",
        data=_sound(bytes(range(256)) + b"\r\n--\r\n\x00\x00\x1a\xff"),
    ),
    Attachment(
        name="large.wav",
        media_type="audio/wav",
        data=_sound(_LARGE),
    ),
)
"""A single byte, line ends of all kinds, every value of a byte, boundaries, a large file."""
