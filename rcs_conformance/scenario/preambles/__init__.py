"""Preambles: how a test starts a chat of each kind and brings it into the state that it needs."""
