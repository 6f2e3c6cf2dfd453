"""Chinese words for where and when it happens, and for how the film looks and moves."""

PLACES: dict[str, str] = {
    "厨房": "kitchen", "客厅": "living room", "起居室": "living room", "房间": "room",
    "屋里": "room", "屋内": "room", "室内": "room", "卧室": "bedroom", "浴室": "bathroom",
    "洗手间": "bathroom", "办公室": "office", "教室": "classroom", "课堂": "classroom",
    "图书馆": "library", "工作室": "workshop", "车间": "workshop", "工坊": "workshop",
    "车库": "garage", "摄影棚": "studio", "健身房": "gym", "体育馆": "gym", "博物馆": "museum",
    "美术馆": "museum", "画廊": "museum", "仓库": "warehouse", "工厂": "factory",
    "厂房": "factory", "实验室": "laboratory", "咖啡馆": "cafe", "咖啡厅": "cafe",
    "咖啡店": "cafe", "餐厅": "restaurant", "饭店": "restaurant", "街道": "street",
    "街上": "street", "大街": "street", "街头": "street", "马路": "street", "公路": "street",
    "小巷": "street", "路边": "street", "路旁": "street", "路口": "street", "街边": "street",
    "巷子": "street", "道路": "street", "城市": "city", "城里": "city", "市区": "city",
    "公园": "park", "游乐场": "playground", "操场": "playground", "花园": "garden",
    "院子": "garden", "后院": "garden", "庭院": "garden", "森林": "forest", "树林": "forest",
    "林间": "forest", "草原": "meadow", "田野": "meadow", "田里": "meadow", "海滩": "beach",
    "沙滩": "beach", "海边": "beach", "沙漠": "desert", "山里": "mountains", "山上": "mountains",
    "山区": "mountains", "港口": "harbour", "海港": "harbour", "保龄球馆": "bowling alley",
    "保龄球道": "bowling alley", "球道": "bowling alley", "农场": "farm", "农田": "farm",
    "体育场": "stadium", "球场": "stadium", "篮球场": "basketball court", "足球场": "stadium",
    "网球场": "tennis court", "太空": "space", "宇宙": "space", "外太空": "space",
    "太空船": "spaceship", "飞船内部": "spaceship", "太空船内部": "spaceship",
    "太空站": "space station", "空间站": "space station", "大厅": "hall", "礼堂": "hall",
    "温室": "conservatory", "车站": "train station", "隧道里": "tunnel", "舞台上": "stage",
    "船上": "ship", "甲板": "ship deck", "村庄": "village", "屋顶": "roof",
    "走道": "hallway", "过道": "hallway", "阁楼": "attic", "地下室": "cellar", "走廊": "hallway",
    "楼顶": "roof", "天台": "roof", "工地": "construction site", "超市": "supermarket",
    "商店": "shop", "火车站": "train station", "医院": "hospital", "学校": "school",
    "河边": "riverside", "湖面": "lake", "湖里": "lake", "湖": "lake", "湖上": "lake",
    "海面": "sea", "海上": "sea", "大海": "sea", "海里": "sea", "海底": "underwater",
    "河面": "river", "小河": "river", "河里": "river", "河": "river", "水下": "underwater",
    "湖边": "lakeside", "停车场": "parking lot", "书房": "study", "阳台": "balcony",
    "泳池": "swimming pool", "游泳池": "swimming pool", "洞穴": "cave", "山洞": "cave",
}  # fmt: skip
PLACE_TAILS = ("里面", "里头", "里边", "当中", "之中", "里", "中", "内", "上", "旁", "边")
"""What may follow a place without naming anything."""

