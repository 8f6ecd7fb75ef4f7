"""What a target serves, asked by requests that change nothing, or nothing that is not undone.

`verbs` reads, and has a resource tell its verbs by one that it has not; `trials` starts a chat
between the target's users, tries what only a chat shows, and ends it; `proposing` makes a claim
(ICS) of what was found.
"""

from rcs_conformance.probing.records import Finding, Findings
from rcs_conformance.probing.trials import tried
from rcs_conformance.probing.unclaimed import served_unclaimed
from rcs_conformance.probing.verbs import asked

__all__ = ["Finding", "Findings", "asked", "served_unclaimed", "tried"]
