"""Options, presets, and what follows from both."""

from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.manifest import Manifest, settings_document, settings_of
from pipeline.run import slug
from pipeline.settings import PRESETS, Options, Settings, settings_from
from scene_builder.model.errors import SettingsError
from scene_builder.model.graph import SceneGraph


def test_an_option_beats_the_preset_which_beats_an_earlier_run() -> None:
    earlier = Settings(seed=7, samples=99, style="toon", size_px=(64, 36))
    settings = settings_from(Options(preset="standard", size="320x180"), earlier=earlier)
    assert settings == replace(
        earlier, preset="standard", size_px=(320, 180), samples=32, takes=PRESETS["standard"].takes
    )


def test_without_options_everything_stays() -> None:
    earlier = Settings(seed=3, fps=Fraction(30000, 1001), duration_secs=1.5, renderer="flat")
    assert settings_from(Options(), out=Path("x"), earlier=earlier) == replace(
        earlier, out=Path("x")
    )


@pytest.mark.parametrize(
    ("text", "rate"),
    [
        ("24", Fraction(24)), ("29.97", Fraction(30000, 1001)), ("23.976", Fraction(24000, 1001)),
        ("30000/1001", Fraction(30000, 1001)), ("12.5", Fraction(25, 2)), ("60", Fraction(60)),
    ],
)  # fmt: skip
def test_frame_rates_are_exact(text: str, rate: Fraction) -> None:
    assert settings_from(Options(fps=text)).fps == rate


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (Options(duration=-1.0), r"--duration -1 .*above 0"),
        (Options(duration=0.0), r"--duration 0 "),
        (Options(duration=float("nan")), r"--duration nan"),
        (Options(duration=1e9), r"--duration 1e\+09.*1000"),
        (Options(size="0x0"), r"--size 0x0"),
        (Options(size="33x20"), r"--size 33x20 .*even"),
        (Options(size="big"), r"--size 'big' .*640x360"),
        (Options(size="99999x2"), r"--size 99999x2"),
        (Options(fps="0"), r"--fps 0 .*1 to 240"),
        (Options(fps="fast"), r"--fps 'fast'"),
        (Options(fps="1/0"), r"--fps '1/0'"),
        (Options(preset="best"), r"--preset 'best' .*draft, standard, final"),
        (Options(samples=0), r"--samples 0 .*1 to 4096"),
        (Options(jobs=0), r"--jobs 0 .*1 to 64"),
        (Options(takes=0), r"--takes 0"),
        (Options(style=" "), r"--style is empty"),
    ],
)
def test_what_is_not_allowed_names_the_option(options: Options, told: str) -> None:
    with pytest.raises(SettingsError, match=told) as caught:
        settings_from(options)
    assert "\n" not in str(caught.value)


@given(
    settings=st.builds(
        Settings,
        seed=st.integers(),
        size_px=st.tuples(st.integers(1, 500), st.integers(1, 500)).map(
            lambda s: (2 * s[0], 2 * s[1])
        ),
        fps=st.fractions(1, 240, max_denominator=1001),
        duration_secs=st.none() | st.floats(0.01, 1000),
        style=st.none() | st.sampled_from(["toon", "oil painting"]),
        jobs=st.integers(1, 64),
    )
)
def test_settings_come_back_from_a_manifest(settings: Settings) -> None:
    manifest = Manifest(settings=settings_document(settings))
    assert settings_of(Manifest.model_validate_json(manifest.model_dump_json())) == settings


def test_settings_of_a_damaged_manifest_are_unknown() -> None:
    assert settings_of(None) is None
    assert settings_of(Manifest(settings={"fps": "fast"})) is None
    assert settings_of(Manifest(settings={"size_px": [3, 5]})) is None


def test_slugs_are_readable_and_differ(graph: SceneGraph) -> None:
    assert slug("a ball falls", 0) == "a-ball-falls"
    assert slug("a ball falls", 7) == "a-ball-falls-s7"
    assert slug("A ball falls!", 0) != slug("a ball falls", 0)
    long = "a red rubber ball rolls off a wooden table and knocks over three blue cups"
    assert slug(long, 0) != slug(long + " slowly", 0)
    assert slug(long, 0).startswith("a-red-rubber-ball-rolls-off-a-wooden-table")
    assert slug("球が転がる", 0)
    assert slug(graph, 0) == slug(graph, 0)
    assert all(set(slug(text, 0)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-") for text in
               ("../../etc", "a/b", "  ", "C:\\x"))  # fmt: skip
