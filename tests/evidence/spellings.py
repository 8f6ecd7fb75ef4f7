"""How a target may spell what it sends back."""

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus


def _capital(text: str) -> str:
    """With capitals for the letters that a token may have."""
    return text.encode().upper().decode()


def _wrapped(text: str, columns: int, end: str, before: str = "") -> str:
    """In base64, as within a longer text, with lines of so many columns."""
    coded = base64.b64encode(f"{before}{text}, and so on ".encode() * 4).decode()
    return end.join(coded[at : at + columns] for at in range(0, len(coded), columns))


SPELLINGS: dict[str, Callable[[str], str]] = {
    "plain": str,
    "small": lambda text: text.lower(),
    "capital": _capital,
    "percent": lambda text: quote(text, safe=""),
    "percent, small": lambda text: quote(text, safe="").lower(),
    "percent, all": lambda text: "".join(f"%{octet:02X}" for octet in text.encode()),
    "percent, twice": lambda text: quote(quote(text, safe=""), safe=""),
    "form": quote_plus,
    "base64": lambda text: base64.b64encode(text.encode()).decode(),
    "base64, URL": lambda text: base64.urlsafe_b64encode(text.encode()).decode().rstrip("="),
    "base64, within": lambda text: base64.b64encode(f"Bearer {text}!".encode()).decode(),
    "base64, shifted": lambda text: base64.b64encode(f"Bearer: {text}".encode()).decode(),
    "base64, percent": lambda text: quote(base64.b64encode(text.encode()), safe=""),
    "base64, small": lambda text: base64.b64encode(text.encode()).decode().lower(),
    "hex": lambda text: text.encode().hex(),
    "hex, capital": lambda text: text.encode().hex().upper(),
    "decimal references": lambda text: "".join(f"&#{ord(each)};" for each in text),
    "hex references": lambda text: "".join(f"&#x{ord(each):X};" for each in text),
    "hex references, zeros": lambda text: "".join(f"&#x{ord(each):05x};" for each in text),
    "named references": html.escape,
    "references, twice": lambda text: html.escape("".join(f"&#{ord(each)};" for each in text)),
    "JSON": lambda text: json.dumps(text)[1:-1],
    "JSON, slashes": lambda text: json.dumps(text)[1:-1].replace("/", "\\/"),
    "JSON, all": lambda text: "".join(f"\\u{ord(each):04X}" for each in text),
    "JSON in JSON": lambda text: json.dumps(json.dumps(text))[1:-1],
    "JSON of references": lambda text: json.dumps(html.escape(text))[1:-1],
    "mixed": lambda text: f"{text[0]}%{ord(text[1]):02x}&#{ord(text[2])};{text[3:]}",
    "all capitals": lambda text: text.upper(),
    "capitals and small": lambda text: text.swapcase(),
    "all capitals, percent": lambda text: quote(text.upper(), safe=""),
    "all capitals, references": lambda text: "".join(f"&#{ord(each)};" for each in text.upper()),
    "all capitals, JSON": lambda text: json.dumps(text.upper())[1:-1],
    "base64, JSON": lambda text: "".join(
        f"\\u{ord(each):04x}" for each in base64.b64encode(text.encode()).decode()
    ),
    "base64, JSON, slashes": lambda text: (
        base64.b64encode(text.encode()).decode().replace("/", "\\/").replace("+", "\\u002B")
    ),
    "capital, escaped": lambda text: quote(_capital(text), safe=""),
}

WRAPPED: dict[str, Callable[[str], str]] = {
    "base64, 76 columns": lambda text: _wrapped(text, 76, "\r\n"),
    "base64, 64 columns": lambda text: _wrapped(text, 64, "\n", "Bearer "),
    "base64, 64 columns, indented": lambda text: _wrapped(text, 64, "\n    ", "Bearer: "),
    "base64, 19 columns": lambda text: _wrapped(text, 19, "\n"),
    "base64, wrapped, JSON": lambda text: json.dumps(_wrapped(text, 64, "\r\n"))[1:-1],
    "base64, wrapped, JSON in JSON": lambda text: json.dumps(
        json.dumps(_wrapped(text, 76, "\n"))[1:-1]
    )[1:-1],
    "base64, wrapped, percent": lambda text: quote(_wrapped(text, 76, "\r\n"), safe=""),
    "base64, wrapped, references": lambda text: _wrapped(text, 76, "&#13;&#10;"),
}
"""In base64 of several lines, among other text."""
