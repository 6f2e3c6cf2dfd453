"""Noun phrases: which words of a prompt name one thing, and what they say of it."""

from scene_builder.knowledge.words.nouns import NOUNS, SYNONYMS, is_plural, singular
from scene_builder.knowledge.words.qualities import (
    COLOR_OR_MATERIAL,
    COLOR_PHRASES,
    COLOR_WORDS,
    MATERIAL_WORDS,
    PLAIN_ADJECTIVES,
    SIZE_WORD_OF,
    SPEED_WORD_OF,
)
from scene_builder.knowledge.words.quantities import (
    PLURAL_COUNT,
    number_from_word,
)
from scene_builder.knowledge.words.verbs import FORMS
from scene_builder.language.phrases.counting import Chunk, read_group, read_number
from scene_builder.language.phrases.tokens import DETERMINERS, STOPS, Token, tokens_of

_LONGEST = 3
_ADJECTIVES = frozenset(PLAIN_ADJECTIVES) - {"painted"}
_ADVERBS = frozenset({"very", "really", "quite", "rather", "extremely", "bright", "brightly"})


def chunk_at(tokens: list[Token], at: int) -> tuple[Chunk, int] | None:
    """Return the noun phrase that begins at token `at` and the token after it, or None."""
    chunk, k, opened = Chunk(start=tokens[at].start), at, False
    fallback: int | None = None
    while k < len(tokens):
        step = _modifier(tokens, k, chunk, opened=opened)
        if step:
            opened, k = True, k + step
            continue
        length = _noun_length(tokens, k)
        word = tokens[k].text
        verb = length == 1 and word in FORMS and (not opened or fallback is not None)
        if length and not verb:
            if _more_follows(tokens, k + length):
                _note_modifier(tokens[k], chunk)
                k, opened = k + length, True
                continue
            return _with_afterwords(tokens, k + length, _finished(tokens, k, length, chunk))
        if (
            word in STOPS
            or word.endswith("ly")
            or not word[0].isalpha()
            or not opened
            or (word in FORMS and fallback is not None)
        ):
            break
        _note_modifier(tokens[k], chunk)
        fallback, k = k, k + 1
    if fallback is None:
        fallback = _adjective_as_noun(tokens, at, k)
        if fallback is None:
            return None
    chunk.known = False
    return _with_afterwords(tokens, fallback + 1, _finished(tokens, fallback, 1, chunk))


def chunks_of(text: str) -> list[Chunk]:
    """Return all noun phrases of lower-case text, in order."""
    tokens, found, k = tokens_of(text), [], 0
    while k < len(tokens):
        result = chunk_at(tokens, k)
        if result is None:
            k += 1
            continue
        chunk, k = result
        found.append(chunk)
    return found


def _modifier(tokens: list[Token], k: int, chunk: Chunk, *, opened: bool) -> int:
    """Read one determiner, number, group word or adjective; return how many tokens it takes."""
    word = tokens[k].text
    number = read_number(tokens, k, chunk)
    if number:
        return number
    if word in DETERMINERS:
        if word == "that" and not (opened or _noun_length(tokens, k + 1)):
            return 0
        chunk.definite |= word in {"the", "this", "that", "these", "those", "its", "their", "both"}
        chunk.all_of |= word in {"all", "every", "each", "both"}
        if word in {"a", "an", "another"}:
            chunk.count = 1
        if word == "both":
            chunk.count, chunk.counted = 2, (tokens[k].start, tokens[k].end)
        return 1
    group = read_group(tokens, k, chunk)
    if group:
        return group
    return _adjective(tokens, k, chunk, opened=opened)


def _adjective(tokens: list[Token], k: int, chunk: Chunk, *, opened: bool) -> int:
    word, token = tokens[k].text, tokens[k]
    pair = f"{word} {tokens[k + 1].text}" if k + 1 < len(tokens) else ""
    if pair in COLOR_PHRASES and _more_follows(tokens, k + 2):
        chunk.color = (COLOR_PHRASES[pair], token.start, tokens[k + 1].end)
        return 2
    if _noun_length(tokens, k) > 1:
        return 0
    if word in _ADVERBS and k + 1 < len(tokens) and tokens[k + 1].text not in STOPS:
        return 1
    follows = _more_follows(tokens, k + 1)
    if not follows:
        return 0
    if word in SIZE_WORD_OF and word not in SPEED_WORD_OF:
        chunk.size = (SIZE_WORD_OF[word], token.start, token.end)
        return 1
    if word in COLOR_WORDS and (chunk.color is None or word not in MATERIAL_WORDS):
        chunk.color = (COLOR_WORDS[word], token.start, token.end)
        return 1
    if word in MATERIAL_WORDS and word not in COLOR_OR_MATERIAL:
        chunk.material = (MATERIAL_WORDS[word], token.start, token.end)
        return 1
    if word in _ADJECTIVES and word not in NOUNS:
        return 1
    base, form = FORMS.get(word, ("", "base"))
    if opened and form in {"gerund", "participle", "past"} and word not in NOUNS and base:
        chunk.verb_as_adjective = base
        return 1
    return 0


