"""The bodies that invalid requests are derived from, and how many there are of each."""

from rcs_conformance.model.formats import Format
from rcs_conformance.strategies import samples
from rcs_conformance.strategies.attachments import PICTURE
from rcs_conformance.wire.element import LoneElement

CAST = samples.SampleUsers(
    originator="tel:+15550100",
    others=("tel:+15550101", "tel:+15550102"),
    services=("ft", "geopushft"),
)

BODIES: dict[str, object] = {
    "subscription": samples.subscription("http://us.example/a", Format.XML, "rc1"),
    "session": samples.session(CAST, "rc1", first=False),
    "session with a message": samples.session(CAST, "rc1", first=True),
    "acceptance": samples.acceptance(CAST),
    "extension": samples.extension(CAST, "rc1"),
    "group": samples.group(CAST, "rc1"),
    "long-lived group": samples.long_lived(CAST, "rc1"),
    "additions": samples.additions(CAST),
    "message": samples.message("rc1"),
    "indication": samples.indication("rc1"),
    "report": samples.report(),
    "channel": samples.channel("rc1"),
    "file subscription": samples.file_subscription(
        "http://us.example/a", Format.XML, "rc1", refers=True
    ),
    "transfer": samples.transfer(CAST, PICTURE, "rc1", "http://us.example/p"),
    "file acceptance": samples.file_acceptance(),
}
"""A valid body of each kind, by name."""

COUNTS: dict[str, tuple[int, int]] = {
    "subscription": (40, 55),
    "session": (27, 41),
    "session with a message": (38, 57),
    "acceptance": (20, 30),
    "extension": (34, 54),
    "group": (38, 59),
    "long-lived group": (38, 59),
    "additions": (27, 43),
    "message": (24, 35),
    "indication": (29, 40),
    "report": (19, 28),
    "channel": (36, 49),
    "file subscription": (36, 50),
    "transfer": (47, 69),
    "file acceptance": (19, 28),
}
"""How many invalid requests each body has in XML and in JSON."""

VALID: dict[str, set[str]] = {
    "subscription": {"duration 0"},
    "channel": {
        "channelLifetime 0",
        "channelData/maxNotifications 0",
        "channelData/maxWaitTime 0",
    },
    "file subscription": {"duration 0"},
    "transfer": {"fileInformation/fileSelector/size 0"},
}
"""What was tried and is valid."""

OF_THE_SERVER = {"resourceURL", "link", "groupChatId", "status", "callbackURL"}
"""Members that a server sets."""

LEFT_OUT: dict[str, set[str]] = {name: set() for name in BODIES} | {
    "session": {"chatMessage"},
    "transfer": {"groupChatURL"},
}
"""Members that a client may set, and a body does not have."""

FORM_COUNTS = {"subscription": 14, "session": 8, "group": 7, "message": 5, "indication": 9}
"""How many invalid requests each body has as form fields."""

ELEMENTS: dict[str, tuple[LoneElement, tuple[int, int]]] = {
    "duration": (LoneElement(name="duration", value=3600), (12, 18)),
    "subject": (LoneElement(name="subject", value="rc1 talk"), (9, 15)),
}
"""Elements alone, each with how many invalid requests it has in XML and in JSON."""
