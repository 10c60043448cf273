from datetime import timedelta

import pytest

from maillage.kernel.clock import now
from maillage.kernel.ids import uuid7
from maillage.relays import services
from maillage.territories.models import AreaNeighbour
from tests.backend.accounts.factories import sign_in
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

API = "/api/v1/relays"


def test_networks_in_the_readers_language(net: SmallNetwork, client, django_assert_num_queries):
    with django_assert_num_queries(2):
        answer = client.get(f"{API}/networks/", headers={"accept-language": "en"})
    (item,) = answer.json()["items"]
    assert (item["id"], item["name"], item["language"], item["country"]) == (str(net.network.pk), "Small net", "en", "XM")
    assert client.get(f"{API}/networks/{net.network.pk}/", headers={"accept-language": "fr"}).json()["name"] == "Petit réseau"


def test_coverage_is_exactly_six_numbers_in_one_query(net: SmallNetwork, client, django_assert_num_queries):
    make_holder(net.seat("0101"))
    with django_assert_num_queries(1):
        answer = client.get(f"{API}/networks/{net.network.pk}/coverage/")
    assert answer.json() == {"total": 12, "filled": 1, "stand_in": 0, "applied": 0, "vacant": 11, "dormant": 0}


@pytest.mark.parametrize("resource", ["", "coverage/", "seats/"])
def test_an_unknown_network_is_404(db: None, client, resource: str):
    answer = client.get(f"{API}/networks/{uuid7()}/{resource}")
    assert (answer.status_code, answer.json()["code"]) == (404, "network_unknown")
    assert answer["Content-Type"] == "application/problem+json"


def test_all_seats_in_one_query_and_304_until_something_moves(net: SmallNetwork, client, django_assert_num_queries):
    address = f"{API}/networks/{net.network.pk}/seats/"
    with django_assert_num_queries(1):
        first = client.get(address)
    assert [item["code"] for item in first.json()["items"]] == [area.code for area in net.country.seats]
    assert set(first.json()["items"][0]) == {"id", "code", "name", "group", "state", "new"}
    same = client.get(address, headers={"if-none-match": first["ETag"]})
    assert (same.status_code, same.content) == (304, b"")
    make_application(net.seat("0101"))
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 200


def test_seats_are_called_in_the_readers_language_and_each_language_is_a_version(net: SmallNetwork, client, django_assert_num_queries):
    address = f"{API}/networks/{net.network.pk}/seats/"
    found = {}
    for language in ("fr", "en"):
        with django_assert_num_queries(1):
            found[language] = client.get(address, headers={"accept-language": language})
    first = {language: answer.json()["items"][0] for language, answer in found.items()}
    assert (first["fr"]["name"], first["fr"]["group"]) == ("Hautes-Brumes, 1re circonscription", "Hautes-Brumes")
    assert (first["en"]["name"], first["en"]["group"]) == ("Hautes-Brumes, constituency 1", "Hautes-Brumes")
    assert client.get(address, headers={"accept-language": "en", "if-none-match": found["fr"]["ETag"]}).status_code == 200


def test_time_that_passes_a_state_makes_another_version(net: SmallNetwork, client):
    address = f"{API}/networks/{net.network.pk}/seats/"
    term, _holder = make_holder(net.seat("0101"), email="", at=now() - timedelta(days=59, hours=23))
    first = client.get(address)
    term.seen_at = now() - timedelta(days=61)
    term.save()
    second = client.get(address, headers={"if-none-match": first["ETag"]})
    assert second.status_code == 200
    assert second.json()["items"][0]["state"] == "dormant"


