"""Chinese words for colours, materials, sizes and speeds, and words that change nothing."""

from collections.abc import Mapping
from types import MappingProxyType

from scene_builder.knowledge.colors import COLORFUL
from scene_builder.knowledge.words.qualities import color_from_words

_BASE_COLORS: dict[str, str] = {
    "红": "red", "大红": "red", "橙": "orange", "橘": "orange", "桔": "orange", "黄": "yellow",
    "绿": "green", "青": "green", "蓝": "blue", "紫": "purple", "粉": "pink", "粉红": "pink",
    "棕": "brown", "褐": "brown", "黑": "black", "白": "white", "灰": "gray", "金": "gold",
    "银": "silver", "咖啡": "brown", "米": "beige", "天蓝": "sky blue", "翠绿": "emerald",
    "草绿": "lime green", "墨绿": "dark green", "宝蓝": "royal blue", "藏青": "navy",
    "海军蓝": "navy", "深红": "dark red", "酒红": "burgundy", "玫红": "fuchsia", "橙红": "coral",
    "橘红": "coral", "橘黄": "orange", "橙黄": "orange", "金黄": "gold", "乳白": "ivory",
    "雪白": "white", "洁白": "white", "漆黑": "black", "乌黑": "black", "鲜红": "red",
    "火红": "red", "碧绿": "emerald", "嫩绿": "lime green", "湖蓝": "turquoise", "靛": "indigo",
    "青绿": "teal", "卡其": "khaki", "枣红": "maroon", "铜": "bronze-coloured",
    "柠檬黄": "yellow", "薄荷绿": "mint", "绿松石": "turquoise", "象牙": "ivory",
    "玫瑰": "rose", "银白": "silver", "银灰": "silver", "淡紫": "lavender", "淡蓝": "light blue",
}  # fmt: skip
_SHADES = {"深": "dark", "暗": "dark", "浅": "light", "淡": "light", "亮": "bright",
           "鲜": "bright"}  # fmt: skip
_NEEDS_SUFFIX = frozenset({"咖啡", "米", "铜", "玫瑰", "象牙", "绿松石", "卡其", "靛"})


def _colors() -> dict[str, str]:
    table: dict[str, str] = {}
    for word, english in _BASE_COLORS.items():
        css = color_from_words(tuple(english.split(" ")))
        assert css is not None
        table |= {f"{word}色": css} | ({} if word in _NEEDS_SUFFIX else {word: css})
        for shade, shaded in _SHADES.items() if len(word) == 1 else ():
            css = color_from_words((shaded, english)) or css
            table |= {f"{shade}{word}色": css, f"{shade}{word}": css}
    return table | dict.fromkeys(_MANY_COLORS, COLORFUL)


_MANY_COLORS = ("彩色", "五彩", "多彩", "七彩", "五颜六色", "彩虹色", "五彩缤纷", "花花绿绿",
                "色彩缤纷", "色彩鲜艳", "各种颜色", "不同颜色")  # fmt: skip
COLORS: Mapping[str, str] = MappingProxyType(_colors())
"""Word → CSS colour name."""

_MATERIALS: dict[str, str] = {
    "木": "wood", "木头": "wood", "木质": "wood", "实木": "wood", "橡木": "wood", "松木": "wood",
    "原木色": "wood", "铁": "iron", "铸铁": "iron", "钢": "steel", "不锈钢": "steel",
    "钢铁": "steel", "铜": "copper", "黄铜": "brass", "青铜": "bronze", "铝": "aluminium",
    "锡": "tin", "铅": "lead", "金属": "metal", "玻璃": "glass", "塑料": "plastic",
    "塑胶": "plastic", "橡胶": "rubber", "橡皮": "rubber", "陶瓷": "ceramic", "陶": "ceramic",
    "瓷": "porcelain", "白瓷": "porcelain", "石": "stone", "石头": "stone", "石质": "stone",
    "大理石": "marble", "花岗岩": "granite", "纸": "paper", "纸板": "cardboard",
    "硬纸板": "cardboard", "皮": "leather", "皮革": "leather", "真皮": "leather", "布": "cloth",
    "布料": "fabric", "帆布": "cloth", "毛绒": "fabric", "绒布": "velvet", "天鹅绒": "velvet",
    "丝绸": "silk", "羊毛": "wool", "毛线": "wool", "棉": "cotton", "棉布": "cotton",
    "冰": "ice", "水晶": "crystal", "竹": "bamboo", "竹子": "bamboo", "水泥": "concrete",
    "混凝土": "concrete", "泡沫": "foam", "软木": "cork", "蜡": "wax", "稻草": "straw",
    "草编": "straw", "黏土": "clay", "粘土": "clay", "陶土": "clay", "泥": "clay",
    "纯金": "gold", "黄金": "gold", "纯银": "silver", "砖": "brick", "藤": "straw",
}  # fmt: skip
_MADE = ("", "制", "质", "做的", "制的", "制成的", "做成的", "打造的", "材质")


