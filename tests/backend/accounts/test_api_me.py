import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.domain import Role
from maillage.people.models import Person
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.territories.factories import SmallCountry

ME = "/api/v1/accounts/me/"


def test_anonymous_is_refused_with_a_problem(client: Client, db: None) -> None:
    answer = client.get(ME)
    assert answer.status_code == 403
    assert answer["Content-Type"].startswith("application/problem+json")
    assert answer.json()["code"] == "not_authenticated"


def test_an_organiser_reads_person_roles_and_abilities(
    client: Client, small_country: SmallCountry, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    user = make_granted(Role.ORGANISER, small_country.area("01", "department"))
    person = Person.objects.create(user=user, given_name="Ada", family_name="Noir", area=small_country.area("0101"))
    sign_in(client, user)
    with django_assert_num_queries(4):  # session, user, roles with their areas, person with theirs
        me = client.get(ME).json()
    assert me["person"] == {"id": str(person.pk), "given_name": "Ada", "family_name": "Noir", "place": small_country.area("0101").called}
    (grant,) = me["grants"]
    assert (grant["role"], grant["area"]["kind"], grant["area"]["code"], grant["ends_at"]) == ("organiser", "department", "01", None)
    assert me["abilities"] == {
        "organise": True,
        "answer": False,
        "administer": False,
        "inspect": False,
        "keep_books": False,
        "moderate": False,
    }


def test_a_language_is_chosen_among_ours(client: Client, db: None) -> None:
    user = make_user()
    sign_in(client, user)
    assert client.patch(ME, {"language": "en"}, content_type="application/json").json()["language"] == "en"
    user.refresh_from_db()
    assert user.language == "en"
    answer = client.patch(ME, {"language": "tlh"}, content_type="application/json")
    assert (answer.status_code, answer.json()["code"]) == (400, "invalid")
    assert "language" in answer.json()["fields"]


@pytest.mark.parametrize("body", ["", "[]", "null", '"x"', "{", '{"language": ["fr"]}'])
def test_nonsense_is_a_bad_request(client: Client, db: None, body: str) -> None:
    sign_in(client, make_user())
    assert client.patch(ME, body, content_type="application/json").status_code == 400
