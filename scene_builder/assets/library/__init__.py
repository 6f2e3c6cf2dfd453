"""Installed libraries of real models: what they hold, and how it becomes an asset."""
