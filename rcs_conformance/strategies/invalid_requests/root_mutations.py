"""Mutations of the root: its name, its namespace, and other values instead of it.

Left out, since a conforming server may ignore it: an unknown member beside the root in JSON.
"""

import json
from collections.abc import Iterator
from dataclasses import replace

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.invalid_requests.editable_documents import dumped
from rcs_conformance.strategies.invalid_requests.mutation import Change, Draft, Mutation

_RESPONSE_ROOT = "chatSubscriptionList"
"""A root that only responses have."""

UNKNOWN_ROOT = "somethingElse"
OTHER_NAMESPACE = "urn:example:else"
_STAND_INS: tuple[object, ...] = (None, "words", 5, [])
"""JSON values instead of an object."""


def root_mutations() -> Iterator[Mutation]:
    """All mutations of a root."""
    yield unknown_root()
    yield _renamed(_RESPONSE_ROOT, "the root of a response")
    yield from _in_xml()
    yield from _in_json()


def unknown_root() -> Mutation:
    return _renamed(UNKNOWN_ROOT, "an unknown root")


def _renamed(root: str, name: str) -> Mutation:
    def change(draft: Draft) -> bytes:
        document = draft.document()
        document.rename(root)
        return document.written()

    return Mutation(name=name, change=change)


def _in_xml() -> Iterator[Mutation]:
    yield _moved(OTHER_NAMESPACE, "a root in another namespace")
    yield replace(_moved("", "a root in no namespace"), lenient=True)
    for name, change in (
        ("qualified members", _qualified),
        ("words between its members", _mixed),
        ("its members in another order", _reordered),
    ):
        yield Mutation(name=name, change=change, formats=(Format.XML,), lenient=True)


def _moved(namespace: str, name: str) -> Mutation:
    def change(draft: Draft) -> bytes:
        document = draft.xml()
        document.move(namespace)
        return document.written()

    return Mutation(name=name, change=change, formats=(Format.XML,))


def _qualified(draft: Draft) -> bytes:
    document = draft.xml()
    document.qualify()
    return document.written()


def _reordered(draft: Draft) -> bytes:
    document = draft.xml()
    document.reverse()
    return document.written()


def _mixed(draft: Draft) -> bytes:
    end = draft.body.rindex(b"</")
    return b"%swords%s" % (draft.body[:end], draft.body[end:])


def _in_json() -> Iterator[Mutation]:
    yield Mutation(name="no root", change=_bare, formats=(Format.JSON,))
    yield Mutation(
        name="an array around it", change=_in_array, formats=(Format.JSON,), lenient=True
    )
    for value in (*_STAND_INS, {}):
        name = f"{json.dumps(value)} as the whole"
        yield Mutation(name=name, change=_constant(value), formats=(Format.JSON,))
    for value in _STAND_INS:
        name = f"{json.dumps(value)} in its root"
        yield Mutation(name=name, change=_holding(value), formats=(Format.JSON,))


def _bare(draft: Draft) -> bytes:
    return dumped(draft.json().content)


def _in_array(draft: Draft) -> bytes:
    return b"[" + draft.body + b"]"


def _constant(value: object) -> Change:
    return lambda _draft: dumped(value)


def _holding(value: object) -> Change:
    def change(draft: Draft) -> bytes:
        return dumped({draft.json().root: value})

    return change
