"""How Bullet is told to solve."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletOptions:
    """How Bullet solves.

    Attributes:
        iterations: Most solver iterations a step.
        sweeps: Most contact points that a step's iterations may go over: heaps of hundreds, whose
            motion no further iteration makes truer, get fewer of them.
        least_iterations: What a heap gets at least.
        grain_iterations: The same where there are grains: nobody stacks them, and each of their
            thousand contacts costs.
        residual: Square of the velocity change [m²/s²] below which the solver stops.
        contact_erp: Share of an overlap that is mended in a step.
        joint_erp: Share of a joint's error that is mended in a step.
        contact_margin: How near, as a share of its size, something must come to a body before
            a contact is prepared.
        bounce_speed: Approach [m/s] below which nothing bounces.
        length_scale: Bullet lengths in a metre.
    """

    iterations: int = 300
    sweeps: int = 18_000
    least_iterations: int = 40
    grain_iterations: int = 30
    residual: float = 1e-12
    contact_erp: float = 0.5
    joint_erp: float = 0.8
    contact_margin: float = 0.1
    bounce_speed: float = 0.05
    length_scale: float = 10.0

    def iterations_for(self, points: int) -> int:
        """Return how often a step's solver may go over so many contact points."""
        wanted = self.iterations
        while wanted * points > self.sweeps and wanted > self.least_iterations:
            wanted = max(wanted * 2 // 3, self.least_iterations)
        return wanted
