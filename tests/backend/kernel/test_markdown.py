"""Markdown as HTML, and as plain words to quote."""

from maillage.kernel.markdown import plain_words, safe_html


def test_a_quote_shows_the_words_and_none_of_the_signs():
    assert plain_words("## Ce que **nous** devons\n\nOn *vous* appelle, voyez [ici](https://x.example).") == (
        "Ce que nous devons\nOn vous appelle, voyez ici."
    )
    assert plain_words("- un `mot`\n- deux\n  suite") == "\u2022 un mot\n\u2022 deux\nsuite"
    assert plain_words("") == ""


def test_html_of_others_stays_text():
    assert "<script" not in safe_html("<script>alert(1)</script>")
    assert "<b>" in plain_words("<b>gras</b>")
