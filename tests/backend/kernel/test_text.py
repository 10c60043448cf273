"""Letters as people type them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from maillage.kernel.text import fold


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("Saint-Étienne", "saint etienne"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("L\u2019Haÿ les Roses", "l hay les roses"),
        ("  ŒUILLY ", "oeuilly"),
        ("Straße", "strasse"),
        ("Curaçao", "curacao"),
        ("26000", "26000"),
        ("É", "e"),
        ("\u0065\u0301", "e"),
        ("— !", ""),
        ("", ""),
    ],
)
def test_accents_case_and_hyphens_do_not_count(typed, folded):
    assert fold(typed) == folded


@given(st.text())
def test_what_is_folded_is_plain_and_stays_so(text):
    folded = fold(text)
    assert fold(folded) == folded
    assert set(folded) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert folded == " ".join(folded.split())