class TestSeat:
    def test_anyone_sees_its_state_and_no_name_that_was_not_shown(self, net: SmallNetwork, client):
        make_holder(net.seat("0101"))
        seat = client.get(f"{API}/seats/{net.seat('0101').pk}/").json()
        assert (seat["state"], seat["holder"]["name"], seat["terms"]) == ("filled", "", [])
        assert [ancestor["kind"] for ancestor in seat["area"]["ancestors"]] == ["country", "region", "department"]
        assert seat["abilities"] == {"apply": False, "see_applications": False}

    def test_a_holder_who_chose_so_is_named_by_first_name(self, net: SmallNetwork, client):
        make_holder(net.seat("0101"), shows_given_name=True)
        assert client.get(f"{API}/seats/{net.seat('0101').pk}/").json()["holder"]["name"] == "Camille"

    @pytest.mark.parametrize(("language", "place"), [("fr", "Hautes-Brumes, 1re circonscription"), ("en", "Hautes-Brumes, constituency 1")])
    def test_it_is_called_in_the_readers_language(self, net: SmallNetwork, client, language: str, place: str):
        seat = client.get(f"{API}/seats/{net.seat('0101').pk}/", headers={"accept-language": language}).json()
        assert seat["area"]["name"] == place

    def test_an_organiser_above_sees_who_it_is_and_who_applies(self, net: SmallNetwork, client):
        term, _holder = make_holder(net.seat("0101"))
        make_application(net.seat("0101"))
        sign_in(client, net.organiser("department", "01"))
        seat = client.get(f"{API}/seats/{net.seat('0101').pk}/").json()
        (shown,) = seat["terms"]
        assert (seat["holder"]["name"], shown["name"], shown["id"]) == ("Camille Vernoux", "Camille Vernoux", str(term.pk))
        assert [application["name"] for application in seat["applications"]] == ["Samir Belkacem"]
        assert seat["abilities"] == {"apply": False, "see_applications": True}
        assert shown["abilities"] == {"end": True, "pause": True, "resume": False}

    def test_an_organiser_elsewhere_is_anyone(self, net: SmallNetwork, client):
        make_holder(net.seat("0101"))
        make_application(net.seat("0101"))
        sign_in(client, net.organiser("department", "02"))
        seat = client.get(f"{API}/seats/{net.seat('0101').pk}/").json()
        assert (seat["holder"]["name"], seat["applications"], seat["terms"]) == ("", [], [])

    def test_its_holder_may_leave_it(self, net: SmallNetwork, client):
        term, holder = make_holder(net.seat("0101"))
        sign_in(client, holder.user)
        seat = client.get(f"{API}/seats/{net.seat('0101').pk}/").json()
        (own,) = seat["terms"]
        assert (own["id"], own["abilities"]["end"], seat["abilities"]["see_applications"]) == (str(term.pk), True, False)

    def test_an_unknown_seat_is_404(self, db: None, client):
        answer = client.get(f"{API}/seats/{uuid7()}/")
        assert (answer.status_code, answer.json()["code"]) == (404, "seat_unknown")

    def test_queries_do_not_grow_with_applications(self, net: SmallNetwork, client, django_assert_max_num_queries):
        for number in range(6):
            make_application(net.seat("0101"), email=f"{number}@people.example")
        sign_in(client, net.organiser())
        address = f"{API}/seats/{net.seat('0101').pk}/"
        with django_assert_max_num_queries(9):
            client.get(address)


class TestEndingATerm:
    def test_by_role(self, net: SmallNetwork, client):
        term, holder = make_holder(net.seat("0101"))
        _, elsewhere = make_holder(net.seat("0102"))
        address = f"{API}/terms/{term.pk}/end/"
        assert client.post(address).status_code == 403
        sign_in(client, elsewhere.user)
        assert client.post(address).status_code == 404
        sign_in(client, net.organiser("department", "02"))
        assert client.post(address).status_code == 404
        sign_in(client, holder.user)
        assert client.post(address).status_code == 200
        term.refresh_from_db()
        assert term.ends_at is not None

    def test_by_an_organiser_above(self, net: SmallNetwork, client):
        term, _holder = make_holder(net.seat("0101"))
        sign_in(client, net.organiser("region", net.country.area("01", "department").parent.code))
        assert client.post(f"{API}/terms/{term.pk}/end/").json()["ends_at"]
        assert services.compare_grants(now=now()) == (0, 0)


def test_neighbours_the_longest_border_first(net: SmallNetwork, client):
    for code, metres in (("0102", 900), ("0103", None), ("0104", 4000)):
        AreaNeighbour.objects.create(area=net.country.area("0101"), other=net.country.area(code), shared_metres=metres)
    seat = client.get(f"{API}/seats/{net.seat('0101').pk}/").json()
    assert [neighbour["code"] for neighbour in seat["neighbours"]] == ["0104", "0102", "0103"]
