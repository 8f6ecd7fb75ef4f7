"""Items that the target supports but does not claim, found during a run."""

from contextlib import ExitStack, closing

from rcs_conformance.driver import Actor
from rcs_conformance.errors import NotApplicable
from rcs_conformance.evidence import EvidenceLog
from rcs_conformance.model.formats import Format
from rcs_conformance.probes.records import Finding
from rcs_conformance.probes.verbs import probe_verbs
from rcs_conformance.scenario import TestBed


def served_unclaimed(bed: TestBed, fmt: Format) -> dict[str, Finding]:
    """The items that are supported but not claimed, and what shows it.

    The exchanges are neither evidence nor judged: the target need not have these resources.

    Raises:
        NotApplicable: The target claims every item that has an operation.
    """
    unclaimed = bed.claims.unclaimed()
    if not unclaimed:
        raise NotApplicable("the target claims every item")
    log = EvidenceLog(user.token.reveal() for user in bed.target.users)
    log.journal = bed.log.journal  # else a record lacks them, and verify sends them
    with ExitStack() as closed:
        alice, bob = (
            Actor(
                bed.target,
                each.user,
                bed.binding,
                log,
                bed.rate_limit,
                bed.credential_store,
            )
            for each in (bed.alice, bed.bob)
        )
        for each in (alice, bob):
            closed.enter_context(closing(each))
        found = probe_verbs(unclaimed.values(), alice, bob, fmt)
    served = {item: found.get(str(operation)) for item, operation in unclaimed.items()}
    return {item: each for item, each in served.items() if each and each.served}