def _noun_length(tokens: list[Token], k: int) -> int:
    """How many tokens the longest known noun at `k` takes, 0 for none."""
    for length in range(min(_LONGEST, len(tokens) - k), 0, -1):
        phrase = " ".join(token.text for token in tokens[k : k + length])
        one = singular(phrase)
        if (one in NOUNS or SYNONYMS.get(one, "") in NOUNS) and phrase not in STOPS:
            return length
    return 0


def _more_follows(tokens: list[Token], k: int) -> bool:
    """Whether the noun phrase goes on at token `k`."""
    if k >= len(tokens):
        return False
    word = tokens[k].text
    if word in STOPS or word in SPEED_WORD_OF or not (word[0].isalpha() or word[0] == "é"):
        return False
    if word in FORMS:
        form = FORMS[word][1]
        if form == "third" or not _noun_length(tokens, k):
            return (
                form in {"gerund", "participle", "past"}
                and _noun_length(tokens, k + 1) > 0
                and (tokens[k - 1].text in PLAIN_ADJECTIVES or tokens[k - 1].text in SIZE_WORD_OF)
            )
        following = tokens[k + 1].text if k + 1 < len(tokens) else ""
        subject_follows = following in DETERMINERS or number_from_word(following) is not None
        return not is_plural(tokens[k - 1].text) and not subject_follows
    known = word in COLOR_WORDS or word in MATERIAL_WORDS or word in SIZE_WORD_OF
    if _noun_length(tokens, k):
        return True
    if known or word in _ADJECTIVES:
        return word in MATERIAL_WORDS or _more_follows(tokens, k + 1)
    return not _noun_length(tokens, k - 1) and not word.endswith("ly")


def _note_modifier(token: Token, chunk: Chunk) -> None:
    if token.text in MATERIAL_WORDS and chunk.material is None:
        chunk.material = (MATERIAL_WORDS[token.text], token.start, token.end)


def _adjective_as_noun(tokens: list[Token], at: int, k: int) -> int | None:
    last = k - 1
    if last < at or tokens[last].text in DETERMINERS or number_from_word(tokens[last].text):
        return None
    usable = tokens[last].text in MATERIAL_WORDS or tokens[last].text in NOUNS
    return last if usable and last > at else None


def _finished(tokens: list[Token], k: int, length: int, chunk: Chunk) -> Chunk:
    phrase = " ".join(token.text for token in tokens[k : k + length])
    noun = singular(phrase)
    chunk.noun = SYNONYMS.get(noun, noun)
    chunk.end = tokens[k + length - 1].end
    chunk.several = is_plural(phrase) or (chunk.count or 1) > 1
    if chunk.count is None and is_plural(phrase) and not chunk.definite:
        chunk.count = PLURAL_COUNT
    return chunk


def _with_afterwords(tokens: list[Token], k: int, chunk: Chunk) -> tuple[Chunk, int]:
    """Read "painted red" and "made of wood" after the head noun."""
    words = [token.text for token in tokens[k : k + 4]]
    if words[:1] in (["painted"], ["colored"], ["coloured"]):
        for length in (2, 1):
            color = COLOR_PHRASES.get(" ".join(words[1 : 1 + length]))
            if color is not None and len(words) > length:
                chunk.color = (color, tokens[k + 1].start, tokens[k + length].end)
                return chunk, k + 1 + length
    made = 2 if words[:2] in (["made", "of"], ["made", "from"]) else 1 if words[:1] == ["of"] else 0
    material = MATERIAL_WORDS.get(words[made]) if 0 < made < len(words) else None
    if material is not None and (made > 1 or not chunk.group):
        chunk.material = (material, tokens[k + made].start, tokens[k + made].end)
        return chunk, k + made + 1
    return chunk, k
