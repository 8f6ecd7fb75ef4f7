"""`rcs-conformance serve`: the reference server on its own."""

import argparse
import json
import os
from collections.abc import Sequence
from pathlib import Path

from rcs_conformance import reference
from rcs_conformance.errors import ConfigurationError
from rcs_conformance.kit import TARGETS
from rcs_conformance.plugin.options import DEFAULT_BINDING, embedded_target, located_binding
from rcs_conformance.reference import FAULTS, VARIATIONS, Account, Fault, accounts_of
from rcs_conformance.target.secret import Surroundings, secret_from
from rcs_conformance.wire.vocabulary import dialect

_UNTOLD = "env:PUT_THE_TOKEN_HERE"

User = tuple[Account, str]
"""An account, and how a target file names its token."""


def serve(arguments: argparse.Namespace, _rest: Sequence[str]) -> int:
    """Run the reference server until it is interrupted, or list its faults and variations.

    Raises:
        ConfigurationError: A fault, a variation, the binding, a user or the address cannot be used.
    """
    if arguments.list_faults:
        _say(deviations())
        return 0
    binding = located_binding(arguments.binding, Path.cwd())
    users = _users(arguments.user, binding)
    dialect(binding)
    reference.serve(
        lambda root: _say(announcement(root, users, binding)),
        [account for account, _ in users],
        host=arguments.host,
        port=arguments.port,
        faults=arguments.fault,
        variations=arguments.variation,
        latency_ms=arguments.latency,
        notification_delay_ms=arguments.notification_delay,
        seed=arguments.seed,
        binding=binding,
    )
    return 0


def announcement(root: str, users: Sequence[User], binding: str = DEFAULT_BINDING) -> str:
    """The server's root and users, as a target file that claims all it supports.

    A token given as text is left out; one from the environment or a file is referred to.
    """
    lines = [f"# Reference server at {root}; Ctrl-C ends it. A target file for it:", ""]
    lines += ["[target]", 'name = "Reference server"', f"server_root = {json.dumps(root)}"]
    if binding != DEFAULT_BINDING:
        lines += [f"binding = {json.dumps(binding)}"]
    for account, source in users:
        lines += ["", "[[users]]", f"address = {json.dumps(account.address)}"]
        lines += [f"id = {json.dumps(account.id)}"] if account.id else []
        lines += [f"token = {json.dumps(source)}"]
        if account.token_without_scope:
            lines += [f"token_without_scope = {json.dumps(account.token_without_scope)}"]
        if account.aliases:
            lines += [f"aliases = {json.dumps(list(account.aliases))}"]
        aliases = {"sip": account.sip, "contact": account.contact}
        lines += [f"{name} = {json.dumps(alias)}" for name, alias in aliases.items() if alias]
    embedded = (TARGETS / "embedded.toml").read_text("utf-8")
    claims = _fitted(embedded[embedded.index("[ics]") :].rstrip(), binding)
    if not all(account.token_without_scope for account, _ in users):
        claims = claims.replace('    "scopes",\n', "")
    return "\n".join([*lines, "", claims])


def _fitted(text: str, binding: str) -> str:
    """The claims of the target file of the embedded server, without what a dialect lacks."""
    whole, kept = embedded_target().ics, embedded_target(binding=binding).ics
    lost = {*whole.features, *whole.items} - {*kept.features, *kept.items}
    lines = text.splitlines()
    return "\n".join(line for line in lines if not any(f'"{each}"' in line for each in lost))


def deviations() -> str:
    """All faults with the clauses that they break, and all variations."""
    lines = [
        f"{fault.name}  {fault.clause}  {fault.sentence}{_condition(fault)}"
        for fault in FAULTS.values()
    ]
    lines += [f"{one.name}  variation  {one.sentence}" for one in VARIATIONS.values()]
    return "\n".join(sorted(lines))


def _condition(fault: Fault) -> str:
    """The policy under which alone it is a fault."""
    return ' Permitted unless [policy] reading = "strict".' if fault.policy.reads_strictly else ""


def _users(given: Sequence[str], binding: str) -> Sequence[User]:
    """The accounts given by `--user`; without any those that the dialect suggests."""
    if not given:
        return [(account, account.token) for account in accounts_of(binding)]
    return [_user(number, word) for number, word in enumerate(given, 1)]


def _user(number: int, word: str) -> User:
    address, separator, source = word.partition("=")
    if not separator or not address or not source:
        raise ConfigurationError(
            f"--user {number}: not ADDRESS=TOKEN; give for example tel:+15550100=t0"
        )
    try:
        around = Surroundings(environment=os.environ, folder=Path.cwd())
        secret = secret_from(source, around)
    except ConfigurationError as error:
        raise ConfigurationError(f"--user {number}: {error}") from None
    shown = source if source.startswith(("env:", "file:")) else _UNTOLD
    sip = f"sip:{address[4:]}@example.com" if address.startswith("tel:") else None
    contact = f"acr:contact-{number}"
    account = Account(
        address=address,
        token=secret.reveal(),
        sip=sip,
        contact=contact,
        aliases=(f"sip:{address[4:]}@rcs.example.com",) if sip else (),
    )
    return account, shown


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the command's answer
