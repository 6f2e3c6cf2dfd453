"""What stands before `的` becomes part of the noun phrase after it (shift and reduce)."""

from scene_builder.knowledge.words.chinese.verbs import GOALS
from scene_builder.language.chinese.phrases.item import Item, joined, placed
from scene_builder.language.chinese.phrases.nominal import Nominal
from scene_builder.language.chinese.phrases.noun_phrase import nominal_at
from scene_builder.language.chinese.segmentation.tokens import Token

_FULL_STOPS = frozenset(".;:!?。;")
_PART_OF = {"left_of": "first", "right_of": "last", "between": "middle", "inside": "middle",
            "on": "top", "above": "top", "behind": "last"}  # fmt: skip
_ADVERBS = frozenset({"not", "nearly", "direction", "speed", "height", "all", "then", "mutual"})


def reduced(tokens: list[Token], k: int, items: list[Item]) -> int:
    """Reduce at the `的` of token `k`; return the next token to read."""
    start = _clause_start(items)
    if start == len(items) or k + 1 >= len(tokens):
        return k + 1
    if items[-1].kind == "np" and tokens[k + 1].has("loc"):
        return placed(tokens, k, items)
    if items[-1].kind == "place" and items[-1].np is None:
        part = _sided_part(tokens, k, items)
        if part is not None:
            return part
    quant = _open_quant(items, start)
    head = nominal_at(tokens, k + 1)
    if head is None or head[0].empty:
        return k + 1
    if quant is not None:
        into = items[quant].np
        head = nominal_at(tokens, k + 1, into)
        assert head is not None
    np, after = head
    if _is_group(items, np):
        return _grouped(tokens, after, items)
    begin = _clause_begin(items, start, quant, tokens, after)
    if begin is None:
        return _possessed(tokens, after, items, np)
    body = items[begin:]
    first = body[0].start if body else tokens[k].start
    del items[begin if quant is None else quant :]
    _attach(np, body)
    np.chunk.start = min(np.chunk.start, first)
    items.append(Item(kind="np", text=np.head, start=first, end=tokens[after - 1].end, np=np))
    return joined(tokens, after, items)


def _sided_part(tokens: list[Token], k: int, items: list[Item]) -> int | None:
    """`中间的那个`: which one of several, told by where it stands."""
    found = nominal_at(tokens, k + 1)
    if found is None or not found[0].empty or not found[0].measured:
        return None
    np, after = found
    place = items.pop()
    np.part = _PART_OF.get(str(place.predicate), "first")
    items.append(Item(kind="quant", text=place.text, start=place.start,
                      end=tokens[after - 1].end, np=np))  # fmt: skip
    return after


def _open_quant(items: list[Item], start: int) -> int | None:
    """Return the index of a number that still waits for its head (`一个` … `的球`)."""
    for i in range(len(items) - 1, start - 1, -1):
        np = items[i].np
        if items[i].kind == "quant" and np is not None:
            after_become = i > start and items[i - 1].turns[-1:] == ["become"]
            if not np.part and np.compare is None and not after_become:
                return i
    return None


def _clause_start(items: list[Item]) -> int:
    for i in range(len(items) - 1, -1, -1):
        if items[i].kind == "mark":
            return i + 1
    return 0


def _clause_begin(
    items: list[Item], start: int, quant: int | None, tokens: list[Token], after: int
) -> int | None:
    """Return where the relative clause begins, or None where there is only an owner."""
    if quant is not None:
        return quant + 1
    last = len(items) - 1
    top = items[last]
    acts = after < len(tokens) and tokens[after].has("verb", "prep", "not", "speed", "all")
    first_verb = next((i for i in range(start, last + 1) if items[i].kind == "verb"), None)
    if acts and first_verb == start and top.kind in {"place", "np"}:
        return start
    if top.kind == "place":
        return _place_begin(items, start, tokens, after)
    if top.kind == "verb":
        return _verb_begin(items, last, start)
    if top.kind == "quant" and last > start and items[last - 1].kind == "verb":
        return _verb_begin(items, last - 1, start)
    if top.kind == "np":
        verb = last - 1
        led = verb >= start and bool(GOALS & {*items[verb].turns[-1:]})
        if led and after < len(tokens) and tokens[after].has("loc"):
            return None  # `漂浮在太空站的厨房里`
        done = verb >= start and "done" in items[verb].turns
        if verb >= start and not done and items[verb].kind == "verb" and (
            _opens(items, verb, start)
        ):  # fmt: skip
            return _verb_begin(items, verb, start)
    return None


