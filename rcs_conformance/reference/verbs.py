"""The verbs of the default binding, and those of a dialect in their place."""

from functools import cache

from rcs_conformance.binding import Binding, load_binding


@cache
def default_binding() -> Binding:
    """The binding that the rules are written in."""
    return load_binding("oma-v1")


def verbs_in(binding: Binding, key: str) -> dict[str, str]:
    """The verbs of a resource in the default binding, each with the one that a dialect has for it.

    One verb that a dialect has instead of another one stands for it.
    """
    ours, theirs = default_binding().resources[key].verbs, binding.resources[key].verbs
    lost = [verb for verb in ours if verb not in theirs]
    new = [verb for verb in theirs if verb not in ours]
    swapped = dict(zip(lost, new, strict=True)) if len(lost) == len(new) == 1 else {}
    return {verb: swapped.get(verb, verb) for verb in ours if verb in theirs or verb in swapped}
