"""What the word lists know of a single word: whether it can be a noun, what it describes."""

from scene_builder.knowledge.words.closed import (
    BE,
    CLAUSES,
    HAVE,
    INDEFINITE,
    JOINS,
    MODALS,
    NOBODY,
    PLAIN_ADVERBS,
    PREPOSITIONS,
    PRONOUNS,
    RELATIVES,
    listed,
)
from scene_builder.knowledge.words.nouns import NOUNS, SYNONYMS, singular
from scene_builder.knowledge.words.people import PEOPLE
from scene_builder.knowledge.words.qualities import (
    COLOR_WORDS,
    MATERIAL_WORDS,
    PLAIN_ADJECTIVES,
    SIZE_WORD_OF,
)
from scene_builder.knowledge.words.quantities import number_from_word
from scene_builder.knowledge.words.relations import EDGE_WORDS, ROW_WORDS, STACK_WORDS
from scene_builder.knowledge.words.scenery import GROUND_NOUNS, NO_THINGS
from scene_builder.knowledge.words.verbs import FORMS, SENSES_OF, verb_form
from scene_builder.language.phrases.tokens import DETERMINERS

_PLAIN = frozenset(PLAIN_ADJECTIVES)
_PARTS = frozenset({*EDGE_WORDS, *ROW_WORDS, *STACK_WORDS, *GROUND_NOUNS, *NO_THINGS})
_NO_SUPERLATIVES = frozenset({"forest", "chest", "nest", "guest", "harvest", "tempest", "rest",
                              "request", "test", "west", "vest", "pest", "quest",
                              "crest"})  # fmt: skip
_GENERAL = listed("""step steps stair stairs float swing slide ride thing things object objects
item items piece pieces vehicle toy vessel instrument tool fruit animal bird insect food face
watch stand light""")
"""Nouns that a sentence may use beside those of the tables."""
_ENDINGS = ("al", "ant", "ent", "ic", "ary", "ory", "id", "ed", "-up", "-down", "-off", "ing",
            "ous", "ful", "less", "ish", "ical", "ive", "able", "ible", "ern", "shaped", "like",
            "sized", "ened")  # fmt: skip
DESCRIBING = listed("""smaller larger bigger taller shorter longer heavier lighter nearer farther
further closer lower upper wider narrower uppermost topmost hindmost foremost left-hand right-hand
teenage elderly middle-aged lower higher darker older younger own former latter ninth tenth""")
_SHORTEST_ENDED = 5
CLASSES = (
    ("det", DETERMINERS - {"that", "no"}), ("be", BE), ("have", HAVE), ("modal", MODALS),
    ("pronoun", PRONOUNS), ("nobody", NOBODY), ("relative", RELATIVES), ("join", JOINS),
    ("prep", PREPOSITIONS), ("clause", CLAUSES), ("pronoun", INDEFINITE),
    ("adverb", PLAIN_ADVERBS - {"hard", "fast", "right", "straight", "first", "next", "so"}),
)  # fmt: skip
"""Class → its words, the first that fits counts."""


def is_noun(word: str) -> bool:
    """Whether a word is in the lists of nouns, in either number."""
    one = singular(word)
    return (
        one in NOUNS
        or one in PEOPLE
        or SYNONYMS.get(one, "") in NOUNS
        or word in _PARTS
        or one in _PARTS
        or word in _GENERAL
    )


def class_of(word: str) -> str:
    """Return the class that a word has where nothing around it says otherwise."""
    for tag, group in CLASSES:
        if word in group:
            return tag
    if number_from_word(word) is not None:
        return "num"
    if word in {"not", "never", "that"}:
        return "not"
    if word.endswith("ly") and not is_noun(word) and not describes(word):
        return "adverb"
    return "adj" if describes(word) else "noun"


def describes(word: str) -> bool:
    """Whether a word can describe a thing: a colour, a size, a participle, an adjective."""
    if (
        word in DESCRIBING
        or word in _PLAIN
        or word in COLOR_WORDS
        or word in SIZE_WORD_OF
        or word in MATERIAL_WORDS
    ):
        return True
    base, form = FORMS.get(word, ("", "base"))
    if base and form in {"gerund", "participle", "past"} and word not in SENSES_OF:
        return True
    if word.endswith("est") and word not in _NO_SUPERLATIVES and len(word) >= _SHORTEST_ENDED:
        return True
    return len(word) > _SHORTEST_ENDED and word.endswith(_ENDINGS) and not is_noun(word)


def same_participle(word: str) -> bool:
    """Whether a form of a verb is also its participle ("hit", "put")."""
    base = FORMS[word][0]
    return verb_form(base, "participle") == word


def moving_adjective(word: str) -> str:
    """Return the base of a participle that says a motion of its noun: "a rolling ball"."""
    base, form = FORMS.get(word, ("", "base"))
    senses = SENSES_OF.get(base, ())
    moves = any(s.kind == "motion" and s.base == base for s in senses)
    return base if form == "gerund" and moves else ""


def is_name(owner: str, word: str) -> bool:
    """Whether an owner is part of the name of a thing: "Newton's cradle" is nobody's cradle."""
    phrase = f"{owner} {singular(word)}"
    return phrase in NOUNS or phrase in SYNONYMS
