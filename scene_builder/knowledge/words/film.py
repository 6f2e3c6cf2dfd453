"""Idioms of film talk: how one says what the camera does, without naming it as a term."""

from typing import TypedDict

from scene_builder.knowledge.words.closed import listed
from scene_builder.model.words import Angle, Framing, Move


class Cue(TypedDict, total=False):
    """What one idiom says of the camera."""

    shot: Framing
    angle: Angle
    move: Move


_CAMERA = r"(?:(?:the|a|an|our|my|that)\s+)?(?:camera|lens)"
_NOT = r"(?:does(?:n't| not)|do(?:n't| not)|never|won't|will not|must not|should not|mustn't)"
_SEEN = (
    r"(?:(?:seen|see|shot|shoot|filmed|film|viewed|view|watched|watch|looked at|looking|look|"
    r"looks|taken|captured|observed|framed|show|shown|camera|lens)"
    r"(?:\s+(?:it|this|them|everything|all|us|the scene|the whole thing|on|down|up|is|sits|placed|"
    r"looks|looking))*\s+)"
)
_STILL = (
    r"(?:still|static|fixed|locked(?:[ -](?:off|down))?|stationary|motionless|unmoving|immobile|"
    r"put|where it is|in (?:its )?place)"
)
_STAYS = (
    r"(?:is|be|being|holds?|holding|held|stays?|staying|remains?|remaining|keeps?|kept|stands?|"
    r"standing|sits?|perfectly|quite|completely|absolutely|dead|very|totally|low|high|and|down|"
    r"wide)"
)
_FIRM = r"(?:static|fixed|still|unmoving|motionless|stationary|locked(?:-off|-down)?|immobile)"
_FRAMES = r"(?:camera|shot|view|frame|framing|close-?up|position|perspective|viewpoint|angle)"
_KINDS = (
    r"(?:(?:static|fixed|wide|close|medium|handheld|hand-held|tracking|unmoving|stationary|still|"
    r"very|cinematic|slow)(?:,|\s)\s*)"
)
_VERY = r"(?:(?:down|very|quite|really|rather|close and|so|right)\s+)"

