"""Balls, blocks, games, vehicles and figures."""
