"""Which model of a library a noun names."""

import csv
import itertools
from importlib.resources import files
from pathlib import Path

import numpy as np
import pytest

from scene_builder.assets.library import meaning
from scene_builder.assets.library.choosing import MARGIN, pick, ranked
from scene_builder.assets.library.entry import Entry
from scene_builder.assets.library.kinds import (
    Row,
    asked_for,
    is_outdoors,
    names_entry,
    row_of,
    rows,
    unfit,
    who_is_first,
)
from scene_builder.assets.source import Description
from scene_builder.knowledge.encoder import WIDTH
from scene_builder.knowledge.nouns import noun_named

TABLE = files("scene_builder.assets.library").joinpath("synonyms.csv").read_text("utf-8")


def entry(title: str, size_m=(0.5, 0.5, 0.9), *, file=None, archive="A.sh3f", **more) -> Entry:
    """Return a model as a catalogue would describe it."""
    stem = file or title.replace(" ", "_").lower()
    fields = {"licence": "CC-BY-3.0", "category": "Living room", "author": "somebody"} | more
    return Entry(key=f"A-{stem}", library="test", title=title, size_m=size_m,
                 archive=Path(archive), member=f"x/{stem}.obj", **fields)  # fmt: skip


SHELVES = (
    entry("Chair", file="chair", category="Kitchen"),
    entry("Oak chair", file="oakChair"),
    entry("Office chair", file="office-chair", category="Office"),
    entry("Class seat", category="Office"),
    entry("Oak table", (1.2, 1.2, 0.74), file="oakTable"),
    entry("Table", (1.4, 0.9, 0.74), file="table"),
    entry("Round table", (1.1, 1.1, 0.76)),
    entry("Glass table", (1.6, 0.9, 0.77)),
    entry("Wine bottle", (0.08, 0.08, 0.3)),
    entry("Football goal", (1.5, 0.9, 1.2)),
    entry("Fridge", (0.6, 0.6, 1.26), licence="CC0-1.0"),
    entry("Refrigerator", (0.9, 0.96, 1.7)),
    entry("Bus", (2.8, 14.0, 3.7)),
    entry("Dog", (0.36, 0.83, 0.75), file="dog", names=("狗", "Hund")),
    entry("Umbrella", (2.2, 2.2, 2.0), file="umbrella"),
    entry("Jacuzzi", (2.28, 2.28, 0.95)),
    entry("Zither stand", (0.5, 0.3, 0.6)),
)


@pytest.fixture(autouse=True)
def _no_weights(tmp_path, monkeypatch):
    """Nothing is at hand but what a test gives."""
    monkeypatch.setenv("WORLDREEL_CACHE", str(tmp_path))


def titles(noun: str, entries=SHELVES, *, licence="any", encoder=None, **words) -> list[str]:
    """Return the titles that a noun names, the best first."""
    found = ranked(noun, Description(**words), entries, licence=licence, encoder=encoder)
    return [choice.entry.title for choice in found]


def blind(phrases):
    """Return the same direction for every phrase: everything seems alike to it."""
    return np.tile(np.array([[0.6, 0.8]], np.float32), (len(phrases), 1))


def test_a_noun_finds_its_title_whatever_its_number():
    assert titles("fridges") == titles("a refrigerator")
    assert set(titles("refrigerator")) == {"Fridge", "Refrigerator"}
    assert titles("zither stand") == titles("Zither_Stand") == ["Zither stand"]
    assert titles("狗") == ["Dog"]


def test_what_merely_sounds_alike_is_not_taken():
    for noun in ("wine glass", "wall", "helicopter", "baseball bat", "piano key", "dog bed"):
        assert titles(noun, encoder=blind) == []
    assert titles("glass", encoder=blind) == []
    assert titles("football", encoder=blind) == []
    assert titles("football goal") == ["Football goal"]
    for noun in ("hound figurine", "balloon dog", "toy dog", "plush dog", "robot dog"):
        assert titles(noun) == []


