"""Faults: each breaks one clause, by one deviation from the rules."""

from collections.abc import Mapping

from rcs_conformance.reference.faults.access import ACCESS
from rcs_conformance.reference.faults.adding import ADDING
from rcs_conformance.reference.faults.beside_chats import BESIDE_CHATS
from rcs_conformance.reference.faults.between_two import BETWEEN_TWO
from rcs_conformance.reference.faults.bodies_beside_chats import BODIES_BESIDE_CHATS
from rcs_conformance.reference.faults.channels import CHANNELS
from rcs_conformance.reference.faults.creating import CREATING
from rcs_conformance.reference.faults.effects import EFFECTS
from rcs_conformance.reference.faults.elements import ELEMENTS
from rcs_conformance.reference.faults.elsewhere import ELSEWHERE
from rcs_conformance.reference.faults.ending import ENDING
from rcs_conformance.reference.faults.enrolling import ENROLLING
from rcs_conformance.reference.faults.equivalence import EQUIVALENCE
from rcs_conformance.reference.faults.exceptions import EXCEPTIONS
from rcs_conformance.reference.faults.extending import EXTENDING
from rcs_conformance.reference.faults.families import FAMILIES
from rcs_conformance.reference.faults.filetransfer import FILE_TRANSFERS
from rcs_conformance.reference.faults.filetransfer_notices import FILE_TRANSFER_NOTICES
from rcs_conformance.reference.faults.filetransfer_services import FILE_SERVICES
from rcs_conformance.reference.faults.first_messages import FIRST_MESSAGES
from rcs_conformance.reference.faults.foreign_tokens import FOREIGN_TOKENS
from rcs_conformance.reference.faults.forms import FORMS
from rcs_conformance.reference.faults.inviting import INVITING
from rcs_conformance.reference.faults.lacking import LACKING
from rcs_conformance.reference.faults.lasting import LASTING
from rcs_conformance.reference.faults.lenience import LENIENCE
from rcs_conformance.reference.faults.membership import MEMBERSHIP
from rcs_conformance.reference.faults.multimedia import MULTIMEDIA
from rcs_conformance.reference.faults.operations import OPERATIONS
from rcs_conformance.reference.faults.options import OPTIONS
from rcs_conformance.reference.faults.participants import PARTICIPANTS
from rcs_conformance.reference.faults.parting import PARTING
from rcs_conformance.reference.faults.protocol import PROTOCOL
from rcs_conformance.reference.faults.querying import QUERYING
from rcs_conformance.reference.faults.receiving import RECEIVING
from rcs_conformance.reference.faults.repeats import REPEATS
from rcs_conformance.reference.faults.repeats_beside_chats import REPEATS_BESIDE_CHATS
from rcs_conformance.reference.faults.representations import REPRESENTATIONS
from rcs_conformance.reference.faults.sending import SENDING
from rcs_conformance.reference.faults.session_events import SESSION_EVENTS
from rcs_conformance.reference.faults.session_invitations import SESSION_INVITATIONS
from rcs_conformance.reference.faults.session_life import SESSION_LIFE
from rcs_conformance.reference.faults.sessions import SESSIONS
from rcs_conformance.reference.faults.side_by_side import SIDE_BY_SIDE
from rcs_conformance.reference.faults.starting import STARTING
from rcs_conformance.reference.registry import Fault, merged

FAULTS: Mapping[str, Fault] = merged(
    SESSIONS,
    SIDE_BY_SIDE,
    FIRST_MESSAGES,
    SESSION_INVITATIONS,
    SESSION_LIFE,
    SESSION_EVENTS,
    BETWEEN_TWO,
    STARTING,
    OPTIONS,
    ENDING,
    INVITING,
    MEMBERSHIP,
    ADDING,
    LASTING,
    EXTENDING,
    PARTING,
    QUERYING,
    ENROLLING,
    CREATING,
    PARTICIPANTS,
    SENDING,
    RECEIVING,
    MULTIMEDIA,
    ELSEWHERE,
    OPERATIONS,
    REPRESENTATIONS,
    PROTOCOL,
    LENIENCE,
    BODIES_BESIDE_CHATS,
    EFFECTS,
    ACCESS,
    FAMILIES,
    EXCEPTIONS,
    FOREIGN_TOKENS,
    BESIDE_CHATS,
    EQUIVALENCE,
    FORMS,
    REPEATS,
    REPEATS_BESIDE_CHATS,
    ELEMENTS,
    LACKING,
    CHANNELS,
    FILE_TRANSFERS,
    FILE_TRANSFER_NOTICES,
    FILE_SERVICES,
)
"""Every fault by its name."""
