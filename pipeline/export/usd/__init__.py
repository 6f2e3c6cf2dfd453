"""Shots as USDZ: what a headset opens, puts on a table and plays."""