def _materials() -> dict[str, str]:
    return {word + made: value for word, value in _MATERIALS.items() for made in _MADE}


MATERIALS: Mapping[str, str] = MappingProxyType(_materials())
"""Word → material."""

SIZES: dict[str, str] = {
    "小": "small", "小小": "small", "小型": "small", "微小": "tiny", "极小": "tiny",
    "迷你": "tiny", "很小": "small", "袖珍": "tiny", "大": "large", "大大": "large",
    "大型": "large", "很大": "large", "巨大": "huge", "庞大": "huge", "超大": "huge",
    "硕大": "huge", "巨型": "giant", "特大": "huge", "高": "tall", "高高": "tall", "高大": "tall",
    "很高": "tall", "矮": "short", "矮小": "short", "短": "short", "长": "long", "长长": "long",
    "很长": "long", "细长": "long", "中等": "medium", "中型": "medium", "中号": "medium",
    "大号": "large", "小号的": "small", "矮矮": "short", "瘦高": "tall",
}  # fmt: skip
"""Word → one of the graph's size words."""

SPEEDS: dict[str, str] = {
    "慢慢": "slow", "缓缓": "slow", "缓慢": "slow", "慢速": "slow", "徐徐": "slow",
    "悠悠": "slow", "不紧不慢": "slow", "低速": "slow", "慢悠悠": "slow", "轻轻": "gentle",
    "轻柔": "gentle", "轻": "gentle", "微微": "gentle", "轻微": "gentle", "温柔": "gentle",
    "快速": "fast", "迅速": "fast", "飞快": "fast", "很快": "fast", "急速": "fast",
    "飞速": "fast", "疾速": "fast", "高速": "fast", "急": "fast", "全速": "very_fast",
    "极快": "very_fast", "猛": "hard", "猛地": "hard", "猛烈": "hard", "用力": "hard",
    "狠狠": "hard", "重重": "hard", "使劲": "hard", "大力": "hard", "奋力": "hard",
    "猛然": "hard", "快": "fast", "慢": "slow", "中等速度": "medium", "中速": "medium",
    "匀速": "medium", "以中等速度": "medium", "飞也似": "fast", "轻快": "fast", "悠闲": "slow",
}  # fmt: skip
"""Adverb → one of the graph's speed words."""

