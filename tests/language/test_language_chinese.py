import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scene_builder.knowledge.words.chinese.common import chinese_nouns
from scene_builder.language.chinese.reader import ChineseReader, is_chinese
from scene_builder.language.chinese.segmentation.lexicon import lexicon
from scene_builder.language.chinese.segmentation.numbers import number_of, quantities_of
from scene_builder.language.chinese.segmentation.script import simplified
from scene_builder.language.chinese.segmentation.tokens import tokens_of
from scene_builder.language.notation.writing import notation_from_graph
from scene_builder.language.scoring.labels import labelled_prompts
from scene_builder.language.scoring.score import scored
from scene_builder.model.errors import PromptError, WorldreelError

SETS = Path(__file__).parent / "reading_sets"
READER = ChineseReader()


def lines(prompt):
    notation = notation_from_graph(READER.read(prompt).graph).splitlines()
    return {line for line in notation if not line.startswith("title=")}


def said(prompt):
    reading = READER.read(prompt)
    return {span.path: prompt[span.start : span.end] for span in reading.spans}


def prompts(name):
    return [entry["prompt"] for entry in json.loads((SETS / name).read_text("utf-8"))]


@pytest.mark.parametrize(
    ("prompt", "chinese"),
    [
        ("一个红球", True), ("一個紅球從桌上滾下來", True), ("一个 ball 从桌上滚下来", True),
        ("A red ball", False), ("A lantern with the sign 福", False), ("", False), ("…!?", False),
        ("赤いボールがテーブルから落ちる", False), ("빨간 공", False), ("12345", False),
    ],
)  # fmt: skip
def test_which_prompts_are_chinese(prompt, chinese):
    assert is_chinese(prompt) is chinese


@given(st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x9FFF), max_size=40))
def test_simplifying_keeps_every_letter_at_its_place_and_is_idempotent(text):
    once = simplified(text)
    assert len(once) == len(text)
    assert simplified(once) == once


@pytest.mark.parametrize(
    ("word", "number"),
    [
        ("十", 10), ("十二", 12), ("二十", 20), ("二十三", 23), ("一百", 100), ("两百零五", 205),
        ("一千两百", 1200), ("一百万", 1_000_000), ("七", 7), ("2.5", 2.5), ("一九", 19),
    ],
)  # fmt: skip
def test_numbers(word, number):
    assert number_of(word) == number


@given(st.integers(1, 9999))
def test_chinese_numerals_read_back(number):
    digits, units, text, zero = "零一二三四五六七八九", ["", "十", "百", "千"], "", False
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            text += ("零" if zero and text else "") + digits[digit] + units[place]
        zero = not digit
    assert number_of(text) == number


@pytest.mark.parametrize(
    ("words", "kind", "value"),
    [
        ("三公斤", "mass_kg", 3), ("500克", "mass_kg", 0.5), ("两米", "size", 2),
        ("一公尺半", "size", 1.5), ("半米", "size", 0.5), ("30厘米", "size", 0.3),
        ("每秒五米", "speed", 5), ("8米/秒", "speed", 8), ("时速36公里", "speed", 10),
        ("6秒", "seconds", 6), ("2m", "size", 2),
    ],
)  # fmt: skip
def test_quantities_are_in_si(words, kind, value):
    (quantity,) = quantities_of(f"那{words}。")
    assert (quantity.kind, quantity.value) == (kind, pytest.approx(value))
    assert f"那{words}。"[quantity.start : quantity.end] == words


@given(st.text(alphabet="一个红球从桌上滚下来把三杯子撞倒了的，。木ab1", max_size=30))
def test_tokens_cover_the_text_in_order(text):
    tokens = tokens_of(text)
    assert [t.text for t in tokens] == [text[t.start : t.end] for t in tokens]
    assert "".join(t.text for t in tokens) == "".join(text.split())


def test_the_lexicon_is_simplified_and_wide():
    assert len(chinese_nouns()) >= 1500
    assert {word for word in lexicon() if simplified(word) != word} == set()


