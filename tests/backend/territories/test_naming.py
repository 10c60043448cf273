"""What a place is called: the same of an area at hand as of rows asked, in the reader's language, else the deployment's."""

import pytest
from django.db import connection
from django.utils.translation import deactivate_all, override
from pytest_django import DjangoAssertNumQueries

from maillage.territories.domain import aside, ordinal_suffix
from maillage.territories.models import CALLED_SQL, Area, called
from tests.backend.territories.factories import SmallCountry


@pytest.mark.parametrize(
    ("number", "french", "english"), [(1, "re", "st"), (2, "e", "nd"), (3, "e", "rd"), (4, "e", "th"), (11, "e", "th"), (21, "e", "st")]
)
def test_ordinals(number: int, french: str, english: str) -> None:
    assert ordinal_suffix(number, language="fr") == french
    assert ordinal_suffix(number, language="en") == english


def test_what_a_name_adds_in_brackets() -> None:
    assert aside("Hors du pays - 1re circonscription (Amérique et Asie)") == "Amérique et Asie"
    assert (aside("Bath"), aside("Bath (North) and more")) == ("", "")


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("fr", "Hautes-Brumes, 1re circonscription"),
        ("en", "Hautes-Brumes, constituency 1"),
        ("de", "Hautes-Brumes, 1re circonscription"),
    ],
)
def test_a_seat_is_called_in_the_readers_language_else_the_deployments(small_country: SmallCountry, language: str, said: str) -> None:
    with override(language):
        assert small_country.area("0101").called == said
        assert Area.objects.filter(code="0101").values_list(called(), flat=True).get() == said


def test_where_nobody_reads_yet_the_deployments_language_is_spoken(small_country: SmallCountry) -> None:
    with override(None):
        deactivate_all()
        assert small_country.area("0101").called == "Hautes-Brumes, 1re circonscription"


@pytest.mark.parametrize("language", ["fr", "en", "de"])
def test_an_area_rows_and_hand_written_sql_say_the_same(
    small_country: SmallCountry, language: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with override(language), django_assert_num_queries(1):
        rows = {pk: (place, above) for pk, place, above in Area.objects.values_list("pk", called(), called("parent"))}
        assert rows == {area.pk: (area.called, area.parent.called if area.parent else None) for area in small_country.areas.values()}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT a.id, {CALLED_SQL.format(area='a')} FROM territories_area a", {"language": language, "home": "fr"})
        assert dict(cursor.fetchall()) == {pk: place for pk, (place, _above) in rows.items()}


def test_a_place_without_other_names_is_called_as_its_source_writes_it(small_country: SmallCountry) -> None:
    commune = small_country.area("01001", "commune")
    with override("en"):
        assert commune.called == commune.name == "Valbrune"
