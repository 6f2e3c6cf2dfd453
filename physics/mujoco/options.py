"""How MuJoCo is told to solve."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class MujocoOptions:
    """How MuJoCo solves.

    Attributes:
        iterations: Most Newton iterations a solve.
        tolerance: Scaled improvement below which the solver stops.
        contact_erp: Share of an overlap that is mended in a step.
        joint_erp: Share of a joint's error that is mended in a step.
        mending_speed: Overlaps are drawn apart no faster than this [m/s].
        margin_m: Contacts are prepared for what is nearer than this, besides what a step
            can cross [m].
        bounce_speed: Approach [m/s] below which nothing bounces.
        cone_solves: Most solves a step that make friction exact.
        cone_speed: They end when none changes a sliding speed by more than this [m/s].
    """

    iterations: int = 60
    tolerance: float = 1e-10
    contact_erp: float = 0.2
    joint_erp: float = 0.8
    mending_speed: float = 0.2
    margin_m: float = 2e-4
    bounce_speed: float = 0.05
    cone_solves: int = 8
    cone_speed: float = 1e-6
