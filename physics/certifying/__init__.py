"""Laws of motion, one module for each: what was measured of a motion, and what is allowed."""
