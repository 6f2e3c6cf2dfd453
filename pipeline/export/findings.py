"""What a check says of one thing that it saw."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Finding:
    """One sentence about a file.

    Attributes:
        failed: Whether it breaks the contract; otherwise it is a warning.
        text: What is wrong, where, and what is allowed.
    """

    failed: bool
    text: str


def broken(text: str) -> Finding:
    """Return a finding that breaks the contract."""
    return Finding(failed=True, text=text)


def doubtful(text: str) -> Finding:
    """Return a finding that may be meant, but is seldom good."""
    return Finding(failed=False, text=text)
