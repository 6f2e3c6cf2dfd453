"""Libraries that can be installed, and those that are refused for their licences."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

SWEETHOME3D: Final = "sweethome3d"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A library that worldreel can install.

    Attributes:
        name: What it is called here.
        version: Of the package whose files are pinned.
        package: Debian's name of the package.
        folder: Where the package puts its files.
        suffix: What its archives end in.
        sha256: Of each archive, by file name.
        megabytes: To be downloaded.
        says: What it holds.
        home: Where else its files can be had.
    """

    name: str
    version: str
    package: str
    folder: Path
    suffix: str
    sha256: dict[str, str]
    megabytes: int
    says: str
    home: str


LIBRARIES: Final = {
    SWEETHOME3D: Known(
        name=SWEETHOME3D,
        version="1.8",
        package="sweethome3d-furniture",
        folder=Path("/usr/share/sweethome3d/furniture"),
        suffix=".sh3f",
        sha256={
            "BlendSwap-CC-0.sh3f": (
                "7ef093fe70cedbb160bdb532d86a84580459635e34130c16777f549eba1993dc"
            ),
            "BlendSwap-CC-BY.sh3f": (
                "29ae78937b4d5dbe93db74067817a984fa411f017b007fd666bc40368bdb0c83"
            ),
            "KatorLegaz.sh3f": (
                "f512443b5d3a6903497573095f971f44334b3165ab32182133051fa9487764a6"
            ),
            "Reallusion.sh3f": (
                "dd553207876ccec6372dde7aaea6b2dcf2d631997fcdb8a9856a639e0db9aa9b"
            ),
            "Scopia.sh3f": "b4505451b1e8ab339c101c0afddfef4e1a07b95aa8c821c61ec41487afd43850",
        },
        megabytes=119,
        says="820 models of furniture, things, plants, vehicles and people (CC0, CC-BY 3.0)",
        home="http://www.sweethome3d.com/freeModels.jsp",
    )
}  # fmt: skip

_SHARE_ALIKE = "its models are share-alike (CC-BY-SA or GPL), which would bind your film"
_NON_COMMERCIAL = "its models are for research and other non-commercial use only"

REFUSED: Final = {
    "hytopia": "its licence allows its models inside of the HYTOPIA platform only",
    "libero": "it passes on models whose own licences forbid that (TurboSquid, CC-BY-NC-SA)",
    "partnet": _NON_COMMERCIAL,
    "sapien": _NON_COMMERCIAL,
    "shapenet": _NON_COMMERCIAL,
    "ai2-thor": "the licences of its models do not allow use outside of its simulator",
    "ai2thor": "the licences of its models do not allow use outside of its simulator",
    "igibson": _NON_COMMERCIAL,
    "maniskill": "its own page says of its models: CC-BY-NC 4.0, no commercial use",
    "mani-skill": "its own page says of its models: CC-BY-NC 4.0, no commercial use",
    "genesis": "it holds models of PartNet-Mobility, which are for non-commercial use only",
    "bicycle of pybullet": _SHARE_ALIKE,
    "0ad": _SHARE_ALIKE,
    "supertuxkart": _SHARE_ALIKE,
    "megaglest": _SHARE_ALIKE,
    "lugaru": _SHARE_ALIKE,
    "minetest": _SHARE_ALIKE,
    "flightgear": _SHARE_ALIKE,
    "torcs": _SHARE_ALIKE,
    "trigger-rally": _SHARE_ALIKE,
    "warzone2100": _SHARE_ALIKE,
    "ufoai": _SHARE_ALIKE,
    "streamlit-sweethome3d": "the catalogue that it carries is under the GPL",
    "blender-data": "its generators are under the GPL and written for an older Blender",
}
"""Why a library is not installed, by a part of the names that it goes by."""


def refusal_of(name: str) -> str | None:
    """Return why a library is refused, or None.

    Args:
        name: Whatever the user calls it: a project's or a package's name.
    """
    plain = name.strip().casefold().replace("_", "-").removeprefix("@")
    for part in sorted(REFUSED, key=len, reverse=True):
        if part in plain:
            return REFUSED[part]
    return None
