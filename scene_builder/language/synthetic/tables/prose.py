"""Words around what happens: modifiers, openings, and prose that says nothing for the stage."""

from scene_builder.knowledge.words.qualities import MATERIAL_WORDS, PLAIN_ADJECTIVES, SIZE_WORD_OF

_NO_MODIFIERS = frozenset(
    {"moving", "rolling", "fallen", "same", "identical", "different", "second", "third", "first",
     "last", "next", "other", "toy", "empty", "full", "half-full", "stray", "lone", "whole",
     "steep", "gentle", "light", "nearby", "distant", "upright", "magnificent", "open", "closed"}
)  # fmt: skip
_MORE = """
weathered battered scratched chipped faded gleaming sparkling rustic sleek handmade hand-carved
well-worn beloved forgotten slender chunky stout bulky lightweight hefty squat rounded angular
dented tarnished speckled marbled patterned floral translucent frosted crumpled wrinkled fuzzy
fluffy plush sticky slippery wet dry damp cold warm frozen sun-bleached moss-covered
paint-splattered old-fashioned retro futuristic minimalist luxurious exquisite charming quaint
peculiar curious ordinary-looking nondescript spotless immaculate pristine brand-new second-hand
"""
MODIFIERS: tuple[str, ...] = tuple(
    word
    for word in dict.fromkeys([*PLAIN_ADJECTIVES, *_MORE.split()])
    if word not in _NO_MODIFIERS and word not in SIZE_WORD_OF and word not in MATERIAL_WORDS
)
"""Adjectives that the scene graph has no field for."""
SHOWING = (
    "show", "show me", "I want to see", "let's see", "imagine", "picture", "create a video of",
    "generate a clip of", "make a video of", "film", "render", "please show", "give me", "I'd like",
    "a video of", "a short video of", "a clip of", "a short clip showing", "video of", "a film of",
    "a scene showing", "a scene with", "here we see", "we see", "the video shows",
    "the clip shows", "the scene shows", "footage of", "a simulation of", "an animation of",
    "a demonstration of", "can you make a video of", "could you show",
)  # fmt: skip
"""Openings before a noun phrase or a gerund."""
TELLING = (
    "show how", "a video where", "a video in which", "a scene in which", "a scene where",
    "a clip in which", "imagine that", "in this scene", "in the video,", "in this clip,",
    "watch as", "watch how", "we see how", "the video shows how", "suddenly", "suddenly,", "here",
    "at first", "then", "in one smooth motion,", "without warning,", "all at once,", "next,",
    "a physics demo where", "a short film in which", "the moment when", "make it so that",
    "once upon a time", "in an instant,", "after a moment,", "just then,", "video:", "scene:",
)  # fmt: skip
"""Openings before a whole clause."""
BETWEEN = ("then", "next", "after that", "suddenly", "a moment later", "moments later", "meanwhile",
           "at the same time", "finally", "afterwards", "a second later", "in the end", "soon",
           "shortly after", "now", "all of a sudden", "at last", "eventually")  # fmt: skip
