"""How a binding file words bodies: what is read, and how each mistake is refused."""

from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.binding import TimeFormat
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.wire.vocabulary import dialect

SHIPPED = (kit.BINDINGS / "oma-v1.toml").read_text("utf-8")
START, END = SHIPPED.index("[names]"), SHIPPED.index("# The roots of all notifications")
FIRST = SHIPPED[:START].count("\n") + 1
"""The line of the first table that is replaced."""


def binding_file(folder: Path, tables: str) -> Path:
    """The default binding with other tables of names, values and times."""
    path = folder / "mine.toml"
    path.write_text(SHIPPED[:START] + tables + "\n" + SHIPPED[END:], "utf-8")
    return path


def test_each_direction_has_its_own_words(tmp_path: Path) -> None:
    """What holds for all stands in the tables themselves, and is overridden below them."""
    tables = """[names]
lastactive = "lastActive"
senderAddress = "chatMessage/senderAddress"
isClosed = { name = "x-type", true = "closed", false = "open" }
[names.notifications]
state = "status"
lastactive = "lastSeen"
[values]
Displayed = "READ"
[values.responses]
Displayed = "DISPLAYED"
[times]
dateTime = "seconds"
[absent.chatMessageNotification]
sessionId = "adhoc"
"""

    mine = dialect(binding_file(tmp_path, tables))

    assert mine.requests.names == {"lastactive": "lastActive", "isClosed": "x-type"}
    assert mine.told.names == {"state": "status", "lastactive": "lastSeen", "isClosed": "x-type"}
    assert mine.names["senderAddress"] == "chatMessage/senderAddress"
    assert (mine.requests.forms.values, mine.responses.forms.values) == (
        {"Displayed": "READ"},
        {"Displayed": "DISPLAYED"},
    )
    assert mine.told.forms.booleans == {"isClosed": ("closed", "open")}
    assert mine.told.forms.times == {"dateTime": TimeFormat.SECONDS}
    assert mine.told.forms.absent == {"chatMessageNotification": {"sessionId": "adhoc"}}
    assert mine.told.forms.places == {"senderAddress": ("chatMessage", "senderAddress")}


MISTAKES = {
    "name of two": ('[names]\ntext = "t"\nrefresh = "t"', 3, "names.refresh: 't' already spells"),
    "name of a direction": (
        '[names]\n[names.responses]\nlastActive = "x"',
        3,
        "names.responses.lastActive: no such canonical name; did you mean lastactive?",
    ),
    "name of a neighbour": (
        '[names]\n[names.notifications]\nstate = "refresh"',
        3,
        "names.notifications.state: 'refresh' is the name of its neighbour",
    ),
    "no table": ('[names]\nrequests = "x"', 2, "names.requests: must be a table in [ ]"),
    "no name": ("[names]\ntext = 1", 2, "names.text: must be a name in quotes, a path, or {"),
    "two members at one place": (
        '[names]\nsenderAddress = "chatMessage/a"\nsenderName = "chatMessage/a"',
        3,
        "names.senderName: chatMessage/a is already the place of another member",
    ),
    "place of a member": (
        '[names]\nsenderAddress = "chatMessage/text"',
        2,
        "names.senderAddress: 'text' is a member of chatMessage itself",
    ),
    "place in no structure": (
        '[names]\nsenderAddress = "chatMesage/a"',
        2,
        "names.senderAddress: 'chatMesage' holds no members; did you mean chatMessage?",
    ),
    "place too deep": (
        '[names]\nsenderAddress = "a/b/c"',
        2,
        "names.senderAddress: must be a neighbour and a name in it, such as chatMessage/sender",
    ),
    "words of no boolean": (
        '[names]\nsubject = { true = "a", false = "b" }',
        2,
        "names.subject: only a member that is true or false has values of its own; known are",
    ),
    "word twice": (
        '[names]\nisClosed = { true = "a", false = "a" }',
        2,
        "names.isClosed.false: 'a' also stands for true: use each once",
    ),
    "word missing": (
        '[names]\nisClosed = { name = "closed", true = "a" }',
        2,
        "names.isClosed: needs a text for true and one for false: { name =",
    ),
    "word unknown": (
        '[names]\nisClosed = { name = "closed", on = "a" }',
        2,
        "names.isClosed.on: unknown key; known are false, name, true",
    ),
    "value twice": (
        '[names]\n[values]\nSent = "S"\nDelivered = "S"',
        3,
        "values.Sent: 'S' already stands for another value: use each once",
    ),
    "value of another": (
        '[names]\n[values]\n[values.responses]\nSent = "Delivered"',
        4,
        "values.responses.Sent: 'Delivered' already stands for another value",
    ),
    "value unknown": (
        '[names]\n[values]\nDisplaid = "x"',
        3,
        "values.Displaid: no such canonical value; did you mean Displayed?",
    ),
    "value empty": ('[names]\n[values]\nSent = ""', 3, "values.Sent: must be the spelling of Sent"),
    "time of no time": (
        '[names]\n[times]\nduration = "seconds"',
        3,
        "times.duration: no such member that is a time; known are dateTime, lastactive",
    ),
    "time format": (
        '[names]\n[times]\ndateTime = "second"',
        3,
        "times.dateTime: must be one of dateTime, seconds, milliseconds, not 'second'",
    ),
    "absent of nothing": (
        '[names]\n[absent.chatMesageNotification]\nsessionId = "x"',
        2,
        "no such structure; did you mean chatMessageNotification?",
    ),
    "absent member": (
        '[names]\n[absent.chatMessageNotification]\nsesionId = "x"',
        3,
        "no such member of chatMessageNotification; did you mean sessionId?",
    ),
}


@pytest.mark.parametrize(("tables", "line", "message"), MISTAKES.values(), ids=MISTAKES)
def test_mistake_is_refused_with_line_and_right_form(
    tmp_path: Path, tables: str, line: int, message: str
) -> None:
    """One line that names file, line and key, and says what would be right."""
    path = binding_file(tmp_path, tables)

    with pytest.raises(ConfigurationError) as caught:
        dialect(path)

    assert str(caught.value).startswith(f"{path}:{FIRST + line - 1}: ")
    assert message in str(caught.value)
    assert "\n" not in str(caught.value)
