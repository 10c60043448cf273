"""What changed between two texts, as a reader meets it."""

from maillage.people.domain import differences, paragraphs


def kinds(before: str, after: str) -> list[str]:
    return [change.kind for change in differences(before, after)]


def test_blank_lines_part_paragraphs_whatever_ends_a_line():
    assert paragraphs("Un.\r\n\r\nDeux,\r\ntrois.\n \n\n- a\n- b\n") == ["Un.", "Deux,\ntrois.", "- a\n- b"]
    assert paragraphs(" \n\n ") == []


def test_a_text_is_the_same_as_itself():
    assert kinds("Un.\n\nDeux.", "Un.\n\nDeux.") == ["same", "same"]


def test_a_paragraph_is_added_and_another_removed():
    assert kinds("Un.\n\nDeux.", "Un.\n\nTrois autres choses.\n\nDeux.") == ["same", "added", "same"]
    removed = differences("Un.\n\nDeux.", "Un.")[1]
    assert (removed.kind, removed.text, removed.index) == ("removed", "Deux.", None)


def test_a_changed_paragraph_says_which_words():
    (change,) = differences("On vous appelle sous 48 heures.", "On vous appelle toujours sous 24 heures.")
    assert change.kind == "changed"
    assert "".join(piece.text for piece in change.pieces if piece.kind != "removed") == "On vous appelle toujours sous 24 heures."
    assert "".join(piece.text for piece in change.pieces if piece.kind != "added") == "On vous appelle sous 48 heures."
    assert [piece.text.strip() for piece in change.pieces if piece.kind == "removed"] == ["48"]


def test_what_has_little_in_common_is_not_called_a_change():
    assert kinds("Écouter sans juger.", "La réunion se tient chaque mois à la mairie.") == ["removed", "added"]


def test_indexes_count_the_newer_text():
    changes = differences("Un.\n\nDeux.\n\nTrois.", "Zéro, tout neuf ici.\n\nUn.\n\nTrois.")
    assert [change.index for change in changes if change.index is not None] == [0, 1, 2]


def test_words_are_compared_without_the_signs_of_markdown():
    (change,) = differences("On **ne** garde rien.\n- un\n- deux", "On **ne** garde *presque* rien.\n- un\n- deux")
    assert "".join(piece.text for piece in change.pieces) == "On ne garde presque rien.\n\u2022 un\n\u2022 deux"
    (bold,) = differences("On ne garde rien.", "On **ne** garde rien.")
    assert [piece.text for piece in bold.pieces if piece.kind == "added"] == ["**ne**"]
