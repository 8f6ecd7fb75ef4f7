"""What is built at its first use, used once before processes are forked that all need it."""

import gc
import json
from contextlib import closing

import hypothesis

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies.groups import subjects
from rcs_conformance.strategies.messages import texts
from rcs_conformance.wire import schema


def prepare(*, server: bool = True) -> None:
    """Use schemas and generation once, so that no process builds anew what they need.

    Args:
        server: Whether each process will have an embedded server, which is then used once, too.
    """
    _judge_bodies()
    _generate_texts()
    if server:
        _start_a_server()
    gc.collect()
    gc.freeze()


def _judge_bodies() -> None:
    for root in schema.roots():
        for body, fmt in ((json.dumps({root: {}}).encode(), Format.JSON), (b"<a/>", Format.XML)):
            schema.violations(body, fmt, root)


def _generate_texts() -> None:
    """Have hypothesis read its tables of characters."""
    settings = hypothesis.settings(database=None)
    for strategy in (subjects(), texts()):
        hypothesis.find(strategy, lambda _: True, settings=settings)


def _start_a_server() -> None:
    """Build what a server needs; nothing is sent, since the driver has a thread that stays."""
    from rcs_conformance.plugin.embedded import Embedded  # noqa: PLC0415 - as in `startup`

    with closing(Embedded()) as server:
        server.target.redacted()  # as at the end of each run
