"""What tests generate: combinations of parameters and texts, valid unless they say otherwise."""

from rcs_conformance.strategies.attachments import ATTACHMENTS, PICTURE
from rcs_conformance.strategies.groups import (
    CORNERS,
    DECLARED_CORNERS,
    Declared,
    declarations,
    group_offers,
    subject_offers,
    with_corners,
    with_declared_corners,
    with_subject_corners,
)
from rcs_conformance.strategies.messages import (
    COMPOSING_CORNERS,
    TEXT_CORNERS,
    indications,
    some_indications,
    some_texts,
    texts,
)
from rcs_conformance.strategies.sessions import (
    COMBINATIONS,
    offers_with_first_message,
    session_offers,
    with_first_message_corners,
    with_session_subject_corners,
)
from rcs_conformance.strategies.transfers import (
    CHAT_CORNERS,
    FILE_CORNERS,
    barred_offers,
    closed,
    file_offers,
    with_barred_corners,
    with_chat_corners,
    with_file_corners,
)

__all__ = [
    "ATTACHMENTS",
    "CHAT_CORNERS",
    "COMBINATIONS",
    "COMPOSING_CORNERS",
    "CORNERS",
    "DECLARED_CORNERS",
    "FILE_CORNERS",
    "PICTURE",
    "TEXT_CORNERS",
    "Declared",
    "barred_offers",
    "closed",
    "declarations",
    "file_offers",
    "group_offers",
    "indications",
    "offers_with_first_message",
    "session_offers",
    "some_indications",
    "some_texts",
    "subject_offers",
    "texts",
    "with_barred_corners",
    "with_chat_corners",
    "with_corners",
    "with_declared_corners",
    "with_file_corners",
    "with_first_message_corners",
    "with_session_subject_corners",
    "with_subject_corners",
]
