import csv
from io import StringIO

from maillage.advocacy import services
from maillage.advocacy.domain import Choice, Side, Stance
from maillage.advocacy.models import Mandate, Office
from maillage.kernel.clock import now
from maillage.people.models import AccessReason
from tests.backend.accounts.factories import sign_in
from tests.backend.advocacy.factories import make_deputy, say, tie
from tests.backend.days import in_days

API = "/api/v1/advocacy"
JSON = "application/json"


def test_who_said_for_and_voted_against_is_marked(net, deputy, subject, relay, organiser, client, django_assert_max_num_queries):
    second, third = make_deputy(net.seat("0102").area, family_name="Lis"), make_deputy(net.seat("0201").area, family_name="Roy")
    say(deputy, subject, Stance.FOR, author=relay, days_ago=5)
    say(deputy, subject, Stance.AGAINST, author=relay, days_ago=1)
    say(second, subject, Stance.FOR, by=organiser, days_ago=5)
    say(third, subject, Stance.FOR, by=organiser, days_ago=2)
    tie({"0101": Choice.AGAINST, "0102": Choice.FOR}, subject, by=organiser, number="1", days_ago=3)
    tie({"0101": Choice.AGAINST, "0201": Choice.FOR}, subject, by=organiser, favourable=Side.AGAINST, number="2", days_ago=0)
    sign_in(client, organiser)
    with django_assert_max_num_queries(12):
        answer = client.get(f"{API}/subjects/{subject.pk}/votes/").json()
    assert [(one["number"], one["favourable"]) for one in answer["roll_calls"]] == [("1", "for"), ("2", "against")]
    told = {row["seat"]["code"]: [(one["said"], one["choice"], one["is_as_said"]) for one in row["votes"]] for row in answer["items"]}
    assert told == {
        "0101": [(2, "against", False), (-2, "for", False)],
        "0102": [(2, "for", True), (2, None, None)],
        "0201": [(None, None, None), (2, "against", False)],
    }
    sign_in(client, net.organiser("department", "02", name="Zoé B"))
    below = client.get(f"{API}/subjects/{subject.pk}/votes/").json()["items"]
    assert [row["office_holder"]["family_name"] for row in below] == ["Roy"]
    sign_in(client, relay.user)
    assert client.get(f"{API}/subjects/{subject.pk}/votes/").status_code == 404


def test_who_put_on_record_what_they_meant_broke_no_word(deputy, subject, organiser, client):
    say(deputy, subject, by=organiser, days_ago=5)
    tie({"0101": Choice.AGAINST}, subject, by=organiser, meant={"0101": Choice.FOR})
    sign_in(client, organiser)
    (row,) = client.get(f"{API}/subjects/{subject.pk}/votes/").json()["items"]
    assert row["votes"] == [{"sat": True, "said": 2, "choice": "against", "meant": "for", "is_as_said": True}]


def test_who_sat_on_the_day_voted_whoever_sits_now(net, deputy, subject, organiser, client):
    tie({"0101": Choice.FOR}, subject, by=organiser, number="1", days_ago=9)
    Mandate.objects.update(ends_on=in_days(-5))
    follower = make_deputy(net.seat("0101").area, family_name="Vian", number="follower")
    Mandate.objects.filter(holder=follower).update(begins_on=in_days(-4))
    tie({"follower": Choice.FOR}, subject, by=organiser, number="2", days_ago=2)
    sign_in(client, organiser)
    items = client.get(f"{API}/subjects/{subject.pk}/votes/").json()["items"]
    assert [(row["office_holder"]["family_name"], [one["sat"] for one in row["votes"]]) for row in items] == [
        ("Martin", [True, False]),
        ("Vian", [False, True]),
    ]


def test_it_is_taken_away_for_a_typed_reason(deputy, subject, organiser, client):
    say(deputy, subject, by=organiser, days_ago=5)
    tie({"0101": Choice.AGAINST}, subject, by=organiser)
    sign_in(client, organiser)
    path = f"{API}/subjects/{subject.pk}/votes/export/"
    assert client.post(path, {"reason": ""}, content_type=JSON).status_code == 400
    answer = client.post(path, {"reason": "Pour la presse"}, content_type=JSON, headers={"Accept-Language": "en"})
    head, row = csv.reader(StringIO(answer.content.decode("utf-8-sig")))
    assert dict(zip(head, row, strict=True)) | {"Day": "", "Place": ""} == {
        "Roll call": "12",
        "Day": "",
        "Title": "L'article premier du guichet humain",
        "Place": "",
        "Name": "Jeanne Martin",
        "Group": "",
        "Said by then": "for",
        "Voted, as of the subject": "against",
        "Put on record since": "",
        "As said": "no",
        "Source": "",
    }
    assert AccessReason.objects.get().words == "Pour la presse"


def test_a_roll_call_is_found_and_tied_by_who_organises_the_country(net, deputy, subject, organiser, client):
    roll_call = tie({"0101": Choice.FOR}, subject, by=organiser)
    sign_in(client, net.organiser("department", "01", name="Paul A"))
    (seen,) = client.get(f"{API}/roll-calls/?q=guichet").json()["items"]
    assert (seen["number"], seen["subject"]["id"], seen["abilities"]) == ("12", str(subject.pk), {"tie": False})
    assert client.get(f"{API}/roll-calls/?q=13").json()["items"] == []
    path = f"{API}/roll-calls/{roll_call.pk}/tie/"
    assert client.delete(path).json()["code"] == "national_organisers_only"
    sign_in(client, organiser)
    assert client.delete(path).json()["subject"] is None
    tied = client.post(path, {"subject": str(subject.pk), "favourable": "against"}, content_type=JSON).json()
    assert (tied["favourable"], tied["abilities"]) == ("against", {"tie": True})


def test_votes_offices_and_staff_stand_in_all_that_is_held(deputy, subject, organiser, client):
    tie({"0101": Choice.FOR}, subject, by=organiser)
    Office.objects.create(holder=deputy, body="tests", external_id="1", title="Présidente", organ="Commission", begins_on=in_days(-9))
    services.note_staff(holder_id=deputy.pk, by=organiser, now=now(), name="Lou Petit", role="Agenda", office_email="lou@chambre.example")
    Mandate.objects.update(is_begin_known=False)
    sign_in(client, organiser)
    path = f"{API}/office-holders/{deputy.pk}/export/"
    held = client.post(path, {"reason": "Elle le demande"}, content_type=JSON).json()
    assert [(vote["roll_call__number"], vote["choice"]) for vote in held["votes"]] == [("12", "for")]
    assert [(office["title"], office["organ"], office["ends_on"]) for office in held["offices"]] == [("Présidente", "Commission", None)]
    assert [(member["name"], member["role"]) for member in held["staff"]] == [("Lou Petit", "Agenda")]
    assert held["mandates"][0]["begins_on"] is None, "no list says since when"
    table = client.post(path, {"reason": "Elle le demande", "form": "csv"}, content_type=JSON).content.decode()
    assert "Présidente, Commission" in table
    assert '"Lou Petit","Agenda","lou@chambre.example"' in table
    assert "L'article premier du guichet humain" in table
