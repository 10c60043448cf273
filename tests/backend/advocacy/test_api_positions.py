import csv
from io import StringIO

from maillage.advocacy import services
from maillage.advocacy.domain import Initiative, KnownBy, ReadableBy, Stance, StepKind
from maillage.advocacy.models import Contact, ContactStep, OfficeHolder, Position
from maillage.kernel.clock import now
from maillage.people.models import Access, AccessReason
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.advocacy.factories import log, make_deputy, make_subject, say
from tests.backend.days import in_days
from tests.backend.relays.factories import make_holder

API = "/api/v1/advocacy"
JSON = "application/json"


def send(client, path: str, body: dict, *, method: str = "post"):
    return getattr(client, method)(f"{API}{path}", body, content_type=JSON)


def test_who_sees_what_was_said(net, deputy, subject, relay, organiser, client):
    say(deputy, subject, author=relay, quote="Oui.")
    elsewhere = make_holder(net.seat("0102"))[1]
    counts = {relay.user: 1, organiser: 1, net.organiser("department", "01", name="Paul A"): 1}
    counts |= {elsewhere.user: 0, net.organiser("department", "02", name="Zoé B"): 0, make_user(): 0}
    for user, count in counts.items():
        sign_in(client, user)
        assert len(client.get(f"{API}/positions/").json()["items"]) == count, user.email
        status = client.get(f"{API}/office-holders/{deputy.pk}/standings/").status_code
        assert status == (200 if count else 404), user.email


def test_an_author_is_named_to_organisers_who_find_themselves_in_the_log(deputy, subject, relay, organiser, client):
    say(deputy, subject, author=relay)
    sign_in(client, relay.user)
    (own,) = client.get(f"{API}/positions/?area=0101").json()["items"]
    assert (own["author"], own["is_mine"], own["abilities"]) == ("", True, {"dispute": False, "settle": False, "undo": True})
    assert not Access.objects.filter(reading="advocacy.positions").exists()
    sign_in(client, organiser)
    (seen,) = client.get(f"{API}/positions/?office_holder={deputy.pk}").json()["items"]
    assert (seen["author"], seen["is_mine"], seen["abilities"]) == (
        "Camille Vernoux",
        False,
        {"dispute": True, "settle": False, "undo": True},
    )
    assert Access.objects.get(reading="advocacy.positions").person_ids == [relay.pk]


def test_a_page_costs_the_same_however_much_is_on_it(deputy, subject, relay, organiser, client, django_assert_max_num_queries):
    for days in range(1, 6):
        say(deputy, subject, author=relay, days_ago=days)
    sign_in(client, organiser)
    with django_assert_max_num_queries(8):
        first = client.get(f"{API}/positions/?limit=2&subject={subject.pk}").json()
    rest = client.get(f"{API}/positions/?limit=9&subject={subject.pk}&after={first['next']}").json()
    days = [item["said_on"] for item in (*first["items"], *rest["items"])]
    assert days == sorted(days, reverse=True)
    assert (len(days), rest["next"]) == (5, None)


def test_a_position_is_said_disputed_settled_and_undone(net, deputy, subject, relay, organiser, client):
    sign_in(client, relay.user)
    yesterday = in_days(-1).isoformat()
    body = {"office_holder": str(deputy.pk), "subject": str(subject.pk), "stance": 2, "known_by": "public", "said_on": yesterday}
    refused = send(client, "/positions/", body)
    assert (refused.status_code, list(refused.json()["fields"])) == (400, ["source_url"])
    made = send(client, "/positions/", {**body, "source_url": "https://example.org/seance"})
    assert made.status_code == 201, made.content
    path = f"/positions/{made.json()['id']}"
    own = send(client, f"{path}/dispute/", {"reason": "Non."})
    assert (own.status_code, own.json()["code"]) == (403, "own_position")
    disputer = net.organiser("department", "01", name="Paul A")
    sign_in(client, disputer)
    assert send(client, f"{path}/dispute/", {"reason": "Elle parlait d'autre chose."}).json()["dispute"]["is_mine"]
    (standing,) = client.get(f"{API}/office-holders/{deputy.pk}/standings/").json()["items"]
    assert (standing["stance"], standing["is_convinced"], standing["is_disputed"]) == (2, False, True)
    sign_in(client, relay.user)
    assert send(client, f"{path}/settle/", {"outcome": "upheld", "words": "Si."}).json()["code"] == "not_yours_to_settle"
    sign_in(client, organiser)
    settled = send(client, f"{path}/settle/", {"outcome": "upheld", "words": "La vidéo le montre."})
    assert (settled.status_code, settled.json()["dispute"]) == (200, None)
    assert send(client, f"{path}/settle/", {"outcome": "upheld", "words": "Encore."}).json()["code"] == "not_disputed"
    assert client.get(f"{API}/office-holders/{deputy.pk}/standings/").json()["items"][0]["is_convinced"]
    sign_in(client, disputer)
    assert client.get(f"{API}/positions/").json()["items"][0]["abilities"] == {"dispute": False, "settle": False, "undo": True}
    sign_in(client, organiser)
    undone = send(client, f"{path}/undo/", {"why": "Un homonyme."}).json()
    assert (undone["undone_why"], undone["abilities"]) == ("Un homonyme.", {"dispute": False, "settle": False, "undo": False})
    assert client.get(f"{API}/office-holders/{deputy.pk}/standings/").json()["items"][0]["stance"] is None


