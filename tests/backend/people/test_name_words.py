"""The words of names come with whoever bears them first and go with the last; a mistyped one finds those that it may have been meant as."""

import pytest
from django.db import connection

from maillage.kernel.clock import now
from maillage.people import services
from maillage.people.models import NameWord, Person
from maillage.people.selectors.names import NEAR_WORDS, near_words, nearest_named
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db


def kept() -> set[str]:
    return set(NameWord.objects.values_list("word", flat=True))


def test_they_come_with_whoever_bears_them_however_that_is_written() -> None:
    make_person(given_name="Anne-Laure", family_name="Férhat")
    Person.objects.bulk_create([Person(given_name="Zoé", family_name="Ferhat"), Person(given_name="", family_name="")])
    assert kept() == {"anne", "laure", "ferhat", "zoe"}


def test_they_go_with_the_last_who_bears_them() -> None:
    one, other = make_person(given_name="Nadia", family_name="Ferhat"), make_person(given_name="Nadia", family_name="Vernoux")
    services.erase_person(person_id=one.pk, now=now())
    assert kept() == {"nadia", "vernoux"}
    other.given_name = "Odette"
    other.save()
    assert kept() == {"odette", "vernoux"}


def test_by_night_the_words_are_what_is_borne() -> None:
    make_person(given_name="Nadia", family_name="Ferhat")
    gone = make_person(given_name="Odette", family_name="Vernoux")
    gone.contact_points.all().delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM people_person WHERE id = %s", [gone.pk])
    NameWord.objects.filter(word="nadia").delete()
    assert kept() == {"ferhat", "odette", "vernoux"}
    assert services.compare_name_words() == (1, 2)
    assert kept() == {"nadia", "ferhat"}
    assert services.compare_name_words() == (0, 0)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("martn", ["martin", "marton"]),  # a letter missing; who is called Martine is found with Martin
        ("maritn", ["martin"]),  # two turned
        ("isabl", ["isabelle"]),  # the beginning of a name
        ("xqzk", []),
    ],
)
def test_a_typed_word_may_have_been_meant_as(typed: str, meant: list[str]) -> None:
    for family_name in ("Martin", "Martine", "Marton", "Isabelle", "Dupont"):
        make_person(given_name="", family_name=family_name)
    assert near_words([typed]) == [meant]


def test_two_letters_turned_are_meant_before_what_looks_more_alike(small_country: SmallCountry) -> None:
    here = small_country.area("0101")
    marine, martin = (make_person(given_name="", family_name=name, area=here) for name in ("Marine", "Martin"))
    assert nearest_named([here.pk], ["maritn"], most=5)[0] == martin.pk
    assert nearest_named([here.pk], ["marrine"], most=5)[0] == marine.pk


def test_only_the_nearest_are_looked_for() -> None:
    for end in "abcdefgh":
        make_person(given_name="", family_name=f"Durand{end}")
    (found,) = near_words(["duran"])
    assert len(found) == NEAR_WORDS
