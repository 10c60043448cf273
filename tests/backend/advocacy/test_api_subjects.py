from maillage.advocacy.models import Subject
from tests.backend.accounts.factories import make_user, sign_in

API = "/api/v1/advocacy/subjects"
JSON = "application/json"
BODY = {"default_language": "fr", "texts": {"fr": {"title": "Petites lignes", "decision": "Le fonds"}}}


def test_who_organises_the_whole_country_keeps_the_subjects(net, relay, organiser, client):
    for user, status in ((make_user(), 404), (relay.user, 403), (net.organiser("department", "01", name="Paul A"), 403), (organiser, 201)):
        sign_in(client, user)
        assert client.post(f"{API}/", BODY, content_type=JSON).status_code == status, user.email
    (seen,) = client.get(f"{API}/").json()["items"]
    assert (seen["title"], seen["decision"], seen["abilities"]) == ("Petites lignes", "Le fonds", {"edit": True, "close": True})
    sign_in(client, relay.user)
    assert client.get(f"{API}/").json()["abilities"] == {"open": False}


def test_an_edit_names_the_version_that_it_read(organiser, client):
    sign_in(client, organiser)
    made = client.post(f"{API}/", BODY, content_type=JSON).json()
    english = {"title": "Small lines", "decision": "The fund"}
    both = {**BODY, "texts": {**BODY["texts"], "en": english}, "version": 1}
    assert client.patch(f"{API}/{made['id']}/", both, content_type=JSON).json()["version"] == 2
    assert client.patch(f"{API}/{made['id']}/", both, content_type=JSON).json()["code"] == "version_conflict"
    assert client.get(f"{API}/", headers={"accept-language": "en"}).json()["items"][0]["title"] == "Small lines"
    without = {"default_language": "en", "texts": BODY["texts"], "version": 2}
    assert list(client.patch(f"{API}/{made['id']}/", without, content_type=JSON).json()["fields"]) == ["texts.en"]


def test_a_closed_subject_changes_no_more(organiser, client):
    sign_in(client, organiser)
    made = client.post(f"{API}/", BODY, content_type=JSON).json()
    for _twice in range(2):
        assert client.post(f"{API}/{made['id']}/close/").json()["closed_at"]
    refused = client.patch(f"{API}/{made['id']}/", {**BODY, "version": 1}, content_type=JSON)
    assert (refused.status_code, refused.json()["code"]) == (409, "subject_closed")
    assert Subject.objects.get().closed_at
