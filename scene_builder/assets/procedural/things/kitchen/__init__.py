"""Vessels, tableware, cookware and food."""