CAMERA_IDIOMS: tuple[tuple[str, Cue], ...] = (
    (rf"{_CAMERA}(?:,? (?:that|which|and))?(?:,[^.;:]*,)?(?: on a tripod(?: that| which)?)?"
     rf"(?: it)?(?:[\w -]{{0,40}}? and)?\s+{_NOT} (?:ever |even |once )?(?:move|budge|stir|shift|"
     rf"follow|shake)s?"
     r"(?: at all| an inch| a hair| with it| itself)?", {"move": "static"}),
    (rf"(?:{_CAMERA}),? (?:that |which )?(?:never|not once) (?:moves|budges|stirs|shifts)",
     {"move": "static"}),
    (rf"(?:(?:keep|keeping|hold|holding|leave|leaving)\s+)?{_CAMERA}(?:,? (?:which|"
    rf"that))?\s+(?:{_STAYS}\s+)*"
     rf"{_STILL}"
     r"(?! of)", {"move": "static"}),
    (rf"{_CAMERA}[^.;:]*,\s+(?:unmoving|motionless|without moving)", {"move": "static"}),
    (rf"{_FIRM},?\s+(?:(?:wide|low|high|close|medium|overhead|eye-level)(?:[- ]angle)?\s+)*"
     rf"{_FRAMES}", {"move": "static"}),
    (r"(?:with |and )?(?:no|without(?: any)?) (?:camera )?(?:movement|motion) of the camera|"
     r"without (?:any )?camera (?:movement|motion)|no camera (?:movement|motion)|"
     r"(?:shot|filmed|taken) (?:on|from) a tripod", {"move": "static"}),
    (rf"(?:{_CAMERA}\s+)?(?:is\s+)?(?:held|carried) (?:in (?:the|our|my|one|somebody's|someone's) "
     r"hands?|by hand)|"
     rf"{_CAMERA}\s+(?:is\s+)?in (?:the|our|my) hands?|"
     rf"(?:shaky|wobbly|jittery|trembling|unsteady) {_FRAMES}|{_CAMERA} (?:shakes|wobbles|"
     rf"trembles)",
     {"move": "handheld"}),
    (rf"{_CAMERA}\s+(?:backs|backing|is backing) (?:off|away|up)|"
     rf"{_CAMERA}\s+(?:withdraws|withdrawing|retreats|retreating|recedes|receding)",
     {"move": "dolly_out"}),
    (rf"{_CAMERA}\s+(?:(?:slowly|gently|steadily|smoothly|is)\s+)*(?:approaches|approaching|nears|"
     r"nearing|advances|advancing)(?: on| toward| towards)?", {"move": "dolly_in"}),
    (rf"(?:{_CAMERA}|we|shot|view|picture)\s+(?:(?:slowly|gently|smoothly|is)\s+)*(?:pans?|panning|"
     r"sweeps?|sweeping|swings?|moves?|glides?|travels?|slides?) (?:(?:slowly|gently)\s+)?from "
     r"(?:the )?"
     r"left to (?:the )?right|(?:pan|panning|panned|sweeping) from (?:the )?left to (?:the )?right",
     {"move": "pan_right"}),
    (rf"(?:{_CAMERA}|we|shot|view|picture)\s+(?:(?:slowly|gently|smoothly|is)\s+)*(?:pans?|panning|"
     r"sweeps?|sweeping|swings?|moves?|glides?|travels?|slides?) (?:(?:slowly|gently)\s+)?from "
     r"(?:the )?"
     r"right to (?:the )?left|(?:pan|panning|panned|sweeping) from (?:the )?right to (?:the )?left",
     {"move": "pan_left"}),
    (r"(?:as )?(?:the|a) (?:crane|jib|boom) (?:lowers|brings down) (?:the camera|us)",
     {"move": "crane_down"}),
    (r"(?:as )?(?:the|a) (?:crane|jib|boom) (?:raises|lifts|hoists) (?:the camera|us)(?: up)?",
     {"move": "crane_up"}),
    (r"(?:the|our) dolly (?:moves|goes|rolls|pushes|creeps|glides) (?:in|forward|closer)",
     {"move": "dolly_in"}),
    (r"(?:the|our) dolly (?:moves|goes|rolls|pulls|glides) (?:out|back|away)",
     {"move": "dolly_out"}),
    (r"(?:seen |shown |shot |filmed |taken )?(?:in|with|by) (?:an? |one )?(?:long |slow |gentle |"
     r"quick |smooth |steady |medium )*pan to the left|(?:leftward|left) pan|pan(?:s|ning)? "
     r"leftwards?", {"move": "pan_left"}),
    (r"(?:seen |shown |shot |filmed |taken )?(?:(?:in|with|by) )?(?:an? |one )?(?:long |slow |"
     r"gentle |quick |smooth |steady |camera )+pan(?! to the| left| right|s\b)|panning shot|"
     r"(?:seen |shown |shot )?in a pan", {"move": "pan_right"}),
    (r"(?:a )?(?:slow |gentle |smooth )*(?:orbiting|circling|revolving) (?:shot|camera|view)|"
     rf"{_CAMERA} (?:moves|goes|travels|glides|runs|swings|flies|walks)(?: slowly| gently)? in a "
     r"(?:full |wide |slow )?circle|(?:in )?(?:an )?orbit shot", {"move": "orbit_right"}),
    (r"as close as (?:the |a |our )?(?:lens|camera|one|we|you) (?:allows|can(?: get| go| come)?)"
     r"(?: to| on)?|extremely (?:close|tight)(?: shot| view| on| to)?",
     {"shot": "extreme_close_up"}),
    (rf"(?:film|shoot|show|frame|shot|filmed|seen) (?:it |this |them |everything )?(?:very |quite |"
     r"from )?(?:close|tight)(?:ly)?(?: up)?(?=\s*(?:[.,;:!]|$|and\b|on\b))|"
     rf"{_CAMERA}\s+(?:(?:is|comes|stays|very|and|right|up|really)\s+)*(?:near|close) (?:to|by)?\b|"
     rf"{_CAMERA}[^.;:]{{0,40}}? (?:very|right) (?:near|close)\b|"
     r"(?:from )?(?:very )?(?:up close|close up)(?=\s*(?:[.,;:!]|$|and\b))|"
     r"tight(?:ly)? (?:shot|framing|frame|framed|view)(?: on| of)?|"
     r"(?:^|(?<=[.;:,] ))(?:tight|close|close in) on|close (?:view|frame|framing)",
     {"shot": "close_up"}),
    (r"fill(?:s|ing)? the (?:whole |entire )?(?:frame|picture|screen)|in tight|(?:in )?big detail",
     {"shot": "close_up"}),
    (r"the shot (?:is|being) a (?:medium|mid|middle) (?:one|shot)|(?:medium|middle) (?:frame|"
    r"framing|"
     r"range|long shot)|(?:in|from) (?:the )?(?:medium|middle) distance|mid-?range|half-?length|"
     r"medium(?= pan| tracking| static| handheld|-wide)|in medium\b", {"shot": "medium"}),
    (r"the shot (?:is|being) a wide (?:one|shot)|the shot (?:is|being) (?:very )?wide|"
     r"wide (?:frame|framing|lens|picture|vista)|"
     r"(?:film|shoot|show|frame) (?:it|this|them|everything|the scene|all) wide|"
     r"(?:shot|filmed|framed|seen) wide(?=\s*(?:[.,;:!]|$|and\b|from\b|with\b))",
     {"shot": "wide"}),
    (r"(?:we (?:look|gaze|stare)|looking|look|gazing|staring)(?: at (?:it|this|them))?,? "
     r"(?:straight|directly|right|vertically) down(?: (?:on|at|onto|upon))?|"
     rf"(?:{_SEEN}(?:from )?)(?:straight |directly |right |vertically |high )*(?:above|overhead|"
     r"the top(?! of))|from (?:straight|directly|right|vertically) (?:above|overhead)|"
     r"(?:we|us|camera|lens) (?:is |are )?(?:straight |directly |right )?overhead|"
     r"(?:god's|bird's|eagle's)[- ](?:eye|view)(?:[- ]view)?(?: shot)?|plan view|from overhead|"
     r"(?:from|in) (?:an? |the )?"
     r"(?:bird's|bird|aerial)(?:[- ]eye)? (?:perspective|viewpoint)|(?:overhead|ceiling|top-down) "
     r"(?:camera|perspective|framing|angle|close-up)|from the ceiling(?= looking)|"
     r"from the (?:air|sky) above(?= we| the camera)", {"angle": "top"}),
    (rf"{_SEEN}(?:straight |directly |right |slightly |far )*(?:up )?from (?:straight |directly |"
     r"right |slightly |far |down )*(?:below|beneath|underneath|the floor|the ground)|"
     rf"{_SEEN}from (?:near|close to|just above|right above) the (?:floor|ground)|"
     r"(?:looking|look|looks|gazing) up (?:from (?:below|the floor|the ground)|at it)|"
     r"(?:worm|frog)(?:'s)?(?:[- ]eye)?[- ](?:view|perspective|level)|upward[- ](?:angle|looking "
     r"shot)",
     {"angle": "low"}),
    (rf"(?:{_SEEN})?from {_VERY}*low(?: down| up)?(?=\s*(?:[.,;:!]|$|and\b|we\b|in\b))|"
     rf"(?:{_SEEN})?from (?:low down|down low)|"
     rf"{_CAMERA}(?:,? which)?\s+(?:(?:is|sits?|stays?|held|set|kept|placed|stands?|lies|static|"
     rf"and|"
     rf"very|right|down|close|fixed)\s+)*low(?: down| to the (?:ground|floor))?(?! angle)|"
     rf"low,?\s+{_KINDS}*{_FRAMES}|(?:at|from) (?:floor|ground|knee|ankle|table)[- ]?"
     r"(?:level|height)|(?:set|held|placed|kept) (?:down )?low(?=[.,;:]|$)|"
     r"low (?:to|near) the (?:ground|floor)(?=,|\.| we| the camera)|the angle is (?:a )?low(?: "
     r"one)?|"
     r"(?<=wide and )low|(?<=close and )low|(?<=static and )low|(?<=handheld and )low|"
     r"(?:^|(?<=[.,;:] ))low(?=\s*[.,;:])|low(?= and (?:wide|close|static|handheld|fixed))",
     {"angle": "low"}),
    (rf"high,?\s+{_KINDS}*{_FRAMES}(?: position)?|{_CAMERA}\s+(?:(?:is|sits|very|set|placed|held|"
     r"stands)\s+)+high(?: up)?|the angle is (?:a )?high(?: one)?|"
     rf"{_SEEN}from (?:high(?:er)? (?:up|above)|slightly above|up high)|from (?:high up|up high)"
     r"(?=,| we| the camera)|(?<=wide and )high|(?<=static and )high", {"angle": "high"}),
    (r"(?:at|from) (?:the )?(?:eye|shoulder|head)[- ](?:level|height)|(?:on|at) (?:a )?level with "
     r"the (?:eyes?|table)|straight[- ]on (?:shot|view|angle)", {"angle": "eye_level"}),
)  # fmt: skip
"""Patterns in lower-case text → what they say. A pattern may hold no thing that is filmed."""

