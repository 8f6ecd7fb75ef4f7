"""All rows: what each check makes of what conforms, of what deviates, and of what is not there."""

from collections.abc import Callable

from rcs_conformance.checks import (
    added_notifications,
    adhoc,
    chat_notifications,
    chat_subscriptions,
    composing,
    file_transfers,
    group_creation,
    group_list,
    invitations,
    long_lived_groups,
    multimedia_messages,
    one_to_one_sessions,
    received_messages,
    transfer_invitations,
    transfer_services,
)
from rcs_conformance.model.formats import Format
from tests.checks.records import (
    ALICE,
    DONE,
    IDLE,
    LOST,
    NO_MESSAGE,
    Row,
    accepted_chat,
    exchange,
    invitation,
    message,
    missed,
)
from tests.checks.rows_absence import ABSENCE
from tests.checks.rows_access import ACCESS
from tests.checks.rows_channels import CHANNELS, MODES
from tests.checks.rows_conventions import CONVENTIONS, SUBSCRIPTIONS
from tests.checks.rows_long_lived import ADDITIONS, LASTING, LISTING, POLICIES, UNTOLD, listed
from tests.checks.rows_media import IMAGE, MEDIA, fetched, shown
from tests.checks.rows_messages import HERE, MESSAGES, WITH_ALICE
from tests.checks.rows_participation import NOTICES, PARTICIPATION
from tests.checks.rows_races import RACES
from tests.checks.rows_roles import ROLES
from tests.checks.rows_sessions import (
    BETWEEN_TWO,
    INVITATION,
    SESSION_INVITATIONS,
    SESSIONS,
)
from tests.checks.rows_starting import INVITATIONS, STARTING
from tests.checks.rows_transfers import CHAT, NO_OFFER, TRANSFERS, transfer

ROWS: list[Row] = [
    *STARTING,
    *INVITATIONS,
    *SESSIONS,
    *SESSION_INVITATIONS,
    *BETWEEN_TWO,
    *MESSAGES,
    *MEDIA,
    *NOTICES,
    *RACES,
    *ROLES,
    *PARTICIPATION,
    *SUBSCRIPTIONS,
    *CONVENTIONS,
    *ABSENCE,
    *ACCESS,
    *LASTING,
    *ADDITIONS,
    *LISTING,
    *POLICIES,
    *TRANSFERS,
    *CHANNELS,
    *MODES,
]

PRECONDITIONS: list[tuple[str, Callable[..., object], tuple[object, ...]]] = [
    ("TS-CHAT-4.1.6", group_creation.subject, (LOST, "a")),
    ("TS-CHAT-5.14", group_creation.subject, (exchange(200, problem="cut"), "a")),
    ("TS-CHAT-5.15", group_creation.subject, (exchange(200, fmt=Format.JSON), "a")),
    (
        "TS-CHAT-4.1.1",
        chat_subscriptions.as_requested,
        (exchange(404, operation="GET subscription"), None),
    ),
    ("UNI-CHT-007b.1", invitations.originator, (missed(invitation().content), ALICE)),
    ("UNI-CHT-032.1", added_notifications.subject, (UNTOLD, "a")),
    ("UNI-CHT-034.1", group_list.subject, (listed(), "g1", "a")),
    (
        "UNI-CHT-035.1",
        long_lived_groups.closed,
        (exchange(404, operation="GET longLivedGroup"), [], True),
    ),
    ("UNI-CHT-007a.1", invitations.originator, (missed(INVITATION), ALICE)),
    ("UNI-CHT-007a.1", invitations.leads_to_session, (missed(INVITATION), LOST, "rc1")),
    (
        "TS-CHAT-4.1.4",
        one_to_one_sessions.subject,
        (exchange(404, operation="GET oneToOneSession"), "a"),
    ),
    (
        "UNI-CHT-012a.1",
        chat_notifications.ended_not_cancelled,
        (NO_MESSAGE, "UNI-CHT-003a.3", "UNI-CHT-012a.1"),
    ),
    ("UNI-CHT-020.1", adhoc.no_invitation_before, (NO_MESSAGE, [])),
    (
        "UNI-CHT-004b.1",
        chat_notifications.acceptance_services,
        ([accepted_chat([], [], [], NO_MESSAGE)],),
    ),
    ("UNI-CHT-004b.4", chat_notifications.event_type, (NO_MESSAGE,)),
    ("UNI-CHT-020.2", received_messages.sender, (NO_MESSAGE, HERE, ALICE, "UNI-CHT-020.2")),
    ("UNI-CHT-020.1", received_messages.sender, (message(), WITH_ALICE, ALICE, "UNI-CHT-020.1")),
    ("UNI-CHT-020.2", received_messages.report_requested, (NO_MESSAGE, [], "UNI-CHT-020.2")),
    ("UNI-CHT-021.3", composing.unchanged, (NO_MESSAGE, IDLE, "UNI-CHT-021.3")),
    ("UNI-CHT-021.3", composing.success_when_delivered, (DONE, NO_MESSAGE, "UNI-CHT-021.3")),
    ("UNI-CHT-027.3", multimedia_messages.bytes_unchanged, (fetched(404), IMAGE)),
    ("UNI-CHT-027.3", multimedia_messages.type_unchanged, (fetched(404), shown(), IMAGE)),
    ("UNI-FLT-001.1", transfer_invitations.refers, (NO_OFFER, CHAT)),
    ("UNI-FLT-001.2", transfer_invitations.refers_to_none, (NO_OFFER,)),
    ("UNI-FLT-001.2", file_transfers.file_unchanged, (NO_OFFER, transfer())),
    ("UNI-FLT-001.2", file_transfers.shown, (exchange(404, operation="GET ftSession"), transfer())),
    ("TS-CHAT-4.1.6", transfer_services.readable, (LOST, "ft", ())),
]
"""Clause that is broken, check, arguments without what the check is about."""
