"""Tables of what happened: each role sees its own places, and whom it reads about is in the log."""

import csv
import io
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from maillage.accounts.models import User
from maillage.actions.models import Assignment, Report
from maillage.kernel.clock import now
from maillage.people import services as people
from maillage.people.models import Access, AccessReason
from maillage.relays import services as relays
from maillage.relays.domain import ApplicationStatus, TermKind
from maillage.relays.domain.endings import TermEnding
from maillage.relays.models import Application, Term
from tests.backend.accounts.factories import make_user, sign_in
from tests.backend.actions.factories import make_launched
from tests.backend.days import days_ago, in_days
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder


def address(net: SmallNetwork, what: str) -> str:
    return f"/api/v1/insights/networks/{net.network.pk}/{what}/"


def decided(net: SmallNetwork, code: str, status: ApplicationStatus, *, days: int = 10, by: User | None = None, hours: int = 10) -> None:
    """Somebody asked so many days ago, was called so many hours later, and answered."""
    at = now() - timedelta(days=days)
    application = make_application(
        net.seat(code), at=at, status=status, email=f"{status}.{days}.{code}@people.example", decided_at=at + timedelta(days=3)
    )
    assert application.promise
    application.promise.kept_at, application.promise.kept_by = at + timedelta(hours=hours), by
    application.promise.save()


@pytest.fixture
def busy(net: SmallNetwork) -> SmallNetwork:
    """Things happened in departments 01 and 02, in this span and in the one before."""
    decided(net, "0101", ApplicationStatus.DECLINED)
    decided(net, "0102", ApplicationStatus.WITHDRAWN, hours=60)
    decided(net, "0201", ApplicationStatus.DECLINED, days=40)
    make_application(net.seat("0103"), at=now() - timedelta(hours=3))
    make_holder(net.seat("0104"), at=now() - timedelta(days=20))
    passed_on, _person = make_holder(net.seat("0103"), at=now() - timedelta(days=25))
    Term.objects.filter(pk=passed_on.pk).update(ends_at=now() - timedelta(days=22), ending=TermEnding.HANDED_OVER)
    return net


def test_anonymous_and_others_read_no_table(client: Client, busy: SmallNetwork) -> None:
    for what in ("territories", "organisers", "relays", "territories/export"):
        assert client.get(address(busy, what)).status_code == 403
    _term, holder = make_holder(busy.seat("0203"))
    assert holder.user
    for who in (make_user("member@people.example"), holder.user):
        sign_in(client, who)
        for what in ("territories", "organisers", "territories/export"):
            assert client.get(address(busy, what)).json()["code"] == "organisers_only"


