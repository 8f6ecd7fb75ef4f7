"""What a schema finds in a body, in words that tell a vendor what to mend."""

from dataclasses import dataclass

LIMIT = 20
"""How many violations of one body are told; a hostile body could have a hundred thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Violation:
    """One thing in a body that its schema does not allow.

    Attributes:
        path: Where, such as `groupChatSessionInformation/participant[2]/address`, the same in both
            formats: indexes count from 1 and stand only where there are several of the name.
            What is missing is told of the structure that lacks it. Empty: the body as a whole.
        message: What is wrong and what would be right.
    """

    path: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}: {self.message}" if self.path else self.message
