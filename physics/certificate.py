"""The proof that a motion kept the laws: every check with what was measured and what is allowed."""

from physics.certifying.balance import balance_of
from physics.certifying.cause import check_causes
from physics.certifying.check import LAWS, Certificate, Check, Law
from physics.certifying.collisions import check_momentum
from physics.certifying.continuity import check_continuity
from physics.certifying.energy import check_energy
from physics.certifying.falling import check_falling, flights
from physics.certifying.joints import check_joints
from physics.certifying.overlap import check_overlap
from physics.certifying.permanence import check_bounds, check_permanence
from physics.certifying.resting import check_resting, check_touches
from physics.deforming.covering import rigid_part
from physics.observe.view import View
from physics.trajectory import Trajectory
from scene_builder.model.stage import Stage

__all__ = ["LAWS", "Certificate", "Check", "Law", "certify", "flights"]


def certify(stage: Stage, trajectory: Trajectory) -> Certificate:
    """Check a motion against the laws that it should keep.

    Nothing but the records is looked at, and no simulator is believed: overlaps are measured
    anew, velocities are held against positions, and changes of velocity against touches.
    """
    stage, trajectory, rows = rigid_part(stage, trajectory)
    view = View(stage, trajectory)
    balance = balance_of(view)
    return Certificate(
        checks=(
            *check_falling(view),
            *check_energy(view),
            *check_causes(view, balance),
            *check_momentum(view, balance),
            *check_overlap(view),
            *check_resting(view),
            *check_touches(view),
            *check_continuity(view, balance),
            *check_permanence(view),
            *check_bounds(view),
            *check_joints(view),
            *rows,
        )
    )
