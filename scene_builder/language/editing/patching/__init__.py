"""Patches of scene graphs: made by comparing, undone by nothing, applied whole or not at all."""
