"""Tables as texts: what the database reads of an array that was written for it."""

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from maillage.kernel.tables import array_written


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
