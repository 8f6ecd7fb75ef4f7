"""The record of a run: all that its tests exchanged, heard and otherwise learned, in order.

What a test does follows from what it learns: the responses to its requests, which notifications it
found when it looked, texts that were drawn at random, times that were measured. A journal stands
between the tests and all of these. One that records writes them to a hash-chained file, as they
come; one that plays gives them again, so that the same tests come to the same verdicts without any
server. `forms` says what stands in the file.
"""

from rcs_conformance.record.chain import FORMAT
from rcs_conformance.record.journal import Journal
from rcs_conformance.record.player import Parting, Player
from rcs_conformance.record.recorder import Recorder

__all__ = ["FORMAT", "Journal", "Parting", "Player", "Recorder"]
