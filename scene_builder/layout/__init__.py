"""Relations and sizes become a collision-free arrangement at rest."""
