"""All commands: their names, their order, and a real example for each."""

from typing import Annotated, Any, Union

import tyro

from pipeline.command_line.assets import Assets
from pipeline.command_line.editing import Edit
from pipeline.command_line.exporting import Export
from pipeline.command_line.inspecting import Doctor, Parts, Schema
from pipeline.command_line.making import (
    Build,
    Encode,
    Make,
    Plan,
    Render,
    Simulate,
    Storyboard,
    Stylize,
    Verify,
)
from pipeline.command_line.styling.styles import Styles
from pipeline.command_line.whatif import WhatIf

DESCRIPTION = """Write a sentence, get a film whose world is real.

  worldreel make "A red rubber ball rolls off a wooden table and knocks over three blue cups"

Each run is a folder; every command goes on from a run folder or a scene.json."""

COMMANDS: dict[str, tuple[type[Any], str]] = {
    "make": (Make, 'worldreel make "A blue marble rolls into a bowl" --preset draft --seed 7'),
    "plan": (Plan, 'worldreel plan "Two green apples rest in a white bowl" --out runs/apples'),
    "build": (Build, "worldreel build examples/dominoes/scene.json --out runs/dominoes"),
    "simulate": (Simulate, "worldreel simulate runs/dominoes --fps 30"),
    "storyboard": (Storyboard, "worldreel storyboard runs/dominoes"),
    "render": (Render, "worldreel render runs/dominoes --preset standard --renderer cycles"),
    "stylize": (Stylize, "worldreel stylize runs/dominoes --style toon"),
    "encode": (Encode, "worldreel encode runs/dominoes --style toon"),
    "verify": (Verify, "worldreel verify runs/dominoes"),
    "edit": (Edit, 'worldreel edit runs/dominoes "make the marble red and add two dominoes"'),
    "whatif": (WhatIf, "worldreel whatif runs/dominoes --set setting.gravity=moon --renderer flat"),
    "export": (Export, "worldreel export runs/dominoes --to usdz --fit 0.5m"),
    "assets": (Assets, "worldreel assets install sweethome3d"),
    "styles": (Styles, "worldreel styles --sheet styles.png --run runs/dominoes"),
    "doctor": (Doctor, "worldreel doctor"),
    "schema": (Schema, "worldreel schema > scene.schema.json"),
    "parts": (Parts, "worldreel parts"),
}


def command_type(*, examples: bool) -> Any:  # noqa: ANN401 - a union that only tyro reads
    """Return the type that tyro makes the command line from.

    Args:
        examples: Whether each command's help shows an example of its use.
    """
    kinds = [
        Annotated[
            kind,
            tyro.conf.subcommand(
                name,
                description=(kind.__doc__ or "").strip()
                + (f"\n\nExample:\n  {example}" * examples),
                prefix_name=False,
            ),
        ]
        for name, (kind, example) in COMMANDS.items()
    ]
    return Union[tuple(kinds)]  # noqa: UP007 - made from a list
