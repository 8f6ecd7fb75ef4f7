"""How a recipient can be named: by its MSISDN, as a SIP URI, as an entry of the address book."""

from rcs_conformance.driver import Actor
from rcs_conformance.errors import Cause, Inconclusive
from rcs_conformance.scenario.bed import TestBed

Named = tuple[Actor, str]
"""A user, and the address that it is invited by."""

_USERS = "[[users]] of the target file: no user after the first one"


def by_msisdn(bed: TestBed) -> Named:
    """A user other than alice that is known by a `tel:` URI.

    Raises:
        Inconclusive: The target file names no such user.
    """
    for each in bed.actors[1:]:
        for spelled in (each.address, *each.user.aliases):
            if spelled.lower().startswith("tel:"):
                return each, spelled
    reason = f"{_USERS} has a tel: URI as its address or among its aliases"
    raise Inconclusive(Cause.CONFIGURATION, reason)


def by_sip(bed: TestBed) -> Named:
    """A user other than alice that is known by a SIP URI.

    Raises:
        Inconclusive: The target file names no such user.
    """
    for each in bed.actors[1:]:
        spelled = each.user.sip or each.address
        if spelled.lower().startswith(("sip:", "sips:")):
            return each, spelled
    raise Inconclusive(Cause.CONFIGURATION, f"{_USERS} has a SIP URI (key sip)")


def by_contact(bed: TestBed) -> Named:
    """A user other than alice that is known by an address-book reference.

    Raises:
        Inconclusive: The target file names no such user.
    """
    for each in bed.actors[1:]:
        if each.user.contact:
            return each, each.user.contact
    reason = f"{_USERS} has an address-book reference (key contact)"
    raise Inconclusive(Cause.CONFIGURATION, reason)


def names_of(who: Actor) -> tuple[str, ...]:
    """All names by which the target file knows a user."""
    names = (who.address, who.user.sip, who.user.contact)
    return tuple(each for each in names if each)
