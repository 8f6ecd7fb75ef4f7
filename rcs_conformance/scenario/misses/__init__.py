"""Near misses on the stage: for every request body the situation in which it would succeed.

In each, every single deviation is sent, one after another; what is read and what arrives shows
that none of them had an effect (TS-CHAT-5.8).
"""

from rcs_conformance.scenario.misses.attempts import Attempt, Trial, tried
from rcs_conformance.scenario.misses.requests import LABELLED, REQUESTS, Asked
from rcs_conformance.scenario.misses.scene import Scene

__all__ = ["LABELLED", "REQUESTS", "Asked", "Attempt", "Scene", "Trial", "tried"]
