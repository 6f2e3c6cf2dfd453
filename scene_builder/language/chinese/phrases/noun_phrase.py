"""Noun phrases as far as they are no clause: number, measure word, qualities, head."""

from scene_builder.knowledge.words.quantities import PLURAL_COUNT
from scene_builder.language.chinese.phrases.nominal import Chunk, Nominal
from scene_builder.language.chinese.segmentation.tokens import Token
from scene_builder.model.errors import PromptError
from scene_builder.model.graph import MAX_BODIES

_HEADS = ("noun", "group_noun", "ground", "wall", "place", "sky", "nobody", "frame", "pronoun",
          "fluid")  # fmt: skip
_QUALITIES = ("color", "material", "size", "plain")
_SPLIT_ONE = frozenset({"一头", "一端", "一角", "一侧", "一边"})
_PAIRS = frozenset({"双", "对"})
_DIMENSIONS = frozenset({"高", "长", "重", "宽", "大", "厚", "粗", "深", "远"})


def nominal_at(
    tokens: list[Token], k: int, into: Nominal | None = None
) -> tuple[Nominal, int] | None:  # fmt: skip
    """Return the noun phrase at token `k` and the token after it.

    Without a head it is returned all the same if it counts something (`其中两个`), its `head` being
    empty: a relative clause and the head may follow. None where no noun phrase begins.

    Raises:
        PromptError: If it counts none, or more than a scene may hold.
    """
    start = k
    found = into or Nominal(Chunk(start=tokens[k].start, end=tokens[k].end))
    while k < len(tokens):
        step = _number(tokens, k, found) or _part(tokens, k, found) or _quality(tokens, k, found)
        if not step:
            break
        k += step
    head = _head(tokens, k, found)
    if head:
        k += head
        return _after_head(tokens, k, found)
    if k == start or not (
        found.measured or found.part or found.chunk.color or found.chunk.material
    ):
        return None
    found.chunk.end = tokens[k - 1].end
    return found, k


def _number(tokens: list[Token], k: int, found: Nominal) -> int:
    """Read `这`, `三个`, `一排`, `至少两只` at token `k`; return how many tokens they take."""
    token = tokens[k]
    if token.has("this") and _follows(tokens, k + 1, "number", "measure", *_HEADS, *_QUALITIES):
        found.chunk.definite = True
        return 1 + _measure(tokens, k + 1, found)
    if token.has("compare") and _follows(tokens, k + 1, "number", "vague"):
        found.compare = token.senses["compare"]
        return 1
    if token.text in _SPLIT_ONE and _follows(tokens, k + 1, "noun", *_QUALITIES):
        _set_count(found, 1, token)
        return 1
    if token.has("multitude") and not _follows(tokens, k + 1, "mark"):
        raise _too_many(token.text)
    if token.has("number") and not (token.has("verb") and not token.has("measure")):
        return _counted(tokens, k, found)
    if token.has("vague") and _follows(tokens, k + 1, "measure", "noun", *_QUALITIES, "of"):
        _set_count(found, token.senses["vague"], token)
        return 1 + _measure(tokens, k + 1, found)
    return 0


def _counted(tokens: list[Token], k: int, found: Nominal) -> int:
    token = tokens[k]
    measured = _follows(tokens, k + 1, "measure")
    if not measured and not _follows(tokens, k + 1, "noun", "color", "material", "size"):
        return 0
    number = token.senses["number"]
    if number < 1 or number > MAX_BODIES or number != int(number):
        raise _too_many(token.text)
    before = found.chunk.group
    pairs = measured and tokens[k + 1].text in _PAIRS
    _set_count(found, int(number) * (2 if pairs else 1), token)
    step = 1 + (_measure(tokens, k + 1, found) if measured else 0)
    if found.chunk.group and not before and number == 1:  # `一排`: a row of how many?
        found.chunk.count = found.chunk.counted = None
    if before:
        found.chunk.group = before
    return step


def _set_count(found: Nominal, number: int, token: Token) -> None:
    found.chunk.count, found.chunk.counted = number, (token.start, token.end)
    found.chunk.several = number > 1
    found.chunk.definite = found.part == "front"
    found.measured = True


