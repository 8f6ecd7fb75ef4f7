"""What races start from: a chat that was just begun, with users who stand to it in a known way."""

from rcs_conformance.histories.chat_model import Standing
from rcs_conformance.model.formats import Format
from rcs_conformance.model.kinds import ChatKind
from rcs_conformance.model.offers import GroupOffer, SessionOffer
from rcs_conformance.scenario.bed import TestBed
from rcs_conformance.scenario.races.race import Race

_OPEN = GroupOffer(closed=False)
_REJOINING = {
    ChatKind.GROUP: "PUT participantStatus rejoin",
    ChatKind.LONG_LIVED: "PUT longLivedParticipantStatus",
}


def invited_session(bed: TestBed, fmt: Format) -> Race:
    """A race in a 1-to-1 session to which alice has invited bob."""
    return Race(bed, bed.sessions.invited(SessionOffer(), fmt), Standing.INVITED)


def invited_group(bed: TestBed, fmt: Format) -> Race:
    """A race in a group chat to which alice has invited bob and carol."""
    return Race(bed, bed.groups.invited(_OPEN, fmt), Standing.INVITED)


def established_group(bed: TestBed, kind: ChatKind, fmt: Format) -> Race:
    """A race in a group of alice, bob and carol, who all take part."""
    chat = bed.established_group(kind, _OPEN, fmt, (bed.bob, bed.carol))
    return Race(bed, chat, Standing.CONNECTED)


def require_rejoining(bed: TestBed, kind: ChatKind) -> None:
    """Go on only if users who left a group of a kind can join again.

    Raises:
        NotApplicable: The target does not claim this.
    """
    bed.claims.require_operation(_REJOINING[kind])
