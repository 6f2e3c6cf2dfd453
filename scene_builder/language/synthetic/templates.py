"""What a sentence template is, and the groups of verbs that templates draw from.

The mini-language of a template:

- `<0>` mentions thing 0 (in full at first, definite later), `<0:it>` by a pronoun,
  `<0:the>` as "the cup", `<0:them>` as "them".
- `{roll:0}` is a verb that agrees with thing 0, `{roll:ing}`, `{roll:base}`, `{roll:done}` a
  form of it. A group in capitals is a draw from `VERB_GROUPS`: `{MOVE:0}`; the same group a
  second time is the same verb. `{HIT:0 2}` is a verb with its object, particle where it fits.
- `[a|b]` is a choice; `~0` an adverb of speed, `^0` a direction, or nothing, for the first action
  of thing 0; `%R 0 1%` a wording of a drawn relation of 0 to 1.
- A statement: `0 on 1`, `0 $MOVE off >2`, `0 $HIT 2`; `K` is the subset drawn for `#2`.

Slots say what thing k may be; `+` asks for several.
"""

from dataclasses import dataclass

VERB_GROUPS: dict[str, tuple[tuple[str, str], ...]] = {
    "MOVE": (("roll", "roll"), ("roll", "roll"), ("roll", "roll"), ("slide", "slide"),
             ("slide", "slide"), ("glide", "slide"), ("skid", "slide"), ("trundle", "roll"),
             ("race", "roll"), ("slip", "slide")),
    "ROLL": (("roll", "roll"), ("roll", "roll"), ("trundle", "roll")),
    "FALL": (("fall", "fall"), ("fall", "fall"), ("drop", "drop"), ("tumble", "fall"),
             ("plunge", "fall"), ("plummet", "fall")),
    "HIT": (("hit", "touches"), ("strike", "touches"), ("crash into", "touches"),
            ("smash into", "touches"), ("bump into", "touches"), ("collide with", "touches"),
            ("slam into", "touches"), ("knock over", "knocks_over"), ("run into", "touches"),
            ("knock over", "knocks_over"), ("knock down", "knocks_over"), ("touch", "touches"),
            ("knock over", "knocks_over"), ("topple", "knocks_over"), ("tip over", "knocks_over"),
            ("bowl over", "knocks_over"), ("overturn", "knocks_over"), ("knock into", "touches"),
            ("bang into", "touches"), ("ram", "touches"), ("push over", "knocks_over")),
    "TOUCH": (("hit", "touches"), ("strike", "touches"), ("crash into", "touches"),
              ("smash into", "touches"), ("bump into", "touches"), ("collide with", "touches"),
              ("slam into", "touches"), ("bang into", "touches"), ("run into", "touches")),
    "TOPPLE": (("knock over", "knocks_over"), ("knock down", "knocks_over"),
               ("topple", "knocks_over"), ("tip over", "knocks_over"),
               ("overturn", "knocks_over"), ("bowl over", "knocks_over")),
    "TOPPLED": (("fall over", "falls"), ("fall down", "falls"), ("tip over", "falls"),
                ("topple", "falls"), ("collapse", "falls"), ("topple over", "falls"),
                ("keel over", "falls")),
    "THROW": (("throw", "throw"), ("toss", "throw"), ("hurl", "throw"), ("fling", "throw"),
              ("lob", "throw"), ("kick", "kick"), ("launch", "launch"), ("shoot", "launch")),
    "PUSH": (("push", "push"), ("shove", "push"), ("nudge", "push"), ("push", "push"),
             ("kick", "kick"), ("pull", "pull"), ("drag", "pull")),
    "SPIN": (("spin", "spin"), ("spin", "spin"), ("rotate", "spin"), ("twirl", "spin"),
             ("whirl", "spin"), ("revolve", "spin")),
    "STAY": (("rest", "stay"), ("sit", "stay"), ("stand", "stay"), ("lie", "stay"),
             ("stay", "stay"), ("remain", "stay")),
    "LAND": (("land", "lands"), ("end up", "lands"), ("come to rest", "lands")),
    "AIR": (("float", "float"), ("hover", "float"), ("fly", "fly"), ("soar", "fly"),
            ("levitate", "float"), ("drift", "float")),
    "GO": (("walk", "walk"), ("run", "run"), ("stroll", "walk"), ("wander", "walk"),
           ("march", "walk"), ("sprint", "run"), ("dash", "run")),
    "ODD": (("explode", "explode"), ("melt", "melt"), ("spin", "spin"), ("turn", "turn"),
            ("burst", "explode"), ("rotate", "spin")),
}  # fmt: skip
"""Group → (base form, what a statement says)."""


@dataclass(frozen=True, slots=True)
class Template:
    """A sentence, the kinds of its things, and what it says."""

    text: str
    slots: tuple[str, ...]
    says: tuple[str, ...]
