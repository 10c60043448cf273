from datetime import UTC, datetime, timedelta

from django.utils.translation import override

from maillage.insights.domain import PlaceName, placed_labels, remaining, rounded_up, share
from maillage.insights.pages import words

NOON = datetime(2026, 11, 22, 11, 0, tzinfo=UTC)


def test_what_is_left_is_rounded_down_and_ends() -> None:
    left = remaining(until=NOON + timedelta(days=9, hours=15, minutes=48, seconds=59), now=NOON)
    assert left
    assert (left.days, left.hours, left.minutes) == (9, 15, 48)
    assert remaining(until=NOON, now=NOON) is None


def test_a_share_of_nothing_is_nothing() -> None:
    assert share(359, 577) == "62.22%"
    assert share(0, 0) == "0%"


def test_a_promised_hour_is_rounded_up() -> None:
    assert rounded_up(NOON) == NOON
    assert rounded_up(NOON + timedelta(minutes=1)) == NOON + timedelta(minutes=10)


def test_a_seat_abroad_keeps_its_part_of_the_world() -> None:
    name = PlaceName(own="Abroad - 2nd (Latin America)", parent="Abroad", number=2)
    assert (name.short(language="en"), name.detail) == ("Abroad, 2nd", "Latin America")
    assert PlaceName(own="Bath", parent="", number=None).short(language="en") == "Bath"


def test_labels_neither_overlap_nor_leave_the_sheet() -> None:
    labels = placed_labels([("Crest", 100, 100), ("Aouste", 104, 104), ("Die", 630, 300), ("Haut", 10, 2)], width=640, height=560, most=6)
    assert [(label.text, label.at_end) for label in labels] == [("Crest", False), ("Die", True)]


def test_numbers_and_days_are_written_as_the_reader_does() -> None:
    with override("fr"):
        assert words.figure(134840).replace("\N{NARROW NO-BREAK SPACE}", "\N{NO-BREAK SPACE}") == "134\N{NO-BREAK SPACE}840"
        assert words.figure(12.42, 1) == "12,4"
        assert words.dated(datetime(2026, 12, 1, 9, tzinfo=UTC), "Europe/Paris") == "1<sup>er</sup>\N{NO-BREAK SPACE}décembre 2026"
        assert words.ordinal(3) == "3<sup>e</sup>"
    with override("en"):
        assert words.figure(134840) == "134,840"
        assert words.ordinal(3) == "3<sup>rd</sup>"
        assert words.dated(datetime(2026, 12, 1, 9, tzinfo=UTC), "Europe/Paris") == "1\N{NO-BREAK SPACE}December 2026"
    assert words.raised("Paris 1er arrondissement, Drôme, 3e & <b>22nd</b>") == (
        "Paris 1<sup>er</sup> arrondissement, Drôme, 3<sup>e</sup> &amp; &lt;b&gt;22<sup>nd</sup>&lt;/b&gt;"
    )
    assert words.raised("le 7e2 et 48 h, 3emes") == "le 7e2 et 48 h, 3emes"
    assert words.initials("Marie-Pochon Dupré") == "MD"
