"""Binding files: what is read, and how each mistake is refused."""

import re
from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.binding import (
    Api,
    Authentication,
    CanonicalNames,
    ElementOrder,
    ErrorCase,
    Mark,
    load_binding,
    shipped_bindings,
)
from rcs_conformance.errors import ConfigurationError

SHIPPED = (kit.BINDINGS / "oma-v1.toml").read_text(encoding="utf-8")


def edited(tmp_path: Path, old: str, new: str) -> Path:
    """A copy of the shipped binding with one change."""
    assert old in SHIPPED
    path = tmp_path / "mine.toml"
    path.write_text(SHIPPED.replace(old, new, 1), encoding="utf-8")
    return path


def test_shipped_binding_says_what_the_binding_page_says() -> None:
    """Well-chosen facts of sections 1, 3, 4 and 7."""
    binding = load_binding()
    assert (binding.name, binding.api_version, binding.prefix) == ("oma-v1", "v1", "")
    assert binding.authentication is Authentication.BEARER
    assert binding.element_order is ElementOrder.ANY
    assert not binding.relative_resource_url
    assert binding.services == ("ft", "geopushft")
    assert binding.errors[ErrorCase.UNKNOWN_GROUP_CHAT] == ("SVC3001",)
    assert binding.errors[ErrorCase.SERVICE_NOT_IN_CHAT] == ("POL3001",)
    assert binding.names == {}
    own = {root for root, mark in binding.notifications.items() if mark is Mark.OWN}
    assert own == {"longLivedGroupChatAddedNotification", "longLivedGroupChatServicesNotification"}
    assert len(binding.notifications) == 14
    assert len(binding.resources) == 32 + 2


def test_lightweight_resources_stand_below_what_has_them(tmp_path: Path) -> None:
    """Their paths begin with that of the whole; a binding may be without them."""
    binding = load_binding()
    duration = binding.resources["subscriptionDuration"]
    assert duration.path == "/subscriptions/{subscriptionId}/duration"
    assert (duration.element, duration.mark) == ("duration", Mark.OWN)
    assert duration.success("PUT") == (200, 204)
    text = (kit.BINDINGS / "oma-v1.toml").read_text("utf-8")
    path = tmp_path / "without.toml"
    path.write_text(text[: text.index("[lightweight.")], "utf-8")
    assert len(load_binding(path).resources) == 32


def test_shipped_resources_have_the_verbs_of_their_rows() -> None:
    """One resource of each API, one of our own, and one that takes several structures."""
    resources = load_binding().resources
    assert resources["group"].verbs == {"GET": (200,), "DELETE": (204,)}
    assert resources["participantStatus"].success("PUT") == (204, 200)
    assert resources["ftStatus"].api is Api.FILE_TRANSFER
    assert resources["channels"].api is Api.NOTIFICATION_CHANNEL
    assert resources["longLivedGroup"].mark is Mark.OWN
    assert resources["groupMessages"].success("POST", "isComposing") == (204, 201)
    assert resources["groupMessages"].success("POST", "chatMessage") == (201, 202)
    assert resources["groupMessages"].success("POST") == (201, 202, 204)
    assert resources["groups"].success("POST", "groupChatSessionInformation") == (201,)
    assert resources["group"].success("PUT") == ()
    assert resources["groupMessages"].success("GET", "chatMessage") == ()
    assert resources["participant"].variables == {"sessionId", "participantId"}
    assert resources["channelURL"].variables == frozenset()


def test_every_shipped_binding_loads() -> None:
    """None of them is broken, and each is called as its file."""
    assert "oma-v1" in shipped_bindings()
    for name in shipped_bindings():
        assert load_binding(name).name == name


def test_a_file_is_given_by_its_path(tmp_path: Path) -> None:
    """As a path object or as text, a dialect's file is read instead of a shipped one."""
    renamed = '[names]\nchatMessageNotification = "messageNotification"'
    path = edited(tmp_path, "[names]", renamed)
    for given in (path, str(path)):
        binding = load_binding(
            given, canonical=CanonicalNames(side_by_side=(frozenset({"chatMessageNotification"}),))
        )
        assert binding.names == {"chatMessageNotification": "messageNotification"}


def test_two_names_may_be_exchanged(tmp_path: Path) -> None:
    """A spelling that another name gives up is free."""
    exchanged = (
        '[names]\nchatEventNotification = "chatMessageNotification"\n'
        'chatMessageNotification = "chatEventNotification"'
    )
    binding = load_binding(edited(tmp_path, "[names]", exchanged))
    assert binding.names["chatEventNotification"] == "chatMessageNotification"


