"""Devices, small tools and things of cloth that people use at home."""
