"""HAR files as browsers and recording proxies write them."""

import base64
import json
from pathlib import Path
from typing import Any

ROOT = "https://rcs.example/api"
USER = "tel%3A%2B15550100"
GROUPS = f"{ROOT}/chat/v1/{USER}/group"
CANARIES = ("canary-token", "canary-cookie", "canary-key", "canary-password", "canary-session")
TIME = "2026-03-01T10:00:00.000Z"

Json = dict[str, Any]


def fields(**named: str) -> list[Json]:
    return [{"name": name.replace("_", "-"), "value": value} for name, value in named.items()]


def entry(
    method: str = "GET",
    url: str = f"{GROUPS}/1",
    status: int = 404,
    *,
    text: str | None = "",
    asked: Json | None = None,
    headers: list[Json] | None = None,
    sent: list[Json] | None = None,
    **more: Any,  # noqa: ANN401 - JSON
) -> Json:
    """An entry with the members that a HAR must have."""
    content: Json = {"size": 0 if text is None else len(text)}
    if text is not None:
        content["text"] = text
    request: Json = {"method": method, "url": url, "headers": sent or []}
    if asked is not None:
        request["postData"] = asked
    return {
        "startedDateTime": TIME,
        "time": 12.5,
        "request": request,
        "response": {"status": status, "headers": headers or [], "content": content},
        **more,
    }


def error(number: str = "SVC2002") -> str:
    """The body of an error."""
    exception = {"messageId": number, "text": "not found", "variables": []}
    return json.dumps({"requestError": {"serviceException": exception}})


JSON_FIELDS = fields(content_type="application/json")


def group(subject: str) -> str:
    """A group chat."""
    entries = [{"address": "tel:+15550100", "isOriginator": True}, {"address": "tel:+15550101"}]
    return json.dumps(
        {
            "groupChatSessionInformation": {
                "subject": subject,
                "participant": entries,
                "resourceURL": f"{GROUPS}/1",
            }
        }
    )


def created(asked: str = "talk", shown: str = "talk", **more: Any) -> Json:  # noqa: ANN401 - JSON
    """A group chat is created, and shown with a subject."""
    return entry(
        "POST",
        GROUPS,
        201,
        text=group(shown),
        asked={"mimeType": "application/json", "text": group(asked)},
        headers=[*JSON_FIELDS, *fields(location=f"{GROUPS}/1")],
        sent=[*JSON_FIELDS, *fields(accept="application/json")],
        **more,
    )


def in_base64(form: Json) -> Json:
    """An entry whose body is in Base64."""
    content = form["response"]["content"]
    encoded = base64.b64encode(content["text"].encode()).decode()
    content.update(text=encoded, encoding="base64")
    return form


def bare(form: Json) -> Json:
    """An entry without the members that may be missing."""
    del form["time"]
    del form["request"]["headers"]
    form["response"].pop("content")
    return form


def with_pseudo_fields(form: Json) -> Json:
    """An entry as HTTP/2 has it."""
    form["request"]["headers"] += [{"name": ":method", "value": form["request"]["method"]}]
    return form


def secretive() -> Json:
    """An entry with a canary in each place where a secret may be."""
    token, cookie, key, password, session = CANARIES
    sent = fields(
        Authorization=f"Bearer {token}",
        Cookie=f"id={cookie}; other=1",
        X_API_Key=key,
    )
    set_cookie = fields(set_cookie=f"sid={session}; Path=/")
    url = f"{GROUPS}/1?access_token={token}&password={password}"
    text = error().replace("not found", f"not found for {token} {password} {session} {key}")
    return entry(url=url, text=text, sent=sent, headers=[*JSON_FIELDS, *set_cookie])


def document(*entries: Json) -> Json:
    """A HAR with these entries."""
    return {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": entries}}


def written(file: Path, *entries: Json) -> Path:
    """A file with these entries."""
    file.write_text(json.dumps(document(*entries)))
    return file