@pytest.mark.parametrize(
    ("prompt", "expected"),
    [
        ("一个红色的橡胶球从木桌上滚下来，撞倒了三个蓝色的杯子。",
         {"ball red rubber", "table wood", "cup 3 blue", "ball on table", "ball roll off",
          "ball falls_off table", "ball knocks_over cup 3"}),
        ("球被猫推下桌子。", {"cat", "ball push off", "ball falls_off table"}),
        ("猫把球推下桌子。", {"ball push off", "ball falls_off table", "ball on table"}),
        ("桌子上放着一个碗，碗里有两个苹果。", {"bowl on table", "apple inside bowl", "apple 2"}),
        ("挂在树上的铃铛。", {"bell hanging_from tree"}),
        ("一个装满草莓的木碗。", {"bowl wood", "strawberry 3", "strawberry inside bowl"}),
        ("红球和蓝球之间有一个绿色的方块。", {"ball red", "ball_2 blue", "cube green",
                                             "cube between ball ball_2"}),
        ("球瓶里至少三个倒下。", {"bowling_pin falls"}),
        ("五个瓶子排成一排，球滚过去，最多两个倒下。",
         {"bottle 5", "bottle in_row", "bottle falls <=2"}),
        ("球滚到桌子边缘，但是没有掉下去。", {"ball on table", "ball not falls_off table"}),
        ("钟摆差一点撞到蜡烛。", {"pendulum avoids candle"}),
        ("两辆车相撞。", {"car 2", "car#1 touches car#2"}),
        ("十本书叠成一座塔，最上面的那本掉了下来。", {"book 10", "book stacked", "book#10 fall"}),
        ("其中三个杯子倒了。", {"cup 3", "cup falls"}),
        ("一只猫和一只狗面对面坐着。", {"cat facing dog"}),
        ("男孩踢的球撞上了墙。", {"ball kick >wall", "ball touches wall"}),
        ("从两米高的地方，一个3公斤的球以每秒4米的速度掉下来。",
         {"ball 3kg", "ball fall 4m/s h=2"}),
        ("镜头向左环绕一只猫。", {"cat", "camera orbit_left >cat"}),
        ("特写，仰拍，镜头跟着一辆红色的车。", {"camera close_up low track >car", "car red"}),
        ("水彩风格，雨夜，厨房里有一只杯子。",
         {"cup", "style=watercolor", "weather=rain", "time_of_day=night", "place=kitchen"}),
        ("月球上，锤子落地。", {"hammer lands_on ground", "gravity=moon", "place=moon"}),
        ("一个ball从table上滚下来。", {"ball", "table", "ball falls_off table"}),
        ("足球飞出画面。时长8秒。", {"soccer_ball leaves_frame", "duration=8"}),
        ("球是红色的，桌子是木头的。", {"ball red", "table wood"}),
        ("蜡烛旁边没有杯子，只有一个盘子。", {"candle", "plate", "plate beside candle"}),
        ("书架上有五本书，第一本倒了下来。", {"book 5", "book#1 falls"}),
        ("老鼠推不倒瓶子。", {"mouse", "bottle"}),
        ("一排七棵树，树前面站着一个小孩。", {"tree 7", "tree in_row", "child in_front_of tree"}),
    ],
)  # fmt: skip
def test_constructions(prompt, expected):
    assert expected <= lines(prompt)


@pytest.mark.parametrize(
    ("hans", "hant"),
    [
        ("一颗红苹果从冰箱上面滚下来，掉进篮子里。", "一顆紅蘋果從冰箱上面滾下來，掉進籃子裡。"),
        ("台灯后面有两个鸡蛋，时钟靠着墙。", "檯燈後面有兩個雞蛋，時鐘靠著牆。"),
        ("镜头拉远，三只乌龟围着一张圆桌。", "鏡頭拉遠，三隻烏龜圍著一張圓桌。"),
        ("铁锤砸中钟，钟从柜子上掉了下来。", "鐵錘砸中鐘，鐘從櫃子上掉了下來。"),
        ("１个红球,２个蓝球", "１個紅球，２個藍球"),
    ],
)
def test_simplified_and_traditional_give_one_graph(hans, hant):
    assert lines(hans) == lines(hant)
    assert [s.model_dump() for s in READER.read(hans).spans] == [
        s.model_dump() for s in READER.read(hant).spans
    ]


@pytest.mark.parametrize("prompt", prompts("dev_zh.json"))
def test_every_prompt_reads_the_same_in_simplified_characters(prompt):
    assert lines(prompt) == lines(simplified(prompt))


