"""Tables as texts: what the database reads of an array that was written for it, and what a spreadsheet makes of a file."""

import csv
import io
import re
import time
from pathlib import Path

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.kernel import tables
from maillage.kernel.tables import array_written, csv_line, harmless


def read_back(cells: list[str]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [array_written(cells)])
        return cursor.fetchone()[0]


class TestArrays(TestCase):
    """Whatever letters there are but NUL, which no text of PostgreSQL holds."""

    @given(st.lists(st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))))
    def test_the_database_reads_what_was_written(self, cells: list[str]) -> None:
        assert read_back(cells) == cells


@pytest.mark.django_db
@pytest.mark.parametrize("cells", [[], [""], ["NULL"], ['"', "\\", '\\"'], ["{a,b}", " c ", "\n"]])
def test_what_arrays_have_signs_for_stays_a_text(cells: list[str]) -> None:
    assert read_back(cells) == cells


SIGNS = tuple("=+-@＝＋－＠\t\r")
NASTY = st.text(st.sampled_from("=+-@;,\t\r\n\"' a1|!＝"), max_size=12)


def cells_of(text: str, separator: str, *, skips_blanks: bool) -> list[str]:
    """The cells that a spreadsheet sees which parts the lines at another separator than ours."""
    return [cell for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator, skipinitialspace=skips_blanks) for cell in line]


@given(st.lists(st.lists(NASTY, min_size=1, max_size=3), min_size=1, max_size=3), st.sampled_from(";,\t"))
def test_no_cell_is_a_formula_wherever_a_spreadsheet_parts_it(lines: list[list[str]], separator: str) -> None:
    text = b"".join(csv_line(line, separator=separator) for line in lines).decode()
    for other in ";,\t":
        for skips_blanks in (False, True):
            found = cells_of(text, other, skips_blanks=skips_blanks)
            assert not [cell for cell in found if cell.lstrip().startswith(SIGNS)]
    naive = re.split(r'[;,\t\r\n]["\s]*', text)
    assert not [cell for cell in naive if cell.startswith(SIGNS)], "nor where it heeds no quotation marks"


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), min_size=1), st.sampled_from(";,\t"))
def test_a_table_is_read_as_it_was_written(cells: list[str], separator: str) -> None:
    text = csv_line(cells, separator=separator).decode()
    (found,) = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
    assert found == [harmless(cell) for cell in cells]
    assert [cell.replace("'", "") for cell in found] == [cell.replace("'", "") for cell in cells], "nothing is lost"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        ("=1+1", "'=1+1"),
        ("+33", "'+33"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        (-2, "-2"),
        ("oui", "oui"),
        ("", ""),
        ("a;=cmd|' /C calc'!A0", "a;'=cmd|' /C calc'!A0"),
        ("a,+1", "a,'+1"),
        ('a;"=1"', 'a;"\'=1"'),
        ("a\n=1", "a\n'=1"),
        ("Saint-Jean, 1 = 1", "Saint-Jean, 1 = 1"),
    ],
)
def test_a_cell_keeps_its_words(cell: object, kept: str) -> None:
    assert harmless(cell) == kept


def test_a_long_run_of_blanks_takes_no_longer_than_its_length() -> None:
    began = time.process_time()
    harmless("a" + "\n" * 500_000)
    assert time.process_time() - began < 5, "read once, not once for each blank"


def test_every_table_is_written_here() -> None:
    """Whoever writes CSV elsewhere forgets what a spreadsheet runs. The demo writes a file to be brought in, for nobody to open."""
    top = Path(tables.__file__).parents[1]
    found = [path.relative_to(top).as_posix() for path in top.rglob("*.py") if "csv.writer(" in path.read_text()]
    assert sorted(found) == ["demo/services/bringing.py", "kernel/tables.py"]
