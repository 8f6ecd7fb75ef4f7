"""Finds out what a target supports, by requests that change nothing for good.

`verbs` reads resources, and learns their verbs from the Allow header of a 405; `trials` starts a
chat between the target's users, tries its operations, and ends it; `proposal` makes ICS claims of
the findings.
"""

from rcs_conformance.probes.records import Finding, Findings
from rcs_conformance.probes.trials import probe_chats
from rcs_conformance.probes.unclaimed import served_unclaimed
from rcs_conformance.probes.verbs import probe_verbs

__all__ = ["Finding", "Findings", "probe_chats", "probe_verbs", "served_unclaimed"]
