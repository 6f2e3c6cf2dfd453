"""What a coil spring looks like as it stretches, as a record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Coil:
    """Which body is seen as a spring: its surface reaches from one end of a joint to the other.

    The body's mesh is a helix about its Z from z = 0, at the joint's child, up to the parent's
    end, as long as the spring is at frame 0. It touches nothing and weighs nothing.

    Attributes:
        body: Body id.
        joint: Id of a joint of kind `spring`.
        turns: How often the wire goes round.
    """

    body: str
    joint: str
    turns: float

    def __post_init__(self) -> None:
        if not self.turns > 0:
            raise ValueError(f"{self.body}: a coil has more turns than 0: {self.turns}")