MISTAKES = {
    "unknown key": ('prefix = ""', 'prefix = ""\nprefixx = 1', "prefixx: ", "mean prefix?"),
    "missing key": ('prefix = ""', "", ": prefix: missing", "this key is required"),
    "name": ('name = "oma-v1"', 'name = "a b"', "name: ", "such as oma-v1"),
    "version": ('api_version = "v1"', 'api_version = "/"', "api_version: ", "such as v1"),
    "prefix": ('prefix = ""', 'prefix = "/cpaas/"', "prefix: ", "such as cpaas"),
    "no string": ('prefix = ""', "prefix = 1", "prefix: ", "string in quotes"),
    "authentication": ('"Bearer"', '"Token"', "authentication: ", "Bearer, Basic"),
    "order": ('"any"', '"sorted"', "element_order: ", "any, strict"),
    "no flag": ("= false", '= "no"', "relative_resource_url: ", "true or false"),
    "no list": ('["ft", "geopushft"]', '"ft"', "services: ", "a list such as"),
    "twice": ('["ft", "geopushft"]', '["ft", "ft"]', "services[1]: ", "remove one"),
    "no entry": ('["ft", "geopushft"]', "[]", "services: ", "at least one"),
    "error case": ("unavailable =", "unavailble =", "errors.unavailble: ", "mean unavailable?"),
    "message id": ('"SVC2001"', '"E2001"', "errors.unavailable[0]: ", "such as SVC0002"),
    "message id of another form": (
        'prefix = ""',
        'prefix = ""\nmessage_id = "(SVC|POL)[0-9]{3}"',
        "errors.service_error[0]: ",
        "of the form (SVC|POL)[0-9]{3}, not 'SVC0001'",
    ),
    "form of message ids": (
        'prefix = ""',
        'prefix = ""\nmessage_id = "(SVC"',
        "message_id: ",
        "is no regular expression",
    ),
    "letters of that form": (
        'prefix = ""',
        'prefix = ""\nmessage_id = "<SVC>"',
        "message_id: ",
        "a regular expression of letters, digits",
    ),
    "group in that form": (
        'prefix = ""',
        'prefix = ""\nmessage_id = "(?:SVC)"',
        "message_id: ",
        "must be a regular expression",
    ),
    "relative URLs": (
        'prefix = ""',
        'prefix = ""\nrelative_urls = ["hrf"]',
        "urls[0]: ",
        "mean href?",
    ),
    "rel": (
        "[names]",
        '[rels]\nChatMesage = "x"\n[names]',
        "rels.ChatMesage: ",
        "mean ChatMessage?",
    ),
    "verb twice": (
        'path = "/group"\n',
        'path = "/group"\nextra = { POST = [200] }\n',
        "resources.groups.extra.POST: ",
        "is also in verbs: use each once",
    ),
    "body of no creation": (
        'path = "/group/{sessionId}"\n',
        'path = "/group/{sessionId}"\ncreation_body = "full"\n',
        "resources.group.creation_body: ",
        "about POST",
    ),
    "known resource": (
        "[names]",
        '[further.group]\napi = "chat"\npath = "/g"\nverbs = { GET = [200] }\n[names]',
        "further.group: ",
        "use [resources.group]",
    ),
    "no table": ("[names]", "[names_]", "names_: ", "mean names?"),
    "no element": ("[names]", '[names]\na = "<b>"', "names.a: ", "such as fileNotification"),
    "spelt twice": ("[names]", '[names]\na = "x"\nb = "x"', "names.b: ", "use each once"),
    "root": ("[names]", '[names]\na = "chatEventNotification"', "names.a: ", "rename that as well"),
    "mark": (
        'chatEventNotification = "P"',
        'chatEventNotification = "X"',
        "notifications.chatEventNotification: ",
        "one of P, E",
    ),
    "resource": ("[resources.group]", "[resources.grupp]", "resources.grupp: ", "mean group?"),
    "path": ('"/group"', '"group"', "resources.groups.path: ", "such as /group/{sessionId}"),
    "no path": ('path = "/group"\n', "", "resources.groups.path: missing", "this key is required"),
    "variable": ("/group/{sessionId}", "/group/{sesionId}", "group.path: ", "mean sessionId?"),
    "api": ('api = "chat"', 'api = "chats"', "resources.subscriptions.api: ", "one of chat,"),
    "verb": ("{ GET", "{ HEAD", "resources.subscriptions.verbs.HEAD: ", "known are"),
    "no verb": ("{ GET = [200], POST = [201] }", "{}", "subscriptions.verbs: ", "{ GET = [200] }"),
    "verbs": ("{ GET = [200], POST = [201] }", "2", "subscriptions.verbs: ", "must be a table"),
    "code": ("GET = [200]", "GET = [404]", "verbs.GET[0]: ", "a 2xx code such as 201"),
    "true code": ("GET = [200]", "GET = [true]", "verbs.GET[0]: ", "whole number above 0"),
    "no code": ("GET = [200]", "GET = []", "verbs.GET: ", "one 2xx code such as [201]"),
    "code alone": ("GET = [200]", "GET = 200", "verbs.GET: ", "a list such as [200]"),
    "whole": ('resource = "group"', 'resource = "grup"', "Subject.resource: ", "mean group?"),
    "element": ('"duration"\nv', '"1"\nv', "Duration.element: ", "such as fileNotification"),
    "lightweight": ("[lightweight.groupSubject]", "[lightweight.topic]", "topic: ", "known are"),
    "lists": ('participant_lists = "all"', 'participant_lists = "us"', "lists: ", "all, others"),
    "additions": ('additions = "list"', 'additions = "one"', "additions: ", "list, single"),
    "bodies": (
        'creation_bodies = "any"',
        "creation_bodies = 1",
        "bodies: ",
        "one of any, full, reference, not 1",
    ),
    "rejoining": ('rejoining = "status"', 'rejoining = "x"', "rejoining: ", "status, participants"),
    "chats": ('"one_to_one"', '"one-to-one"', "chats[1]: ", "did you mean one_to_one?"),
    "transfer": ("file_transfer = true", 'file_transfer = "no"', "transfer: ", "true or false"),
    "header": ("[headers]", '[headers]\n"a b" = "c"', 'headers."a b": ', "name of a header field"),
    "our header": ("[headers]", '[headers]\nAccept = "c"', "headers.Accept: ", "remove it"),
    "value": ("[headers]", '[headers]\nX-A = "\u00e9"', "headers.X-A: ", "in ASCII"),
    "parts": ('"attachments"', '"root-fields"', "parts.content: ", "use each once"),
    "part": ('"attachments"', '"a b"', "parts.content: ", "such as root-fields"),
    "by root": (
        'path = "/group/{sessionId}"\n',
        'path = "/group/{sessionId}"\nby_root = { a = [201] }\n',
        "resources.group.by_root: ",
        "about POST",
    ),
}


