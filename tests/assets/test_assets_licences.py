"""Policies about licences: each accepts more than the one before."""

import pytest

from scene_builder.assets.library.entry import LICENCE_URLS
from scene_builder.assets.licences import NOTHING_ASKED, ONLY_NAMES, accepts
from scene_builder.assets.packaged.catalogue import models


@pytest.mark.parametrize(
    ("licence", "taken_by"),
    [
        ("CC0-1.0", ("cc0", "attribution", "any")),
        ("CC-BY-3.0-US", ("attribution", "any")),
        ("CC-BY-4.0", ("attribution", "any")),
        ("MIT", ("attribution", "any")),
        ("Apache-2.0", ("attribution", "any")),
        ("Zlib", ("attribution", "any")),
        ("CC-BY-SA-4.0", ("any",)),  # binds what is made of it
        ("CC-BY-NC-4.0", ("any",)),
        ("GPL-3.0-only", ("any",)),
        ("SCEA", ("any",)),
        ("a licence that nobody knows", ("any",)),
    ],
)
def test_policies_take_what_they_say(licence, taken_by):
    assert tuple(p for p in ("cc0", "attribution", "any") if accepts(p, licence)) == taken_by


def test_every_licence_of_a_library_is_known():
    assert set(LICENCE_URLS) <= NOTHING_ASKED | ONLY_NAMES
    assert {model.licence for model in models()} - (NOTHING_ASKED | ONLY_NAMES) == {"SCEA"}
