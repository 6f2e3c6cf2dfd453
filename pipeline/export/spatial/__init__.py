"""Spatial video: films for two eyes."""
