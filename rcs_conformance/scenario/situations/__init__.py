"""Situations that several suites start from: session events, channels, repeated requests."""
