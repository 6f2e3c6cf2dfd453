"""What each style is, in phrases that a sentence encoder compares with a user's words."""

from collections.abc import Mapping
from types import MappingProxyType

DESCRIPTIONS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "oil": (
        "oil painting", "oil on canvas", "thick impasto brush strokes", "acrylic painting",
        "impressionist painting", "expressionist painting", "Vincent van Gogh", "Claude Monet",
        "Rembrandt old master portrait", "Paul Cézanne", "palette knife painting",
        "renaissance painting in a gallery", "painterly brushwork", "fauvist painting by Matisse",
        "classical painting in a museum",
    ),
    "watercolor": (
        "watercolour painting", "watercolor", "aquarelle wash", "gouache painting",
        "wet paint bleeding into paper", "picture book illustration for children",
        "Beatrix Potter illustration", "fairy tale storybook illustration",
        "soft pastel wash on wet paper", "loose watercolor sketch",
    ),
    "pencil": (
        "pencil drawing", "graphite sketch", "charcoal drawing", "page of a sketchbook",
        "doodle in a notebook", "hand drawn sketch with shading", "chalk drawing",
        "Leonardo da Vinci drawing", "architect's pencil study",
    ),
    "ink": (
        "pen and ink drawing", "black ink drawing", "cross hatching", "engraving", "etching",
        "woodcut print", "woodblock print", "linocut", "Albrecht Dürer etching",
        "sumi-e ink brush painting", "black and white manga page", "banknote engraving",
        "ukiyo-e by Hokusai", "Gustave Doré illustration",
    ),
    "toon": (
        "cartoon", "cel shading", "anime", "comic book", "graphic novel",
        "Saturday morning cartoon", "Studio Ghibli", "Hayao Miyazaki", "Disney animation",
        "superhero comic", "animated television series", "The Simpsons",
        "clean outlines and flat colours", "Tintin", "cel shaded video game",
        "pop art by Roy Lichtenstein",
    ),
    "clay": (
        "claymation", "plasticine stop motion", "modelling clay", "Aardman animation",
        "Wallace and Gromit", "stop motion puppet film", "Play-Doh", "clay figures",
        "toy figures in soft studio light",
    ),
    "pixel": (
        "pixel art", "8-bit", "16-bit", "8-bit video game", "16-bit console game",
        "old Nintendo game", "retro arcade game", "Super Mario sprites", "Game Boy",
        "low resolution sprites", "Minecraft", "Commodore 64 graphics",
    ),
    "papercut": (
        "paper cut-out", "paper collage", "construction paper", "origami", "kirigami",
        "layers of cut coloured paper", "poster with bold flat shapes",
        "Soviet propaganda poster", "vintage travel poster", "screen print",
        "pop-up book", "Bauhaus poster", "South Park paper animation",
    ),
    "noir": (
        "film noir", "black and white film", "black and white movie", "silent film",
        "1940s detective movie", "old cinema with film grain", "Casablanca", "Charlie Chaplin",
        "monochrome photograph", "Hitchcock thriller with hard shadows", "newsreel",
    ),
    "photoreal": (
        "photorealistic", "realistic photograph", "real photo", "live action footage",
        "documentary film footage", "natural looking", "cinematic movie still",
        "shot on a DSLR camera", "realistic render", "IMAX nature documentary",
    ),
})  # fmt: skip
"""Names of `painting.styles`, each with phrases; `photoreal` is what a camera would have kept."""

KNOWN_WORDS: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "oil": ("oil", "oils", "oil paint", "oil painting", "painting", "painted"),
    "watercolor": ("watercolor", "watercolour", "aquarelle", "gouache"),
    "pencil": ("pencil", "graphite", "charcoal", "sketch", "crayon"),
    "ink": ("ink", "engraving", "etching", "woodcut", "hatching"),
    "toon": ("toon", "cartoon", "cel", "cel shaded", "cel shading", "comic", "comics", "anime",
             "drawn"),
    "clay": ("clay", "claymation", "plasticine"),
    "pixel": ("pixel", "pixels", "pixel art", "pixelated", "8 bit", "16 bit"),
    "papercut": ("papercut", "paper cut", "paper", "collage", "poster"),
    "noir": ("noir", "film noir", "black and white", "monochrome"),
    "photoreal": ("photoreal", "photorealistic", "realistic", "real", "natural", "cinematic",
                  "plain", "photo", "photograph"),
})  # fmt: skip
"""Words that need no encoder: a style by its name."""

OTHER_LANGUAGES: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "oil": ("油画", "油畫", "厚涂", "印象派", "印象主义", "梵高", "梵谷", "莫奈", "塞尚", "伦勃朗",
            "ölgemälde", "ölmalerei", "peinture à l'huile", "óleo", "油彩"),
    "watercolor": ("水彩", "绘本", "繪本", "晕染", "水粉", "童话插画", "aquarell", "aquarelle",
                   "acuarela"),
    "pencil": ("素描", "铅笔", "鉛筆", "炭笔", "速写", "手绘", "草图", "bleistift",
               "crayon à papier", "lápiz"),
    "ink": ("水墨", "钢笔画", "版画", "版畫", "木刻", "铜版", "墨线", "国画", "浮世绘", "浮世絵",
            "tuschezeichnung", "holzschnitt", "gravure", "tinta"),
    "toon": ("卡通", "动漫", "動漫", "漫画", "漫畫", "动画片", "動畫", "赛璐璐", "二次元", "吉卜力",
             "宫崎骏", "アニメ", "マンガ", "zeichentrick", "dessin animé", "dibujos animados"),
    "clay": ("黏土", "粘土", "橡皮泥", "泥塑", "定格动画", "定格", "knete", "pâte à modeler",
             "plastilina"),
    "pixel": ("像素", "8位", "8 位", "红白机", "街机", "马赛克", "复古游戏", "ドット絵",
              "pixelkunst"),
    "papercut": ("剪纸", "剪紙", "纸艺", "拼贴", "折纸", "海报", "宣传画", "scherenschnitt",
                 "papier découpé", "plakat", "папье", "плакат"),
    "noir": ("黑白", "老电影", "黑色电影", "默片", "胶片", "schwarzweiß", "schwarz-weiß",
             "noir et blanc", "blanco y negro"),
    "photoreal": ("写实", "寫實", "逼真", "照片", "真实", "真實", "实拍", "电影感",
                  "fotorealistisch", "photoréaliste", "fotorrealista"),
})  # fmt: skip
"""Words in other languages, found anywhere in what is asked: the encoder reads English only."""
