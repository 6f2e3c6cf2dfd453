"""What is cloth: it falls in folds, and lies over what is smaller than itself."""

from collections.abc import Mapping

CLOTHS: Mapping[str, float] = {
    "tablecloth": 0.2, "towel": 0.35, "blanket": 0.4, "picnic_blanket": 0.35, "scarf": 0.25,
    "napkin": 0.15, "handkerchief": 0.1, "flag": 0.13,
}  # fmt: skip
"""Noun of the knowledge base → weight of its weave [kg/m²] (Gandhi 2020, Woven Textiles, ch. 8)."""
