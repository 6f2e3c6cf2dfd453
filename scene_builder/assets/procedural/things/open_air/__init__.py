"""Leaves, sticks and shells, street furniture, bridges, and what travels in the open."""
