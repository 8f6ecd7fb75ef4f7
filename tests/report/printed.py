"""The text of each page of a PDF that Chromium printed."""

import re
import subprocess
import zlib
from collections.abc import Mapping
from pathlib import Path
from unicodedata import normalize

Objects = Mapping[bytes, bytes]


def printed(page: Path, command: list[str], folder: Path) -> list[str]:
    """The pages of a printed page, as text without spaces, for those are only gaps in a PDF.

    Args:
        page: The page.
        command: The browser and its options.
        folder: Where the file may be written.
    """
    file = folder / "printed.pdf"
    words = [*command, "--no-pdf-header-footer", f"--print-to-pdf={file}", page.as_uri()]
    subprocess.run(words, capture_output=True, timeout=120, check=True)  # noqa: S603 - the browser
    data = file.read_bytes()
    objects = dict(re.findall(rb"^(\d+) 0 obj\n(.*?)^endobj", data, re.DOTALL | re.MULTILINE))
    pages = [each for each in objects.values() if re.match(rb"<</Type /Page\b(?!s)", each)]
    return [_text(page, objects) for page in pages]


def _text(page: bytes, objects: Objects) -> str:
    fonts = dict(re.findall(rb"/(F\d+) (\d+) 0 R", page))
    letters = {name: _letters(objects[number], objects) for name, number in fonts.items()}
    content = re.search(rb"/Contents (\d+) 0 R", page)
    assert content is not None
    font, text = b"", ""
    for name, glyphs in re.findall(
        rb"/(F\d+) [\d.]+ Tf|<([0-9A-F]+)>", _stream(objects[content[1]])
    ):
        font = name or font
        codes = [glyphs[at : at + 4] for at in range(0, len(glyphs), 4)]
        text += "".join(letters[font].get(code, "") for code in codes)
    return "".join(normalize("NFKC", text).split())  # ligatures are two letters again


def _letters(font: bytes, objects: Objects) -> Mapping[bytes, str]:
    """What the glyphs of a font stand for."""
    found = re.search(rb"/ToUnicode (\d+) 0 R", font)
    if found is None:
        return {}
    table, letters = _stream(objects[found[1]]), {}
    for first, last, start in re.findall(rb"<(\w+)> <(\w+)> <(\w+)>\n", table):
        for offset in range(int(last, 16) - int(first, 16) + 1):
            letters[b"%04X" % (int(first, 16) + offset)] = chr(int(start, 16) + offset)
    for block in re.findall(rb"beginbfchar\n(.*?)endbfchar", table, re.DOTALL):
        for glyph, text in re.findall(rb"<(\w+)> <(\w+)>", block):
            letters[glyph.upper()] = bytes.fromhex(text.decode()).decode("utf-16-be")
    return letters


def _stream(entry: bytes) -> bytes:
    raw = entry.partition(b"stream\n")[2].rpartition(b"\nendstream")[0]
    return zlib.decompress(raw) if b"/FlateDecode" in entry[:200] else raw