TIMES: dict[str, str] = {
    "清晨": "morning", "早晨": "morning", "早上": "morning", "上午": "morning", "清早": "morning",
    "晨光": "morning", "一大早": "morning", "白天": "day", "中午": "day", "正午": "day",
    "大白天": "day", "下午": "afternoon", "午后": "afternoon", "傍晚": "evening",
    "黄昏": "sunset", "日落": "sunset", "夕阳": "sunset", "日落时分": "sunset",
    "夕阳西下": "sunset", "日出": "sunrise", "黎明": "sunrise", "拂晓": "sunrise",
    "晚上": "night", "夜晚": "night", "夜里": "night", "深夜": "night", "夜间": "night",
    "午夜": "night", "半夜": "night", "黑夜": "night", "星空下": "night", "月光下": "night",
    "夜色": "night", "夜": "night", "凌晨": "night", "入夜": "night", "月夜": "night",
}  # fmt: skip
WEATHERS: dict[str, str] = {
    "晴朗": "clear", "晴空": "clear", "蓝天": "clear", "阳光明媚": "sunny", "阳光下": "sunny",
    "晴天": "sunny", "大晴天": "sunny", "艳阳": "sunny", "阴天": "cloudy", "多云": "cloudy",
    "阴沉": "cloudy", "下雨": "rain", "下着雨": "rain", "雨中": "rain", "雨天": "rain",
    "大雨": "rain", "小雨": "rain", "雨夜": "rain", "下大雨": "rain", "下着大雨": "rain",
    "细雨": "rain", "下着小雨": "rain", "雨里": "rain", "下雪": "snow", "下着雪": "snow",
    "雪天": "snow", "大雪": "snow", "雪中": "snow", "下大雪": "snow", "飘雪": "snow",
    "下着大雪": "snow", "雪夜": "snow", "起雾": "fog", "大雾": "fog", "雾中": "fog",
    "雾气": "fog", "雾蒙蒙": "fog", "薄雾": "fog", "浓雾": "fog", "暴风雨": "storm",
    "台风天": "storm", "台风": "storm", "雷雨": "storm", "暴雨": "storm", "狂风": "windy",
    "大风": "windy", "刮风": "windy", "一阵风": "windy", "刮着风": "windy", "刮着大风": "windy",
    "风很大": "windy",
}  # fmt: skip
ALSO_NIGHT = frozenset({"雨夜", "雪夜"})
GRAVITIES: dict[str, str] = {
    "月球": "moon", "月球上": "moon", "月亮上": "moon", "月球表面": "moon", "火星": "mars",
    "火星上": "mars", "火星表面": "mars", "无重力": "zero", "失重": "zero", "零重力": "zero",
    "微重力": "zero", "没有重力": "zero", "太空中": "zero", "外太空中": "zero",
    "宇宙中": "zero", "太空里": "zero", "失重状态": "zero", "零重力环境": "zero",
}  # fmt: skip
STYLES: dict[str, str] = {
    "写实": "photoreal", "真实感": "photoreal", "照片级": "photoreal", "逼真": "photoreal",
    "超写实": "photoreal", "拟真": "photoreal", "卡通": "toon", "漫画": "toon", "动画": "toon",
    "水彩": "watercolor", "油画": "oil", "素描": "sketch", "铅笔画": "sketch", "手绘": "sketch",
    "动漫": "anime", "日漫": "anime", "日式动画": "anime", "像素": "pixel", "像素艺术": "pixel",
    "黏土": "clay", "粘土": "clay", "黏土动画": "clay", "定格动画": "clay", "黑色电影": "noir",
    "赛博朋克": "cyberpunk", "水墨": "ink", "水墨画": "ink", "国画": "ink",
    "低多边形": "low_poly", "电影感": "cinematic", "电影级": "cinematic", "电影质感": "cinematic",
    "老电影": "vintage", "复古电影": "vintage", "胶片": "vintage", "纪录片": "documentary",
    "印象派": "impressionist", "儿童画": "crayon drawing", "蜡笔画": "crayon drawing",
    "剪纸": "paper cut",
}  # fmt: skip
STYLE_TAILS = r"(?:的?(?:风格|画风|画面|质感|效果|色调|手法|动画|风|画|版|式))"
"""What makes a style of a word: `水彩` alone may be paint, `水彩风格` is none."""
STYLES_ALONE = frozenset({"写实", "真实感", "照片级", "超写实", "电影感", "电影级", "电影质感",
                          "黏土动画", "定格动画", "水墨画", "赛博朋克", "低多边形", "像素艺术",
                          "日式动画", "铅笔画", "黑色电影", "老电影"})  # fmt: skip
