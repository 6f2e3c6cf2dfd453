"""MuJoCo behind the physics seam: the second opinion on every motion."""
