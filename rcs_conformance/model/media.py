"""Content of other media than text: what a multimedia message carries, and its download."""

from dataclasses import dataclass, field

from rcs_conformance.model.exchange import Exchange


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """The content of a multimedia message (UNI-CHT-026).

    Attributes:
        name: As which file it goes out.
        media_type: What it is, with parameters where it has some.
        data: Its bytes.
    """

    name: str
    media_type: str
    data: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Download:
    """What came of the attempt to fetch such content.

    Attributes:
        url: As the target told it.
        exchange: The attempt; `None` where there was no answer that can be judged.
        reason: Why there was none; empty otherwise.
    """

    url: str
    exchange: Exchange | None
    reason: str = ""