def test_territories_of_an_organiser(client: Client, busy: SmallNetwork, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    sign_in(client, busy.organiser())
    client.get(address(busy, "territories"))
    with django_assert_num_queries(13):
        found = client.get(address(busy, "territories"), {"days": 30}).json()
    assert [kind["kind"] for kind in found["kinds"]] == ["country", "region", "department", "constituency"]
    lines = {line["area"]["code"]: line for line in found["items"]}
    assert set(lines) == {"01", "02", "03", "99"}
    here = lines["01"]["now"]
    assert (here["applications"], here["called"], here["kept"], here["missed"]) == (3, 2, 1, 1)
    assert (here["declined"], here["withdrawn"], here["median_hours"]) == (1, 1, 35)
    assert (here["opened"], here["ended"], here["handed_over"]) == (2, 1, 1)
    assert (lines["01"]["covered"], lines["01"]["area"]["seats"]) == (1, 4)
    assert (lines["02"]["now"]["applications"], lines["02"]["before"]["applications"]) == (0, 1)
    country = client.get(address(busy, "territories"), {"kind": "country"}).json()["items"]
    assert [line["now"]["applications"] for line in country] == [4]


def test_a_miss_stays_in_every_table_though_whoever_waited_had_themself_erased(client: Client, net: SmallNetwork) -> None:
    here = net.organiser("department", "01", name="Inès Prat")
    make_holder(net.seat("0101"), kind=TermKind.STAND_IN, at=now() - timedelta(days=20))
    decided(net, "0102", ApplicationStatus.DECLINED, by=here)
    missed = make_application(net.seat("0101"), at=now() - timedelta(days=4))
    make_application(net.seat("0101"), at=now() - timedelta(days=4), email="waits@people.example")
    sign_in(client, here)

    def told(what: str) -> dict[str, int]:
        (line,) = client.get(address(net, what)).json()["items"]
        return {figure: line["now"][figure] for figure in ("applications", "called", "kept", "missed", "withdrawn")}

    before = told("territories")
    assert before == told("organisers") == {"applications": 3, "called": 1, "kept": 1, "missed": 2, "withdrawn": 0}
    relays.withdraw_and_be_erased(application_id=missed.pk, now=now() - timedelta(hours=1))
    assert not Application.objects.filter(pk=missed.pk).exists()
    assert told("territories") == told("organisers") == {**before, "withdrawn": 1}
    assert client.get(address(net, "organisers")).json()["items"][0]["waiting"] == 1, "nobody waits any more of who was erased"
    called = Application.objects.get(seat=net.seat("0102"))
    people.erase_person(person_id=called.person_id, now=now())
    assert told("territories") == told("organisers") == {**before, "withdrawn": 1}, "a call that was made stays one too"
    assert {figure: told("relays")[figure] for figure in ("applications", "missed")} == {"applications": 2, "missed": 2}


def test_an_organiser_of_a_department_reads_their_own_places_only(client: Client, busy: SmallNetwork) -> None:
    sign_in(client, busy.organiser("department", "01"))
    found = client.get(address(busy, "territories")).json()
    assert [line["area"]["code"] for line in found["items"]] == ["01"]
    seats = client.get(address(busy, "territories"), {"kind": "constituency"}).json()["items"]
    assert [line["area"]["code"] for line in seats] == ["0101", "0102", "0103", "0104"]
    assert client.get(address(busy, "territories"), {"kind": "country"}).json()["items"][0]["area"]["kind"] == "department"


@pytest.mark.parametrize(
    "query", [{"from": "2026-02-30", "to": "2026-03-01"}, {"from": "2020-01-02", "to": "2020-01-01"}, {"from": "2020-01-01"}]
)
def test_a_span_that_makes_no_sense_is_refused(client: Client, net: SmallNetwork, query: dict[str, str]) -> None:
    sign_in(client, net.organiser())
    assert client.get(address(net, "territories"), query).status_code == 400


def test_a_span_of_ones_own(client: Client, busy: SmallNetwork) -> None:
    sign_in(client, busy.organiser())
    day = in_days(-40).isoformat()
    found = client.get(address(busy, "territories"), {"from": day, "to": day, "kind": "country"}).json()
    assert found["items"][0]["now"]["applications"] == 1
    assert found["span"] == {"begins": day, "ends": day}


def test_organisers_with_their_calls_and_a_line_in_the_log(client: Client, busy: SmallNetwork) -> None:
    national, here = busy.organiser(), busy.organiser("department", "01", name="Inès Prat")
    decided(busy, "0202", ApplicationStatus.DECLINED, days=5, by=national)
    sign_in(client, national)
    found = client.get(address(busy, "organisers")).json()["items"]
    assert [(line["name"], line["place"], line["seats"]) for line in found] == [
        ("Nadia Ferhat", "Petit-Pays", 8),
        ("Inès Prat", "Hautes-Brumes", 4),
    ]
    assert (found[1]["waiting"], found[1]["now"]["applications"], found[1]["now"]["missed"]) == (1, 3, 1)
    assert (found[0]["called_by_them"], found[0]["now"]["kept"]) == (1, 2)
    log = Access.objects.get(reading="insights.organisers")
    assert (log.reader_id, log.person_ids) == (national.pk, [here.person.pk])
    sign_in(client, here)
    assert [line["name"] for line in client.get(address(busy, "organisers")).json()["items"]] == ["Inès Prat"]


def test_an_organiser_has_seats_covered_and_dormant_terms_and_hand_overs(
    client: Client, busy: SmallNetwork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    make_holder(busy.seat("0101"), given_name="Yann", at=now() - timedelta(days=80))
    make_holder(busy.seat("0201"), at=now() - timedelta(days=5))
    busy.organiser("department", "01", name="Inès Prat")
    sign_in(client, busy.organiser())
    client.get(address(busy, "organisers"))
    with django_assert_num_queries(14):
        found = client.get(address(busy, "organisers"), {"days": 30}).json()["items"]
    lines = {line["name"]: line for line in found}
    here, elsewhere = lines["Inès Prat"], lines["Nadia Ferhat"]
    assert (here["seats"], here["covered"], here["dormant"]) == (4, 1, 1)
    assert (here["now"]["opened"], here["now"]["ended"], here["now"]["handed_over"]) == (2, 1, 1)
    assert (elsewhere["seats"], elsewhere["covered"], elsewhere["dormant"]) == (8, 1, 0), "what is nearer to somebody else is theirs"
    assert (elsewhere["now"]["opened"], elsewhere["now"]["ended"]) == (1, 0)
    file = client.post(f"{address(busy, 'organisers/export')}?days=30", {"reason": "Préparer la réunion"}, content_type="application/json")
    rows = {row["Personne qui organise"]: row for row in csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))}
    said = [rows["Inès Prat"][head] for head in ("Sièges", "Sièges pourvus", "En sommeil", "Mandats ouverts", "Transmis")]
    assert said == ["4", "1", "1", "2", "1"]


