"""Target files: what is read, and what is taken where nothing is said."""

from pathlib import Path

import pytest

from rcs_conformance import kit
from rcs_conformance.binding import load_binding
from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.catalogue.ics import claimed_items, known_features
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.model.formats import Format
from rcs_conformance.target import (
    TRIGGERS,
    CommandTrigger,
    HttpTrigger,
    Ics,
    Limits,
    NotificationMode,
    Notifications,
    OriginatorLeave,
    Permission,
    Policy,
    PromptTrigger,
    Target,
    load_target,
)

from .conftest import CANARY, FULL, Load

LEAST = FULL[: FULL.index("[notifications]")]


def test_head_and_users_are_read(full: Target) -> None:
    """With tokens from the environment, from a file and from the text itself."""
    assert (full.name, full.server_root) == ("Acme", "https://rcs.acme.example/api")
    assert (full.api_version, full.binding) == ("v1", "oma-v1")
    assert [user.address for user in full.users] == [
        "tel:+15550100",
        "sip:bob@acme.example",
        "tel:15550102",
    ]
    assert [user.token.reveal() for user in full.users] == [CANARY] * 3
    assert (full.users[0].sip, full.users[0].contact) == ("sip:alice@acme.example", "contact-17")
    assert (full.users[1].sip, full.users[1].contact) == (None, None)


def test_sections_are_read(full: Target) -> None:
    """Every key of every section."""
    assert full.notifications == Notifications(
        modes=(NotificationMode.CALLBACK,),
        listen_host="::1",
        listen_port=8080,
        public_url="http://suite.example:8080/in",
        timeout=2.0,
    )
    assert full.ics.features == {"form", "gc_services"}
    assert full.ics.items == {"REST-CHAT-GRP-S-001-O"}
    assert full.ics.formats == {Format.JSON}
    assert full.policy == Policy(
        services=("ft",),
        originator_leave=OriginatorLeave.ENDS,
        add_to_closed=Permission.REFUSED,
        long_lived_rejoin=Permission.ALLOWED,
    )
    assert full.limits == Limits(
        requests_per_second=12.5, examples=7, max_body_bytes=1000, deadline=3.0
    )


def test_triggers_may_be_declared_unavailable(load: Load) -> None:
    """Those that the target cannot offer: known ones, and none that is given."""

    def with_names(names: str) -> Target:
        return load(
            FULL.replace(
                "[triggers.services]", f"[triggers]\nunavailable = {names}\n[triggers.services]"
            )
        )

    assert with_names('["pending", "disable"]').unavailable_triggers == ("pending", "disable")
    with pytest.raises(ConfigurationError, match=r"unavailable\[0\]: .*mean pending\?"):
        with_names('["pendin"]')
    with pytest.raises(ConfigurationError, match=r"unavailable\[0\]: \[triggers.end\] is given"):
        with_names('["end"]')


def test_reading_is_lenient_unless_the_policy_says_strict(load: Load) -> None:
    """And is read like any decision of the operator."""
    strict = load(FULL.replace("[policy]", '[policy]\nreading = "strict"'))
    assert (strict.policy.reads_strictly, load(FULL).policy.reads_strictly) == (True, False)
    with pytest.raises(ConfigurationError, match=r"policy\.reading: .*lenient, strict"):
        load(FULL.replace("[policy]", '[policy]\nreading = "sloppy"'))


def test_triggers_are_read(full: Target) -> None:
    """One of each kind."""
    assert full.triggers == {
        "services": HttpTrigger(
            method="POST",
            url="{serverRoot}/control/services",
            body='{"groupChatId": "{groupChatId}", "services": {services}}',
        ),
        "expire": CommandTrigger(command="expire --session {sessionId}"),
        "end": PromptTrigger(prompt="End {sessionId}"),
    }


def test_what_is_left_out_has_a_default(load: Load) -> None:
    """Head and users are enough."""
    text = LEAST.replace('api_version = "v1"', "").replace('binding = "oma-v1"', "")
    target = load(text)
    assert (target.api_version, target.binding) == ("", "oma-v1")
    assert target.notifications == Notifications()
    assert (target.ics, target.policy, target.limits) == (Ics(), Policy(), Limits())
    assert target.triggers == {}


def test_empty_list_of_services_is_a_policy(load: Load) -> None:
    """No service at all is something else than any service."""
    assert load(LEAST + "[policy]\nservices = []").policy.services == ()


def test_binding_file_is_found_beside_the_target_file(load: Load, path: Path) -> None:
    """Its path is relative to the target file; the working directory does not matter."""
    for given in ("mine.toml", "bindings/mine"):
        binding = load(LEAST.replace('"oma-v1"', f'"{given}"')).binding
        assert binding == str(path.parent / given)


def test_embedded_target_claims_what_the_catalogue_knows() -> None:
    """Four users, all triggers, claims that carry each other, a binding that exists."""
    catalogue = load_catalogue()
    target = load_target(
        kit.TARGETS / "embedded.toml",
        known_features=known_features(catalogue),
        known_items=frozenset(catalogue.items),
    )
    claimed = claimed_items(catalogue, target.ics.features, target.ics.items)
    assert "REST-CHAT-GRP-MSG-STATUS-S-003-O" in claimed
    assert "REST-CHAT-1-1-EXTEND-LL-S-002-O" in claimed
    assert all(any(part in item for item in claimed) for part in ("-FT-", "-NC-"))
    assert [user.address for user in target.users] == [f"tel:+1555010{last}" for last in range(4)]
    assert set(target.triggers) == set(TRIGGERS)
    assert load_binding(target.binding).name == "oma-v1"


def test_example_target_loads_once_its_tokens_are_set() -> None:
    """It names variables, not tokens."""
    catalogue = load_catalogue()
    example = kit.TARGETS / "example.toml"
    target = load_target(
        example,
        known_features=known_features(catalogue),
        known_items=frozenset(catalogue.items),
        environment={f"ACME_TOKEN_{number}": "token" for number in range(4)},
    )
    assert claimed_items(catalogue, target.ics.features, target.ics.items) > target.ics.items
    assert (target.limits, target.notifications) == (Limits(), Notifications())
    with pytest.raises(ConfigurationError, match="'ACME_TOKEN_0' is not set"):
        load_target(example, environment={})


def test_example_target_names_every_feature_and_trigger() -> None:
    """A reader of the example misses nothing."""
    text = (kit.TARGETS / "example.toml").read_text(encoding="utf-8")
    for name in (*known_features(load_catalogue()), *TRIGGERS):
        assert name in text


def test_token_without_scope_is_a_secret(load: Load) -> None:
    """It is read as a token is, handed to workers, and shown in no report."""
    target = load(FULL.replace('sip = "sip', 'token_without_scope = "env:TOKEN_0"\nsip = "sip'))
    token = target.users[0].token_without_scope
    assert token is not None
    assert token.reveal() == CANARY
    assert Target.from_json(target.to_json()) == target
    assert CANARY not in f"{target!r}{target.redacted()}"
