"""Reads and validates binding files."""

import re
from collections.abc import Mapping
from pathlib import Path

from rcs_conformance import kit
from rcs_conformance.binding.keys import DERIVED, LIGHTWEIGHT, RESOURCES
from rcs_conformance.binding.records import Binding, Delivery, Mark, Resource
from rcs_conformance.binding.tables import (
    LATER_ERRORS,
    VERBS,
    BindingFile,
    DeliveryTable,
    FurtherTable,
    LightweightTable,
    PartsTable,
    ResourceTable,
    field_fault,
)
from rcs_conformance.binding.wording import CanonicalNames, Direction
from rcs_conformance.binding.wording_tables import WordingTables, wordings
from rcs_conformance.configuration import Place, read, shown, structured, suggestion
from rcs_conformance.errors import ConfigurationError

_MESSAGE_ID = "(SVC|POL)[0-9]{4}"
"""The form of message ids in the default binding (binding, section 4)."""


def shipped_bindings() -> tuple[str, ...]:
    """The names of the bindings that are shipped."""
    return tuple(sorted(path.stem for path in kit.BINDINGS.glob("*.toml")))


def load_binding(
    name: str | Path = "oma-v1", *, canonical: CanonicalNames | None = None
) -> Binding:
    """Reads a binding file.

    Args:
        name: Of a shipped binding; or the path of a file, recognised by a slash or `.toml`.
        canonical: The names and values that there are, by which `[names]` and what belongs to it
            are checked; without, they are not.

    Raises:
        ConfigurationError: There is no such file or it is wrong; one line with file and key.
    """
    place, tables = read(_path(name), "binding file")
    file = structured(tables, BindingFile, place)
    _check_headers(file.headers, place.at("headers"))
    _check_message_ids(file, place)
    worded = WordingTables(
        names=file.names,
        values=file.values,
        times=file.times,
        absent=file.absent,
        message_id=file.message_id,
        place=place,
    )
    common, directions = wordings(worded, canonical, frozenset(file.notifications))
    paths = {name: "/".join(path) for name, path in common.forms.places.items()}
    return Binding(
        name=file.name,
        api_version=file.api_version,
        prefix=file.prefix,
        authentication=file.authentication,
        element_order=file.element_order,
        relative_resource_url=file.relative_resource_url,
        relative_urls=file.relative_urls,
        participant_lists=file.participant_lists,
        additions=file.additions,
        creation_bodies=file.creation_bodies,
        acceptance_without_body=file.acceptance_without_body,
        default_format=file.default_format,
        subscriptions_per_user=file.subscriptions_per_user,
        rejoining=file.rejoining,
        chats=file.chats,
        file_transfer=file.file_transfer,
        services=file.services,
        headers=file.headers,
        parts=_parts(file.parts, place.at("parts")),
        errors={**LATER_ERRORS, **file.errors},
        names={**common.names, **paths},
        requests=directions[Direction.REQUESTS],
        responses=directions[Direction.RESPONSES],
        told=directions[Direction.NOTIFICATIONS],
        notifications=file.notifications,
        notification_id=file.notification_id,
        destination=file.destination,
        rels=file.rels,
        delivery=_delivery(file.delivery),
        resources=_resources(file, place),
        further=_further(file.further, place.at("further")),
    )


def _path(name: str | Path) -> Path:
    path = Path(name)
    if isinstance(name, Path) or "/" in name or path.suffix == ".toml":
        return path
    if name not in shipped_bindings():
        known = ", ".join(shipped_bindings())
        raise ConfigurationError(
            f"binding {shown(name)} is not shipped: known are {known}; give your own file by its"
            " path, such as ./my.toml"
        )
    return kit.BINDINGS / f"{name}.toml"


def _check_message_ids(file: BindingFile, place: Place) -> None:
    form = re.compile(file.message_id or _MESSAGE_ID)
    right = f"of the form {file.message_id}" if file.message_id else "such as SVC0002"
    for case, ids in file.errors.items():
        for number, each in enumerate(ids):
            if not form.fullmatch(each):
                here = place.at("errors", case, number)
                raise here.error(f"must be a message id {right}, not {shown(each)}")


