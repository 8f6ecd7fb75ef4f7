"""Near misses: bodies that deviate from a valid one in one thing, named for what it is.

Each takes a valid structure, writes it, and changes the bytes. That the result is indeed invalid
is proved against the schema before it is handed out, so that no target is blamed for refusing
what was right, or for taking it.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from rcs_conformance.errors import HarnessError
from rcs_conformance.model.formats import Format
from rcs_conformance.wire import Codec, root_of
from rcs_conformance.wire.schema import violations


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A body that is almost right.

    Attributes:
        deviation: What is wrong with it, as a phrase.
        data: Its bytes.
    """

    deviation: str
    data: bytes


Deviate = Callable[[bytes, Format], bytes]
"""Changes the bytes of a body in one thing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deviation:
    """One way to be wrong.

    Attributes:
        name: What is wrong then, as a phrase.
        change: Makes it so.
        formats: The formats in which there is such a thing.
    """

    name: str
    change: Deviate
    formats: tuple[Format, ...] = tuple(Format)

    def of(self, content: object, fmt: Format, codec: Codec) -> NearMiss:
        """The near miss of a valid structure.

        Raises:
            HarnessError: The result is valid, so that it is none.
        """
        data = self.change(codec.encode(content, fmt), fmt)
        if not violations(data, fmt, root_of(content).name):
            raise HarnessError(f"a {root_of(content).name} with {self.name} is valid")
        return NearMiss(deviation=self.name, data=data)


def value_of(member: str, value: str) -> Deviation:
    """A leaf with another text, such as one that is no boolean."""

    def change(body: bytes, fmt: Format) -> bytes:
        if fmt is Format.JSON:
            return _json_edited(body, member, lambda members: members.update({member: value}))
        return re.sub(_element(member), f"<{member}>{value}</{member}>".encode(), body, count=1)

    return Deviation(name=f"{member} {value!r}", change=change)


def without(member: str) -> Deviation:
    """A mandatory leaf left out."""

    def change(body: bytes, fmt: Format) -> bytes:
        if fmt is Format.JSON:
            return _json_edited(body, member, lambda members: members.pop(member))
        return re.sub(_element(member), b"", body, count=1)

    return Deviation(name=f"no {member}", change=change)


def twice(member: str) -> Deviation:
    """A leaf that may occur once, repeated."""

    def change(body: bytes, _fmt: Format) -> bytes:
        return re.sub(_element(member), rb"\g<0>\g<0>", body, count=1)

    return Deviation(name=f"{member} twice", change=change, formats=(Format.XML,))


def cut_short() -> Deviation:
    """A body that ends too early."""
    return Deviation(name="its end missing", change=lambda body, _fmt: body[:-3])


def other_root() -> Deviation:
    """A root that nobody knows."""

    def change(body: bytes, fmt: Format) -> bytes:
        if fmt is Format.JSON:
            return re.sub(rb'^\{"\w+"', b'{"somethingElse"', body)
        return re.sub(rb"(</?n:)\w+", rb"\1somethingElse", body)

    return Deviation(name="an unknown root", change=change)


def other_namespace() -> Deviation:
    """A root in a namespace that is not its own."""
    return Deviation(
        name="a root in another namespace",
        change=lambda body, _fmt: re.sub(rb'xmlns:n="[^"]*"', b'xmlns:n="urn:example:else"', body),
        formats=(Format.XML,),
    )


def empty() -> Deviation:
    """No body at all."""
    return Deviation(name="nothing in it", change=lambda _body, _fmt: b"")


def _element(member: str) -> bytes:
    """Matches a leaf element in XML that the codec wrote."""
    return f"<{member}>[^<]*</{member}>".encode()


def _json_edited(body: bytes, member: str, edit: Callable[[dict[str, object]], object]) -> bytes:
    """A JSON body after an edit of the first object that has a member."""
    document = json.loads(body)
    holder = next(each for each in _objects(document) if member in each)
    edit(holder)
    return json.dumps(document).encode()


def _objects(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        yield value
    members = value.values() if isinstance(value, dict) else value
    if isinstance(members, Iterable) and not isinstance(members, str):
        for each in members:
            yield from _objects(each)
