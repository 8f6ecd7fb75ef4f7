"""Triggers: how the target is made to do what no API request causes (binding, section 8)."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import TypeAlias
from urllib.parse import quote

from rcs_conformance.errors import ConfigurationError

TRIGGERS = ("services", "disable", "expire", "expire_invitation", "pending", "end")
"""Change the services of a group, disable a group, let a session expire, let an invitation expire,
leave the next message of a user pending, end a group by policy."""

PLACEHOLDERS = ("serverRoot", "sessionId", "groupChatId", "userId", "services")
"""The placeholders that a trigger may use."""

PLACEHOLDER = re.compile(r"\{([A-Za-z]+)\}")
"""A placeholder; the braces of JSON objects do not look like one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TriggerContext:
    """What the placeholders stand for in one test; `None` for what the test does not have."""

    server_root: str
    session_id: str | None = None
    group_chat_id: str | None = None
    user_id: str | None = None
    services: tuple[str, ...] | None = None

    def of_one_chat(self, *texts: str) -> "TriggerContext":
        """The context for a trigger in these words.

        A chat has a session id or a group chat id, never both: where a trigger uses both, the one
        that the chat lacks is empty.
        """
        used = {name for text in texts for name in PLACEHOLDER.findall(text)}
        ids = (self.session_id, self.group_chat_id)
        if not used.issuperset(("sessionId", "groupChatId")) or not any(ids):
            return self
        return replace(
            self, session_id=self.session_id or "", group_chat_id=self.group_chat_id or ""
        )

    def text(self, name: str) -> str:
        """The value of a placeholder; services are joined by commas.

        Raises:
            ConfigurationError: The test has no such value.
        """
        value = {
            "serverRoot": self.server_root,
            "sessionId": self.session_id,
            "groupChatId": self.group_chat_id,
            "userId": self.user_id,
            "services": None if self.services is None else ",".join(self.services),
        }[name]
        if value is None:
            raise ConfigurationError(
                f"trigger uses placeholder {{{name}}}, which has no value in this context"
            )
        return value


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpTrigger:
    """A trigger that is an HTTP request; its body, where there is one, is JSON."""

    method: str
    url: str
    body: str = ""

    def filled(self, context: TriggerContext) -> "HttpTrigger":
        """With values for the placeholders: percent-encoded in the URL, escaped in the body.

        `{serverRoot}` stands as it is in the URL, and `{services}` as an array in the body.
        """
        context = context.of_one_chat(self.url, self.body)

        def in_url(match: re.Match[str]) -> str:
            value = context.text(match[1])
            return value.rstrip("/") if match[1] == "serverRoot" else quote(value, safe="")

        def in_body(match: re.Match[str]) -> str:
            value = context.text(match[1])
            if match[1] == "services":
                return json.dumps(context.services)
            return json.dumps(value)[1:-1]

        url, body = PLACEHOLDER.sub(in_url, self.url), PLACEHOLDER.sub(in_body, self.body)
        return replace(self, url=url, body=body)


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandTrigger:
    """A trigger that is a shell command.

    Ids come from the target, so they never become part of the command: each placeholder turns
    into a quoted reference to an environment variable of its name.

    Attributes:
        command: For `sh -c`.
        environment: Variables to add to the environment; empty until filled.
    """

    command: str
    environment: Mapping[str, str] = field(default_factory=dict)

    def filled(self, context: TriggerContext) -> "CommandTrigger":
        """With variables for the placeholders."""
        context = context.of_one_chat(self.command)
        names = set(PLACEHOLDER.findall(self.command))
        return CommandTrigger(
            command=PLACEHOLDER.sub(r'"$\1"', self.command),
            environment={name: context.text(name).replace("\0", "") for name in sorted(names)},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class PromptTrigger:
    """A trigger that is a prompt to the operator."""

    prompt: str

    def filled(self, context: TriggerContext) -> "PromptTrigger":
        """With values for the placeholders, without control characters for the terminal."""
        context = context.of_one_chat(self.prompt)

        def shown(match: re.Match[str]) -> str:
            return "".join(one if one.isprintable() else "?" for one in context.text(match[1]))

        return PromptTrigger(prompt=PLACEHOLDER.sub(shown, self.prompt))


Trigger: TypeAlias = HttpTrigger | CommandTrigger | PromptTrigger
"""Any of the three kinds of trigger."""