def test_relays_for_their_organiser_and_for_themselves(
    client: Client, net: SmallNetwork, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _term, camille = make_holder(net.seat("0101"), given_name="Camille", at=days_ago(50))
    _other, yann = make_holder(net.seat("0201"), given_name="Yann", at=days_ago(20))
    action = make_launched(net)
    assignment = Assignment.objects.get(action=action, seat=net.seat("0101"))
    Assignment.objects.filter(pk=assignment.pk).update(answer="reported", answered_at=now(), holder=camille)
    Report.objects.create(assignment=assignment, author=camille, met="staff", met_on=now().date())
    organiser = net.organiser()
    sign_in(client, organiser)
    client.get(address(net, "relays"))
    with django_assert_num_queries(9):
        found = client.get(address(net, "relays")).json()["items"]
    assert [(line["name"], line["code"]) for line in found] == [("Camille Vernoux", "0101"), ("Yann Vernoux", "0201")]
    assert (found[0]["answers"], found[0]["reports"], found[0]["answers_before"], found[0]["terms"]) == (1, 1, 0, 1)
    assert [line["days_quiet"] for line in found] == [50, 20]
    assert set(Access.objects.filter(reading="insights.relays").first().person_ids) == {camille.pk, yann.pk}
    first = client.get(address(net, "relays"), {"limit": 1, "sort": "quiet"}).json()
    assert first["items"][0]["name"] == "Camille Vernoux"
    assert (
        client.get(address(net, "relays"), {"limit": 1, "sort": "quiet", "after": first["next"]}).json()["items"][0]["name"]
        == "Yann Vernoux"
    )
    assert camille.user
    sign_in(client, camille.user)
    before = Access.objects.count()
    own = client.get(address(net, "relays")).json()["items"]
    assert [(line["code"], line["is_own"]) for line in own] == [("0101", True)]
    assert Access.objects.count() == before


def test_what_was_asked_of_a_seat_while_its_relay_held_it(client: Client, busy: SmallNetwork) -> None:
    ended = Term.objects.get(seat=busy.seat("0103"))
    quiet, yann = make_holder(busy.seat("0101"), given_name="Yann", at=now() - timedelta(days=80))
    decided(busy, "0101", ApplicationStatus.DECLINED, days=50)
    decided(busy, "0101", ApplicationStatus.WITHDRAWN, days=100)
    decided(busy, "0101", ApplicationStatus.WITHDRAWN, days=5, hours=60)
    sign_in(client, busy.organiser("department", "01"))
    lines = {line["id"]: line for line in client.get(address(busy, "relays"), {"days": 30}).json()["items"]}
    here = lines[str(quiet.pk)]
    assert (here["now"]["applications"], here["now"]["kept"], here["now"]["missed"], here["now"]["median_hours"]) == (2, 1, 1, 35)
    assert (here["before"]["applications"], here["before"]["kept"]) == (1, 1), "who asked before the term is not theirs"
    assert (here["is_dormant"], here["now"]["handed_over"], here["now"]["ended"]) == (True, 0, 0)
    gone = lines[str(ended.pk)]
    assert (gone["is_dormant"], gone["now"]["handed_over"], gone["now"]["ended"]) == (False, 1, 1)
    assert gone["now"]["applications"] == 0, "whoever asked after they left did not ask at their time"
    file = client.post(address(busy, "relays/export"), {"reason": "Préparer la réunion"}, content_type="application/json")
    rows = {row["Relais"]: row for row in csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))}
    assert (rows["Yann Vernoux"]["En sommeil"], rows["Yann Vernoux"]["Candidatures"]) == ("oui", "3")
    assert yann.user
    sign_in(client, yann.user)
    own = client.get(address(busy, "relays")).json()["items"]
    assert [(line["now"], line["before"]) for line in own] == [(None, None)], "a relay reads nothing of who asks for a seat"


