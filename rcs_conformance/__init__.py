"""Engine of the conformance suites: how the requirements are checked."""
