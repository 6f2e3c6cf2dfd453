"""What is measured of bodies' solids."""
