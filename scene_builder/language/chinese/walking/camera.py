"""What a prompt says about the camera."""

from scene_builder.knowledge.words.chinese.scenery import SIDED_MOVES
from scene_builder.language.chinese.phrases.item import Item
from scene_builder.language.chinese.walking.state import Spot, Walk

_SECOND_CUE_SECS = 2.0


def film_word(walk: Walk, item: Item, rest: list[Item]) -> None:
    """Take up a word about the camera: `镜头`, `推近`, `特写`, a direction beside them."""
    walk.clause.camera = True
    along = item.kind == "move" and item.value == "track" and rest
    if along and rest[0].kind in {"move", "direction"}:
        return  # `跟着向左平移`: it goes along with what happened
    if item.kind == "direction":
        _sided(walk, str(item.value))
        return
    if item.kind not in {"shot", "angle", "move"}:
        return
    cues = walk.facts.camera
    if not cues:
        cues.append({})
    elif cues[-1].get(item.kind) not in {None, item.value}:
        if item.kind != "move":
            return
        cues.append({"start_secs": _SECOND_CUE_SECS * len(cues)})
    cues[-1][item.kind] = item.value
    walk.facts.spans.append((f"camera.{len(cues) - 1}.{item.kind}", item.start, item.end))
    if item.kind == "move" and walk.cue.get("side"):
        _sided(walk, walk.cue.pop("side"))
    elif item.kind == "move" and "direction" in walk.clause.adverbs:
        _sided(walk, str(walk.clause.adverbs.pop("direction")[0]))


def targeted(walk: Walk, spot: Spot) -> None:
    """Take up what the camera looks at or follows."""
    cues = walk.facts.camera
    if cues and spot.things and spot.things[0].solid and "target" not in cues[-1]:
        cues[-1]["target"] = spot.things[0].ref
        walk.facts.spans.append((f"camera.{len(cues) - 1}.target", *spot.where))


def _sided(walk: Walk, direction: str) -> None:
    cues = walk.facts.camera
    move = cues[-1].get("move") if cues else None
    if move is None:
        walk.cue["side"] = direction
        return
    cues[-1]["move"] = SIDED_MOVES.get((move, direction), move)
