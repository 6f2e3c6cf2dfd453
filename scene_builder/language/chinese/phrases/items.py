"""A prompt as a row of items: noun phrases, places, verbs with complements, and small words."""

from scene_builder.knowledge.words.chinese.scenery import CAMERA_ONLY
from scene_builder.language.chinese.phrases.item import Item, Kind, joined
from scene_builder.language.chinese.phrases.noun_phrase import nominal_at
from scene_builder.language.chinese.phrases.reduction import reduced
from scene_builder.language.chinese.segmentation.tokens import Token

_WORDS = ("not", "nearly", "direction", "then", "mutual", "all", "speed")
_BEFORE_LENS = frozenset(
    {"面对", "面向", "面朝", "朝向", "正对", "对着", "离", "离开", "出", "看着"}
)
"""Words after which the lens is something to face or to leave."""
_FILM = frozenset({"camera", "shot", "angle", "move"})
_MOVING = frozenset({"motion", "handle", "contact"})
_FALLEN_TAIL = "落"


def items_of(tokens: list[Token]) -> list[Item]:
    """Return the items of a segmented prompt, in order, relative clauses put into their heads."""
    items: list[Item] = []
    k, in_camera = 0, False
    while k < len(tokens):
        token = tokens[k]
        if token.has("mark"):
            in_camera = False
        if token.has("of"):
            k = reduced(tokens, k, items)
            continue
        found = _item_at(tokens, k, in_camera=in_camera)
        if found is None:
            k += 1
            continue
        item, k = found
        led = bool(items) and items[-1].kind == "prep"
        in_camera = item.kind in _FILM or (in_camera and (led or item.kind not in {"np", "place"}))
        items.append(item)
        if item.kind == "np":
            k = joined(tokens, k, items)
    return items


def _item_at(tokens: list[Token], k: int, *, in_camera: bool) -> tuple[Item, int] | None:
    token = tokens[k]
    if token.has("mark"):
        return _plain("mark", token, token.text), k + 1
    for find in (_film_words, _heights):
        found = find(tokens, k, in_camera)
        if found is not None:
            return found
    if _is_verb(tokens, k):
        return _verb(tokens, k)
    if token.has("prep") and not _is_nominal(tokens, k):
        return _plain("prep", token, token.senses["prep"]), k + 1
    for kind in _WORDS:
        if token.has(kind) and not _is_nominal(tokens, k):
            return _plain(kind, token, token.senses[kind]), k + 1  # type: ignore[arg-type]
    nominal = nominal_at(tokens, k)
    if nominal is not None:
        np, after = nominal
        item_kind: Kind = "quant" if np.empty and not np.unknown else "np"
        text = np.head or token.text
        item = Item(kind=item_kind, text=text, start=token.start, end=tokens[after - 1].end, np=np)
        return item, after
    return _leftover(token, k)


def _leftover(token: Token, k: int) -> tuple[Item, int] | None:
    if token.has("loc") and len(token.text) > 1:
        item = _plain("place", token, "")
        item.predicate = token.senses["loc"]
        return item, k + 1
    if token.has("join"):
        return _plain("join", token, token.text), k + 1
    if token.has("unknown"):
        return _plain("unknown", token, token.text), k + 1
    return None


def _plain(kind: Kind, token: Token, value: "str | float") -> Item:
    return Item(kind=kind, text=token.text, start=token.start, end=token.end, value=value)


def _film_words(tokens: list[Token], k: int, in_camera: bool) -> tuple[Item, int] | None:
    token = tokens[k]
    if token.text == "镜头" and k > 0 and tokens[k - 1].text in _BEFORE_LENS:
        return None
    if token.has("freemove"):
        item = _plain("move", token, token.senses["freemove"])
        return item, k + 1
    lens = token.text == "相机" and any(t.has("move") for t in _clause(tokens, k + 1)[:3])
    if token.has("camera") or lens:
        return _plain("camera", token, ""), k + 1
    for kind in ("shot", "angle"):
        if token.has(kind):
            return _plain(kind, token, token.senses[kind]), k + 1
    alone = token.text in CAMERA_ONLY and not _named_before(tokens, k)
    if (in_camera or alone) and token.has("move"):
        after = k + 1
        while after < len(tokens) and tokens[after].has("complement"):
            after += 1
        return _plain("move", token, token.senses["move"]), after
    return None


def _named_before(tokens: list[Token], k: int) -> bool:
    """Whether anything is named before token `k` in its clause."""
    while k > 0 and not tokens[k - 1].has("mark"):
        k -= 1
        if tokens[k].has("noun", "pronoun", "number"):
            return True
    return False


def _heights(tokens: list[Token], k: int, in_camera: bool) -> tuple[Item, int] | None:
    token = tokens[k]
    if not token.has("quantity"):
        return None
    kind, value = token.senses["quantity"]
    if kind == "speed":
        return _plain("speed", token, value), k + 1
    after = k + 1
    if kind == "seconds":
        later = after < len(tokens) and tokens[after].text in {"后", "之后", "以后"}
        return (_plain("start", token, value), after + 1) if later else None
    high = after < len(tokens) and tokens[after].text == "高"
    after += high
    if after + 1 < len(tokens) and tokens[after].has("of") and tokens[after + 1].has("height"):
        after += 1
    named = after < len(tokens) and tokens[after].has("height")
    then_verb = high and after < len(tokens) and tokens[after].has("verb")
    if kind == "size" and (named or then_verb):
        return _plain("height", token, value), after + named
    return None


def _is_verb(tokens: list[Token], k: int) -> bool:
    token = tokens[k]
    if not token.has("verb"):
        return False
    if token.has("prep"):
        rest = _clause(tokens, k + 1)
        return not any(t.has("verb") and t.senses["verb"].kind in _MOVING for t in rest)
    if token.has("noun"):
        return nominal_at(tokens, k) is None
    return True


def _is_nominal(tokens: list[Token], k: int) -> bool:
    """Whether a small word belongs to a noun phrase: `所有的杯子`, `最后一个`."""
    token = tokens[k]
    if not token.has("all", "part", "then", "compare", "number"):
        return False
    nominal = nominal_at(tokens, k)
    return nominal is not None and nominal[1] > k + 1


def _clause(tokens: list[Token], k: int) -> list[Token]:
    end = k
    while end < len(tokens) and not tokens[end].has("mark"):
        end += 1
    return tokens[k:end]


def _verb(tokens: list[Token], k: int) -> tuple[Item, int]:
    token, after = tokens[k], k + 1
    turns = ["down"] if token.text.endswith(_FALLEN_TAIL) else []
    bare = token.senses["verb"].kind in {"be", "exist"}
    while after < len(tokens) and tokens[after].has("complement") and not bare:
        if tokens[after].has("prep") and tokens[after].text in {"往", "向", "朝"} and (
            after + 1 < len(tokens) and tokens[after + 1].has("loc")
        ):  # fmt: skip
            break
        turns.append(tokens[after].senses["complement"])
        after += 1
    text = "".join(t.text for t in tokens[k:after])
    item = Item(
        kind="verb", text=text, start=token.start, end=tokens[after - 1].end,
        root=token.senses["verb"], turns=turns, value=token.text,
    )  # fmt: skip
    return item, after
