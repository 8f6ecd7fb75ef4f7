"""A round over subscriptions."""

from rcs_conformance.model.formats import Format
from rcs_conformance.scenario.rounds.done import Round, Steps, done, walked
from rcs_conformance.scenario.stage import Stage


def of_subscriptions(stage: Stage, fmt: Format) -> Round:
    """Each operation on subscriptions, once."""
    return walked(_subscribing(stage, fmt))


def _subscribing(stage: Stage, fmt: Format) -> Steps:
    subscription = stage.mail.subscribe(stage.alice, fmt)
    yield done(stage, subscription.created)
    if stage.claims.operation("GET subscriptions"):
        yield done(stage, stage.alice.send("GET", "subscriptions", fmt=fmt))
    stage.require_success(subscription.created, "TS-CHAT-4.1.1")
    if stage.claims.operation("GET subscription"):
        yield done(stage, subscription.read())
    yield done(stage, subscription.delete())
