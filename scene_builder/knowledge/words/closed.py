"""Closed classes of English words that hold a sentence together."""


def listed(block: str) -> frozenset[str]:
    """Return the words of a block of text."""
    return frozenset(block.split())


def spaced(block: str) -> frozenset[str]:
    """Return the words of a block of text, with spaces for underscores."""
    return frozenset(word.replace("_", " ") for word in block.split())


PREPOSITIONS = listed("""
on off in into onto inside under above over below beneath behind beside between near by from of
at to toward towards against around across along down up through past with without out upon atop
within alongside underneath during for besides beyond among amid throughout via round about like
opposite outside aboard
""")
MODALS = listed("""
will would can could may might must shall should do does did don't doesn't didn't won't can't
cannot couldn't wouldn't shouldn't mustn't let's please
""")
BE = listed("""
is are was were be being been 's isn't aren't wasn't weren't get gets got 're getting it's there's
""")
HAVE = frozenset({"has", "have", "had", "having", "hasn't", "haven't"})
PRONOUNS = listed("""
it they them itself themselves he she him herself himself him
""")
NOBODY = listed("""
someone somebody anyone anybody nobody i you we me us who everyone everybody people's mine yours
i'd i'll i'm we'd we'll we've you'll you'd you're i've
""")
"""Pronouns of people who are not on the stage."""
RELATIVES = frozenset({"which", "that", "who", "whose", "whom"})
JOINS = frozenset({"and", "or", "but", "yet", "nor", "plus", "&"})
CLAUSES = listed("""
while as when until after before because if where so since once though although whereas unless
whenever whereupon even than till how why what whether
""")
"""Words that open a clause of its own."""
NEGATIONS = frozenset({"not", "never", "n't", "without", "nothing", "none", "neither", "no"})
PLAIN_ADVERBS = listed("""
then just only also almost still again soon away together apart once twice back ahead here now
straight right suddenly finally afterwards very really quite rather too even ever there first
next later sideways upright aside meanwhile instead maybe perhaps likewise somewhere everywhere
everything downstairs upstairs today tonight yesterday tomorrow always often sometimes nearly
half-way halfway hard fast loose thankfully of-course indeed elsewhere overhead nearby forward
forwards backward backwards downward downwards upward upwards clockwise counterclockwise
counter-clockwise anticlockwise leftward leftwards rightward rightwards so thus hence well far
diagonally else however moreover therefore afterward straightaway afloat meantime anyway alone
anywhere abreast enough up-right head-on nonstop please around round
""")
"""Adverbs that do not end in -ly."""
INDEFINITE = frozenset({"something", "everything", "anything", "nothing"})

IDLE_PHRASES = (
    "upside down", "one by one", "one after another", "one after the other", "at all", "of course",
    "at last", "at once", "in that order", "all the while", "by itself", "by themselves",
    "on its own", "head over heels", "end over end", "step after step", "step by step",
    "in the end", "in turn", "at the end", "at the same time", "to and fro", "back and forth",
    "over and over", "again and again", "once more", "no longer", "even though", "as well",
    "at rest", "even if", "so that", "as if", "as though", "in motion", "in place", "for a moment",
    "on its side", "on their sides", "in order", "up and down", "with a thud", "with a crash",
    "with a clang", "with a bang", "with a splash", "butter side down", "in mid-air", "in midair",
    "mid-air", "by mistake", "by accident", "in all directions", "in every direction", "out loud",
    "at high speed", "in slow motion", "as usual", "such as", "right away", "round and round",
    "a bit", "a lot", "very much", "for a while", "from side to side",
    "in circles", "in a circle", "every time", "this time", "one at a time", "two at a time",
    "all by itself", "all by themselves", "all of its own", "all on its own", "of its own accord",
    "a little later", "in the process", "with a bump",
    "with a splat", "with a clatter", "with a plop", "with a thump", "with a bounce",
    "on the way", "on its way", "along the way", "out of nowhere", "for some reason",
    "at the last moment", "just in time", "at last", "at first", "in the end", "all at once",
    "more or less", "less and less", "nearer and nearer", "faster and faster",
    "slower and slower", "by a hair", "by an inch", "by a whisker", "on purpose",
    "as a result", "for good", "in silence", "at random", "in unison", "by now", "until now",
)  # fmt: skip
"""Wordings that say nothing which a scene graph holds, and would mislead a reader of words."""
