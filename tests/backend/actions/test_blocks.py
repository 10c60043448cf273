"""Blocks of a brief: where they may stand, what they say of a place, and that nothing from a list becomes a mark or a tag."""

from datetime import date

import pytest
from django.utils import translation

from maillage.actions.domain import (
    KnownContact,
    KnownPosition,
    Met,
    NextDoor,
    Official,
    as_named,
    block_troubles,
    blocks_in,
    completed,
    completed_html,
    contacts_said,
    figures_said,
    neighbours_said,
    official_said,
    positions_said,
)
from maillage.advocacy.domain import ContactKind, Stance
from maillage.kernel.markdown import as_typed, escaped, linked, safe_html
from maillage.territories.domain import Compared, ComparedFigure, Figure

NASTY = "<script>alert(1)</script> **b** [x](javascript:alert(1)) `c` ![p](https://e.example/p.png) &amp; \\*\n# Title\n- {{ official }}"
LINK = '<a href="{to}" rel="noopener noreferrer nofollow">{shown}</a>'


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize("line", ["{{ figures }}", "{{figures}}", "   {{  figures  }}  "])
def test_a_block_alone_on_its_line_is_one(line: str):
    source = f"Bonjour\r\n{line}\r\nMerci"
    assert blocks_in(source) == ["figures"]
    assert block_troubles(source, known=["figures"]) == []
    assert completed(source, {"figures": "- **3**"}) == "Bonjour\n\n- **3**\n\nMerci"


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ weather }}", "Line 1: there is no block {{ weather }}. These exist: {{ figures }}, {{ official }}."),
        ("Bonjour {{ figures }}", "Line 1: a block stands alone"),
        ("One\n\n- {{ figures }}", "Line 3: a block stands alone"),
        ("{{ figures }", "Line 1: a block stands alone"),
        ("```\n{{ figures }}\n```", "Line 2: a block stands alone"),
        ("> {{ figures }}", "Line 1: a block stands alone"),
        ("    {{ figures }}", "Line 1: a block stands alone"),
    ],
)
def test_anything_else_in_braces_is_refused_with_the_names_that_exist(source: str, said: str):
    (trouble,) = block_troubles(source, known=["figures", "official"])
    assert trouble.startswith(said)
    assert trouble.endswith("These exist: {{ figures }}, {{ official }}.")


def test_what_is_escaped_is_read_as_it_stands():
    html = safe_html(f"Here: {escaped(NASTY)}")
    assert "<script" not in html
    assert "<strong" not in html
    assert "<a " not in html
    assert html.count("<p>") == 1
    assert as_typed(escaped("Saint-Jean (1re) & Cie *")) == "Saint-Jean (1re) & Cie *"


@pytest.mark.parametrize(
    ("address", "html"),
    [
        (
            "odile_p@chambre.example",
            LINK.format(to="mailto:odile_p@chambre.example", shown="odile_p@chambre.example"),
        ),
        ("https://e.example/a_b_c", LINK.format(to="https://e.example/a_b_c", shown="https://e.example/a_b_c")),
        ("javascript:alert(1)", "javascript:alert(1)"),
        ("https://e.example/> <b>", "https://e.example/&gt; &lt;b&gt;"),
    ],
)
def test_only_an_address_becomes_a_link(address: str, html: str):
    assert safe_html(f"Page: {linked(address)}") == f"<p>Page: {html}</p>\n"


def test_figures_stand_beside_the_country_and_the_places_most_like_it():
    share, age = Figure("a", "are retired", "%"), Figure("b", "of age on average", "years")
    known = Compared(
        country="Petit-Pays",
        alike=("Hautes-Brumes, constituency 2", NASTY),
        figures=(ComparedFigure(share, 28.44, 25.0, (30.0, 27.9)), ComparedFigure(age, 43.2, None, (43.2,))),
        sources=("Insee",),
    )
    said = figures_said(known)
    assert "**28.4\N{NO-BREAK SPACE}%** are retired. Petit-Pays: 25.0\N{NO-BREAK SPACE}%. " in as_typed(said)
    assert "Places most like it: 27.9\N{NO-BREAK SPACE}% to 30.0\N{NO-BREAK SPACE}%." in said
    assert "- **43.2 years** of age on average. Places most like it: 43.2 years." in said
    assert "Source: Insee." in said
    assert "<script" not in safe_html(said)
    assert figures_said(Compared("Petit-Pays", (), (), ())) == "No official figures are known of this place."


