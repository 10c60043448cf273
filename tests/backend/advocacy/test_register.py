import csv
from datetime import date
from io import StringIO

import pytest

from maillage.advocacy import services
from maillage.advocacy.domain import FR_ASSEMBLEE, ContactKind, Initiative, ReadableBy, StepKind
from maillage.advocacy.domain.contacts import Step
from maillage.advocacy.domain.register import Entry, Missing, a_year_before, activities_of, register_of
from maillage.advocacy.models import Contact, Mandate
from maillage.kernel.clock import now
from maillage.people.models import Access
from tests.backend.accounts.factories import sign_in
from tests.backend.advocacy.factories import log
from tests.backend.days import in_days

API = "/api/v1/advocacy/register"
FRANCE = register_of("FR", date(2026, 1, 1))


def entry(kind: ContactKind = ContactKind.MEETING, *, day: int = 1, **changes: object) -> Entry:
    said = {"about": "a", "title": "Le guichet", "decision": "La loi", "kind": kind, "body": FR_ASSEMBLEE, "on": date(2026, 3, day)}
    return Entry(**{**said, **changes})


def test_an_activity_is_what_contacts_were_about():
    assert FRANCE is not None
    busy, other = activities_of(
        [
            entry(day=4),
            entry(ContactKind.LETTER),
            entry(ContactKind.CALL, day=9),
            entry(about="b", title="La gare", decision="", body="xm"),
        ],
        FRANCE,
    )
    assert (busy.title, busy.entries, busy.first_on, busy.last_on, busy.missing) == (
        "Le guichet",
        3,
        date(2026, 3, 1),
        date(2026, 3, 9),
        (),
    )
    assert [action.split()[0] for action in busy.actions] == ["Organiser", "Etablir"]
    assert busy.categories[0].startswith("Député")
    assert other.missing == (Missing.DECISION, Missing.CATEGORY)
    assert activities_of([entry(is_translated=False)], FRANCE)[0].missing == (Missing.LANGUAGE,)


def test_a_rule_has_a_first_day_and_a_country():
    assert register_of("FR", date(2016, 1, 1)) is None
    assert register_of("XM", date(2026, 1, 1)) is None
    assert (a_year_before(date(2028, 2, 29)), a_year_before(date(2026, 3, 1))) == (date(2027, 2, 28), date(2025, 3, 1))


@pytest.fixture
def year(deputy, subject, organiser, relay) -> int:
    """What the relay began with a member of the Assemblée: a meeting on a subject, a letter, one that they asked for, a request."""
    Mandate.objects.update(body=FR_ASSEMBLEE)
    for kind, subject_id, initiative, step in (
        (ContactKind.MEETING, subject.pk, Initiative.OURS, StepKind.MEETING),
        (ContactKind.LETTER, None, Initiative.OURS, StepKind.REQUEST),
        (ContactKind.MEETING, None, Initiative.THEIRS, StepKind.MEETING),
        (ContactKind.MEETING, None, Initiative.OURS, StepKind.REQUEST),
    ):
        services.log_contact(
            holder_id=deputy.pk,
            area=deputy.mandates.get().area,
            initiative=initiative,
            kind=kind,
            subject_id=subject_id,
            decision="" if subject_id else "Le décret",
            readable_by=ReadableBy.RELAYS,
            steps=[Step(kind=step, on=in_days())],
            author_id=relay.pk,
            by=relay.user,
            now=now(),
        )
    return in_days().year


def test_a_year_is_seen_before_it_is_declared(year, net, organiser, client):
    sign_in(client, organiser)
    seen = client.get(f"{API}/?year={year}").json()
    assert [(one["title"], one["decision"], one["entries"], one["missing"]) for one in seen["activities"]] == [
        ("Le décret", "Le décret", 1, []),
        ("Le guichet humain", "La proposition de loi n° 12", 1, []),
    ]
    assert (seen["begun_by_them"], seen["unanswered"], seen["busy"], seen["rule"]["binds_at"]) == (1, 1, [], 10)
    assert client.get(f"{API}/?year={year - 1}").json()["activities"] == []
    assert client.get(f"{API}/?year=1999").json()["code"] == "bad_year"
    head, *rows = csv.reader(StringIO(client.get(f"{API}/export/?year={year}").content.decode("utf-8-sig")))
    assert (len(head), [row[0] for row in rows]) == (8, ["Le décret", "Le guichet humain"])
    sign_in(client, net.organiser("department", "01", name="Paul A"))
    assert client.get(f"{API}/").json()["code"] == "national_organisers_only"


def test_who_has_begun_eight_in_twelve_months_is_warned_of(deputy, relay, organiser, client):
    reported, by_hand = [log(deputy, by=relay.user, author=relay) for _each in range(8)][:2]
    Contact.objects.filter(pk=reported.pk).update(by=None)
    Contact.objects.filter(pk=by_hand.pk).update(author=None)
    sign_in(client, organiser)
    assert client.get(f"{API}/").json()["busy"] == [{"name": "Camille Vernoux", "contacts": 8}]
    assert Access.objects.get(reading="advocacy.contacts").person_ids == [relay.pk]
    standings = f"/api/v1/advocacy/office-holders/{deputy.pk}/standings/"
    assert client.get(standings).json()["register"]["contacts"] == 0
    sign_in(client, relay.user)
    own = client.get(standings).json()["register"]
    assert (own["contacts"], own["rule"]["warns_at"]) == (8, 8)
    Contact.objects.update(counts_on=in_days(-366))
    assert client.get(standings).json()["register"]["contacts"] == 0
