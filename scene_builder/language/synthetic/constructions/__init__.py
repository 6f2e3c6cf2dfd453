"""Sentence constructions: whole families of ways to say an arrangement or a course of events."""