FOLLOWING = (
    rf"(?P<by>(?:,\s*)?(?:is |being )?(?:followed|tracked|accompanied|chased) by {_CAMERA})",
    rf"(?:{_CAMERA}) (?:is )?(?:right )?(?:on (?P<tail>its|his|her|their) (?:tail|heels)|"
    r"at (?P<heels>its|his|her|their) (?:heels|side))",
    rf"{_CAMERA}\s+(?:(?:that|which|is)\s+)?(?:travels?|travelling|traveling|moves?|moving|goes|"
    r"going|rides?|riding|runs?|running|keeps?|keeping|stays?|staying|glides?|gliding|drives?|"
    r"rolls?|sticks?)\s+(?:(?:pace|up|along|right|close|smoothly|slowly|in step)\s+)*"
    r"(?:alongside|with|beside|next to)(?=\s)",
)
"""Patterns of a camera that goes along with something; it is named before or behind them."""

BARE = frozenset(
    {"wide", "overhead", "static", "from below", "shaky", "macro", "wide angle",
     "looking up", "looking down", "locked off", "from above"}
)  # fmt: skip
"""Wordings that speak of the camera only between marks or next to other words of film talk."""

BESIDE_BARE = listed(
    """
    wide low high overhead static handheld hand-held close close-up closeup shot view frame
    framing angle camera pan tilt it and film filmed seen viewed watched directly very from
    in a the macro of this everything shoot slightly cinematic documentary extreme medium we
    are at with noir
    """
)
"""Film talk that may stand next to a bare wording."""