def _place_begin(items: list[Item], start: int, tokens: list[Token], after: int) -> int:
    """`放在桌上的碗`: is it the bowl that stands on the table, or into the bowl there?"""
    last = len(items) - 1
    before = items[last - 1] if last > start else None
    if before is None:
        return last
    if before.kind == "verb" and _takes_place(before) and _opens(items, last - 1, start):
        return _verb_begin(items, last - 1, start)
    localized = after < len(tokens) and tokens[after].has("loc")
    alone = before.kind == "prep" and before.value == "at" and not localized
    if alone and _opens(items, last - 1, start):
        return last - 1
    return last


def _takes_place(verb: Item) -> bool:
    """Whether the place after a verb is its own: not after `打翻了`."""
    turns = [turn for turn in verb.turns if turn != "lasting"]
    return bool(GOALS & {*turns[-1:]}) or (verb.root is not None and verb.root.kind == "place")


def _opens(items: list[Item], at: int, start: int) -> bool:
    """Whether a relative clause may begin at item `at`: nothing before it could be its subject."""
    before = at - 1
    while before >= start and items[before].kind in _ADVERBS:
        before -= 1
    if before < start:
        return start == 0 or items[start - 1].text in _FULL_STOPS
    return items[before].kind in {"verb", "prep", "join", "move", "camera", "shot"}


def _verb_begin(items: list[Item], verb: int, start: int) -> int:
    """Go back from a verb over its adverbs, places and their prepositions, and its agent."""
    begin = verb
    while begin > start:
        item = items[begin - 1]
        if item.kind in _ADVERBS:
            begin -= 1
        elif item.kind in {"np", "place"}:
            led = begin - 2 >= start and items[begin - 2].kind == "prep"
            if led:
                begin -= 2
            elif item.kind == "np" and begin - 1 == start:
                return begin - 1
            else:
                break
        elif item.kind == "prep" and item.value == "bei":
            begin -= 1
        else:
            break
    return begin


def _is_group(items: list[Item], np: Nominal) -> bool:
    """Whether `六个杯子堆成的金字塔`: the head only says how the things stand."""
    if items[-1].kind != "verb" or items[-1].turns[-1:] != ["become"]:
        return False
    return np.chunk.noun in {"tower", "row", "pyramid", "wall panel"}


def _grouped(tokens: list[Token], after: int, items: list[Item]) -> int:
    verb = items.pop()
    np = items[-1].np if items else None
    if np is not None and not np.chunk.group:
        np.chunk.group = "in_row" if str(verb.value).startswith("排") else "stacked"
        np.chunk.grouped = (verb.start, verb.end)
    return joined(tokens, after, items) if items and items[-1].kind == "np" else after


def _possessed(tokens: list[Token], after: int, items: list[Item], np: Nominal) -> int:
    """`男孩的球`: the owner is no part of the scene unless something else says so."""
    owner = items.pop()
    if owner.kind == "np" and owner.np is not None and owner.np.chunk.color and not owner.np.head:
        np.chunk.color = owner.np.chunk.color
    if owner.np is not None and owner.np.fixed == "place" and not owner.np.unknown:
        np.value = owner.np.value
    items.append(Item(kind="np", text=np.head, start=np.span[0], end=tokens[after - 1].end, np=np))
    return joined(tokens, after, items)


def _attach(np: Nominal, body: list[Item]) -> None:
    if len(body) == 1 and body[0].kind == "place":
        np.places.append(body[0])
    elif len(body) == 2 and body[0].kind == "prep" and body[1].kind == "place":  # noqa: PLR2004
        np.places.append(body[1])
    elif body:
        np.clauses.append(body)
