import http.server
import json
import threading
import time
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.backend.territories.places import load

pytestmark = pytest.mark.django_db

URL = "/api/v1/territories/search/"


@pytest.fixture
def country():
    return load()


def names(client, text, language="fr"):
    answer = client.get(URL, {"q": text}, headers={"Accept-Language": language})
    assert answer.status_code == 200, answer.content
    return [row["name"] for row in answer.json()["items"]]


@pytest.mark.parametrize("typed", ["Noirétable-le-Vieux", "noiretable le vieux", "NOIRETABLE", "noirét", "Noire"])
def test_accents_case_and_hyphens_do_not_count(client, country, typed):
    assert names(client, typed) == ["Noirétable-le-Vieux"]


@pytest.mark.parametrize("typed", ["L'Étang-Gris", "l etang", "etang gris", "Étang"])
def test_leading_articles_do_not_count(client, country, typed):
    assert names(client, typed) == ["L'Étang-Gris"]


@pytest.mark.parametrize("typed", ["sainte ombre", "Ste-Ombre", "ste ombr"])
def test_short_forms_of_saints(client, country, typed):
    assert names(client, typed) == ["Sainte-Ombre"]


def test_namesakes_say_their_department_the_most_inhabited_first(client, country):
    items = client.get(URL, {"q": "aubepine"}).json()["items"]
    assert [(row["name"], row["context"]) for row in items] == [("Aubépine", "Val-de-Lune"), ("Aubépine", "Hautes-Brumes")]


def test_a_split_commune_says_so_with_its_seats(client, country):
    (row,) = client.get(URL, {"q": "Valbrune"}).json()["items"]
    assert (row["kind"], row["split"], [seat["code"] for seat in row["seats"]]) == ("commune", True, ["0101", "0102", "0103", "0104"])


def test_a_postal_code_may_lie_in_several_seats(client, country):
    (row,) = client.get(URL, {"q": "01300"}).json()["items"]
    assert (row["kind"], row["code"], row["split"], [seat["code"] for seat in row["seats"]]) == (
        "postal_code",
        "01300",
        True,
        ["0103", "0104"],
    )
    assert [item["code"] for item in client.get(URL, {"q": "0130"}).json()["items"]] == ["01300"]


@pytest.mark.parametrize("typed", ["01100 Aubépine", "aubepine 01100", "  AUBEPINE   01100"])
def test_a_name_beside_its_postal_code_as_on_an_envelope(client, country, typed):
    (row,) = client.get(URL, {"q": typed}).json()["items"]
    assert (row["code"], row["name"]) == ("01002", "Aubépine")


def test_a_name_beside_the_postal_code_of_elsewhere_is_not_found(client, country):
    assert client.get(URL, {"q": "01300 Aubépine"}).json()["items"] == []


@pytest.mark.parametrize(
    ("typed", "language", "name"),
    [
        ("Japon", "fr", "Japon"),
        ("Japan", "en", "Japan"),
        ("etats unis", "fr", "États-Unis"),
        ("united st", "en", "United States of America"),
    ],
)
def test_a_country_abroad_in_both_languages(client, country, typed, language, name):
    (row,) = client.get(URL, {"q": typed}, headers={"Accept-Language": language}).json()["items"]
    assert (row["kind"], row["name"], row["split"], [seat["code"] for seat in row["seats"]]) == ("country", name, False, ["9901"])


@pytest.mark.parametrize("typed", ["0301", "03-01", "ZV01", "zv01", "003-01"])
def test_a_seat_by_its_code(client, country, typed):
    first = client.get(URL, {"q": typed}).json()["items"][0]
    assert (first["kind"], first["code"]) == ("constituency", "0301")


@pytest.mark.parametrize("typed", ["", " ", "a" * 201])
def test_nothing_typed_is_a_problem(client, typed):
    answer = client.get(URL, {"q": typed})
    assert (answer.status_code, answer.json()["code"]) == (400, "bad_query")


@pytest.mark.parametrize("typed", ["%", "_", "'", "\\", "漢字", "🙂", "%00", "--", "z" * 200, "1" * 200])
def test_odd_letters_find_nothing_and_break_nothing(client, country, typed):
    answer = client.get(URL, {"q": typed})
    assert (answer.status_code, answer.json()["items"]) == (200, [])


def test_a_search_is_quick(client, country):
    client.get(URL, {"q": "a"})
    started = time.perf_counter()
    for _ in range(20):
        client.get(URL, {"q": "aub"})
    assert (time.perf_counter() - started) / 20 < 0.1, "20 ms on a quiet machine; the load figures measure it"


def test_streets_are_off_without_a_geocoder(client, settings):
    settings.GEOCODER_URL = ""
    answer = client.get("/api/v1/territories/geocode/", {"q": "rue de la paix"})
    assert (answer.status_code, answer.json()["code"]) == (503, "geocoder_off")


@pytest.fixture
def geocoder(settings):
    """A stand-in for the geocoder, on loopback: it answers one street, and garbage when asked for garbage."""
    asked = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            query = parse_qs(urlsplit(self.path).query)
            asked.append((query, dict(self.headers)))
            street = {"properties": {"label": "Rue des Lilas, Valbrune"}, "geometry": {"coordinates": [2.5, 47.2]}}
            body = b"not json" if query["q"] == ["garbage"] else json.dumps({"features": [street]}).encode()
            self.send_response(500 if query["q"] == ["failure"] else 200)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_):
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    settings.GEOCODER_URL = f"http://127.0.0.1:{server.server_port}/search"
    yield asked
    server.shutdown()
    server.server_close()


def test_a_street_is_asked_without_a_name(client, geocoder):
    answer = client.get(
        "/api/v1/territories/geocode/", {"q": "rue des lilas", "locality": "01001"}, headers={"Cookie": "maillage_session=secret"}
    )
    assert answer.json() == {"items": [{"label": "Rue des Lilas, Valbrune", "lat": 47.2, "lon": 2.5}]}
    ((query, headers),) = geocoder
    assert query == {"q": ["rue des lilas"], "limit": ["6"], "autocomplete": ["1"], "citycode": ["01001"]}
    assert "Cookie" not in headers
    assert "Referer" not in headers


@pytest.mark.parametrize("typed", ["garbage", "failure"])
def test_a_geocoder_that_fails_is_unavailable(client, geocoder, typed):
    answer = client.get("/api/v1/territories/geocode/", {"q": typed})
    assert (answer.status_code, answer.json()["code"]) == (503, "geocoder_unavailable")


def test_a_locality_is_a_code(client, geocoder):
    assert client.get("/api/v1/territories/geocode/", {"q": "rue", "locality": "x&y=1"}).status_code == 400
    assert geocoder == []
