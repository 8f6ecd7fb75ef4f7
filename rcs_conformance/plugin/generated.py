"""Tests whose examples are generated: each example is recorded, and played again from the record.

What hypothesis draws, repeats and shrinks is part of what happened. To play such a test again, its
recorded examples are made in their order, and the test ends as it ended then; nothing is drawn.
"""

from collections.abc import Callable, Generator, Mapping
from dataclasses import dataclass
from functools import cache, wraps
from inspect import signature
from typing import Any, get_args, get_type_hints

import pytest
from cattrs.preconf.json import JsonConverter, make_converter
from hypothesis.errors import Flaky, FlakyFailure

from rcs_conformance.errors import HarnessError, RcsConformanceError
from rcs_conformance.model.offers import Service
from rcs_conformance.plugin.judgement import ConformanceFailure
from rcs_conformance.plugin.session import Session
from rcs_conformance.record import Parting
from rcs_conformance.record.forms import Form, error_form, error_of
from rcs_conformance.record.journal import Arguments

_ENDING = "end of the generated examples"
_INNER = Callable[..., object]


@dataclass(slots=True)
class _Last:
    """What the last example of the present test raised."""

    error: BaseException | None = None


_LAST = pytest.StashKey[_Last]()


def is_generated(item: pytest.Item) -> bool:
    """Whether hypothesis generates the arguments of a test, or did so for the record."""
    return hasattr(getattr(item, "function", None), "hypothesis")


def example_of(item: pytest.Item, inner: _INNER, session: Session) -> _INNER:
    """The test as hypothesis calls it: each call is an example of the session.

    Args:
        item: The test.
        inner: Its function.
        session: Of this process.
    """
    last = item.stash[_LAST] = _Last()
    names = _generated(item, inner)

    @wraps(inner)
    def example(*args: object, **kwargs: object) -> object:
        last.error = None
        try:
            with session.example({name: _plain(kwargs[name]) for name in names}):
                return inner(*args, **kwargs)
        except BaseException as error:
            last.error = error
            raise

    return example


def ending_noted(item: pytest.Item, session: Session) -> Generator[None, object, object]:
    """Run a generated test, and note how it ended: what hypothesis made of its examples."""
    journal = session.log.journal
    if not journal.is_live:
        return (yield)
    try:
        found = yield
    except Exception as error:
        form = _ending(error, item.stash[_LAST].error)
        journal.observed(_ENDING, lambda: form)
        raise
    journal.observed(_ENDING, lambda: None)
    return found


def play(
    item: Any,  # noqa: ANN401 - pytest.Function, which only some items are
    inner: _INNER,
    session: Session,
) -> None:
    """Have a test make the examples of the record instead of drawing some."""
    hints = get_type_hints(inner)
    journal = session.log.journal

    @wraps(inner)
    def played(**fixtures: object) -> None:
        last: Exception | None = None
        for arguments in journal.examples():
            last = None
            given = _structured(arguments or {}, hints)
            try:
                with session.example(arguments):
                    inner(**fixtures, **given)
            except Parting:
                raise
            except Exception as error:
                last = error
        _end(journal.observed(_ENDING, _no_ending), last)

    played.hypothesis = None  # type: ignore[attr-defined]  # as `is_generated` looks for
    item.obj = played


def _no_ending() -> Form | None:
    raise HarnessError("the examples of a record end by the record")


def _fixtures(item: pytest.Item) -> frozenset[str]:
    return frozenset(getattr(item, "fixturenames", ()))


def _generated(item: pytest.Item, inner: _INNER) -> list[str]:
    """The names of the arguments that are generated."""
    return [name for name in signature(inner).parameters if name not in _fixtures(item)]


def _ending(error: Exception, last: BaseException | None) -> Form:
    """How a test ended, as JSON values: with the error of its last example, or another one."""
    notes = list(getattr(error, "__notes__", ()))
    if error is last:
        return {"last": True, "notes": notes}
    within = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    forms = [_form(each) for each in within]
    return {**_form(error), "flaky": isinstance(error, Flaky), "within": forms, "notes": notes}


def _form(error: BaseException) -> Form:
    if isinstance(error, RcsConformanceError):
        return error_form(error)
    name = ConformanceFailure.__name__ if isinstance(error, ConformanceFailure) else ""
    return {"type": name or type(error).__name__, "text": str(error)}


def _end(ending: Form | None, last: Exception | None) -> None:
    """End a test as it ended in the record."""
    if ending is None:
        return
    error = last if ending.get("last") else _error(ending)
    if error is None:
        raise HarnessError("the last example of the record failed, and does not when it is played")
    for note in ending["notes"]:
        error.add_note(note)
    raise error


def _error(form: Form) -> Exception:
    within = [_error(each) for each in form.get("within", ())]
    if form.get("flaky"):
        return FlakyFailure(form["text"], within or [AssertionError()])
    if within:
        return ExceptionGroup(form["text"], within)
    if form["type"] == ConformanceFailure.__name__:
        return ConformanceFailure(())
    try:
        return error_of(form)
    except HarnessError:
        kind: type[Exception] = type(form["type"], (Exception,), {})
        return kind(form["text"])


def _plain(value: object) -> object:
    return _converter().unstructure(value)


def _structured(arguments: Arguments, hints: Mapping[str, Any]) -> Mapping[str, object]:
    return {name: _converter().structure(value, hints[name]) for name, value in arguments.items()}


@cache
def _converter() -> JsonConverter:
    """How generated arguments become JSON values, and are read again."""
    converter = make_converter()
    converter.register_unstructure_hook(Service, lambda service: {"service": service.value})
    converter.register_structure_hook(Service, lambda plain, _: Service(plain["service"]))
    converter.register_structure_hook_func(
        lambda kind: set(get_args(kind)) == {Service, str},
        lambda plain, _: plain if isinstance(plain, str) else Service(plain["service"]),
    )
    return converter
