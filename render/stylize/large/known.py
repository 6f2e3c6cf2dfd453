"""Which large models there are: nothing heavy is imported to know it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """One way to give a film its look with a large model.

    Attributes:
        pipeline: The class of diffusers that runs it.
        kinds: How the names of those pipelines begin whose folders it can be made of.
        model: The hub id that is taken unless another, or a folder, is given.
        controlnet: The hub id of the ControlNet that is added where the model has none; "" if
            the route needs none.
        steps: Denoising steps.
        guidance: Scale of classifier-free guidance.
        control: Strength of the control pictures.
        window: Frames that are painted together.
        independent: Share of noise that does not ride on surfaces.
        multiple: What width and height of the model's picture are multiples of [px].
        controls: The control pictures that it may be asked with, the usual ones first.
        usual: How many of them it is asked with unless the user says which.
        joins: How many controls it takes; more are not allowed.
    """

    pipeline: str
    kinds: str
    model: str
    controlnet: str = ""
    steps: int
    guidance: float
    control: float
    window: int = 1
    independent: float = 0.0
    multiple: int
    controls: tuple[str, ...] = ("depth", "edges", "normals")
    usual: int = 2
    joins: int = 3


ROUTES: Mapping[str, Route] = MappingProxyType({
    "sdxl": Route(
        pipeline="StableDiffusionXLControlNetUnionImg2ImgPipeline", kinds="StableDiffusionXL",
        model="stabilityai/stable-diffusion-xl-base-1.0",
        controlnet="xinsir/controlnet-union-sdxl-1.0",
        steps=30, guidance=5.0, control=0.8, multiple=32,
    ),
    "wan": Route(
        pipeline="WanVACEPipeline", kinds="WanVACE",
        model="Wan-AI/Wan2.1-VACE-1.3B-diffusers",
        steps=30, guidance=5.0, control=1.0, window=81, independent=0.5, multiple=16,
    ),
    "cosmos": Route(
        pipeline="Cosmos2_5_TransferPipeline", kinds="Cosmos2_5_Transfer",
        model="nvidia/Cosmos-Transfer2.5-2B",
        controlnet="nvidia/Cosmos-Transfer2.5-2B",
        steps=36, guidance=3.0, control=1.0, window=93, independent=0.5, multiple=16,
        controls=("edges", "depth"), usual=1, joins=1,
    ),
})  # fmt: skip
"""Routes by the name of their stylizer; figures are those of the models' own cards, but for
`independent`, which EquiVDM (2025) found base models to need."""


def is_large(name: str) -> bool:
    """Return whether a stylizer's name, with its model behind a colon or not, is a route's."""
    return name.partition(":")[0] in ROUTES


class Branches(NamedTuple):
    """Branches on which a hub id keeps its model and its ControlNet; "" for the usual one."""

    model: str = ""
    controlnet: str = ""


def branches_of(source: str, control: str = "edges") -> Branches:
    """Return the branches of a hub id.

    Args:
        source: The hub id.
        control: Name of the control picture that its ControlNet is asked with.
    """
    if source != ROUTES["cosmos"].model:
        return Branches()
    kind = {"edges": "edge"}.get(control, control)
    return Branches("diffusers/general", f"diffusers/controlnet/general/{kind}")
