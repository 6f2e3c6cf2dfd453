"""What a soft body is made of, as a record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Softness:
    """How one body of the stage gives way instead of being rigid: a lump of elastic stuff.

    The body's mesh is its form without any load; its mass fills that evenly.

    Attributes:
        body: Body id.
        youngs_modulus: [Pa].
        poisson_ratio: How much it widens when it is pressed, below 0.5.
        loss: Loss factor of its slowest vibration: 0 rings for ever.
    """

    body: str
    youngs_modulus: float
    poisson_ratio: float = 0.4
    loss: float = 0.15

    def __post_init__(self) -> None:
        if not self.youngs_modulus > 0 or not 0 <= self.poisson_ratio < 0.5 or self.loss < 0:  # noqa: PLR2004
            raise ValueError(
                f"{self.body}: a soft body has a modulus above 0, Poisson's ratio in [0, 0.5) and "
                f"no negative loss: {self.youngs_modulus}, {self.poisson_ratio}, {self.loss}"
            )