@pytest.mark.parametrize("stands_in", [False, True])
def test_a_relay_who_pauses_or_has_left_is_not_called_quiet(client: Client, net: SmallNetwork, stands_in: bool) -> None:
    away, _ada = make_holder(net.seat("0101"), given_name="Ada", at=days_ago(90))
    relays.pause_term(term_id=away.pk, until=in_days(40), by=None, now=now() - timedelta(days=89))
    if stands_in:
        make_holder(net.seat("0101"), kind=TermKind.STAND_IN, given_name="Bao", at=days_ago(10))
    left, _cleo = make_holder(net.seat("0102"), given_name="Cléo", at=days_ago(80))
    relays.pause_term(term_id=left.pk, until=in_days(40), by=None, now=now() - timedelta(days=79))
    Term.objects.filter(pk=left.pk).update(ends_at=now() - timedelta(days=3), ending=TermEnding.STEPPED_DOWN)
    make_holder(net.seat("0103"), given_name="Dan", at=days_ago(70))
    make_holder(net.seat("0104"), given_name="Eva", at=days_ago(30))
    sign_in(client, net.organiser())
    rows: list[dict[str, Any]] = []
    after: str | None = ""
    while after is not None:
        page = client.get(address(net, "relays"), {"sort": "quiet", "limit": 2, "after": after}).json()
        rows, after = rows + page["items"], page["next"]
    told = [(row["name"].split()[0], row["days_quiet"], row["paused_until"], row["is_dormant"]) for row in rows]
    quiet = [("Dan", 70, None, True), ("Eva", 30, None, False), *([("Bao", 10, None, False)] if stands_in else [])]
    assert told[:-2] == quiet, "who is silent stands first"
    assert sorted(told[-2:]) == [("Ada", None, in_days(40).isoformat(), False), ("Cléo", None, None, False)]
    file = client.post(address(net, "relays/export"), {"reason": "Préparer la réunion"}, content_type="application/json")
    lines = {row["Relais"].split()[0]: row for row in csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))}
    said = {name: (line["Jours sans signe"], line["En pause jusqu’au"], line["En sommeil"]) for name, line in lines.items()}
    assert (said["Ada"], said["Cléo"], said["Dan"]) == (("", in_days(40).isoformat(), ""), ("", "", ""), ("70", "", "oui"))


def test_a_file_says_the_days_of_each_place(client: Client, net: SmallNetwork) -> None:
    since, until = datetime(2025, 2, 28, 23, 30, tzinfo=UTC), datetime(2025, 5, 31, 22, 30, tzinfo=UTC)
    for code in ("0101", "0301"):
        term, _holder = make_holder(net.seat(code))
        Term.objects.filter(pk=term.pk).update(starts_at=since, ends_at=until, ending=TermEnding.STEPPED_DOWN)
    sign_in(client, net.organiser())
    span = f"{address(net, 'relays/export')}?from=2025-05-01&to=2025-06-30"
    file = client.post(span, {"reason": "Préparer la réunion"}, content_type="application/json")
    rows = {row["Code"]: row for row in csv.DictReader(io.StringIO(file.content.decode("utf-8-sig")))}
    assert (rows["0101"]["Depuis"], rows["0101"]["Jusqu’au"]) == ("2025-03-01", "2025-06-01"), "after midnight in Paris"
    assert (rows["0301"]["Depuis"], rows["0301"]["Jusqu’au"]) == ("2025-02-28", "2025-05-31"), "in the afternoon in Guadeloupe"


def test_files_of_people_ask_for_a_reason_that_they_read(client: Client, net: SmallNetwork) -> None:
    _term, camille = make_holder(net.seat("0101"), given_name="=Camille")
    sign_in(client, net.organiser())
    for what in ("relays", "organisers"):
        refused = client.post(address(net, f"{what}/export"), {"reason": ""}, content_type="application/json")
        assert (refused.status_code, list(refused.json()["fields"])) == (400, ["reason"])
    answer = client.post(address(net, "relays/export"), {"reason": "Préparer la réunion de relais"}, content_type="application/json")
    assert answer.status_code == 200
    assert "'=Camille Vernoux" in answer.content.decode("utf-8-sig")
    assert Access.objects.get(reading="insights.file").reason_id == AccessReason.objects.get().pk
    assert Access.objects.get(reading="insights.file").person_ids == [camille.pk]