"""Style words that need no such tail."""
MOODS: dict[str, str] = {
    "温馨": "cosy", "阴森": "gloomy", "戏剧性": "dramatic", "欢乐": "cheerful",
    "神秘的气氛": "mysterious", "梦幻": "dreamy", "紧张": "tense", "宁静": "serene",
    "诡异": "eerie", "忧郁": "melancholic", "史诗": "epic", "俏皮": "playful",
}  # fmt: skip
NOT_SERVED: dict[str, str] = {
    r"慢动作|慢镜头|升格": "slow motion: the film runs at the speed of the world",
    r"延时摄影|缩时摄影|缩时|快进|加速播放": "time-lapse: the film runs at the speed of the world",
    r"倒放|倒带|时光倒流": "reversed time: the film runs forward",
    r"音乐|配乐|背景乐|旁白|音效": "sound: the film is silent",
    r"字幕": "subtitles",
    r"分屏|画中画": "several pictures at once",
}
"""Patterns of what a film of worldreel cannot have → how that is said."""

CAMERA_WORDS = ("手持镜头", "手持摄影机", "镜头", "摄像机", "摄影机", "机位", "运镜", "拍摄角度",
                "航拍镜头", "相机镜头")  # fmt: skip
"""What a clause about the camera begins with."""
FRAMINGS: dict[str, str] = {
    "极近特写": "extreme_close_up", "大特写": "extreme_close_up", "微距": "extreme_close_up",
    "微距镜头": "extreme_close_up", "极特写": "extreme_close_up", "超近特写": "extreme_close_up",
    "特写": "close_up", "近景": "close_up", "特写镜头": "close_up", "近距离": "close_up",
    "近景镜头": "close_up", "中景": "medium", "中近景": "medium", "中景镜头": "medium",
    "全景": "wide", "远景": "wide", "广角": "wide", "大全景": "wide", "广角镜头": "wide",
    "全景镜头": "wide", "远景镜头": "wide", "大远景": "wide",
}  # fmt: skip
ANGLES: dict[str, str] = {
    "平视": "eye_level", "平视角": "eye_level", "水平视角": "eye_level", "高角度": "high",
    "斜上方": "high", "从斜上方": "high", "高机位": "high", "低角度": "low", "仰视": "low",
    "仰拍": "low", "仰角": "low", "从下往上拍": "low", "低机位": "low", "俯视": "top",
    "俯拍": "top", "俯瞰": "top", "鸟瞰": "top", "航拍": "top", "从正上方": "top",
    "上帝视角": "top", "顶视": "top", "俯视镜头": "top", "俯角": "top", "空拍": "top",
    "从上往下俯拍": "top", "正上方俯拍": "top", "从上往下拍": "top", "从上方俯拍": "top",
    "俯拍镜头": "top", "仰拍镜头": "low", "从正上方俯拍": "top", "垂直俯拍": "top",
}  # fmt: skip
ANGLE_TAILS = ("角度", "视角", "拍摄", "镜头", "角", "着", "拍")
MOVES: dict[str, str] = {
    "推近": "dolly_in", "推": "dolly_in", "拉近": "dolly_in", "靠近": "dolly_in",
    "推镜": "dolly_in", "放大": "dolly_in", "推轨": "dolly_in", "逼近": "dolly_in",
    "拉远": "dolly_out", "后退": "dolly_out", "拉": "dolly_out", "后拉": "dolly_out",
    "退后": "dolly_out", "远离": "dolly_out", "缩小": "dolly_out", "环绕": "orbit_right",
    "围绕": "orbit_right", "绕着": "orbit_right", "旋转": "orbit_right", "绕": "orbit_right",
    "环拍": "orbit_right", "向左环绕": "orbit_left", "逆时针环绕": "orbit_right",
    "顺时针环绕": "orbit_left", "向右环绕": "orbit_right", "平移": "pan_right",
    "横移": "pan_right", "摇移": "pan_right", "摇": "pan_right", "横摇": "pan_right",
    "扫过": "pan_right", "左摇": "pan_left", "右摇": "pan_right", "左移": "pan_left",
    "右移": "pan_right", "转向": "pan_right", "移动": "pan_right", "上摇": "tilt_up",
    "抬起": "tilt_up", "下摇": "tilt_down", "升起": "crane_up", "上升": "crane_up",
    "升高": "crane_up", "下降": "crane_down", "降下": "crane_down", "降低": "crane_down",
    "升": "crane_up", "降": "crane_down", "跟随": "track", "跟着": "track", "跟踪": "track",
    "追踪": "track", "跟拍": "track", "追随": "track", "追着": "track", "跟": "track",
    "固定": "static", "静止": "static", "不动": "static", "固定不动": "static",
    "静止不动": "static", "锁定": "static", "手持": "handheld", "晃动": "handheld",
    "抖动": "handheld", "固定镜头": "static", "定机位": "static",
}  # fmt: skip
"""Wording in a clause about the camera → move; a direction beside it may turn it."""
CAMERA_ONLY = frozenset({"推近", "拉近", "拉远", "平移", "横移", "摇移", "跟拍", "环拍",
                         "横摇", "推镜", "上摇", "下摇", "左摇", "右摇"})  # fmt: skip