def test_a_name_in_letters_of_ours_in_another_language_is_no_name():
    pan = entry("Bread", (0.2, 0.1, 0.1), file="loaf", names=("Pan", "面包"))
    assert titles("pan", (pan,)) == []
    assert titles("面包", (pan,)) == ["Bread"]


def test_words_before_the_head_choose_among_rows_and_titles():
    assert titles("chair", material="wood")[0] == "Oak chair"
    assert titles("wooden chair")[0] == "Oak chair"
    assert titles("table", material="glass") == ["Glass table"]
    assert titles("round wooden table")[0] == "Oak table"
    assert titles("round table")[0] in ("Round table", "Oak table")
    assert titles("office chair") == ["Office chair"]


def test_the_place_chooses():
    assert titles("chair", place="office") == ["Office chair"]
    assert titles("chair", place="classroom") == ["Class seat"]
    assert titles("chair", place="kitchen")[0] == "Chair"
    assert titles("umbrella", place="beach") == ["Umbrella"]
    (parasol,) = ranked("umbrella", Description(place="beach"), SHELVES)
    assert parasol.size_m == (2.2, 2.2, 2.0)


def test_licences_are_kept_to():
    assert titles("fridge", licence="cc0") == ["Fridge"]
    assert titles("dog", licence="cc0") == []
    assert titles("dog", licence="attribution") == ["Dog"]


def test_a_room_has_room_for_the_model_of_a_bus_only():
    (indoors,) = ranked("bus", Description(place="bedroom"), SHELVES)
    (outside,) = ranked("bus", Description(place="busy street"), SHELVES)
    assert outside.size_m == (2.8, 14.0, 3.7)
    assert max(indoors.size_m) == pytest.approx(noun_named("toy_bus").size_m)
    assert np.ptp(np.divide(indoors.size_m, outside.size_m)) < 1e-9


def test_sizes_that_make_no_sense_are_mended_and_cost():
    true, giant = entry("Fridge"), entry("Fridge", (30, 30, 60), file="giant")
    found = ranked("fridge", Description(), (giant, true))
    assert [choice.entry for choice in found] == [true, giant]
    assert max(found[1].size_m) == pytest.approx(noun_named("refrigerator").size_m)
    assert ranked("hot tub", Description(), SHELVES)[0].size_m == (2.28, 2.28, 0.95)


def test_what_has_to_carry_something_large_is_large():
    small, large = entry("Table", (0.6, 0.6, 0.7), file="table"), SHELVES[5]
    assert titles("table", (small, large), partner_size_m=0.85)[0] == "Table"
    found = ranked("table", Description(partner_size_m=0.85), (small, large))
    assert found[0].entry is large
    assert found[0].score > found[1].score


def test_kin_stands_in_for_what_has_no_row():
    found = ranked("chihuahua", Description(), SHELVES)
    assert [choice.entry.title for choice in found] == ["Dog"]
    assert found[0].how == "kin"
    assert found[0].score < 0.9
    assert titles("throne")[0] in ("Chair", "Oak chair")


def test_the_encoder_needs_a_head_that_agrees():
    def encoder(phrases):
        """Return one direction for all that a qanun is named in, and another for the rest."""
        ways = [[1.0, 0.0] if "qanun" in phrase else [0.0, 1.0] for phrase in phrases]
        return np.array(ways, np.float32)

    shelf = (entry("Qanun bottle", (0.1, 0.1, 0.3)), entry("Plum rest", (0.5, 0.3, 0.1)))
    found = ranked("blorf rest", Description(), shelf, encoder=encoder)
    assert [(c.entry.title, c.how) for c in found] == [("Plum rest", "meaning")]
    assert ranked("qanun blorf", Description(), shelf, encoder=encoder) == []


