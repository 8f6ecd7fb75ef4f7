"""Deviations of the root: its name, its namespace, and what stands in its place.

What is not derived, since a conforming server may take it: a second member beside the root in
JSON, which is one that it does not know.
"""

import json
from collections.abc import Iterator

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.near_miss.deviations import Change, Deviation, Draft
from rcs_conformance.strategies.near_miss.documents import dumped

_ANSWER = "chatSubscriptionList"
"""A root that servers send and none takes."""

UNKNOWN = "somethingElse"
"""A root that nobody knows."""

ELSEWHERE = "urn:example:else"
"""A namespace of nobody's."""

_STAND_INS: tuple[object, ...] = (None, "words", 5, [])
"""What can stand in JSON where an object should."""


def root_deviations() -> Iterator[Deviation]:
    """Everything that can be wrong with a root."""
    yield renamed(UNKNOWN, "an unknown root")
    yield renamed(_ANSWER, "the root of an answer")
    yield from _in_xml()
    yield from _in_json()


def renamed(root: str, name: str) -> Deviation:
    """Another root."""

    def change(draft: Draft) -> bytes:
        document = draft.document()
        document.rename(root)
        return document.written()

    return Deviation(name=name, change=change)


def _in_xml() -> Iterator[Deviation]:
    yield moved(ELSEWHERE, "a root in another namespace")
    yield moved("", "a root in no namespace")
    yield Deviation(name="qualified members", change=_qualified, formats=(Format.XML,))
    yield Deviation(name="words between its members", change=_mixed, formats=(Format.XML,))


def moved(namespace: str, name: str) -> Deviation:
    """A root in a namespace that is not its own."""

    def change(draft: Draft) -> bytes:
        document = draft.xml()
        document.move(namespace)
        return document.written()

    return Deviation(name=name, change=change, formats=(Format.XML,))


def _qualified(draft: Draft) -> bytes:
    document = draft.xml()
    document.qualify()
    return document.written()


def _mixed(draft: Draft) -> bytes:
    end = draft.body.rindex(b"</")
    return b"%swords%s" % (draft.body[:end], draft.body[end:])


def _in_json() -> Iterator[Deviation]:
    yield Deviation(name="no root", change=_bare, formats=(Format.JSON,))
    yield Deviation(name="an array around it", change=_in_array, formats=(Format.JSON,))
    for value in (*_STAND_INS, {}):
        name = f"{json.dumps(value)} as the whole"
        yield Deviation(name=name, change=_constant(value), formats=(Format.JSON,))
    for value in _STAND_INS:
        name = f"{json.dumps(value)} in its root"
        yield Deviation(name=name, change=_holding(value), formats=(Format.JSON,))


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
