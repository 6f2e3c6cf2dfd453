"""What a certificate is made of."""

from dataclasses import dataclass
from typing import Literal, get_args

Law = Literal[
    "free fall", "fallen distance", "energy", "momentum", "cause", "friction cone", "overlap",
    "overlap time", "rest", "support", "hovering", "place of touch", "continuity", "permanence",
    "bounds", "joints", "step halving",
]  # fmt: skip
LAWS: tuple[Law, ...] = get_args(Law)


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One law, checked on one thing.

    Attributes:
        law: Which.
        subject: The body, or "all".
        measured: What came out; 0 where nothing could be measured.
        limit: The most that is allowed.
        unit: Of both: "1" for a relative error, or an SI unit.
        text: A sentence.
        covered: False where the law says nothing about this thing; the text says why.
        frame: Where it was worst, if that is at one frame.
    """

    law: Law
    subject: str
    measured: float
    limit: float
    unit: str
    text: str
    covered: bool = True
    frame: int | None = None

    @property
    def ok(self) -> bool:
        """Whether it is within what is allowed; what is not covered breaks nothing."""
        return not self.covered or bool(self.measured <= self.limit)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """All checks of one motion."""

    checks: tuple[Check, ...]

    @property
    def ok(self) -> bool:
        """Whether every law was kept."""
        return all(check.ok for check in self.checks)

    @property
    def broken(self) -> tuple[Check, ...]:
        """The checks that failed."""
        return tuple(check for check in self.checks if not check.ok)

    def worst(self, law: Law) -> Check | None:
        """Return the check of a law that used up most of what is allowed, among those covered."""
        of_law = [check for check in self.checks if check.law == law and check.covered]
        return max(of_law, key=lambda c: c.measured / c.limit, default=None)


def not_covered(law: Law, subject: str, why: str) -> Check:
    """Return the row that says that a law tells nothing about a thing."""
    return Check(
        law=law, subject=subject, measured=0.0, limit=0.0, unit="1",
        text=f"not covered: {why}", covered=False,
    )  # fmt: skip