"""Those that speak of the camera, too, where their clause names nothing else."""
FREE_MOVES: dict[str, str] = {
    "手持镜头": "handheld", "手持拍摄": "handheld", "手持摄影": "handheld", "手持": "handheld",
    "跟拍": "track", "跟拍镜头": "track", "跟踪镜头": "track", "固定镜头": "static",
    "固定机位": "static", "静止镜头": "static", "环绕镜头": "orbit_right", "推镜头": "dolly_in",
    "拉镜头": "dolly_out", "摇镜头": "pan_right", "推轨镜头": "dolly_in", "变焦推近": "dolly_in",
    "环绕拍摄": "orbit_right", "手持摄影机": "handheld", "推近镜头": "dolly_in",
    "升降镜头": "crane_up", "跟随镜头": "track", "晃动镜头": "handheld", "摇晃镜头": "handheld",
}  # fmt: skip
"""Wordings that speak of the camera wherever they stand."""
SIDED_MOVES: dict[tuple[str, str], str] = {
    ("pan_right", "left"): "pan_left", ("pan_right", "right"): "pan_right",
    ("pan_right", "up"): "tilt_up", ("pan_right", "down"): "tilt_down",
    ("orbit_right", "left"): "orbit_left", ("orbit_right", "clockwise"): "orbit_left",
    ("dolly_in", "backward"): "dolly_out",
}  # fmt: skip
FRAME_WORDS = frozenset({"画面", "镜头外", "画框", "画面外", "视野", "镜头之外", "视线", "镜头"})
"""What one leaves by going out of the picture."""

LENGTH_UNITS_M: dict[str, float] = {
    "米": 1.0, "公尺": 1.0, "m": 1.0, "厘米": 0.01, "公分": 0.01, "cm": 0.01, "毫米": 0.001,
    "mm": 0.001, "公里": 1000.0, "英尺": 0.3048, "英寸": 0.0254, "呎": 0.3048, "吋": 0.0254,
}  # fmt: skip
MASS_UNITS_KG: dict[str, float] = {
    "公斤": 1.0, "千克": 1.0, "kg": 1.0, "斤": 0.5, "克": 0.001, "公克": 0.001, "g": 0.001,
    "吨": 1000.0, "公吨": 1000.0, "磅": 0.45359237,
}  # fmt: skip
SECONDS: dict[str, float] = {"秒": 1.0, "秒钟": 1.0, "s": 1.0, "分钟": 60.0}