def test_spans_name_the_words_that_say_it():
    found = said("一顆紅色橡膠球從木頭桌子上滾落，把三個藍色杯子撞倒了。")
    assert found["entities.0.noun"] == "球"
    assert found["entities.0.color"] == "紅色"
    assert found["entities.0.material"] == "橡膠"
    assert found["entities.1.material"] == "木頭"
    assert found["entities.2.count"] == "三"
    assert found["relations.0.predicate"] == "上"
    assert found["actions.0.verb"] == found["outcomes.0.predicate"] == "滾落"
    assert found["outcomes.1.predicate"] == "撞倒了"


def test_spans_of_setting_camera_and_quantities():
    found = said("夜晚的厨房里，镜头推近一个2公斤的球，球以每秒3米的速度慢慢滚。")
    assert found["setting.time_of_day"].startswith("夜晚")
    assert found["setting.place"] == "厨房"
    assert found["camera.0.move"] == "推近"
    assert found["entities.0.mass_kg"] == "2公斤"
    assert found["actions.0.speed"] in {"每秒3米", "慢慢"}


@pytest.mark.parametrize("prompt", prompts("dev_zh.json"))
def test_every_span_stands_for_a_field_of_the_graph(prompt):
    reading = READER.read(prompt)
    graph = reading.graph.model_dump(mode="json")
    assert {f"entities.{k}.noun" for k in range(len(graph["entities"]))} <= {
        span.path for span in reading.spans
    }
    for span in reading.spans:
        assert 0 <= span.start < span.end <= len(prompt)
        value = graph
        for key in span.path.split("."):
            value = value[int(key)] if key.isdigit() else value[key]
        assert value is not None


def test_what_is_not_said_has_no_span():
    paths = {span.path for span in READER.read("一个球滚进一排瓶子。").spans}
    assert "entities.1.noun" in paths
    assert "entities.1.count" not in paths


@pytest.mark.parametrize("prompt", ["一个饕餮纹犼。", "好的。", "突然之间！", "一只貔貅"])
def test_words_without_any_known_thing_are_refused(prompt):
    with pytest.raises(PromptError, match="names no thing"):
        READER.read(prompt)


@pytest.mark.parametrize(
    "prompt", ["零个球", "0个球滚下来", "一百万个杯子", "成千上万个球", "999个球"]
)
def test_counts_that_cannot_be_filmed_are_refused(prompt):
    with pytest.raises(PromptError, match="1 to 200"):
        READER.read(prompt)


def test_an_unknown_noun_is_named_and_nothing_is_made_up_about_it():
    reading = READER.read("一只貔貅推倒了桌上的花瓶。")
    assert [e.noun for e in reading.graph.entities] == ["vase", "table"]
    assert any("貔貅" in note for note in reading.not_served)


def test_what_no_film_can_have_is_listed():
    reading = READER.read("慢动作，一杯水从桌上掉下来。")
    assert any("slow motion" in note for note in reading.not_served)
    assert any("fluids" in note for note in reading.not_served)
    assert "cup falls_off table" in lines("慢动作，一杯水从桌上掉下来。")


@settings(max_examples=150, deadline=None)
@given(
    st.lists(
        st.sampled_from([*sorted(w for w in lexicon() if len(w) < 3), *"，。、的了着过在一两三 5"]),
        min_size=1, max_size=25,
    )
)  # fmt: skip
def test_no_order_of_words_crashes(parts):
    try:
        reading = READER.read("".join(parts))
    except WorldreelError:
        return
    assert reading.graph.entities


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), max_size=60))
def test_no_chinese_text_crashes(text):
    try:
        READER.read(text)
    except WorldreelError as error:
        assert "\n" not in str(error)  # noqa: PT017 - the error is what is tested


def test_the_development_set_is_read():
    score = scored(lambda p: READER.read(p).graph, labelled_prompts(SETS / "dev_zh.json"))
    assert score.whole.recall >= 0.95
    assert score.whole.precision >= 0.95


def test_the_frozen_set_is_read():
    score = scored(lambda p: READER.read(p).graph, labelled_prompts(SETS / "test_zh.json"))
    assert score.total == 60
    assert score.whole.recall >= 0.85
    assert score.whole.precision >= 0.85


def test_prompts_that_other_people_wrote_are_read():
    """English development prompts, translated; their labels name things by English synonyms."""
    score = scored(lambda p: READER.read(p).graph, labelled_prompts(SETS / "zh_translated.json"))
    assert score.refused == 0
    assert score.whole.recall >= 0.75
    assert score.whole.precision >= 0.8