def test_embeddings_are_kept_and_damage_is_mended(tmp_path, monkeypatch):
    calls = []

    def encoder(phrases):
        calls.append(len(phrases))
        return np.eye(WIDTH, dtype=np.float32)[np.zeros(len(phrases), int)]

    for name in ("encoder_at_hand", "sentence_encoder"):
        monkeypatch.setattr(meaning, name, lambda: encoder)
    for expected in ([17, 1], [1], [17, 1]):
        calls.clear()
        meaning._kept.cache_clear()
        assert len(meaning.near_titles("blorf", SHELVES)) == meaning.MOST
        assert calls == expected
        if expected == [1]:
            (file,) = (tmp_path / "libraries").glob("titles-*.npz")
            file.write_bytes(b"damaged")
    meaning._kept.cache_clear()


def test_drawing_is_among_those_as_good_as_the_best_and_repeats():
    sofas = [entry("Sofa", (1.9, 0.8, 0.8), file=f"sofa{k}") for k in range(5)]
    choices = ranked("sofa", Description(), [*sofas, entry("Couch", (80, 80, 80))])
    drawn = {pick(choices, np.random.default_rng(k)).entry.key for k in range(60)}
    assert drawn == {sofa.key for sofa in sofas}
    assert pick(choices, np.random.default_rng(3)) == pick(choices, np.random.default_rng(3))
    assert choices[0].score - choices[-1].score > MARGIN


def test_order_is_no_matter_of_the_order_of_entries():
    for noun in ("chair", "table", "fridge", "dog"):
        assert titles(noun) == titles(noun, SHELVES[::-1])


def test_what_is_on_the_list_of_the_unfit_is_never_taken():
    assert unfit()
    for name in unfit():
        archive, _, file = name.partition("/")
        marked = entry("Gadget", file=file, archive=f"{archive.title()}.sh3f")
        assert titles("gadget", (marked,)) == []
        assert titles("gadget", (entry("Gadget", file=file, archive="Own.sh3f"),)) == ["Gadget"]


def test_the_table_is_sound():
    listed = list(csv.DictReader(TABLE.splitlines()))
    said = list(itertools.chain.from_iterable(
        (row["noun"], *filter(None, row["others"].split("|"))) for row in listed
    ))  # fmt: skip
    assert len(listed) > 500
    assert len(said) == len(set(said)) == len(rows())
    assert all(word == word.strip().casefold() for word in said)
    assert {row["first"] for row in listed} == {"", "built", "either"}
    assert sum(not row["models"] for row in listed) > 50


def test_what_rolls_and_topples_is_built():
    for noun in ("ball", "domino", "dice", "marble", "coin", "bottle", "cup", "box", "plank"):
        assert who_is_first(noun, Description()) == "built", noun
    assert who_is_first("car", Description()) == "built"
    assert who_is_first("car", Description(place="street")) == ""
    assert who_is_first("no such thing", Description()) == ""


def test_a_row_names_a_file_of_one_archive():
    row = row_of("motor scooter")
    assert row is not None
    assert "=scopia/scooter" in row.models
    row = Row(noun="scooter", models=frozenset({"=scopia/scooter"}), first="")
    one, other = (entry("Moped", archive=f"{name}.sh3f", file="scooter") for name in "AB")
    named = entry("Moped", archive="Scopia.sh3f", file="scooter")
    assert [names_entry(row, each) for each in (one, named, other)] == [False, True, False]


def test_places_without_walls():
    assert is_outdoors("busy street")
    assert is_outdoors("parking_lot")
    assert is_outdoors("Beach")
    assert not is_outdoors("street cafe kitchen")
    assert not is_outdoors(None)


def test_phrases_are_taken_apart():
    asked = asked_for("old cup of tea", Description(material="clay"))
    assert [phrase for phrase, _ in asked.phrases][-1] == "cup"
    assert ("old cup of tea", 0) in asked.phrases
    assert row_of("shelves") is row_of("shelf")
