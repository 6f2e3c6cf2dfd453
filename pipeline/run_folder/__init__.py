"""A run is a folder: its files, written whole and read with care."""
