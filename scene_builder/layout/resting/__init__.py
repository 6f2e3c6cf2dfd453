"""How things come to rest: on a floor, on each other, in their like."""
