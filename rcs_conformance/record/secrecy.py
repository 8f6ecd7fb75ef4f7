"""Finds what no record of ours has: a secret that was not redacted."""

from collections.abc import Iterator
from typing import Any

from rcs_conformance.model.exchange import REDACTED
from rcs_conformance.record.chain import Entry

_SECRET_FIELDS = frozenset({"authorization", "proxy-authorization", "cookie"})


def shown_secret(entry: Entry) -> str:
    """The name of a header field of an entry whose value is not redacted; empty for none.

    Raises:
        KeyError, TypeError, ValueError, AttributeError: The entry is of another form.
    """
    for form in _forms(entry):
        for name, value in form.get("headers", ()):
            if REDACTED not in value and name.lower() in _SECRET_FIELDS:
                return str(name.lower())
    return ""


def _forms(entry: Entry) -> Iterator[Any]:
    """Requests, responses and notifications of an entry."""
    yield entry
    yield entry.get("request", {})
    for event in entry.get("events", ()):
        yield event
        yield event["request"]
