"""Judging JSON documents by the JSON Schemas of `schemas/json`.

References are resolved when a schema is read, so that validating needs no look-up and nothing
can be fetched. `title` is the phrase that completes "... is not"; the words of jsonschema
itself never reach a reader.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache
from itertools import islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from rcs_conformance import kit
from rcs_conformance.wire.guard import shown
from rcs_conformance.wire.spelling import PLAIN, Spelling
from rcs_conformance.wire.violation import LIMIT, Violation

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

APIS = ("common", "chat", "filetransfer", "notificationchannel")
"""The schema files, in each of the two languages, by the API whose structures they hold."""

_FOLDER = kit.SCHEMAS / "json"
_MESSAGE_ID = "MessageId"


@cache
def apis_of_roots() -> Mapping[str, str]:
    """The schema file of each root; a definition in lower camel case is a whole document."""
    return MappingProxyType(
        {name: api for api in APIS for name in _definitions(_file(api, PLAIN)) if name[0].islower()}
    )


def violations_of(document: object, root: str, spelling: Spelling = PLAIN) -> Iterator[Violation]:
    """What the schema of a root finds in a JSON document, at most `LIMIT` errors of it.

    Args:
        document: What `guard.parse_json` read.
        root: Name of a root that `apis_of_roots` knows.
        spelling: Of the dialect.
    """
    member = spelling.of(root)
    if not isinstance(document, dict) or member not in document:
        found = ", ".join(document) if isinstance(document, dict) else _quoted(document)
        message = f"the root is {found or 'missing'}: the member {member} is expected"
        yield Violation(path="", message=message)
        return
    judge = validator(root, spelling)
    for error in islice(judge.iter_errors(document), LIMIT):
        path = _path(document, error.absolute_path)
        for message in _messages(error, judge.schema):
            yield Violation(path=path, message=message)


def _messages(error: "ValidationError", schema: Any) -> Iterator[str]:  # noqa: ANN401 - JSON
    instance: Any = error.instance
    broken: Any = error.schema
    rule = error.validator
    if rule == "required":
        yield from (f"missing member {name}" for name in broken["required"] if name not in instance)
    elif rule in {"oneOf", "anyOf"}:
        yield str(broken["title"])
    elif rule in {"minProperties", "maxProperties"}:
        yield f"one member is expected in this object: there are {len(instance)}"
    elif rule == "minItems":
        yield "an empty array: at least one is needed"
    elif isinstance(instance, list):
        yield f"an array of {len(instance)}: one value is expected"
    else:
        yield f"{_quoted(instance)} is not {_title(schema, error.absolute_schema_path)}"


def _quoted(value: object) -> str:
    literals: dict[object, str] = {None: "null", True: "true", False: "false"}
    return literals[value] if value is None or isinstance(value, bool) else shown(value)


def _title(schema: Any, path: Iterable[str | int]) -> str:  # noqa: ANN401 - JSON
    """The phrase for the value that was expected: the title nearest to the rule broken."""
    title = "an object"
    for step in path:
        schema = schema[step]
        if isinstance(schema, dict):
            title = str(schema.get("title", title))
    return title


def _path(document: Any, steps: Iterable[str | int]) -> str:  # noqa: ANN401 - JSON
    path = ""
    for step in steps:
        if isinstance(step, str):
            path = f"{path}/{step}" if path else step
        elif len(document) > 1:
            path += f"[{step + 1}]"
        document = document[step]
    return path


@cache
def _file(name: str, spelling: Spelling) -> Any:  # noqa: ANN401 - JSON
    schema = json.loads((_FOLDER / f"{name}.schema.json").read_bytes())
    schema["$defs"] = {key: _spelt(value, spelling) for key, value in schema["$defs"].items()}
    if spelling.message_id and _MESSAGE_ID in schema["$defs"]:
        ids = schema["$defs"][_MESSAGE_ID]
        ids["pattern"] = f"^({spelling.message_id})$(?![\\s\\S])"
        ids["title"] = f"of the form {spelling.message_id}"
    return schema


def _spelt(node: Any, spelling: Spelling) -> Any:  # noqa: ANN401 - JSON
    """A schema with the names of a dialect, where it names members and where it tells of them."""
    if isinstance(node, list):
        return [_spelt(item, spelling) for item in node]
    if not isinstance(node, dict) or not spelling.pairs:
        return node
    spelt = {key: _spelt(value, spelling) for key, value in node.items()}
    if isinstance(node.get("properties"), dict):
        spelt["properties"] = {
            spelling.of(name): value for name, value in spelt["properties"].items()
        }
    if isinstance(node.get("required"), list):
        spelt["required"] = [spelling.of(name) for name in node["required"]]
    if isinstance(node.get("title"), str):
        spelt["title"] = spelling.sentence(node["title"])
    return spelt


def _definitions(schema: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
    definitions: dict[str, Any] = schema["$defs"]
    return definitions


@cache
def _definition(api: str, name: str, spelling: Spelling) -> Any:  # noqa: ANN401 - JSON
    return _resolved(_definitions(_file(api, spelling))[name], api, spelling)


def _resolved(node: Any, api: str, spelling: Spelling) -> Any:  # noqa: ANN401 - JSON
    """A schema with what it refers to in the place of each reference; none refers to itself."""
    if isinstance(node, list):
        return [_resolved(item, api, spelling) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node:
        file, _, name = node["$ref"].partition("#/$defs/")
        return _definition(file.removesuffix(".schema.json") or api, name, spelling)
    return {key: _resolved(value, api, spelling) for key, value in node.items()}


@cache
def validator(root: str, spelling: Spelling = PLAIN) -> "Draft202012Validator":
    """The validator of the documents with a root in a dialect, built once."""
    from jsonschema import Draft202012Validator, FormatChecker  # noqa: PLC0415 - 50 ms, if needed

    formats = FormatChecker(formats=())
    formats.checks("date-time", raises=ValueError)(_is_date_time)
    definition = _definition(apis_of_roots()[root], root, spelling)
    return Draft202012Validator(definition, format_checker=formats)


def _is_date_time(value: object) -> bool:
    """Whether the day exists; the form is the pattern's business."""
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None
