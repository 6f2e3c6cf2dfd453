"""How well a reading agrees with what a human reader labelled."""
