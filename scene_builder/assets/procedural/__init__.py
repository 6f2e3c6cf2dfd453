"""Everyday things, made by rule."""
