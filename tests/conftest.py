"""How the project's own tests generate data: the same every time, however slow the machine is.

The exhaustive tier generates more of it (`--hypothesis-profile thorough`).

And how they are interrupted: a shell that starts them in the background has them, and all that they
start, ignore Ctrl-C; what they start is to end by it all the same.

What runs note of their targets goes to a folder of the tests' own.
"""

import os
import signal
import tempfile

import hypothesis

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

if "PYTEST_XDIST_WORKER" not in os.environ:  # workers inherit it
    os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(prefix="rcs-conformance-state-")

hypothesis.settings.register_profile(
    "project",
    deadline=None,
    derandomize=True,
    max_examples=20,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.register_profile(
    "thorough", hypothesis.settings.get_profile("project"), max_examples=100
)
hypothesis.settings.register_profile(  # under coverage, which the first examples decide
    "brief", hypothesis.settings.get_profile("project"), max_examples=5
)
hypothesis.settings.load_profile("project")
