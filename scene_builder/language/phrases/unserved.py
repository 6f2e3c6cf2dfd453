"""What a prompt asks for that was understood and cannot be staged."""

import re
from collections.abc import Iterator

from scene_builder.knowledge.words.nouns import NOUNS, singular
from scene_builder.knowledge.words.people import PEOPLE
from scene_builder.knowledge.words.unserved import CROWDS, FEELINGS, FLUIDS, SOUNDS
from scene_builder.language.phrases.tokens import tokens_of

_KINDS: tuple[tuple[frozenset[str], str], ...] = (
    (FEELINGS, "a feeling, which is not shown; what is done and where it stands is"),
    (SOUNDS, "a sound, and the film is silent"),
)


def unserved(text: str, *, wet: bool = False) -> tuple[str, ...]:
    """Return a sentence for each thing in `text` that is not shown, and what is shown instead.

    Args:
        text: The lower-case prompt, its closed wordings blanked out.
        wet: Whether it happens at a lake or the sea, whose water is there.
    """
    fluids = (said for said in _fluids(text) if not (wet and said.startswith("'water'")))
    return tuple(dict.fromkeys([*_crowds(text), *fluids, *_others(text)]))


def _crowds(text: str) -> Iterator[str]:
    for pattern, shown in CROWDS.items():
        whole = rf"(?<![\w-])(?:{pattern})(?![\w-])(?: of (?:[a-z]+ ){{0,2}}?[a-z]+)?"
        for match in re.finditer(whole, text):
            yield f"{match.group()!r} is more than can be staged: {shown}"


def _fluids(text: str) -> Iterator[str]:
    """Fluids; a word before a thing only says which thing ("water bottle", "oil painting")."""
    words = [token.text for token in tokens_of(text)]
    for k, word in enumerate(words):
        after = words[k + 1] if k + 1 < len(words) else ""
        before = words[k - 1] if k else ""
        names_another = singular(after) in NOUNS | PEOPLE or after in {"painting", "paint", "truck"}
        if word in FLUIDS and not names_another and before != "under":
            yield f"{word!r} flows, and fluids are not staged: only what holds it is shown"


def _others(text: str) -> Iterator[str]:
    words = [token.text for token in tokens_of(text)]
    for kind, said in _KINDS:
        for word in words:
            if word in kind:
                yield f"{word!r} is {said}"
