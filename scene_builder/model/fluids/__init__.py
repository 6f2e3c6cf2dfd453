"""Air and water: what surrounds bodies, and which of them feel it."""
