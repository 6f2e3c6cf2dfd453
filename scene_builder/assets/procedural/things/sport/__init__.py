"""Boards for snow and water, and what baseball is played with."""
