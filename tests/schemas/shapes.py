"""The structures as the JSON Schemas describe them, read without the engine.

A shape is what documents are drawn from in the comparison of the two schema languages: neither
the codec nor the reader of the schemas in the engine has a part in it.
"""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from rcs_conformance import kit

APIS = ("common", "chat", "filetransfer", "notificationchannel")


@dataclass(frozen=True, slots=True, kw_only=True)
class Value:
    """A simple type: its name, and its values where they are enumerated."""

    name: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A member of a structure."""

    kind: "Value | Shape"
    mandatory: bool
    repeatable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A structure: its members, and the alternatives between some of them.

    Attributes:
        slots: The members by name.
        exactly_one: Pairs of members of which one stands.
        at_least_one: Members of which one stands at least, the first being the simplest to add.
    """

    slots: dict[str, Slot]
    exactly_one: tuple[tuple[str, ...], ...]
    at_least_one: tuple[tuple[str, ...], ...]


@cache
def _definitions(api: str) -> dict[str, Any]:
    text = (kit.SCHEMAS / "json" / f"{api}.schema.json").read_text(encoding="utf-8")
    definitions: dict[str, Any] = json.loads(text)["$defs"]
    return definitions


@cache
def namespace_of(root: str) -> str:
    """The namespace that a root has in XML."""
    api = next(api for api in APIS if root in _definitions(api))
    return f"urn:oma:xml:rest:netapi:{api}:1"


@cache
def shape_of(root: str) -> Shape:
    """The shape of the structure that a root holds."""
    api = next(api for api in APIS if root in _definitions(api))
    return _shape(_definitions(api)[root[0].upper() + root[1:]], api)


def _shape(body: dict[str, Any], api: str) -> Shape:
    mandatory = body.get("required", [])
    rules = body.get("allOf", [])
    return Shape(
        slots={
            name: _slot(member["$ref"], api, mandatory=name in mandatory)
            for name, member in body["properties"].items()
        },
        exactly_one=tuple(_names(rule["oneOf"]) for rule in rules if "oneOf" in rule),
        at_least_one=tuple(_names(rule["anyOf"]) for rule in rules if "anyOf" in rule),
    )


def _names(alternatives: list[dict[str, Any]]) -> tuple[str, ...]:
    return tuple(alternative["required"][0] for alternative in alternatives)


def _slot(reference: str, api: str, *, mandatory: bool) -> Slot:
    file, _, name = reference.partition("#/$defs/")
    api = file.removesuffix(".schema.json") or api
    body = _definitions(api)[name]
    repeatable = "items" in body.get("then", {})
    if repeatable:
        return Slot(
            kind=_slot(body["else"]["$ref"], api, mandatory=True).kind,
            mandatory=mandatory,
            repeatable=True,
        )
    simple = Value(name=name, values=tuple(body["enum"])) if _is_words(body) else Value(name=name)
    kind = _shape(body, api) if "properties" in body else simple
    return Slot(kind=kind, mandatory=mandatory, repeatable=False)


def _is_words(body: dict[str, Any]) -> bool:
    return all(isinstance(value, str) for value in body.get("enum", [0]))
