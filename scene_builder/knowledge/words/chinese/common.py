"""Chinese closed words, in simplified characters: numbers, colours, materials, places, measures.

Traditional characters are turned into simplified ones before they are looked up, so that every
word stands here once. Wordings of the mainland and of Taiwan stand side by side.
"""

import csv
import functools
import importlib.resources
from collections.abc import Mapping
from types import MappingProxyType

from scene_builder.knowledge.catalogue import nouns
from scene_builder.knowledge.words.chinese.qualities import COLORS, MATERIALS, SIZES
from scene_builder.knowledge.words.chinese.scenery import PLACES
from scene_builder.model.words import Direction, Predicate

DIGITS: dict[str, int] = {
    "〇": 0, "零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7,
    "八": 8, "九": 9,
}  # fmt: skip
TENS: dict[str, int] = {"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
NUMBER_WORDS: dict[str, int] = {
    "俩": 2, "半": 1, "仨": 3, "廿": 20, "卅": 30, "半打": 6, "一打": 12, "两打": 24, "一双": 2,
    "一对": 2, "双": 2, "两三": 3, "三四": 3, "三五": 4, "数十": 30, "几十": 30,
}  # fmt: skip
VAGUE_COUNTS: dict[str, int] = {
    "几": 3, "一些": 3, "有些": 3, "若干": 3, "好几": 4, "数": 4, "许多": 8, "很多": 8, "好多": 8,
    "不少": 6, "一群": 5, "一堆堆": 8, "大量": 12, "众多": 8, "多": 6,
}  # fmt: skip
"""Words that say more than one and leave open how many → what is taken."""
MULTITUDES = ("成千上万", "无数", "数不清", "数以千计", "上千", "上万", "成百上千", "数千", "数万",
              "数百", "几百", "几千", "几万")  # fmt: skip
"""Words for more things than a stage can hold."""

MEASURES = frozenset(
    "个只条张块颗粒根支枝枚把台辆架艘座棵朵片本部件口扇盏面顶匹头位名滴团卷幅间栋幢道截段节株"
    "盆副串捆束份套双对株尊所艇列"
)
"""Measure words of one character, each for one thing; `对` and `双` count by two before."""
GROUP_MEASURES: dict[str, str] = {
    "排": "in_row", "行": "in_row", "列": "in_row", "队": "in_row", "堆": "stacked",
    "叠": "stacked", "摞": "stacked", "垛": "stacked", "群": "", "批": "", "组": "", "套": "",
    "串": "", "束": "", "捆": "",
}  # fmt: skip
"""Measure words for several things → how those stand together."""
CONTAINER_MEASURES = frozenset({"杯", "瓶", "碗", "盘", "盒", "箱", "桶", "罐", "篮", "袋", "锅",
                                "壶", "碟"})  # fmt: skip
"""Nouns that measure what they hold: `一篮苹果` is a basket, apples inside."""
FLUIDS = frozenset(
    {
        "水", "牛奶", "咖啡", "茶", "果汁", "油", "油漆", "沙子", "沙", "酒", "啤酒", "红酒",
        "可乐", "汤", "颜料", "汽油", "面粉", "米饭", "米", "盐", "糖水", "柠檬水", "雨水",
        "海水", "泥浆", "醋", "酱油", "墨水", "蜂蜜", "热水", "冰水", "饮料", "泥土", "土",
    }
)  # fmt: skip
"""What is poured, and shown only by its container."""

_LOCALIZERS: dict[Predicate, str] = {
    "on": (
        "第一层 第二层 第三层 第四层 中层 上层 下层 上 身上 头上 最上面 最上方 上面 上边 上头 "
        "顶 顶上 顶端 顶部 表面 面上 边缘 边沿 一头 一端 另一头 另一端 中央 正中央 正中间 中心 "
        "一角 顶层 最上层 上端"
    ),
    "inside": "里 里面 里边 里头 内 中 当中 之中 内部 内侧",
    "under": "下 最下面 最底下 下面 下边 下方 底下 之下 正下方 下头 脚下",
    "above": "上空 上方 正上方 之上",
    "left_of": "左 左边 左侧 左面 左方 左手边 左边儿",
    "right_of": "右 右边 右侧 右面 右方 右手边 右边儿",
    "in_front_of": "前 前面 前方 前边 面前 跟前 正前方 前头 之前",
    "behind": "后 后面 后方 后边 背后 身后 正后方 后头 之后",
    "beside": "旁 旁边 边 边上 身旁 身边 一旁 侧面 一侧 旁侧 隔壁 侧",
    "near": "附近 近处 近旁 不远处 周边",
    "around": "周围 四周 外围",
    "between": "之间 中间 间",
    "facing": "对面 正对面",
}  # fmt: skip
LOCALIZERS: dict[str, Predicate] = {
    word: predicate for predicate, listed in _LOCALIZERS.items() for word in listed.split()
}
"""Word after a noun → predicate."""

_TURNS: dict[str, Direction] = {
    "左": "left", "右": "right", "前": "forward", "后": "backward", "上": "up", "下": "down",
    "外": "away", "空中": "up", "天空": "up", "高处": "up", "远处": "away", "远方": "away",
    "镜头": "toward_camera", "观众": "toward_camera", "我们": "toward_camera",
}  # fmt: skip
_FROM: dict[str, Direction] = {"左": "right", "右": "left", "前": "backward", "后": "forward"}
_SIDES = ("", "边", "侧", "面", "方", "手边")


def _directions() -> dict[str, Direction]:
    table: dict[str, Direction] = {
        "顺时针": "clockwise", "逆时针": "counter_clockwise", "从左到右": "right",
        "从左往右": "right", "从左向右": "right", "由左向右": "right", "由左至右": "right",
        "自左向右": "right", "从右到左": "left", "从右往左": "left", "从右向左": "left",
        "由右向左": "left", "由右至左": "left", "从上往下": "down", "从上到下": "down",
        "从上而下": "down", "从下往上": "up", "自上而下": "down",
    }  # fmt: skip
    for turn, direction in _TURNS.items():
        sides = _SIDES if len(turn) == 1 else ("",)
        table |= {f"{p}{turn}{s}": direction for s in sides for p in ("向", "往", "朝", "朝着",
                                                                      "向着", "往着")}  # fmt: skip
    for turn, direction in _FROM.items():
        table |= {f"{p}{turn}{s}": direction for s in _SIDES[1:] for p in ("从", "自", "由")}
    return table


DIRECTIONS: Mapping[str, Direction] = MappingProxyType(_directions())
"""Wording → direction."""

PREPOSITIONS: dict[str, str] = {
    "从": "source", "自": "source", "打从": "source", "由": "source", "向": "toward",
    "朝": "toward", "往": "toward", "朝着": "toward", "向着": "toward", "对着": "toward",
    "对准": "toward", "冲着": "toward", "沿": "along", "沿着": "along", "顺着": "along",
    "在": "at", "于": "at", "把": "ba", "将": "ba", "被": "bei", "遭": "bei", "用": "with",
    "以": "with", "比": "than", "除了": "than", "除": "than", "让": "let", "使": "let",
    "叫": "let", "离": "away_from", "距离": "away_from", "跟随": "toward", "随着": "than",
    "为了": "than", "给": "than",
}  # fmt: skip
CONJUNCTIONS = frozenset({"和", "与", "跟", "及", "以及", "还有", "同", "、", "或", "外加"})
NEGATIONS = frozenset({"不", "没", "没有", "未", "未曾", "别", "不要", "并没有", "并未", "并不",
                       "不会", "没能", "从未", "毫不", "绝不", "无法", "不能", "不再"})  # fmt: skip
NEARLY = frozenset({"差一点", "差点", "差点儿", "险些", "差一点点", "差点没"})
ORDER_WORDS = frozenset({"然后", "接着", "随后", "之后", "最后", "后来", "再", "紧接着", "接下来",
                         "其后", "继而", "最后再"})  # fmt: skip
ALL_WORDS = frozenset({"全", "全部", "都", "全都", "所有", "一切", "通通", "统统", "全数", "悉数",
                       "每个", "每一个", "整个", "全体"})  # fmt: skip
COMPARES: dict[str, str] = {
    "至少": "at_least", "最少": "at_least", "起码": "at_least", "不少于": "at_least",
    "至多": "at_most", "最多": "at_most", "不超过": "at_most", "顶多": "at_most",
    "只有": "exactly", "仅有": "exactly", "仅": "exactly", "恰好": "exactly", "正好": "exactly",
    "只": "exactly", "有且只有": "exactly",
}  # fmt: skip
PARTS: dict[str, str] = {
    "其中": "some", "当中有": "some", "最上面": "top", "最上方": "top", "最顶上": "top",
    "最上层": "top", "最下面": "first", "最底下": "first", "最底层": "first", "最左边": "first",
    "最前面": "first", "最右边": "last", "最后面": "last", "最后": "last", "其余": "rest",
    "其他": "rest", "其它": "rest", "剩下": "rest", "剩余": "rest", "另": "other",
    "另外": "other", "第": "ordinal", "前": "front",
}  # fmt: skip
PRONOUNS: dict[str, str] = {
    "它": "it", "它们": "they", "他": "he", "她": "he", "他们": "they", "她们": "they",
    "自己": "self", "两者": "they", "彼此": "each", "对方": "each",
    "后者": "it", "前者": "it",
}  # fmt: skip
NOBODY = frozenset({"有人", "某人", "有谁", "谁", "人们", "风", "一阵风", "大风", "微风",
                    "不知谁", "外力", "重力"})  # fmt: skip
"""Agents that are not seen."""
SKY = frozenset(
    {
        "空中", "半空", "半空中", "天上", "天空", "天空中", "高空", "高处", "空气", "空气中",
        "天", "水里", "水中", "水面", "水面上", "水上", "低空", "云端", "远处", "远方", "原地",
        "原处", "当地", "外面", "外", "这儿", "那儿", "镜头前", "画面中央", "画面外", "途中",
        "终点", "起点", "尽头", "门口", "地点", "路上", "同一",
    }
)  # fmt: skip
"""Places where nothing stands."""
GROUNDS: dict[str, str] = {
    "地上": "", "地面": "", "地面上": "", "地板": "", "地板上": "", "地下": "",
    "木地板": "wood", "草地": "grass", "草坪": "grass", "草丛": "grass", "水泥地": "concrete",
    "瓷砖地": "tile", "雪地": "snow", "雪地里": "snow", "冰面": "ice", "沙地": "sand",
    "泥地": "dirt", "土地": "dirt", "柏油路": "asphalt", "石板路": "stone", "地毯地": "carpet",
    "大理石地板": "marble", "大理石地面": "marble", "马路上": "asphalt", "冰上": "ice",
    "沥青路": "asphalt", "水泥地面": "concrete",
}  # fmt: skip
"""Wordings for what everything stands on → its kind."""
WALLS: dict[str, str] = {"墙": "wall", "墙壁": "wall", "墙上": "wall", "墙面": "wall",
                         "砖墙": "wall", "石墙": "wall", "白墙": "wall", "围墙": "wall",
                         "墙边": "wall", "天花板": "ceiling", "屋顶吊顶": "ceiling"}  # fmt: skip
PART_NOUNS = frozenset(
    {
        "一头", "一端", "边缘", "边沿", "边", "表面", "顶", "顶部", "底部", "底", "中央", "中心",
        "把手", "角", "一角", "正面", "背面", "侧面", "一侧", "口", "一边", "身体", "身子",
        "尾巴", "坡顶", "坡底", "腿", "脚",
    }
)  # fmt: skip
"""Nouns that only say which part: the edge of a table is the table."""


_NOT_NOUNS = frozenset(
    {
        "墙", "砖墙", "围墙", "石墙", "天花板", "地球", "月球", "三角", "布", "钱", "票", "台",
        "槽", "杆", "纸", "竹", "冰", "一张纸", "一束花", "一块蛋糕", "一块披萨", "走廊", "阳台",
        "山洞", "洞穴", "商店", "店铺", "泳池", "游泳池", "球道", "保龄球道", "农场", "建筑",
        "车道", "水滴", "雨滴", "英雄", "巨人", "鬼", "动物", "人物", "大人", "先生", "标志",
        "按钮", "开关",
    }
)  # fmt: skip
"""Wordings of the table of things that mean a place, a material or nothing to stage."""


@functools.cache
def chinese_nouns() -> Mapping[str, tuple[str, str | None]]:
    """Return every noun wording, in simplified characters → (English noun, material it says).

    The list beside this file comes first; after it the wordings of the table of things, but for
    those that a material or a colour and a known noun make up (`铁` and `门`).
    """
    table = _listed_nouns()
    prefixes = (*MATERIALS, *COLORS, *SIZES)
    for thing in nouns().values():
        for word in thing.chinese:
            made_up = any(word.startswith(p) and word[len(p) :] in table for p in prefixes)
            if word not in _NOT_NOUNS and word not in PLACES and not made_up:
                table.setdefault(word, (thing.name.replace("_", " "), None))
    return MappingProxyType(table)


def _listed_nouns() -> dict[str, tuple[str, str | None]]:
    file = importlib.resources.files("scene_builder.knowledge.words.chinese").joinpath("nouns.csv")
    table: dict[str, tuple[str, str | None]] = {}
    for row in csv.DictReader(file.read_text(encoding="utf-8").splitlines()):
        for wording in row["wordings"].split("|"):
            word, _, material = wording.partition(":")
            table.setdefault(word, (row["noun"], material or None))
    return table
