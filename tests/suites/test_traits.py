"""What gateways of the field do otherwise (suites/catalogue/dialects.md, section 1), one at a time.

A server with one such trait, and a binding file that says so: the suites come to a verdict, and
nothing fails that should not. A server without it does not pass where the binding promises it.
"""

from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.reference.calls import Call, Response
from rcs_conformance.reference.rejections import Rejection
from rcs_conformance.reference.rules import Rules
from tests.suites.conftest import RunSuites

pytestmark = pytest.mark.exhaustive

DEFAULT = (kit.BINDINGS / "oma-v1.toml").read_text("utf-8")


class ServesMore(Rules):
    """A server that has verbs beyond the table, and lists them."""

    def reject(self, call: Call, rejection: Rejection) -> Response:
        """Success in place of 501, and Allow with GET on collections."""
        response = super().reject(call, rejection)
        if rejection.status == 501:
            return Response(status=204)
        if rejection.status == 405 and call.resource in ("groups", "groupMessages"):
            return replace(response, headers=(("Allow", "POST, GET"),))
        return response


@dataclass(frozen=True, slots=True, kw_only=True)
class Trait:
    """What a server does otherwise.

    Attributes:
        changes: What the binding file has in place of the default: old text, new text.
        about: The clauses, or requirements, of which verdicts are wanted.
        breaks: A requirement that is not met where the server does not do so; empty: it may be.
        rules: Further rules of the server.
    """

    changes: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    breaks: str = ""
    rules: tuple[type[Rules], ...] = ()


def names(text: str) -> tuple[str, str]:
    """The change that puts tables in the place of an empty `[names]`."""
    return ("[names]\n", f"[names]\n{text}\n")


def instead(table: str, text: str) -> tuple[str, str]:
    """The change that fills an empty table."""
    return (f"\n[{table}]\n", f"\n[{table}]\n{text}\n")


