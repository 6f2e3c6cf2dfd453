"""Where to look from, and how to move: the camera, made after the motion that it films."""

from render.aim.aiming import aim

__all__ = ["aim"]