_AS = (
    r"(?:(?:make|render|rendered|paint|painted|draw|drawn|film|filmed|shoot|shot|do|done|told|keep|"
    r"kept|want|style|styled|design|look|looks|looking|see|made|depict|depicted|show|shown|animate|"
    r"animated)\s+(?:(?:it|this|that|them|everything|all|the (?:whole |entire )?(?:thing|scene|"
    r"film|"
    r"clip|video|style|look|footage))\s+)?(?:(?:look|looks|appear|feel)\s+)?"
    r"(?:(?:all|very|quite|rather|totally|completely)\s+)?"
    r"(?:(?:like|as|in|as if it were|as though it were|as if in)\s+)?"
    r"(?:(?:something (?:from|out of)|the (?:style|manner|look) of|a frame (?:from|of))\s+)?"
    r"(?:(?:a|an|the|some|old|real|classic|1950s)\s+)*)"
)
_LIKE = (
    r"(?:(?:(?:like|as|in (?:the (?:style|manner|look|spirit) of|a style like)|in|with|everything|"
    r"all|(?:style|look|mood|footage|film|picture|feel|it|everything|whole|all) (?:is|are|being|of)"
    r"(?: all)?|(?:style|look|mood)\s*:)\s+)(?:(?:very|quite|rather|all)\s+)?"
    r"(?:(?:a|an|the|some|old|real|classic|something (?:from|out of))\s+)*)"
)
_BEHIND = (
    r"(?:[\s-]+(?:in\s+)?(?:style|styled|look|looking|feel|mood|aesthetic|tones?|colou?rs?|vibe|"
    r"ad|advert|commercial|footage|film|movie|video|clip|animation|art|product film|manner|scene|"
    r"scheme|render|rendering|photography|picture))"
)