TRAITS = {
    "one subscription for each user": Trait(
        changes=(("\nrejoining =", "\nsubscriptions_per_user = 1\nrejoining ="),),
        about=("UNI-CHT-007a", "UNI-CHT-020", "TS-CHAT-4.1"),
    ),
    "enumeration values in capitals": Trait(
        changes=(
            instead(
                "values", 'Connected = "CONNECTED"\nDisplayed = "DISPLAYED"\nactive = "ACTIVE"'
            ),
        ),
        about=("UNI-CHT-008b", "UNI-CHT-019", "TS-CHAT-5.6"),
        breaks="UNI-CHT-008b",
    ),
    "values in responses alone": Trait(
        changes=(instead("values", '[values.responses]\nDisplayed = "DISPLAYED"'),),
        about=("UNI-CHT-020", "TS-CHAT-4.1"),
    ),
    "another name in notifications": Trait(
        changes=(names('[names.notifications]\nstate = "status"'),),
        about=("UNI-CHT-019", "UNI-CHT-021"),
    ),
    "sender and time within the message": Trait(
        changes=(
            names('senderAddress = "chatMessage/senderAddress"\ndateTime = "chatMessage/dateTime"'),
        ),
        about=("UNI-CHT-018", "UNI-CHT-020", "UNI-CHT-026", "UNI-CHT-027"),
        breaks="UNI-CHT-020",
    ),
    "no sessionId in ad-hoc chat": Trait(
        changes=(instead("absent", '[absent.chatMessageNotification]\nsessionId = "adhoc"'),),
        about=("UNI-CHT-018", "UNI-CHT-020", "UNI-CHT-021", "RCS-4.7.2"),
    ),
    "times in seconds and milliseconds": Trait(
        changes=(instead("times", 'dateTime = "seconds"\nlastactive = "milliseconds"'),),
        about=("UNI-CHT-019", "UNI-CHT-020", "UNI-CHT-021", "TS-CHAT-5.6"),
    ),
    "words for closed": Trait(
        changes=(names('isClosed = { name = "x-type", true = "closed", false = "open" }'),),
        about=("UNI-CHT-002b", "UNI-CHT-007b", "UNI-CHT-030", "TS-CHAT-5.6", "TS-CHAT-5.8"),
    ),
    "names with a hyphen": Trait(
        changes=(names('isOriginator = "x-isAdmin"\nsubject = "x-name"'),),
        about=("UNI-CHT-002b", "UNI-CHT-007b"),
    ),
    "verbs beyond the table": Trait(
        changes=(
            ('path = "/group"\n', 'path = "/group"\nextra = { GET = [200] }\n'),
            (
                'path = "/group/{sessionId}/messages"\n',
                'path = "/group/{sessionId}/messages"\nextra = { GET = [200], DELETE = [204] }\n',
            ),
        ),
        about=("TS-CHAT-5.5",),
        rules=(ServesMore,),
    ),
    "groups and messages by reference, others in full": Trait(
        changes=(
            ('creation_bodies = "any"', 'creation_bodies = "full"'),
            ('path = "/group"\n', 'path = "/group"\ncreation_body = "reference"\n'),
            (
                'path = "/group/{sessionId}/messages"\n',
                'path = "/group/{sessionId}/messages"\ncreation_body = "reference"\n',
            ),
        ),
        about=("UNI-CHT-002b", "UNI-CHT-018", "UNI-CHT-019"),
    ),
    "acceptance without a body, and its rels": Trait(
        changes=(
            ('creation_bodies = "any"', 'creation_bodies = "any"\nacceptance_without_body = true'),
            (
                "[names]\n",
                '[rels]\nParticipantSessionStatus = "a"\nParticipantInformationStatus = "b"\n'
                'ReceiverSessionStatus = "c"\nChatMessage = "chatMessage"\n[names]\n',
            ),
        ),
        about=("UNI-CHT-007a", "UNI-CHT-007b", "UNI-CHT-008a", "UNI-CHT-008b", "TS-CHAT-5.6"),
    ),
    "relative URLs everywhere": Trait(
        changes=(
            (
                "relative_resource_url = false",
                'relative_urls = ["channelURL", "href", "fileURL", "groupChatURL"]\n'
                "relative_resource_url = true",
            ),
        ),
        about=("UNI-CHT-007b", "UNI-CHT-027", "UNI-FLT-005", "TS-NC-1"),
    ),
    "an id in each notification": Trait(
        changes=(('prefix = ""', 'prefix = ""\nnotification_id = "id"'),),
        about=("UNI-CHT-007b", "UNI-CHT-020"),
    ),
    "lists without the user who reads": Trait(
        changes=(('participant_lists = "all"', 'participant_lists = "others"'),),
        about=("UNI-CHT-002b", "UNI-CHT-014", "UNI-CHT-017"),
    ),
}


def binding_file(folder: Path, trait: Trait) -> str:
    """The path of a binding file that is the default one but for the trait."""
    text = DEFAULT
    for old, new in trait.changes:
        assert old in text, old
        text = text.replace(old, new, 1)
    path = folder / "trait.toml"
    path.write_text(text, "utf-8")
    return str(path)


def requirements(trait: Trait) -> list[str]:
    return [word for each in trait.about for word in ("--requirement", each)]


@pytest.mark.parametrize("trait", TRAITS.values(), ids=TRAITS)
def test_a_server_with_the_trait_passes(
    run_suites: RunSuites, tmp_path: Path, trait: Trait
) -> None:
    """Every clause that is asked for gets a verdict, and none is a failure."""
    outcome = run_suites(
        "--profile",
        "quick",
        *requirements(trait),
        binding=binding_file(tmp_path, trait),
        rules=trait.rules,
    )

    assert outcome.with_verdict("fail", "inconclusive", "error") == [], outcome.findings()
    assert outcome.exit_code == 0
    assert outcome.with_verdict("pass")


@pytest.mark.parametrize(
    "trait",
    [each for each in TRAITS.values() if each.breaks],
    ids=[name for name, each in TRAITS.items() if each.breaks],
)
def test_a_server_without_the_trait_does_not_pass(
    run_suites: RunSuites, tmp_path: Path, trait: Trait
) -> None:
    """What the binding file promises is not there."""
    outcome = run_suites(
        "--profile",
        "quick",
        "--requirement",
        trait.breaks,
        binding=binding_file(tmp_path, trait),
        spoken="oma-v1",
    )

    assert outcome.with_verdict("fail", "inconclusive"), outcome.findings()
    assert outcome.exit_code in (1, 5)
