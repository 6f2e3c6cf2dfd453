"""Words that are understood and cannot be staged, and what is shown instead."""

from scene_builder.knowledge.words.nouns import words

FLUIDS: frozenset[str] = frozenset(
    words("""
water milk juice tea coffee wine beer oil honey syrup soup sauce paint ink blood lava lemonade soda
slime ketchup custard batter gravy cream mustard shampoo gasoline petrol champagne whisky mercury
smoke steam flame flames fire vapour vapor foam
""")
)
"""What flows: fluids, smoke and fire; what pours in grains is staged as grains."""

FEELINGS: frozenset[str] = frozenset(
    words("""
happy happily sad sadly sadness angry angrily anger furious lonely loneliness scared afraid
frightened excited excitedly excitement joyful joyfully joy delighted nervous nervously anxious
surprised amazed astonished jealous ashamed embarrassed proud proudly melancholic grieving grief
heartbroken bored confused love hates loves hate fear despair hope smiles smiling smile grins
grinning frowns frowning weeps weeping cries crying sobs sobbing laughs laughing laughter blushes
""")
)
"""What somebody feels, or shows by the face alone."""

SOUNDS: frozenset[str] = frozenset(
    words("""
sings singing song whispers whispering shouts shouting screams screaming says speaks speaking talks
talking barks barking meows meowing whistles whistling applauds applause cheers cheering
""")
)
"""What is heard, not seen."""

CROWDS: dict[str, str] = {
    r"crowds?|mobs?|throngs?|masses": "a few stand for all of them",
    r"(?:hundreds|thousands|millions|billions|countless|myriads?|tens of thousands)": (
        "at most 200 of one thing are staged, a few stand for all of them"
    ),
    r"(?:a|one|two|three|four|five|ten|\d+) (?:hundred|thousand|million|billion)": (
        "at most 200 of one thing are staged"
    ),
    r"swarms?|flocks?|herds?|schools? of fish|arm(?:y|ies)": "a few stand for all of them",
}
"""Patterns of more than can be staged → what is shown."""