@pytest.mark.parametrize(("old", "new", "place", "right"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_refused_with_place_and_right_form(
    tmp_path: Path, old: str, new: str, place: str, right: str
) -> None:
    """One line that names file and key, and says what would be right."""
    path = edited(tmp_path, old, new)
    with pytest.raises(ConfigurationError) as caught:
        load_binding(path)
    message = str(caught.value)
    assert re.match(rf"{re.escape(str(path))}:[0-9]+: ", message)
    assert place in message
    assert right in message
    assert "\n" not in message


def test_renaming_of_an_unknown_name_is_refused(tmp_path: Path) -> None:
    """Where the canonical names are told, a misspelt one does not pass silently."""
    path = edited(tmp_path, "[names]", '[names]\nchatMesage = "m"')
    with pytest.raises(ConfigurationError, match=r"names\.chatMesage: .*mean chatMessage\?"):
        load_binding(
            path, canonical=CanonicalNames(side_by_side=(frozenset({"chatMessage", "link"}),))
        )


@pytest.mark.parametrize(
    ("content", "right"),
    [(b"[", ":1: invalid TOML"), (b"\xff", ":1: not UTF-8: save the file as UTF-8")],
)
def test_file_that_is_no_toml_is_refused(tmp_path: Path, content: bytes, right: str) -> None:
    """Neither broken TOML nor another encoding is read."""
    path = tmp_path / "mine.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigurationError, match=f"mine.toml{right}"):
        load_binding(path)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    """The message says that there is none."""
    with pytest.raises(
        ConfigurationError, match=r"none\.toml: cannot read the binding file: No such file"
    ):
        load_binding(tmp_path / "none.toml")


def test_name_that_is_not_shipped_is_refused() -> None:
    """The message names those that are, and the way to a file of one's own."""
    known = r"'oma-v2'.*known are gsma-pilot, kandy, oma-v1; .* by its path"
    with pytest.raises(ConfigurationError, match=known):
        load_binding("oma-v2")


SIDE_BY_SIDE = (frozenset({"chatMessage", "isComposing"}), frozenset({"state", "lastactive"}))


@pytest.mark.parametrize(
    ("names", "line", "message"),
    [
        ('chatMessage = "isComposing"', 1, "'isComposing' is the name of its neighbour"),
        ('lastactive = "state"', 1, "'state' is the name of its neighbour"),
        ('state = "s"\nlastactive = "s"', 2, "'s' already spells another name: use each once"),
        ('state = "s"\nlastActive = "x"', 2, "no such canonical name; did you mean lastactive?"),
    ],
)
def test_two_names_for_one_are_refused_with_their_line(
    tmp_path: Path, names: str, line: int, message: str
) -> None:
    """Among names that stand side by side; a name that is free elsewhere may be taken."""
    path = edited(tmp_path, "[names]", f"[names]\n{names}")
    before = SHIPPED[: SHIPPED.index("[names]")].count("\n") + 1

    with pytest.raises(ConfigurationError) as caught:
        load_binding(path, canonical=CanonicalNames(side_by_side=SIDE_BY_SIDE))

    assert str(caught.value).startswith(f"{path}:{before + line}: names.")
    assert message in str(caught.value)


def test_name_that_is_used_elsewhere_is_free(tmp_path: Path) -> None:
    """As `contentType` of a multimedia notification is for the member of isComposing."""
    path = edited(tmp_path, "[names]", '[names]\nlastactive = "chatMessage"')
    assert load_binding(path, canonical=CanonicalNames(side_by_side=SIDE_BY_SIDE)).names == {
        "lastactive": "chatMessage"
    }
