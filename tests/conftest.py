"""How the project's own tests generate data: the same every time, however slow the machine is.

And how they are interrupted: a shell that starts them in the background has them, and all that they
start, ignore Ctrl-C; what they start is to end by it all the same.
"""

import signal

import hypothesis

if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

hypothesis.settings.register_profile(
    "project",
    deadline=None,
    derandomize=True,
    suppress_health_check=[hypothesis.HealthCheck.too_slow],
)
hypothesis.settings.load_profile("project")
