"""Histories: what users did at the same time, and whether some order of it explains what was seen.

Requests that overlap are served as if one after another, in some order in which a request that was
answered before another was sent comes first (binding, section 3). So a history is right if its
operations can be put in such an order in which a model of the chat does what was observed.
"""
