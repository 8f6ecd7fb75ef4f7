"""The URLs that a binding makes."""

from dataclasses import replace
from urllib.parse import unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rcs_conformance.binding import load_binding
from rcs_conformance.errors import HarnessError

OMA = load_binding()
ALICE = "tel:+15550100"


@pytest.mark.parametrize(
    "root", ["http://host", "http://host/", "https://host:8443/api", "https://host:8443/api/"]
)
def test_url_stands_below_the_server_root(root: str) -> None:
    """A slash at the end and a path inside make no difference; addresses are encoded fully."""
    url = OMA.url(root, "group", userId=ALICE, sessionId="s 1/2")
    assert url == root.rstrip("/") + "/chat/v1/tel%3A%2B15550100/group/s%201%2F2"


def test_each_api_has_a_base_of_its_own() -> None:
    """File transfer and notification channels do not stand below the chat."""
    assert OMA.url("http://h", "ftSessions", userId="u") == "http://h/filetransfer/v1/u/sessions"
    assert (
        OMA.url("http://h", "channels", userId="u") == "http://h/notificationchannel/v1/u/channels"
    )


def test_prefix_and_version_come_from_the_binding_or_the_target() -> None:
    """The prefix stands before the API's name; a version of the target's own comes first."""
    dialect = replace(OMA, prefix="cpaas", api_version="0.1")
    assert dialect.url("http://h/", "groups", userId="u") == "http://h/cpaas/chat/0.1/u/group"
    url = dialect.url("http://h", "groups", api_version="v2", userId="u")
    assert url == "http://h/cpaas/chat/v2/u/group"


def test_variable_that_the_path_does_not_ask_for_is_ignored() -> None:
    """Another binding's path may ask for it."""
    assert OMA.url("http://h", "groups", userId="u", sessionId="s") == "http://h/chat/v1/u/group"


@given(value=st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_any_value_stays_one_segment_and_comes_back(value: str) -> None:
    """No value changes the shape of a URL, and decoding gives it back."""
    path = urlsplit(
        OMA.url("http://h", "participant", userId=ALICE, sessionId="s", participantId=value)
    )
    assert path.query == path.fragment == ""
    segments = path.path.split("/")
    assert len(segments) == 8
    assert unquote(segments[7]) == value


@pytest.mark.parametrize(
    ("key", "variables", "message"),
    [
        ("group", {"userId": ALICE}, "group: its URL needs a value for sessionId"),
        ("group", {"userId": ALICE, "sessionId": ""}, "needs a value for sessionId"),
        ("groups", {}, "groups: its URL needs a value for userId"),
        ("groups", {"userId": ALICE, "user_id": ALICE}, "no path variable is called user_id"),
        ("grupp", {"userId": ALICE}, "binding oma-v1 has no resource 'grupp'"),
        ("channelURL", {"userId": ALICE}, "channelURL has no path: the server tells its URL"),
    ],
)
def test_url_that_cannot_be_made_is_our_own_fault(
    key: str, variables: dict[str, str], message: str
) -> None:
    """A missing variable is never left in the URL."""
    with pytest.raises(HarnessError, match=message):
        OMA.url("http://h", key, **variables)
