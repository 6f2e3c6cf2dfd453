"""Shapes that stand in for what has no builder of its own: right in size, plain in form."""
