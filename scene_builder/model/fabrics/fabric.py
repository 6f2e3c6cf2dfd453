"""What a cloth is made of, as a record."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Fabric:
    """How one body of the stage bends and stretches instead of being rigid.

    The body's mesh is an open sheet at any state, flat or draped; its texture coordinates, times
    `size_m`, are the piece of cloth lying flat, as a tailor's pattern is. So a stage that begins
    with a draped cloth still knows how long its threads are.

    Attributes:
        body: Body id.
        size_m: Width and height of the flat piece [m].
        areal_density: [kg/m²].
        stretch_stiffness: Along the threads, force per width and strain [N/m].
        shear_stiffness: Across them [N/m]: much less, which is why cloth falls in folds.
        bending_stiffness: Moment per width and curvature [N·m].
        thickness_m: How far its middle stays away from what it touches [m].
        pins: Vertices that stay where they are at frame 0.
    """

    body: str
    size_m: tuple[float, float]
    areal_density: float = 0.2
    stretch_stiffness: float = 4000.0
    shear_stiffness: float = 60.0
    bending_stiffness: float = 3e-5
    thickness_m: float = 0.005
    pins: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        sizes = (
            *self.size_m, self.areal_density, self.stretch_stiffness, self.shear_stiffness,
            self.bending_stiffness, self.thickness_m,
        )  # fmt: skip
        if not all(value > 0 for value in sizes):
            raise ValueError(f"{self.body}: a fabric's sizes and stiffnesses are above 0: {sizes}")
