"""Without Allure nothing is done; with it, each event is a step (see `test_hostile`)."""

from collections.abc import Callable, Iterator
from typing import Any

import allure_commons
import pytest

from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.errors import TargetError
from rcs_conformance.model.exchange import Event
from rcs_conformance.model.results import TestRecord
from rcs_conformance.report.allure_steps import attach
from tests.report.conftest import check

CATALOGUE = load_catalogue()


class Listener:
    """Notes what Allure would write."""

    def __init__(self) -> None:
        self.noted: list[tuple[str, Any]] = []

    @allure_commons.hookimpl
    def add_label(self, label_type: str, labels: tuple[str, ...]) -> None:
        """A label."""
        self.noted += [(str(label_type), label) for label in labels]

    @allure_commons.hookimpl
    def add_title(self, test_title: str) -> None:
        """The name of the test."""
        self.noted.append(("title", test_title))

    @allure_commons.hookimpl
    def start_step(self, uuid: str, title: str, params: object) -> None:
        """A step begins."""
        self.noted.append(("step", title))

    @allure_commons.hookimpl
    def stop_step(self, uuid: str, exc_type: object, exc_val: object, exc_tb: object) -> None:
        """A step ends."""
        self.noted.append(("stop", exc_type))

    @allure_commons.hookimpl
    def attach_data(self, body: str, name: str, attachment_type: object, extension: object) -> None:
        """A message of a step."""
        self.noted.append((name, body))


@pytest.fixture
def listener() -> Iterator[Listener]:
    """A listener beside Allure's own, if there is one."""
    found = Listener()
    allure_commons.plugin_manager.register(found)
    yield found
    allure_commons.plugin_manager.unregister(found)


def test_nothing_without_allure(
    listener: Listener, make_record: Callable[..., TestRecord], events: tuple[Event, ...]
) -> None:
    """Where no results are written, no text is made."""
    attach(make_record(), events, CATALOGUE, active=False)
    assert listener.noted == []


def test_labels_and_steps(
    listener: Listener, make_record: Callable[..., TestRecord], events: tuple[Event, ...]
) -> None:
    """Clauses and requirements are labels, events are steps, red with a failure or no answer."""
    attach(make_record(), events, CATALOGUE, active=True)
    assert ("requirement", "UNI-CHT-002b") in listener.noted
    assert ("clause", "UNI-CHT-002b.6") in listener.noted
    assert ("format", "json") in listener.noted
    assert ("step", "#1 POST groups -> 201 as tel:+15550100") in listener.noted
    stops = [kind for name, kind in listener.noted if name == "stop"]
    assert stops == [AssertionError, TargetError, None, None]
    assert [name for name, _ in listener.noted].count("response") == 1


def test_tree_by_requirement(listener: Listener, make_record: Callable[..., TestRecord]) -> None:
    """A test stands once in the tree, below section, requirement and its first clause."""
    record = make_record(clauses=("UNI-CHT-002b.6", "TS-CHAT-5.9"))
    attach(record, (), CATALOGUE, active=True)
    tree = [each for each in listener.noted if each[0] in ("epic", "feature", "story")]
    clause = CATALOGUE.clauses["UNI-CHT-002b.6"]
    assert tree == [
        ("epic", "Section 4.7.3"),
        ("feature", "UNI-CHT-002b Start a group chat"),
        ("story", f"UNI-CHT-002b.6 {clause.text}"),
    ]
    assert ("tag", "TS-CHAT-5.9") in listener.noted


def test_test_without_a_known_clause_has_no_place(
    listener: Listener, make_record: Callable[..., TestRecord]
) -> None:
    """An error of the suite is told elsewhere; the result of the test is written all the same."""
    attach(make_record(clauses=("X.1",)), (), CATALOGUE, active=True)
    attach(make_record(clauses=()), (), CATALOGUE, active=True)
    assert "epic" not in dict(listener.noted)


def test_test_of_both_formats(listener: Listener, make_record: Callable[..., TestRecord]) -> None:
    """A test without a format of its own has no such label."""
    attach(make_record(format=None, title=""), (), CATALOGUE, active=True)
    assert "format" not in dict(listener.noted)


def test_absence_is_a_step(
    listener: Listener, make_record: Callable[..., TestRecord], events: tuple[Event, ...]
) -> None:
    """What did not come has no event; its failure is a red step of its own."""
    missing = check("UNI-CHT-002b.6", event=None, where="chatMessageNotification")
    attach(make_record(failures=(missing,)), events[2:], CATALOGUE, active=True)
    assert listener.noted[-2:] == [("step", "chatMessageNotification"), ("stop", AssertionError)]


def test_parameters_are_part_of_the_name(
    listener: Listener, make_record: Callable[..., TestRecord]
) -> None:
    """Tests of one title differ by their clause and by what stands in brackets."""
    attach(make_record(), (), CATALOGUE, active=True)
    assert ("title", "UNI-CHT-002b.6 A closed group is shown as closed. [json]") in listener.noted