def _styled(word: str) -> str:
    """Return the pattern of a word that is a style only where the words around it say so."""
    return (
        rf"{_AS}(?:{word}){_BEHIND}*"
        rf"|{_LIKE}(?:{word}){_BEHIND}*(?=\s*(?:[.,;:!]|$|and\b|please))"
        rf"|(?:(?:a|an|the|in)\s+)*(?:{word}){_BEHIND}+(?: of(?=\s))?"
        rf"|(?:^|(?<=[.,;:!] ))(?:{word})(?=\s*(?:[.,;:!]|$))"
    )


STYLE_IDIOMS: tuple[tuple[str, str], ...] = (
    ("black and white", _styled("black[- ]and[- ]white|black-and-white|monochrome|greyscale|"
                                "grayscale")),
    ("sepia", r"(?:(?:in|all|everything in)\s+)?sepia(?:[- ](?:toned?|tones|tint|tinted|"
    r"colou?rs?))?"),
    ("photoreal", r"(?:make it |let it |to |should )*(?:look(?:s|ing)? )?(?:just )?(?:like|as) "
    r"(?:it "
                  r"were )?(?:a |an )?(?:real |actual )?(?:photo|photograph|real life|real footage|"
                  r"real film)|as if it were real|(?:photo-?realistic|realistic|lifelike)ally|"
                  r"(?:render(?:ed)? |film(?:ed)? |make )(?:it |this )?"
                  r"(?:photo-?realistically|photo-?realistic|lifelike|realistic)|"
                  r"photo-?realistic(?:ally)?|"
                  r"photo-?realism"),
    ("oil", rf"{_AS}oils?(?: colou?rs?| paint(?:ing|s)?)?(?! (?:can|lamp|drum|barrel|lamp|spill|"
    rf"slick"
            rf"))|{_LIKE}oil painting"),
    ("watercolor", rf"(?:{_AS}|{_LIKE})(?:watercolou?rs?|aquarelle)(?! (?:box|set|brush|paper))"
                   r"(?: painting| style| picture)?"),
    ("charcoal", r"(?:as a )?(?:sketch(?:ed)? |draw(?:n|ing)? |done )?in charcoal|"
                 r"charcoal[- ](?:sketch|drawing|style)(?: of(?=\s))?"),
    ("noir", r"(?:(?:in|like|as|a|the|shot|filmed|style of|very)\s+)*(?:film[- ])?noir"
             rf"{_BEHIND}*(?: of(?=\s))?"),
    ("cinematic", rf"(?:(?:very|make it|keep it|all|and|so|the style(?: "
    rf"is)?)\s+)*cinematic(?:ally)?"
                  rf"{_BEHIND}*"),
    ("impressionist", r"(?:(?:in|like|an?|the|look is|style is)\s+)*impressionis(?:t|tic|m)"
                      rf"(?! painter)(?: in style| painting)?{_BEHIND}*(?: of(?=\s))?"),
    ("minimalist", _styled("minimalist|minimalistic|minimal")),
    ("retro", _styled("retro")), ("vintage", _styled("vintage")),
    ("pastel", _styled("pastels?")), ("documentary", _styled("(?:nature )?documentary")),
    ("toon", _styled("cartoon(?:ish|s)?|toon|saturday[- ]morning cartoon")),
    ("anime", _styled("anime|manga")), ("surreal", _styled("surreal(?:ist|istic)?")),
    ("comic", _styled("comic(?:[- ](?:book|strip))?s?|graphic novel")),
    ("clay", r"(?:(?:in|as|like)\s+)?claymation" + _BEHIND + "*|" + _styled("clay animation")),
    ("stop motion", r"(?:(?:in|as|a|like)\s+)*stop[- ]motion(?: (?:gag|clip|scene))?"
     + _BEHIND + "*"),
    ("sketch", _styled("pencil (?:sketch|drawing)|(?:rough )?sketch(?:ed)?|pencil")
     + r"|hand-?drawn|(?:^|\ba )sketched(?= [a-z])"),
    ("crayon", _styled("crayons?|children's drawing|child's drawing")),
    ("pixel", _styled("pixel(?: art|ated|s)?|8-bit|(?:an? )?(?:old )?video game")),
    ("gothic", _styled("gothic")), ("cyberpunk", _styled("cyberpunk")),
)  # fmt: skip
"""Styles → patterns of how they are asked for."""