PLAIN_WORDS = frozenset(
    {
        "旧", "新", "老", "破旧", "崭新", "漂亮", "美丽", "可爱", "沉重", "重", "厚", "薄",
        "厚重", "很重", "空", "空荡荡", "空空", "满", "圆", "圆圆", "圆形", "方", "方形", "扁平",
        "扁", "光滑", "闪亮", "发光", "透明", "半透明", "生锈", "干净", "脏", "大小不同",
        "大小不一", "不同", "相同", "一样", "普通", "简单", "精致", "古老", "古董", "复古",
        "崎岖", "陡", "陡峭", "平坦", "倾斜", "柔软", "软", "硬", "坚硬", "细", "粗", "宽", "窄",
        "尖", "弯", "弯曲", "条纹", "花", "打开的", "敞开的", "孤独",
        "安静", "老旧", "奇怪", "神秘", "整齐", "整整齐齐", "摇摇欲坠", "新鲜", "成熟", "熟透",
        "调皮", "活泼", "年轻", "巨", "真", "假", "单", "同样", "明亮", "昏暗", "柔和", "温暖",
        "安全", "高级", "豪华", "叮叮当当", "远", "很远", "近", "很近", "来回", "前后", "左右",
        "一级一级", "依次", "一个个", "一个接一个", "接连", "纷纷", "逐个", "逐一", "稳稳",
        "静静", "悄悄", "牢牢", "好好", "独自", "先", "突然", "忽然", "正", "正在", "都能",
        "刚好", "恰恰", "直接", "径直", "一路", "一直", "不断", "不停", "最终", "终于", "其实",
        "仍然", "仍", "还", "也", "却", "但", "但是", "可是", "不过", "而", "并", "并且", "而且",
        "就", "便", "只见", "一起", "同时", "地", "得", "了", "啊", "吧", "呢", "吗", "呀", "会",
        "能", "可以", "要", "将要", "想", "开始", "继续", "朝外", "一瞬间", "瞬间", "差不多",
        "大约", "大概", "左右两边", "非常", "十分", "特别", "很", "太", "比较", "有点", "稍微",
        "更", "最", "所", "之", "各", "每", "某", "那边", "这边", "这里", "那里", "这时", "此时",
        "当", "时候", "时", "当时", "因为", "所以", "如果", "虽然", "于是", "直到", "为", "因此",
        "渐渐", "逐渐", "立刻", "马上", "立即", "顿时", "随即", "再次", "又", "才", "来", "去",
        "自由", "完全", "几乎", "仿佛", "好像", "似乎", "一样的", "看起来", "十分地", "原来",
        "大家", "事情", "声音", "响声", "来回地", "完好", "无损", "笔直", "平稳", "平静", "翠",
        "木纹", "心爱", "流畅", "优雅", "欢快", "的时候", "以后", "之前", "以前", "往常",
        "小心翼翼", "小心", "意外", "不小心", "恰巧", "碰巧", "正中", "端端正正", "精美", "晶莹",
        "剔透", "闪闪发光", "闪闪", "亮晶晶", "沉甸甸", "胖乎乎", "毛茸茸", "光秃秃", "软软",
        "冷", "热", "烫", "湿", "干", "锋利", "坚固", "脆弱", "易碎", "直直", "直直地",
        "摇摇晃晃", "晃晃悠悠", "孤零零", "折叠", "炎热", "寒冷", "柔和地", "一动不动", "慌张",
        "高兴", "开心", "难过", "兴奋", "疲惫", "优美", "轻盈", "笨重", "结实", "廉价",
        "金属光泽", "绿油油", "红彤彤", "白茫茫", "黑乎乎", "圆滚滚", "高耸", "弯弯", "歪歪斜斜",
        "歪", "空心", "实心", "一字", "成排", "成对", "前后左右", "四处", "到处", "处处", "永远",
        "总是", "经常", "往往", "偶尔", "有时", "平时", "今天", "昨天", "明天", "现在", "刚刚",
        "刚才", "刚", "已经", "曾经", "快要", "即将", "丝毫", "根本", "从来", "恢复", "名贵",
        "黑白", "黑白两色", "黑白相间", "哪", "哪个", "最先", "首先", "层层", "整", "整个",
        "秋天", "春天", "夏天", "冬天", "秋日", "春日", "夏日", "冬日", "夏季", "冬季", "越",
        "越来越", "愈", "且", "则", "若", "即", "亦", "均", "皆", "尚", "颇", "极", "挺", "蛮",
        "居然", "竟然", "竟", "果然", "显然", "当然", "也许", "可能", "反复", "轮番", "随意",
        "随便", "互相", "相互", "各自", "分别", "共同", "转眼", "一会儿", "不一会儿", "片刻",
        "许久", "很久", "半天", "砰", "砰的一声", "啪", "啪的一声", "咚", "咚的一声", "哗啦",
        "轰", "轰的一声", "嗖", "呼", "哐当", "扑通", "扑通一声", "那么", "这么", "怎么", "什么",
        "为什么", "多么", "如何", "如此", "一定", "必须", "应该", "需要", "而是", "不是", "每次",
        "次", "第一次", "紧紧", "一动", "沿途", "样", "般", "似的", "一般", "而且是", "名叫",
        "叫做", "以及一些", "等等", "等", "之类", "左右两侧", "当即", "连续", "持续", "一步步",
        "一步一步", "一把抓", "忽", "渐", "逐", "昂贵",
    }
)  # fmt: skip
"""Words for which the scene graph has no field; they change nothing."""

SKIPPED_PHRASES = (
    "一圈", "两圈", "几圈", "三圈", "一圈圈", "几下", "一下", "两下", "三下", "四下", "一脚",
    "一次", "两次", "三次", "几次", "再一次", "又一次", "一点", "一点点", "一阵", "一声",
    "一下子", "请给我看", "给我看看", "给我看", "我想要看", "我想看到", "我想看", "我要看",
    "我想要", "想看", "请展示", "展示", "请生成", "生成", "请制作", "制作", "请拍摄", "拍摄",
    "请拍", "画一个", "来一段", "一段视频", "一个视频", "视频里", "视频中", "视频", "影片",
    "短片", "动画片", "画面上", "画面里", "画面中", "场景中", "场景里", "场景", "影像",
    "可以看到", "能看到", "看到", "看见", "请", "帮我", "我", "你", "我们", "一段", "一幕",
    "一个画面", "背景是", "背景为", "背景", "地点是", "时间是", "时长", "长度", "内容是",
    "主角是", "想象", "只听", "听到", "这样", "那样",
)  # fmt: skip
"""What people say about the film itself."""
