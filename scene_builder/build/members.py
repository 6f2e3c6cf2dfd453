"""One individual: what the words say about it, its shape, and how layout sees it."""

from dataclasses import dataclass

from scene_builder.assets.source import Asset
from scene_builder.layout.items import Item
from scene_builder.model.graph import Entity

ON_SIDE_TAG = "on_side"
"""Tag of an asset that has to be laid on its side in order to roll."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Member:
    """One individual with its shape.

    Attributes:
        id: Body id.
        entity: What the words say about it; None for what they do not name.
        asset: Its shape.
        item: The same for layout.
    """

    id: str
    entity: Entity | None
    asset: Asset
    item: Item
