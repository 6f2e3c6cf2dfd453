"""Chinese verbs, what they say in a scene graph, and the complements that turn them."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Literal

from scene_builder.model.words import OutcomePredicate, Predicate, Verb

Kind = Literal["motion", "handle", "contact", "topple", "place", "contain", "cover", "result",
               "exist", "be", "wear", "meet", "other"]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Root:
    """What one verb says, before its complements.

    Attributes:
        kind: `motion`: the subject moves; `handle`: the object is moved; `contact`: the subject
            touches the object; `topple`: one falls over; `place`: the subject is at a place;
            `contain`, `cover`: the subject holds, or covers, the object; `result`: it only says
            how something ends; `exist`, `be`: there is, it is; `wear`: clothes; `meet`: two
            touch each other; `other`: nothing that is filmed.
        verb: The action, if it says one.
        outcome: The outcome, if it says one.
        predicate: The relation, if the verb itself says one.
    """

    kind: Kind
    verb: Verb | None = None
    outcome: OutcomePredicate | None = None
    predicate: Predicate | None = None


def _roots() -> dict[str, Root]:
    table: dict[str, Root] = {}
    for verb, words in _MOTIONS.items():
        bounces: OutcomePredicate | None = "bounces" if verb == "bounce" else None
        table |= {word: Root(kind="motion", verb=verb, outcome=bounces) for word in words.split()}
    for verb, words in _HANDLES.items():
        table |= {word: Root(kind="handle", verb=verb) for word in words.split()}
    for predicate, words in _PLACES.items():
        table |= {word: Root(kind="place", predicate=predicate) for word in words.split()}
    for outcome, words in _RESULTS.items():
        table |= {word: Root(kind="result", outcome=outcome) for word in words.split()}
    for kind, words in _KINDS.items():
        outcome_of: OutcomePredicate | None = "touches" if kind in {"contact", "meet"} else None
        table |= {word: Root(kind=kind, outcome=outcome_of) for word in words.split()}
    table["倒"] = table["翻倒"] = table["倒地"] = Root(kind="topple", outcome="falls")
    for word in _POSTURES.split():
        table[word] = Root(kind="place")
    return table


_MOTIONS: dict[Verb, str] = {
    "roll": "滚 滚动 翻滚 滚落 行驶 驶 行进 疾驰 飞驰 奔驰 冲 猛冲 直冲 冲刺 开车 滚来 驶来 倒车",
    "slide": "滑 滑动 滑行 移动 滑落 挪动 溜 平移",
    "fall": "掉 落 坠 跌 摔 掉落 坠落 跌落 从天而降 坠毁 摔落 下落 落下 下坠 坠下 栽",
    "spin": "旋转 转 转动 打转 自转 转圈 打旋",
    "swing": "摆 摆动 摇摆 晃动 摇晃 荡 摆荡 晃 摇动 摇 摇曳 甩动",
    "bounce": "弹 弹跳 蹦 跳动 反弹 弹起 回弹 蹦跳 弹回",
    "launch": "升空 起飞 跳 跃 跳跃 弹射 腾空 跃起",
    "float": "升起 上升 下降 飘 漂 漂浮 悬浮 悬停 浮 飘浮 飘荡 飘落 飘舞 飘扬 漂流",
    "fly": "飞 飞行 翱翔 飞舞 盘旋",
    "walk": "走 走路 散步 爬 踱步 漫步 行走 迈步",
    "run": "跑 奔跑 追 追逐 追赶 狂奔 小跑 跑步 奔",
    "turn": "转身 转向 翻转 翻 掉头 调头",
    "explode": "爆炸 炸 炸开 爆 爆开 爆裂 炸裂",
    "melt": "融化 熔化 溶化 化开 化掉",
    "open": "敞开 张开 打开",
    "close": "关闭 合上 关上",
}  # fmt: skip
_HANDLES: dict[Verb, str] = {
    "throw": "扔 丢 抛 投 掷 甩 投掷 抛掷 扔出 打出",
    "push": "推 推动 推开 按 顶 搬 挪 移 拨 塞 挤 推搡",
    "pull": "拉 拖 拽 拉动 扯 牵 拖动 抽 抽走 抽出 拔 拔出 拔掉 摘 拉扯",
    "kick": "踢",
    "launch": "发射 射 射出",
    "drop": "松开 放开 释放 松手 放下 丢下",
    "pour": "倾倒 倒出 倒入 倒进",
    "open": "开 掀开 拉开",
    "close": "关 盖上",
    "spin": "拨动 拧",
    "stack": "摞起来",
}  # fmt: skip
_PLACES: dict[Predicate, str] = {
    "hanging_from": "挂 吊 悬挂 垂挂 悬吊 悬 吊挂 垂",
    "attached_to": "系 绑 拴 固定 粘 贴 钉 连接 连 安装 捆 缠 焊",
    "against": "靠 倚 斜靠 倚靠 靠着 倚着 紧靠 靠在",
    "around": "围 围绕 环绕 围着 围住 围坐 绕",
    "facing": "面对 面向 面朝 正对 朝向 对着",
    "on": "架 搭 支 横跨",
    "between": "夹",
}  # fmt: skip
_POSTURES = (
    "放 摆 搁 立 站 留 停留 堆放 叠放 平衡 坐 躺 竖 待 趴 蹲 睡 摆放 放置 陈列 散落 卧 停靠 "
    "停放 平放 插 位于 处于 竖立 直立 站立 坐落 摆着 停泊 堆 叠 堆叠 摞 排列 排 排开 一字排开 "
    "嵌 落座 伫立 矗立 生长 长在"
)
_RESULTS: dict[OutcomePredicate, str] = {
    "comes_to_rest": "停 停下 停住 停止 静止 静止不动 停下来 不动",
    "lands_on": "落地 着地 触地 着陆",
    "avoids": "避开 躲开 绕开 绕过 错过 躲过 闪过 没碰",
    "falls": "倒下 倒塌 倒落 垮 垮掉 塌 塌下 塌落 倒掉 散架 坍塌 翻倒 歪倒 倾覆 瘫倒",
    "leaves_frame": "出画 消失 不见",
}  # fmt: skip
_KINDS: dict[Kind, str] = {
    "contact": (
        "撞 碰 打中 击中 砸中 命中 砸 撞击 触碰 擦 擦过 打 敲 敲打 蹭 触 击打 碰触 击 冲撞 "
        "接触"
    ),
    "contain": "装 装满 盛 盛放 盛满 放满 堆满 摆满 插满 装着 塞满 装有 盛着",
    "cover": "盖住 罩住 盖 罩 扣住 遮住 压住 压",
    "exist": "有 出现 存在 长着 坐着 放着 跟着 摆放着 跟随着",
    "be": "是 为 就是 变成",
    "wear": "穿 戴 拿 握 捧 抱 提 举 背 骑 穿着 戴着 拿着 叼 叼着 抓住 抓着 牵着",
    "meet": "相撞 碰撞 对撞 相碰 撞在一起 碰在一起 撞到一起 碰到一起 撞成一团",
    "other": (
        "到达 抵达 进入 离去 递 送 运 运送 载 切 切开 砍 劈 剪 剪断 撕 折叠 翻开 点 点亮 浇 "
        "喷洒 吸 卷 捏 抬 抬高 收 收集 找 找到 发现 选择 数 算 试 修 修理 建 建造 盖房 种 摸 "
        "抚摸 咬 啃 舔 抱住 握住 拥抱 追赶着 庆祝 鼓掌 欢呼 挥手 招手 挥 指 指着 躲 躲在 藏 "
        "藏在 背对 背对着 背向 包围 笼罩 覆盖 沾 染 涂 刷 洗 擦拭 扫 打扫 清理 晒 烤 煮 炒 "
        "炸鸡 吵 睡着 醒 醒来 梦见 爱 喜欢 害怕 惊讶 玩 玩耍 看 望 吹 吹来 吹过 刮 响 叫 喊 笑 "
        "哭 碎 破 裂 断 坏 亮 闪 闪烁 燃烧 烧 冒 喷 流 流动 洒 溅 吃 喝 睡觉 唱歌 跳舞 说话 "
        "表演 练习 工作 使用 观察 等待 等 保持 准备 试图 尝试 努力 发出 形成 呈现 露出 显得 "
        "运球 拍打 拍 喂 抓 接 接住 捡起 拿起 举起 抬起 提起 成 做 制 照 照亮 洒落 点燃 卡住 "
        "卡 堵住 经过 穿过 通过 越过 跨过 跃过 分开 散开 碎裂 破碎 打碎 溢出 变 变得 触发 引发 "
        "反射 折射 散 碎开 带动 带 受到 影响 发生 轮流 追尾 比赛 跟随 伴随 冒出 散发 松脱 脱落 "
        "松动 弯 弯曲 挣脱 靠近 接近 逼近 欣赏 织 编织 发出声响 发呆 微笑 聊天 喝水 唱 弹琴 "
        "读书 看书 写字 画画 吹拂 照耀 闪耀 滴 滴落 鸣 扬 扬起 颤抖 抖动 震动 摇头 点头"
    ),
}  # fmt: skip

ROOTS: Mapping[str, Root] = MappingProxyType(_roots())
"""Verb → what it says."""

PASSING = frozenset({"经过", "穿过", "通过", "越过", "跨过", "跃过"})
"""Verbs of passing: what moves depends on who passes."""

COMPLEMENTS: dict[str, str] = {
    "下来": "down", "下去": "down", "下": "down_to", "落": "down", "掉": "down", "起来": "up",
    "起": "up", "上来": "up", "上去": "up", "上": "reach", "升": "up", "进来": "in", "进去": "in",
    "进": "into", "入": "into", "出来": "out", "出去": "out", "出": "out_of", "过来": "hither",
    "过去": "past", "过": "past_to", "来": "hither", "去": "hither", "走": "away", "开": "away",
    "远": "away", "回来": "back", "回去": "back", "回": "reach", "到": "reach", "至": "reach",
    "往": "toward", "向": "toward", "在": "rest", "于": "rest", "倒": "over", "翻": "over",
    "倒下": "over", "翻倒": "over", "塌": "over", "飞": "fly", "中": "hit", "着": "lasting",
    "了": "done", "住": "stay", "满": "full", "成": "become", "碎": "break", "破": "break",
    "断": "break", "断开": "break", "裂": "break", "坏": "break", "动": "move", "好": "done",
    "完": "done", "离": "leave", "离开": "leave", "散": "break", "垮": "over", "歪": "move",
    "不停": "done", "一下": "done", "进到": "into", "入到": "into",
    "到了": "reach", "开来": "away", "开去": "away", "得": "done", "给": "toward",
    "朝": "toward", "下了": "down_to", "扁": "break", "烂": "break", "爆": "break",
}  # fmt: skip
"""What follows a verb → how it turns it."""

GOALS = frozenset({"down_to", "reach", "into", "out_of", "past_to", "toward", "rest", "leave"})
"""Complements after which the place stands where it goes."""
