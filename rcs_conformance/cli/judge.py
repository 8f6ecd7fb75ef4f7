"""`rcs-conformance judge` and `har`: traffic that the suites did not make."""

import argparse
import json
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from rcs_conformance.binding import load_binding
from rcs_conformance.catalogue import load_catalogue
from rcs_conformance.cli.output_file import check_keeps_sources, write_text
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import suite_version
from rcs_conformance.model.results import Verdict
from rcs_conformance.plugin.claims import check_claims
from rcs_conformance.plugin.options import check_binding, embedded_target, located_binding
from rcs_conformance.report.console import RunConsole
from rcs_conformance.report.detail import Detail
from rcs_conformance.report.output import OutputFolder
from rcs_conformance.report.text import counted, inert
from rcs_conformance.report.writing import write_reports
from rcs_conformance.target import Target, load_target
from rcs_conformance.traffic.attributed import Attributed
from rcs_conformance.traffic.attribution import FOREIGN, UNJUDGED
from rcs_conformance.traffic.entries import Traffic
from rcs_conformance.traffic.har import har_document, read_har
from rcs_conformance.traffic.judging import Judged, judged, record_of
from rcs_conformance.traffic.recorded import read_recorded
from rcs_conformance.traffic.secrecy import without_secrets
from rcs_conformance.traffic.servers import by_server
from rcs_conformance.verdict import Run, RunInformation
from rcs_conformance.verdict import judge as verdicts_of

_UNDECIDED = 5


