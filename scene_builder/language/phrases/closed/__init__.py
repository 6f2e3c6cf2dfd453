"""Closed wordings: camera, place, light, weather and style."""
