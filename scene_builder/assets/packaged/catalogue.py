"""The frozen catalogue of models that installed Python packages carry."""

import functools
import importlib.resources
import importlib.util
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """A model inside of an installed package.

    Attributes:
        noun: The kind of thing that it is.
        title: What a credit calls it.
        package: The package that carries it.
        files: Every file that it is read from, the OBJ first, with its SHA-256; nothing else is
            opened.
        up: Which axis of the file is up.
        turn_deg: Turn about the vertical that brings its front to −Y, counter-clockwise.
        largest_m: Its largest dimension [m].
        wall_m: Thickness of its wall at that size [m]: it is hollow; 0 for what is solid.
        substance: What it is made of.
        author: Who made it.
        licence: SPDX identifier.
        licence_url: Where the licence can be read.
        stated_in: Where the package says so.
        changes: What is changed about it.
    """

    noun: str
    title: str
    package: str
    files: tuple[tuple[str, str], ...]
    up: Literal["y", "z"]
    turn_deg: float
    largest_m: float
    wall_m: float
    substance: str
    author: str
    licence: str
    licence_url: str
    stated_in: str
    changes: str


_MODELS = TypeAdapter(tuple[Model, ...])


@functools.cache
def models() -> tuple[Model, ...]:
    """Return the catalogue, whether or not the packages are there."""
    text = importlib.resources.files(__package__).joinpath("catalogue.json").read_text("utf-8")
    return _MODELS.validate_python(json.loads(text))


def package_folder(name: str) -> Path | None:
    """Return the folder of an installed package, or None; its code is not run."""
    try:
        spec = importlib.util.find_spec(name)
    except (ImportError, ValueError):
        return None
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else None
