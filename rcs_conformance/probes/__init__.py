"""What a target serves, asked by requests that change nothing, or nothing that is not undone.

`verbs` reads, and has a resource tell its verbs by one that it has not; `trials` starts a chat
between the target's users, tries what only a chat shows, and ends it; `proposing` makes a claim
(ICS) of what was found.
"""

from rcs_conformance.probes.records import Finding, Findings
from rcs_conformance.probes.trials import probe_chats
from rcs_conformance.probes.unclaimed import served_unclaimed
from rcs_conformance.probes.verbs import probe_verbs

__all__ = ["Finding", "Findings", "probe_chats", "probe_verbs", "served_unclaimed"]
