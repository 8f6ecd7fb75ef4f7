"""A round over notification channels."""

from rcs_conformance.model.formats import Format
from rcs_conformance.scenario import tuning
from rcs_conformance.scenario.rounds.done import Round, Steps, done, walked
from rcs_conformance.scenario.stage import Stage


def of_channels(stage: Stage, fmt: Format) -> Round:
    """Each operation on channels, once; the poll as soon as something is pending.

    Raises:
        NotApplicable: The target claims no channels.
    """
    stage.claims.require_operation("POST channelURL")
    return walked(_channelling(stage, fmt))


def _channelling(stage: Stage, fmt: Format) -> Steps:
    channel = tuning.channel(stage, stage.bob, fmt)
    yield done(stage, channel.created)
    stage.require_success(channel.created, "UNI-CHT-007a.1")
    yield done(stage, stage.bob.send("GET", "channels", fmt=fmt))
    yield done(stage, channel.look())
    subscription = tuning.subscribed(stage, channel)
    chat = stage.some_talk(fmt)
    chat.say(stage.alice)
    yield done(stage, tuning.polled_once(stage, channel))
    stage.require_success(subscription.delete(), "TS-CHAT-4.1.1")
    yield done(stage, channel.delete())
