"""Motion: simulators, trajectories, events, the laws that they keep, and the director."""
