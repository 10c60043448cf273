import pytest

from tests.backend.territories.places import load

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    return load()


def test_areas_below_a_department(client, country, django_assert_num_queries):
    with django_assert_num_queries(2):
        body = client.get("/api/v1/territories/areas/", {"country": "xm", "below": "01"}).json()
    assert [row["code"] for row in body["items"]] == ["0101", "0102", "0103", "0104"]
    assert body["next"] is None


def test_areas_of_a_kind_by_pages(client, country, django_assert_num_queries):
    with django_assert_num_queries(1):
        first = client.get("/api/v1/territories/areas/", {"country": "XM", "kind": "commune", "limit": "15"}).json()
    rest = client.get("/api/v1/territories/areas/", {"country": "XM", "kind": "commune", "limit": "15", "after": first["next"]}).json()
    codes = [row["code"] for row in first["items"] + rest["items"]]
    assert (len(codes), codes, rest["next"]) == (21, sorted(codes), None)


@pytest.mark.parametrize("query", [{"limit": "0"}, {"limit": "x"}, {"after": "nonsense"}])
def test_bad_pages_are_a_problem(client, country, query):
    assert client.get("/api/v1/territories/areas/", query).status_code == 400


def test_below_nothing_is_a_problem(client, country):
    assert client.get("/api/v1/territories/areas/", {"below": "nowhere"}).json()["code"] == "no_such_area"


def test_a_seat_and_what_is_around_it(client, country, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        body = client.get("/api/v1/territories/areas/XM/constituency/02-04/").json()
    assert (body["code"], body["population"], body["time_zones"]) == ("0204", 92652, ["Europe/Paris"])
    assert [row["code"] for row in body["ancestors"]] == ["02", "10", "XM"]
    assert [row["code"] for row in body["neighbours"]] == ["0203"]
    assert [row["code"] for row in body["seats"]] == ["0204"]
    figure = next(row for row in body["figures"] if row["code"] == "students")
    assert (figure["country_value"], figure["source"]) == (8.1, "Recensement inventé, 2020")
    assert body["attribution"].startswith("Constituencies of Petit-Pays")
    assert body["bounds"][0] == pytest.approx(3.46, abs=0.02)


def test_a_seat_abroad_has_no_picture(client, country):
    body = client.get("/api/v1/territories/areas/xm/constituency/ZZ01/").json()
    assert (body["code"], body["bounds"], body["attribution"]) == ("9901", None, "")
    assert "Asia/Tokyo" in body["time_zones"]


@pytest.mark.parametrize(
    "path",
    ["XM/constituency/0999", "XM/commune/0101x", "QQ/constituency/0101", "XM/nonsense/0101", "XM/constituency/--"],
)
def test_an_unknown_place_is_a_problem(client, country, path):
    answer = client.get(f"/api/v1/territories/areas/{path}/")
    assert (answer.status_code, answer.headers["Content-Type"]) == (404, "application/problem+json")


def test_sets_in_force_say_what_must_be_shown(client, country):
    rows = {row["kind"]: row for row in client.get("/api/v1/territories/sets/").json()["items"]}
    seats = rows["constituency"]
    assert (seats["country"], seats["licence"], seats["approximate"]) == ("XM", "CC0 1.0", False)
    assert seats["svg"].startswith(f"/maps/{seats['hash']}/constituency.svg?drawn=")
    assert seats["tiles"].startswith(f"/tiles/{seats['hash']}/constituency/")