def judge(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Judge traffic, and print or write what it shows.

    Returns:
        0 if no clause is broken, 1 if one is, 5 if nothing in it is of the API.

    Raises:
        ConfigurationError: The traffic or a file cannot be used, or the folder cannot be written.
    """
    if arguments.out is not None:
        check_keeps_sources(arguments.out.absolute(), [arguments.traffic])
    target = _target(arguments)
    traffic = read_traffic(arguments.traffic)
    found = judged_traffic(traffic, target)
    servers = [each.traffic for each in found]
    for line in _about(traffic, servers):
        if arguments.detail is not Detail.QUIET:
            print(inert(line))  # noqa: T201 - the command's output
    if not any(each.seen or each.told for each in servers):
        print(inert(_why_nothing(traffic, servers, target)))  # noqa: T201 - the command's output
        return _UNDECIDED
    run = _run(arguments, found, target)
    console = RunConsole(detail=arguments.detail)
    if arguments.out is None:
        console.summary(run, meaning=decided(run))
        return run.exit_code
    out = arguments.out.absolute()
    with OutputFolder(out) as output:
        try:
            write_reports(run, output.unfinished)
        except OSError as error:
            reason = error.strerror or str(error)
            raise ConfigurationError(f"--out {out}: cannot be written: {reason}") from error
        console.summary(run, out, meaning=decided(run))
        output.publish()
    return run.exit_code


def _why_nothing(traffic: Traffic, servers: Sequence[Attributed], target: Target) -> str:
    """Why there is nothing to judge, and what may help."""
    if not traffic.entries:
        return f"nothing to judge: {'no entry can be used' if traffic.unusable else 'no entries'}"
    if any(each.startswith(UNJUDGED) for one in servers for each in one.left_out):
        return "nothing to judge: no response to the requests is one of the API"
    return (
        "nothing to judge: no request has the path of a resource, as the binding"
        f" {target.binding} has it; --binding or --target may name another"
    )


def har(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Write traffic as HAR 1.2, without secrets.

    Returns:
        0.

    Raises:
        ConfigurationError: The traffic cannot be read, or the file cannot be written.
    """
    traffic = read_traffic(arguments.traffic)
    for line in traffic.remarks:
        print(f"rcs-conformance: {inert(line)}", file=sys.stderr)  # noqa: T201 - a warning
    document = har_document(without_secrets(traffic.entries), suite_version())
    write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", arguments.out)
    return 0


def read_traffic(path: Path) -> Traffic:
    """The traffic in a HAR file, or in the record of a run.

    Raises:
        ConfigurationError: It is neither.
    """
    if path.is_dir() or path.suffix == ".rcsrun":
        return read_recorded(path)
    return read_har(path)


def decided(run: Run) -> str:
    """What traffic says of clauses, as the last line has it: how many it decides, and how.

    Args:
        run: The verdicts of all clauses that apply; those that are not decided are not tested.
    """
    verdicts = Counter(each.verdict for each in run.clauses.values())
    passed, failed = verdicts[Verdict.PASS], verdicts[Verdict.FAIL]
    applying = verdicts.total() - verdicts[Verdict.NOT_APPLICABLE]
    return (
        f"this traffic decides {passed + failed} of {applying} clauses:"
        f" {failed} fail, {passed} pass; the others are not tested"
    )


def judged_traffic(traffic: Traffic, target: Target) -> tuple[Judged, ...]:
    """What traffic with a target shows, of each server.

    Raises:
        ConfigurationError: The binding of the target cannot be used.
    """
    binding = load_binding(target.binding)
    secrets = [
        secret.reveal()
        for user in target.users
        for secret in (user.token, user.token_without_scope)
        if secret is not None
    ]
    entries = without_secrets(traffic.entries, secrets)
    servers = by_server(
        entries,
        binding,
        server_root=target.server_root,
        addresses={user.id: user.address for user in target.users if user.id},
        aliases=target.aliases,
    )
    return tuple(judged(each.without(traffic.lost), entries, binding) for each in servers)


def _target(arguments: argparse.Namespace) -> Target:
    """The target that the traffic is of: that of the file, or any of the binding."""
    if arguments.target is not None:
        target = load_target(arguments.target)
        check_claims(load_catalogue(), target.ics, Path(arguments.target))
        check_binding(target, arguments.binding, Path.cwd(), arguments.target)
        return target
    binding = located_binding(arguments.binding, Path.cwd())
    claims = embedded_target(binding=binding).ics
    name = arguments.traffic.name
    return Target(name=name, server_root="", binding=binding, users=(), ics=claims)


def _about(traffic: Traffic, servers: Sequence[Attributed]) -> Iterator[str]:
    """What was read, and what of it was left out."""
    yield from traffic.remarks
    if len(servers) > 1:
        yield f"servers: {len(servers)}, each judged by itself"
    for each in servers:
        users = len({one.exchange.request.user for one in each.seen})
        yield (
            f"traffic{f' with {each.root}' if len(servers) > 1 else ''}:"
            f" {counted(len(each.seen), 'exchange')} and {counted(len(each.told), 'notification')}"
            f" of {counted(users, 'user')}, with {counted(len(each.subscriptions), 'subscription')}"
        )
    left_out = sum((Counter(each.left_out) for each in servers), Counter(traffic.unusable))
    hosts = {
        reason.removeprefix(FOREIGN): count
        for reason, count in left_out.items()
        if reason.startswith(FOREIGN)
    }
    if hosts:
        named = ", ".join(f"{host} {count}" for host, count in sorted(hosts.items()))
        exchanges = counted(sum(hosts.values()), "exchange")
        yield f"left out: {exchanges} with other hosts ({named})"
    others = {reason: count for reason, count in left_out.items() if not reason.startswith(FOREIGN)}
    if others:
        named = ", ".join(f"{reason} {count}" for reason, count in sorted(others.items()))
        count = sum(others.values())
        yield f"left out: {count} further {'entry' if count == 1 else 'entries'} ({named})"


def _run(arguments: argparse.Namespace, found: Sequence[Judged], target: Target) -> Run:
    """The verdicts of all clauses that the traffic speaks about."""
    servers = [each.traffic for each in found]
    times = [each.started for one in servers for each in one.seen]
    times += [each.notification.received for one in servers for each in one.told]
    given = [
        word
        for name in ("target", "binding")
        if getattr(arguments, name) is not None
        for word in (f"--{name}", str(getattr(arguments, name)))
    ]
    information = RunInformation(
        suite_version=suite_version(),
        target_name=target.name,
        target=target.redacted(),
        seed=0,
        started=min(times, default=datetime.now(UTC)),
        seconds=(max(times) - min(times)).total_seconds(),
        release=target.ics.release,
        named_tests=True,
        command=("rcs-conformance", "judge", str(arguments.traffic), *given),
    )
    record = record_of(found, arguments.traffic.name)
    return verdicts_of(load_catalogue(), target.ics, [record], information)
