from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from maillage.advocacy import services
from maillage.advocacy.models import Mandate
from maillage.kernel.ids import uuid7
from tests.backend.advocacy.factories import HEADER, line
from tests.backend.advocacy.test_gateways import ROW
from tests.backend.territories.factories import SmallCountry, make_small_country

API = "/api/v1/advocacy/office-holders"


@pytest.fixture
def country(db: None) -> SmallCountry:
    country = make_small_country()
    lines = [line(number, area.code) for number, area in enumerate(country.seats)]
    services.load_office_holders(lines=lines, today=date(2026, 11, 22), body="xm", country="XM")
    return country


def test_a_page_in_one_query(country: SmallCountry, client, django_assert_num_queries):
    with django_assert_num_queries(1):
        page = client.get(f"{API}/", {"limit": 10}).json()
    assert [item["area"]["code"] for item in page["items"]] == [area.code for area in country.seats][:10]
    rest = client.get(f"{API}/", {"limit": 10, "after": page["next"]}).json()
    assert (len(rest["items"]), rest["next"]) == (2, None)


def test_the_card_of_a_seat(country: SmallCountry, client):
    (card,) = client.get(f"{API}/", {"area": "0101"}).json()["items"]
    assert card["full_name"] == "Odile Pradelle 0"
    assert (card["office_email"], card["since"]) == ("odile0@chambre.example", "2024-07-07")
    assert card["group"] == {"abbreviation": "Ver", "name": "Les Verts du pays", "colour": "#118833"}
    assert client.get(f"{API}/{card['id']}/").json() == card


def test_those_of_an_area(country: SmallCountry, client):
    department = country.area("02", "department")
    items = client.get(f"{API}/", {"area": str(department.pk)}).json()["items"]
    assert [item["area"]["code"] for item in items] == ["0201", "0202", "0203", "0204", "0205"]
    assert client.get(f"{API}/", {"area": "nowhere"}).json()["items"] == []


def test_what_is_not_there(country: SmallCountry, client):
    answer = client.get(f"{API}/{uuid7()}/")
    assert (answer.status_code, answer.json()["code"]) == (404, "office_holder_unknown")
    assert client.get(f"{API}/", {"limit": "0"}).status_code == 400


def test_the_command_says_what_it_does(tmp_path: Path):
    written = tmp_path / "list.csv"
    written.write_text(f"{HEADER}\n{ROW}\n")
    said = StringIO()
    with pytest.raises(CommandError):
        call_command("load_office_holders", "--from", str(tmp_path / "absent.csv"), stdout=said)


def test_the_command_loads_and_may_be_repeated(db: None, tmp_path: Path):
    make_small_country()
    written = tmp_path / "list.csv"
    written.write_text(f"{HEADER}\n{ROW}\n")
    for opened in (1, 0):
        said = StringIO()
        call_command("load_office_holders", "--from", str(written), "--country", "XM", "--body", "xm", stdout=said)
        assert f"1 office holders, {opened} mandates opened, 0 closed" in said.getvalue()
        assert "11 seats have nobody sitting" in said.getvalue()
    assert Mandate.objects.count() == 1
