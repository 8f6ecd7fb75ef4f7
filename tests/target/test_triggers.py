"""Filling triggers with values that a target may have made up."""

import json
import os
import subprocess
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcs_conformance.errors import ConfigurationError
from rcs_conformance.target import CommandTrigger, HttpTrigger, PromptTrigger, TriggerContext

ROOT = "http://h:1/api"
CONTEXT = TriggerContext(
    server_root=ROOT + "/",
    session_id="s-1",
    group_chat_id="g-1",
    user_id="tel:+15550100",
    services=("ft", "geopushft"),
)
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


def test_request_is_filled() -> None:
    """Addresses are encoded in the URL; services are an array in the body."""
    trigger = HttpTrigger(
        method="POST",
        url="{serverRoot}/control/{userId}?services={services}",
        body='{"sessionId": "{sessionId}", "userId": "{userId}", "services": {services}}',
    )
    filled = trigger.filled(CONTEXT)
    assert filled.method == "POST"
    assert filled.url == ROOT + "/control/tel%3A%2B15550100?services=ft%2Cgeopushft"
    assert json.loads(filled.body) == {
        "sessionId": "s-1",
        "userId": "tel:+15550100",
        "services": ["ft", "geopushft"],
    }


@given(value=TEXTS)
def test_no_id_changes_the_shape_of_a_request(value: str) -> None:
    """It stays one segment of the URL and one string of the body."""
    trigger = HttpTrigger(
        method="PUT", url="{serverRoot}/x/{sessionId}", body='{"id": "{sessionId}"}'
    )
    filled = trigger.filled(TriggerContext(server_root=ROOT, session_id=value))
    assert unquote(urlsplit(filled.url).path.removeprefix("/api/x/")) == value
    assert json.loads(filled.body) == {"id": value}


@pytest.mark.parametrize(
    "value", ["s-1", "$(echo no)", "`echo no`", "';echo no;'", '"a  b" *', "\0x"]
)
def test_no_id_becomes_part_of_a_command(value: str) -> None:
    """The shell sees it as one argument, whatever it holds."""
    trigger = CommandTrigger(command="printf '%s|' {sessionId} end-{sessionId}")
    filled = trigger.filled(TriggerContext(server_root=ROOT, session_id=value))
    assert filled.environment.keys() == {"sessionId"}
    done = subprocess.run(  # noqa: S602 - a shell is what commands are for
        filled.command,
        shell=True,
        env={**os.environ, **filled.environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=10,
    )
    value = value.replace("\0", "")
    assert done.stdout == f"{value}|end-{value}|"


def test_prompt_shows_ids_without_what_a_terminal_acts_upon() -> None:
    """Escape sequences and line ends become question marks."""
    prompt = PromptTrigger(prompt="End {sessionId} ({services})")
    context = TriggerContext(server_root=ROOT, session_id="\x1b[2J\nx", services=("ft",))
    assert prompt.filled(context).prompt == "End ?[2J?x (ft)"


@pytest.mark.parametrize(
    "trigger",
    [
        HttpTrigger(method="POST", url="{serverRoot}/{groupChatId}"),
        HttpTrigger(method="POST", url="{serverRoot}", body='"{groupChatId}"'),
        CommandTrigger(command="x {groupChatId}"),
        PromptTrigger(prompt="x {groupChatId}"),
    ],
)
def test_value_that_the_test_does_not_have_is_told(
    trigger: HttpTrigger | CommandTrigger | PromptTrigger,
) -> None:
    """A trigger for long-lived groups cannot serve a test without one."""
    with pytest.raises(
        ConfigurationError, match=r"\{groupChatId\}, which has no value in this context"
    ):
        trigger.filled(TriggerContext(server_root=ROOT, session_id="s"))


@pytest.mark.parametrize(
    ("context", "expected"),
    [
        (TriggerContext(server_root=ROOT, session_id="s"), "s/"),
        (TriggerContext(server_root=ROOT, group_chat_id="g"), "/g"),
    ],
)
def test_chat_is_named_by_the_id_that_it_has(context: TriggerContext, expected: str) -> None:
    """A trigger for all kinds of chat asks for both ids; the other one is empty."""
    text = "{sessionId}/{groupChatId}"
    request = HttpTrigger(method="POST", url="{serverRoot}", body=text)
    assert request.filled(context).body == expected
    assert PromptTrigger(prompt=text).filled(context).prompt == expected
    command = CommandTrigger(command=text).filled(context)
    assert "/".join(command.environment[name] for name in ("sessionId", "groupChatId")) == expected


def test_no_chat_is_told_where_there_is_none() -> None:
    """Without either id, a trigger that asks for both cannot be used."""
    trigger = PromptTrigger(prompt="{sessionId}/{groupChatId}")
    with pytest.raises(ConfigurationError, match="has no value in this context"):
        trigger.filled(TriggerContext(server_root=ROOT))