SENTENCES = (
    "The light is soft and warm.", "Everything is quiet.", "It all happens very quickly.",
    "Nobody else is around.", "The scene feels calm and peaceful.", "Sunlight falls in.",
    "The colours are vivid.", "It is a beautiful moment.", "Long shadows stretch out.",
    "The whole thing takes just a moment.", "A gentle breeze blows.", "It looks real.",
    "Dust hangs in the air.", "The atmosphere is tense.", "There is a sense of anticipation.",
    "Soft light spills across the scene.", "The details are sharp and crisp.",
    "The mood is playful.", "Shadows dance slowly.", "The background is softly blurred.",
    "Warm light streams through the windows.", "Everything is perfectly in focus.",
    "Physics should look right.", "Make it look as real as possible.", "No people, please.",
    "It is over in a flash.", "The motion is smooth and natural.", "A hush falls over everything.",
    "The sound echoes.", "Nothing else moves.", "The rest of the scene stays still.",
    "Tiny specks of dust float in the light.", "The lighting is dramatic.",
    "The air is still.", "High detail, sharp focus.", "Shallow depth of field.",
    "The moment is captured in great detail.", "You can almost feel the weight of it.",
    "It feels like a memory.", "Time seems to stand still.", "The textures are rich and detailed.",
    "The composition is simple and clean.", "Highly detailed, 8k.",
    "The reflections are beautiful.",
    "A quiet afternoon.", "The impact is powerful.", "A chain reaction follows.",
    "The result is a satisfying cascade.", "The outcome is never in doubt.",
    "It is almost comical.",
    "Everyone holds their breath.", "The tension builds.", "The scene has a nostalgic feel.",
    "The palette is muted and earthy.", "Golden light bathes the scene.",
    "It is strangely soothing.",
    "The timing is perfect.", "Gravity does the rest.", "The physics is realistic.",
    "Keep it simple.", "I made this for my kids.", "This is for a school project.",
    "Thanks!", "The quality should be high.", "The background is plain white.",
)  # fmt: skip
"""Sentences that say nothing the stage could hold."""
STORIES = (
    "I need this for a birthday card.", "Something calm to fall asleep to.",
    "My kid drew this once.",
    "This is the opening of a longer film.", "It should feel like an old advert.",
    "Nobody remembers how it all began.", "We had waited for this all week.",
    "It began as a joke and nobody dared to stop it.", "Here is what I have in mind.",
    "The idea is simple.", "This is the shot we could never get in real life.",
    "I have seen this happen once and could not believe my eyes.", "Think of a rainy holiday.",
    "Make it funny.", "It is a test of patience.", "The rest of the world is asleep.",
    "For a second nothing happens at all.", "What happens next surprises everyone.",
    "It looks like an accident, but it was planned for weeks.",
    "The house has been quiet for hours.",
    "Imagine the sound of it.", "Everything was in its place until now.",
    "There is no dialogue and no narration.", "Please no text and no logos.",
    "As so often, it comes down to luck.", "The whole family is watching.",
    "A lazy, silent moment before the action begins.",
    "Nobody has touched anything here for years.",
    "The scene is set with great care, and every detail matters.",
    "I would like it to look natural, with real weight and real friction.",
    "It is the kind of moment that you only notice when it is already over.",
    "The atmosphere is one of quiet concentration, as if somebody had just left.",
    "Soft shadows and a slight haze give the picture depth.",
    "Fine details such as scratches and fingerprints should be visible.",
    "The style is clean and uncluttered, with plenty of empty space around the action.",
    "It is meant to teach children something about gravity.",
    "We only see what happens, never who does it.", "Keep the background out of focus.",
    "Colours should be strong but not garish.", "Take your time with the beginning.",
    "The ending is what counts.", "Ideally it loops.", "No cuts, one continuous shot.",
    "The motion should start gently and end abruptly.", "The weight of things must be believable.",
    "Afterwards, silence.", "It is the third attempt today.", "The neighbours will complain again.",
    "Rumour has it that it works every time.", "It takes a moment before anyone laughs.",
)  # fmt: skip
"""Sentences that lead up to what happens, or comment on it."""
ABOUT = (
    "its surface gleaming in the light", "casting a long shadow", "catching the light",
    "its edges softly lit", "shining in the light", "its colour bright against the background",
    "polished to a mirror finish", "covered in fine dust", "worn by years of use",
    "its shape perfectly clear", "glinting softly", "its texture clearly visible",
    "slightly out of focus", "picking up speed", "gathering momentum", "with a satisfying thud",
    "with a loud crash", "in perfect silence", "as if by magic", "with great precision",
    "sending up a small cloud of dust", "making a hollow sound", "in a smooth arc",
    "in slow, graceful motion", "with surprising force", "with a soft clink", "like in a dream",
    "to everyone's surprise", "just in time", "for no apparent reason", "against all odds",
    "under the watchful eye of nobody", "as expected", "with a dull thump", "almost in silence",
)  # fmt: skip
"""Phrases that hang on the end of a clause and say nothing for the stage."""
AGENTS = ("someone", "someone", "somebody", "a hand", "a hand", "an unseen hand", "the wind",
          "an invisible force", "a person's hand", "a finger")  # fmt: skip
"""Who handles things without being one of them."""
GROUNDS = ("floor", "floor", "floor", "ground", "ground", "surface", "lane", "track",
           "flat surface",
           "floorboards")  # fmt: skip
WALLS = ("the wall", "a wall", "the back wall", "the wall")
FRAGMENT_JOINS = (",", ",", ",", ";", " -", ".")