def _measure(tokens: list[Token], k: int, found: Nominal) -> int:
    """Read a measure word at token `k`, if there is one and it measures."""
    if k >= len(tokens) or not tokens[k].has("measure"):
        return 0
    token = tokens[k]
    found.measured = True
    if token.has("holds"):
        if not _contents_follow(tokens, k + 1):
            return 0  # `三杯`: the cups themselves
        return 0
    if token.has("group"):
        found.chunk.group = token.senses["group"]
        found.chunk.grouped = (token.start, token.end)
        found.chunk.several = True
        found.chunk.count = found.chunk.count if (found.chunk.count or 1) > 1 else None
    return 1


def _contents_follow(tokens: list[Token], k: int) -> bool:
    return _follows(tokens, k, "noun", "fluid", "color")


def _part(tokens: list[Token], k: int, found: Nominal) -> int:
    """Read `其中`, `第一`, `最上面的那`, `另一` at token `k`."""
    token = tokens[k]
    if token.has("all") and _follows(tokens, k + 1, "noun", "of", "number", "this", *_QUALITIES):
        found.chunk.all_of = found.chunk.definite = True
        return 2 if _follows(tokens, k + 1, "of") else 1
    kind = token.senses.get("part")
    if kind is None or found.part:
        return 0
    counts = _follows(tokens, k + 1, "number", "vague", "compare", "this")
    of = _follows(tokens, k + 1, "of")
    if kind in {"ordinal", "front"}:
        if not _follows(tokens, k + 1, "number") or not _follows(tokens, k + 2, "measure"):
            return 0
        found.part = kind
        if kind == "front":
            return 1
        found.measured = True
        found.chunk.count = None
        found.value = str(int(tokens[k + 1].senses["number"]))
        return 3
    if kind == "last" and token.text == "最后" and not counts:
        return 0
    if not (counts or of or kind in {"some", "rest"}):
        return 0
    found.part, found.measured = kind, True
    return 2 if of else 1


def _quality(tokens: list[Token], k: int, found: Nominal) -> int:
    """Read one adjective at token `k`, with `的` after it."""
    token, chunk = tokens[k], found.chunk
    if token.has("quantity"):
        return _quantity(tokens, k, found)
    told = token.has("color", "material") and _ends(tokens, k + 1)
    if not token.has(*_QUALITIES) or not (told or _goes_on(tokens, k + 1)):
        return 0
    if token.has("noun") and not token.has("material", "color"):
        return 0
    if token.has("color") and chunk.color is None:
        chunk.color = (token.senses["color"], token.start, token.end)
    elif token.has("material") and chunk.material is None:
        chunk.material = (token.senses["material"], token.start, token.end)
    elif token.has("size") and chunk.size is None:
        chunk.size = (token.senses["size"], token.start, token.end)
    return 2 if _follows(tokens, k + 1, "of") else 1


def _quantity(tokens: list[Token], k: int, found: Nominal) -> int:
    kind, value = tokens[k].senses["quantity"]
    after = k + 1
    if after < len(tokens) and tokens[after].text in _DIMENSIONS:
        after += 1
    if kind not in {"size", "mass_kg"} or not _follows(tokens, after, "of", "noun", *_QUALITIES):
        return 0
    after += _follows(tokens, after, "of")
    if not _goes_on(tokens, after - 1) or _follows(tokens, after, "sky", "height"):
        return 0
    found.quantities.append((kind, value, tokens[k].start, tokens[k].end))
    return after - k


def _goes_on(tokens: list[Token], k: int) -> bool:
    """Whether a noun phrase goes on at token `k` (perhaps after `的`)."""
    if _follows(tokens, k, "of"):
        k += 1
    return _follows(tokens, k, "noun", "group_noun", "number", "quantity", "unknown", "fluid",
                    "wall", *_QUALITIES) or (
        _follows(tokens, k, "ground", "place", "this"))  # fmt: skip


def _ends(tokens: list[Token], k: int) -> bool:
    """Whether the clause ends at token `k` after a `的`, as in `桌子是木头的`."""
    ends = k + 1 >= len(tokens) or tokens[k + 1].has("mark")
    return _follows(tokens, k, "of") and ends


