"""Phrases as a draft of a scene: who does what, where, to whom."""