def _check_headers(headers: Mapping[str, str], place: Place) -> None:
    for name in headers:
        if fault := field_fault(name):
            raise place.at(name).error(fault)


def _parts(table: PartsTable, place: Place) -> tuple[str, str]:
    if table.structure == table.content:
        raise place.at("content").error(f"{table.content!r} is also the structure: use each once")
    return table.structure, table.content


def _delivery(table: DeliveryTable) -> Delivery:
    return Delivery(
        channels=table.channels,
        subprotocol=table.subprotocol,
        token_parameter=table.token_parameter,
        opaque_callback=table.opaque_callback,
    )


def _resources(file: BindingFile, place: Place) -> Mapping[str, Resource]:
    resources = {
        key: _resource(key, file.resources[key], place.at("resources", key))
        for key in (*RESOURCES, *DERIVED)
        if key in file.resources
    }
    for key in DERIVED.keys() - resources.keys():
        resources[key] = _derived(key, resources)
    light = {
        key: _lightweight(key, table, resources, place.at("lightweight", key))
        for key, table in (file.lightweight or {}).items()
    }
    return {**resources, **light}


def _resource(key: str, table: ResourceTable, place: Place) -> Resource:
    if table.path is None and key != "channelURL":
        raise place.at("path").error("missing: this key is required")
    if table.path is not None and key == "channelURL":
        raise place.at("path").error("the server names the URL of a channel: remove the path")
    if table.by_root is not None and "POST" not in table.verbs:
        raise place.at("by_root").error("is about POST: add POST to verbs")
    for verb in table.extra:
        if verb in table.verbs:
            raise place.at("extra", verb).error("is also in verbs: use each once")
    if table.creation_body is not None and "POST" not in table.verbs:
        raise place.at("creation_body").error("is about POST: add POST to verbs")
    return Resource(
        key=key,
        api=table.api,
        path=table.path,
        verbs=_in_order(table.verbs),
        by_root=table.by_root or {},
        mark=table.mark,
        extra=_in_order(table.extra),
        creation_body=table.creation_body,
    )


def _further(tables: Mapping[str, FurtherTable], place: Place) -> Mapping[str, Resource]:
    """Resources that the binding does not know."""
    for key in tables:
        if key in (*RESOURCES, *DERIVED, *LIGHTWEIGHT):
            raise place.at(key).error(f"is a resource of the binding: use [resources.{key}]")
    return {
        key: Resource(
            key=key,
            api=table.api,
            path=table.path,
            verbs={},
            by_root={},
            mark=Mark.OWN,
            extra=_in_order(table.verbs),
        )
        for key, table in tables.items()
    }


def _derived(key: str, resources: Mapping[str, Resource]) -> Resource:
    """A resource that a file leaves out, below the one that it belongs to."""
    above, path, verbs = DERIVED[key]
    whole = resources[above]
    return Resource(
        key=key,
        api=whole.api,
        path=f"{whole.path or ''}{path}",
        verbs=verbs,
        by_root={},
        mark=whole.mark,
    )


def _lightweight(
    key: str, table: LightweightTable, resources: Mapping[str, Resource], place: Place
) -> Resource:
    """A lightweight resource: an element below the resource that contains it."""
    if table.resource not in resources:
        fault = f"no such resource; {suggestion(table.resource, resources)}"
        raise place.at("resource").error(fault)
    whole = resources[table.resource]
    return Resource(
        key=key,
        api=whole.api,
        path=f"{whole.path or ''}{table.path}",
        verbs=_in_order(table.verbs),
        by_root={},
        mark=table.mark,
        element=table.element,
    )


def _in_order(verbs: Mapping[str, tuple[int, ...]]) -> Mapping[str, tuple[int, ...]]:
    return {verb: verbs[verb] for verb in VERBS if verb in verbs}