def test_who_sits_there_by_public_facts():
    said = official_said(Official("Mme Odile Pradelle", "Groupe *A*", date(2024, 7, 7), "odile@chambre.example", "https://e.example/op"))
    assert as_typed(said).split("\n") == [
        "**Mme Odile Pradelle**, Groupe *A*. Sits since 7\N{NO-BREAK SPACE}July 2024.",
        "- Office: <odile@chambre.example>",
        "- Page: <https://e.example/op>",
    ]
    assert as_typed(official_said(Official("Jo", "", date(2024, 7, 7), "", ""))) == "**Jo**. Sits since 7\N{NO-BREAK SPACE}July 2024."
    assert "<script" not in safe_html(official_said(Official(NASTY, NASTY, date(2024, 7, 7), NASTY, NASTY)))
    assert official_said(None) == "Nobody sits for this place at the moment."


def test_neighbours_are_counted():
    assert neighbours_said(NextDoor(0, {}, {})) == "No place of this network lies next door."
    assert neighbours_said(NextDoor(1, {}, {})) == "The place next door has not reported yet."
    assert neighbours_said(NextDoor(4, {}, {})) == "None of the 4 places next door has reported yet."
    said = neighbours_said(NextDoor(4, {Met.HOLDER: 2, Met.NOBODY: 1}, {Stance.FOR: 1, Stance.SILENT: 1}))
    assert said.split("\n") == [
        "3 of 4 places next door have reported. Met:",
        "- the representative in person: 2",
        "- nobody: 1",
        "",
        "What was said about it:",
        "- for: 1",
        "- does not say: 1",
    ]


def test_where_who_sits_there_stands():
    said = positions_said(
        [
            KnownPosition("Human desk", Stance.FOR, date(2026, 11, 20), date(2027, 5, 22), is_disputed=False),
            KnownPosition(NASTY, Stance.SILENT, date(2026, 9, 1), None, is_disputed=True),
        ]
    )
    first, second = as_typed(said).split("\n")[:2]
    day, until = "20\N{NO-BREAK SPACE}November 2026", "22\N{NO-BREAK SPACE}May 2027"
    assert first == f"- **Human desk**: for, since {day}. Convinced: nobody need ask again before {until}."
    assert second.endswith("Somebody says that this is wrong: it is being looked at.")
    assert "<script" not in safe_html(said)
    assert positions_said([]) == "Nothing is known yet of where they stand."


def test_when_one_spoke_with_who_sits_there():
    said = contacts_said(
        [
            KnownContact(date(2026, 11, 20), ContactKind.MEETING, "Human desk.", "Twenty minutes."),
            KnownContact(date(2026, 9, 1), ContactKind.LETTER, NASTY, NASTY),
        ]
    )
    assert as_typed(said).split("\n")[0] == "- **20\N{NO-BREAK SPACE}November 2026**, meeting: Human desk. Twenty minutes."
    assert "<script" not in safe_html(said)
    assert contacts_said([]) == "Nobody of ours is known to have spoken with them yet."


def test_blocks_are_drawn_as_if_the_whole_was_drawn_at_once():
    source = "# Why\n\n- one\n\nSee [us].\n{{ figures }}\n> said\n\n{{official}}\n\n[us]: https://e.example/"
    said = {"figures": "- **3** of {{ official }}\n\nSource: us.", "official": "**Odile**"}
    apart = completed_html(
        safe_html(completed(source, {name: as_named(name) for name in said})), {name: safe_html(words) for name, words in said.items()}
    )
    assert apart == safe_html(completed(source, said))
