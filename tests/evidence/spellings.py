"""How a target may spell what it sends back."""

import base64
import html
import json
from collections.abc import Callable
from urllib.parse import quote, quote_plus


def _capital(text: str) -> str:
    """With capitals for the letters that a token may have."""
    return text.encode().upper().decode()


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
    "capital, escaped": lambda text: quote(_capital(text), safe=""),
}