def test_the_ledger_says_where_everybody_stands_in_one_query(net, deputy, subject, relay, organiser, client):
    second, third = make_deputy(net.seat("0102").area, family_name="Lis"), make_deputy(net.seat("0201").area, family_name="Roy")
    say(deputy, subject, author=relay)
    say(deputy, subject, by=organiser)
    say(second, subject, Stance.AGAINST, author=relay, days_ago=200)
    say(third, make_subject("Autre chose"), author=relay)
    log(deputy, by=organiser)
    sign_in(client, organiser)
    ledger = client.get(f"{API}/subjects/{subject.pk}/ledger/").json()
    assert [(row["seat"]["code"], row["stance"], row["is_convinced"]) for row in ledger["items"]] == [
        ("0101", 2, True),
        ("0102", None, False),
        ("0201", None, False),
    ]
    assert ledger["items"][0]["contacted_on"] == in_days(-1).isoformat()
    assert {name: count for name, count in ledger["counts"].items() if count} == {"for": 1, "unknown": 2, "convinced": 1}
    sign_in(client, net.organiser("department", "02", name="Zoé B"))
    below = client.get(f"{API}/subjects/{subject.pk}/ledger/").json()
    assert [row["office_holder"]["family_name"] for row in below["items"]] == ["Roy"]
    sign_in(client, relay.user)
    assert client.get(f"{API}/subjects/{subject.pk}/ledger/").status_code == 404


def test_a_contact_for_organisers_alone_is_not_the_relays(deputy, relay, organiser, client):
    log(deputy, by=organiser, readable_by=ReadableBy.ORGANISERS)
    open_one = log(deputy, by=organiser, steps=(StepKind.REQUEST,))
    sign_in(client, relay.user)
    (seen,) = client.get(f"{API}/contacts/?area=0101").json()["items"]
    assert (seen["id"], seen["counts_on"], seen["is_mine"]) == (str(open_one.pk), None, False)
    step = {"kind": "meeting", "on": in_days().isoformat(), "words": "Elle nous a reçus."}
    added = send(client, f"/contacts/{open_one.pk}/steps/", step)
    assert (added.status_code, added.json()["counts_on"]) == (201, step["on"])
    body = {"version": 2, "initiative": "ours", "kind": "call", "decision": "Le décret", "readable_by": "relays", "steps": [step]}
    assert send(client, f"/contacts/{open_one.pk}/", body, method="patch").json()["code"] == "not_your_contact"
    assert client.delete(f"{API}/contacts/{open_one.pk}/").status_code == 403
    sign_in(client, organiser)
    assert len(client.get(f"{API}/contacts/?office_holder={deputy.pk}").json()["items"]) == 2
    corrected = send(client, f"/contacts/{open_one.pk}/", body, method="patch").json()
    assert (corrected["kind"], corrected["abilities"]["remove"]) == ("call", False), "the relay wrote at it"
    assert client.delete(f"{API}/contacts/{open_one.pk}/").json()["code"] == "contact_kept"
    ContactStep.objects.filter(by=relay.user).delete()
    assert client.get(f"{API}/contacts/").json()["items"][0]["abilities"]["remove"]
    assert client.delete(f"{API}/contacts/{open_one.pk}/").status_code == 204
    assert Contact.objects.count() == 1


def test_what_a_report_wrote_is_put_right_by_the_report(deputy, relay, client):
    services.write_meeting(
        contact_id=None,
        holder_id=deputy.pk,
        area=deputy.mandates.get().area,
        known_by=KnownBy.STAFF,
        stance=None,
        quote="",
        subject_id=None,
        decision="577 rendez-vous",
        author_id=relay.pk,
        held_on=in_days(-1),
        now=now(),
    )
    sign_in(client, relay.user)
    (seen,) = client.get(f"{API}/contacts/").json()["items"]
    assert (seen["is_mine"], seen["abilities"]) == (True, {"add_step": True, "correct": False, "remove": False})
    assert client.delete(f"{API}/contacts/{seen['id']}/").json()["code"] == "of_a_report"


def test_all_that_is_held_on_one_office_holder_names_nobody_who_wrote(deputy, subject, relay, organiser, client):
    line = say(deputy, subject, author=relay, quote="=Oui.")
    OfficeHolder.objects.update(office_email="jeanne@chambre.example")
    log(deputy, by=organiser)
    sign_in(client, relay.user)
    assert send(client, f"/office-holders/{deputy.pk}/export/", {"reason": "Elle le demande."}).status_code == 403
    sign_in(client, organiser)
    send(client, f"/positions/{line.pk}/dispute/", {"reason": "À vérifier."})
    assert send(client, f"/office-holders/{deputy.pk}/export/", {"reason": ""}).json()["code"] == "reason_missing"
    held = send(client, f"/office-holders/{deputy.pk}/export/", {"reason": "Elle le demande."})
    assert [dispute["reason"] for dispute in held.json()["positions"][0]["disputes"]] == ["À vérifier."]
    assert held.json()["contacts"][0]["steps"][0]["words"] == "Vingt minutes."
    assert "Vernoux" not in held.content.decode()
    table = send(client, f"/office-holders/{deputy.pk}/export/", {"reason": "Elle le demande.", "form": "csv"})
    rows = list(csv.reader(StringIO(table.content.decode().removeprefix("\ufeff"))))
    assert len({len(row) for row in rows}) == 1
    assert any("'=Oui." in row for row in rows)
    about, contact = rows[1], rows[-1]
    assert {"Mme Jeanne Martin", "jeanne@chambre.example"} <= {*about}
    initiative, readable_by = (str(told.label) for told in (Initiative.OURS, ReadableBy.RELAYS))
    assert {initiative, readable_by, in_days(-1).isoformat()} <= {*contact[2:]}, "and since when it counts"
    assert AccessReason.objects.filter(words="Elle le demande.").count() == 2
    assert Position.objects.count() == 1