def _head(tokens: list[Token], k: int, found: Nominal) -> int:
    """Read the head at token `k`, with the nouns before it that only describe it."""
    first, unknown = k, ""
    while k < len(tokens) and tokens[k].has("unknown"):
        unknown, k = tokens[k].text, k + 1
    while k < len(tokens) and _follows(tokens, k + 1, "noun") and (
        tokens[k].has("noun", "place", "fluid")
    ):  # fmt: skip
        if not _describes(tokens, k, found):
            break
        k += 1
    if k < len(tokens) and tokens[k].has(*_HEADS) and not (
        tokens[k].has("verb") and not tokens[k].has("noun")
    ):  # fmt: skip
        _set_head(tokens[k], found)
        k += 1
    elif not unknown:
        return 0
    if unknown:
        found.unknown.append(unknown)
        found.head = found.head or ""
    found.chunk.end = tokens[k - 1].end
    return k - first


def _describes(tokens: list[Token], k: int, found: Nominal) -> bool:
    """Whether the noun at `k` only describes the noun after it, as in `厨房桌子`."""
    token, chunk = tokens[k], found.chunk
    if token.has("holds") and found.measured and chunk.counted:
        held = nominal_at(tokens, k + 1)
        _set_head(token, found)
        if held is not None and held[0].head:
            found.held = held[0]
        return False
    if token.has("place"):
        found.value = token.senses["place"]
    elif token.has("material") and chunk.material is None:
        chunk.material = (token.senses["material"], token.start, token.end)
    return True


def _set_head(token: Token, found: Nominal) -> None:
    found.head, found.span = token.text, (token.start, token.end)
    senses, chunk = token.senses, found.chunk
    for kind in ("pronoun", "ground", "wall", "place", "sky", "nobody", "frame"):
        if kind in senses and "noun" not in senses:
            _set_fixed(kind, senses[kind], found)
            return
    if "group_noun" in senses and "noun" not in senses:
        chunk.noun = "tower" if senses["group_noun"] == "stacked" else "row"
    elif "noun" in senses:
        chunk.noun, material = senses["noun"]
        if material and chunk.material is None:
            chunk.material = (material, token.start, token.end)
    else:
        found.fluid, found.head = token.text, ""
        found.fixed = "nobody"
    if chunk.group and chunk.count is None:
        chunk.count = PLURAL_COUNT


def _set_fixed(kind: str, value: str, found: Nominal) -> None:
    if kind == "pronoun":
        found.pronoun = value
    elif kind == "wall":
        found.fixed = "ceiling" if value == "ceiling" else "wall"
    else:
        found.fixed = kind  # type: ignore[assignment]
        found.value = value if kind in {"ground", "place"} else ""


def _after_head(tokens: list[Token], k: int, found: Nominal) -> tuple[Nominal, int]:
    """Read `苹果两个` and a fluid that a container holds."""
    if found.chunk.counted is None and _follows(tokens, k, "number") and (
        _follows(tokens, k + 1, "measure")
        and not _follows(tokens, k + 2, "noun", "verb", "of", "color", "material", "size")
    ):  # fmt: skip
        _set_count(found, int(tokens[k].senses["number"]) or 1, tokens[k])
        k += 2
    if _follows(tokens, k, "partnoun") and not tokens[k].has("loc", "verb", "complement"):
        k += 1  # `杯口` is the cup
    if _follows(tokens, k, "fluid") and tokens[k - 1].has("holds") and found.measured:
        found.fluid, k = tokens[k].text, k + 1
    if found.held is not None:
        inner = nominal_at(tokens, k)
        k = inner[1] if inner is not None else k
    return found, k


def _follows(tokens: list[Token], k: int, *kinds: str) -> bool:
    return k < len(tokens) and tokens[k].has(*kinds)


def _too_many(word: str) -> PromptError:
    return PromptError(
        f"the prompt counts {word!r} things; a scene holds 1 to {MAX_BODIES}: "
        "give a number in between"
    )
