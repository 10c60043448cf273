"""A promise that nobody keeps: reminders, the climb, who is told and when, and what the applicant may do."""

from datetime import datetime, timedelta

import pytest
from django.db.models import Q

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.journal.models import Entry
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import StepKind
from maillage.people.models import Person, Promise, PromiseStep
from maillage.relays import services
from maillage.relays.models import Application
from maillage.relays.selectors.owed import is_owed_by, owed_call, with_owed
from tests.backend.accounts.factories import make_granted
from tests.backend.relays.factories import SmallNetwork, make_application
from tests.backend.relays.test_letters import letter_of

AT = datetime.fromisoformat("2026-11-23T09:00:00+00:00")
"""10:00 in Paris, a Monday."""


def hours(count: float) -> datetime:
    return AT + timedelta(hours=count)


def told(purpose: str) -> list[Person | None]:
    return [message.person for message in Message.objects.filter(purpose=purpose).select_related("person").order_by("queued_at", "id")]


@pytest.fixture
def asked(net: SmallNetwork) -> Application:
    """Somebody was promised a call where a department and the country have organisers."""
    net.organiser("country", "XM", name="Loin Haut")
    net.organiser("department", "01", name="Nadia Ferhat")
    return make_application(net.seat("0101"), at=AT)


def test_the_nearest_is_reminded_half_way_and_four_hours_before(asked: Application):
    assert services.climb_promises(now=hours(23.9)) == 0
    for after in (24, 24.1, 44, 44.1):
        services.climb_promises(now=hours(after))
    assert [person.given_name for person in told("relays.promise_reminder")] == ["Nadia"], "the second is due at 6:00 there"
    services.climb_promises(now=hours(46))
    assert [person.given_name for person in told("relays.promise_reminder")] == ["Nadia", "Nadia"]
    assert [(step.kind, step.number) for step in PromiseStep.objects.order_by("number")] == [("reminder", 1), ("reminder", 2)]
    assert not told("relays.promise_missed")
    assert Message.objects.filter(purpose="relays.promise_climbed").count() == 0
    services.climb_promises(now=hours(47.99))
    assert Entry.objects.filter(name="promise.reminded").count() == 2


def test_missed_it_climbs_to_the_next_organiser_up_who_is_named_to_the_applicant(asked: Application):
    assert services.climb_promises(now=hours(48)) == 1
    step = PromiseStep.objects.get()
    assert (step.kind, step.owed_by.person.full_name, step.area.code) == (StepKind.CLIMB, "Loin Haut", "XM")
    assert [person.given_name for person in told("relays.promise_climbed")] == ["Loin"]
    (apology,) = Message.objects.filter(purpose="relays.promise_missed")
    assert apology.person == asked.person
    said = letter_of(apology).plain()
    assert "Loin Haut" in said
    assert "/relays/apply/missed/" in said
    fact = Entry.objects.get(name="promise.climbed")
    assert fact.data == {"number": 3, "area_id": str(step.area_id), "owed_by": str(step.owed_by_id)}


def test_no_letter_tells_anybody_to_call_whom_they_brought(net: SmallNetwork):
    """Two who organise one place each brought somebody from a paper, and owe the call of whom the other brought."""
    near = net.country.area("01", "department")
    pairs = [
        ("relays.promise_reminder", 24, net.organiser("department", "01", name="Nadia Ferhat"), make_granted(Role.ORGANISER, near)),
        ("relays.promise_climbed", 48, net.organiser(name="Loin Haut"), net.organiser(name="Mi Lieu")),
    ]
    applications = [make_application(net.seat(code), at=AT, given_name=name) for code, name in (("0101", "Odette"), ("0102", "Lucien"))]
    for purpose, after, *organisers in pairs:
        for application, organiser in zip(applications, organisers, strict=True):
            Promise.objects.filter(pk=application.promise_id).update(brought_by=organiser)
        services.climb_promises(now=hours(after))
        for organiser, other in zip(organisers, ("Lucien", "Odette"), strict=True):
            (mail,) = Message.objects.filter(Q(person__user=organiser) | Q(address=organiser.email), purpose=purpose)
            words = letter_of(mail).plain()
            assert [name in words for name in ("Odette", "Lucien")] == [other == "Odette", other == "Lucien"]


def test_looked_at_again_and_again_it_climbs_once(asked: Application):
    for minutes in range(5):
        services.climb_promises(now=hours(48) + timedelta(minutes=minutes))
    assert PromiseStep.objects.filter(kind=StepKind.CLIMB).count() == 1
    assert Message.objects.filter(purpose="relays.promise_missed").count() == 1
    asked.promise.refresh_from_db()
    assert asked.promise.next_step_at == hours(54), "the country's organisers are the last, as long as they are there"
    services.climb_promises(now=hours(54))
    assert PromiseStep.objects.filter(kind=StepKind.CLIMB).count() == 1


def test_three_levels_take_a_day_each(net: SmallNetwork):
    net.organiser("country", "XM", name="Loin Haut")
    region = net.country.area("0101").parent.parent
    net.organiser(region.kind.code, region.code, name="Mi Lieu")
    net.organiser("department", "01", name="Nadia Ferhat")
    make_application(net.seat("0101"), at=AT)
    for after in (48, 71.9, 72, 96, 120):
        services.climb_promises(now=hours(after))
    climbs = PromiseStep.objects.filter(kind=StepKind.CLIMB).order_by("number")
    assert [(step.owed_by.person.given_name, (step.at - AT) / timedelta(hours=1)) for step in climbs] == [("Mi", 48), ("Loin", 72)]


def test_where_nobody_is_above_it_is_said_and_stays(net: SmallNetwork):
    net.organiser("country", "XM", name="Loin Haut")
    make_application(net.seat("0101"), at=AT)
    for after in (48, 72, 96):
        services.climb_promises(now=hours(after))
    assert PromiseStep.objects.filter(kind=StepKind.CLIMB).count() == 1
    assert Message.objects.filter(purpose="relays.promise_missed").count() == 1


def owed_by_whom(application: Application, *, at: datetime) -> tuple[str, str]:
    owed = owed_call(application, now=at)
    assert owed is not None
    return owed.name, owed.place


def test_without_any_organiser_the_apology_says_so_and_somebody_is_looked_for(net: SmallNetwork):
    application = make_application(net.seat("0101"), at=AT)
    services.climb_promises(now=hours(48))
    (apology,) = Message.objects.all()
    said = letter_of(apology).plain()
    assert "/relays/apply/missed/" in said
    assert "Personne n’organise Hautes-Brumes, 1re circonscription" in said
    assert "vous doit maintenant l’appel" not in said, "nobody owes it, and nobody has been told"
    for after in (50, 54, 60, 66, 72, 300):
        services.climb_promises(now=hours(after))
    assert PromiseStep.objects.count() == 1, "looking again writes nothing down"
    assert Message.objects.count() == 1
    promise = Promise.objects.get()
    assert promise.next_step_at == hours(306)
    assert owed_by_whom(application, at=hours(300)) == ("", "")


@pytest.mark.parametrize(("kind", "code"), [("department", "01"), ("constituency", "0101")])
def test_whoever_comes_where_nobody_organised_owes_the_call_and_is_named(net: SmallNetwork, kind: str, code: str):
    application = make_application(net.seat("0101"), at=AT)
    services.climb_promises(now=hours(48))
    near = net.organiser(kind, code, name="Nadia Ferhat")
    assert owed_by_whom(application, at=hours(50))[0] == "Nadia Ferhat", "from the moment they are there"
    services.climb_promises(now=hours(50))
    assert not told("relays.promise_climbed")
    services.climb_promises(now=hours(54))
    assert told("relays.promise_climbed") == [near.person]
    step = PromiseStep.objects.latest("number")
    assert (step.kind, step.number, step.owed_by, step.area.code) == (StepKind.CLIMB, 4, near, code)
    apologies = Message.objects.filter(purpose="relays.promise_missed").order_by("queued_at")
    assert "Nadia Ferhat" in letter_of(apologies[1]).plain()
    net.organiser(name="Loin Haut", since=hours(55))
    for after in (60, 78, 102):
        services.climb_promises(now=hours(after))
    assert Promise.objects.get().next_step_at == hours(108)
    assert PromiseStep.objects.count() == 2, "who is the last when it comes to them keeps it"


def test_where_all_who_were_above_have_left_it_is_said_once_and_somebody_is_looked_for(net: SmallNetwork):
    for kind, code in (("department", "01"), ("country", "XM")):
        net.organiser(kind, code, name="Mi Lieu")
    near = net.organiser("constituency", "0101", name="Nadia Ferhat")
    application = make_application(net.seat("0101"), at=AT)
    services.climb_promises(now=hours(48))
    Grant.objects.update(ends_at=hours(60))
    for after in (72, 78, 84, 96):
        services.climb_promises(now=hours(after))
    assert [(step.number, step.area.code) for step in PromiseStep.objects.order_by("number")] == [(3, "01"), (4, "0101")]
    assert Message.objects.filter(purpose="relays.promise_missed").count() == 2
    assert Promise.objects.get().next_step_at == hours(102)
    Grant.objects.filter(user=near).update(ends_at=None)
    services.climb_promises(now=hours(102))
    assert PromiseStep.objects.latest("number").owed_by == near
    assert owed_by_whom(application, at=hours(102))[0] == "Nadia Ferhat"


def test_at_the_last_rung_too_somebody_is_looked_for_once_those_there_have_left(net: SmallNetwork):
    nadia = net.organiser("department", "01", name="Nadia Ferhat")
    application = make_application(net.seat("0101"), at=AT)
    services.climb_promises(now=hours(48))
    assert PromiseStep.objects.get().owed_by == nadia
    Grant.objects.filter(user=nadia).update(ends_at=hours(50))
    for after in (54, 60, 66, 120):
        services.climb_promises(now=hours(after))
    assert [step.kind for step in PromiseStep.objects.order_by("number")] == [StepKind.CLIMB, StepKind.NOBODY]
    apologies = Message.objects.filter(purpose="relays.promise_missed").order_by("queued_at")
    assert "Personne n’organise" in letter_of(apologies[1]).plain()
    hugo = net.organiser("department", "01", name="Hugo Lamy", since=hours(122))
    services.climb_promises(now=hours(126))
    assert told("relays.promise_climbed") == [nadia.person, hugo.person]
    assert "Hugo Lamy" in letter_of(apologies.all()[2]).plain()
    assert owed_by_whom(application, at=hours(126))[0] == "Hugo Lamy"


def test_whoever_follows_at_the_place_to_which_a_call_climbed_is_told(net: SmallNetwork, asked: Application):
    services.climb_promises(now=hours(48))
    Grant.objects.filter(user__email__startswith="loin").update(ends_at=hours(50))
    hugo = net.organiser(name="Hugo Lamy", email="hugo@desk.example", since=hours(50))
    services.climb_promises(now=hours(54))
    assert told("relays.promise_climbed")[1:] == [hugo.person]
    assert PromiseStep.objects.latest("number").owed_by == hugo
    for after in (60, 72, 96):
        services.climb_promises(now=hours(after))
    assert PromiseStep.objects.count() == 2, "they keep it"


def test_where_all_who_were_asked_have_left_whoever_is_above_is_told(net: SmallNetwork):
    loin = net.organiser(name="Loin Haut")
    region = net.country.area("0101").parent.parent
    for kind, code, name in (("department", "01", "Nadia Ferhat"), (region.kind.code, region.code, "Mi Lieu")):
        net.organiser(kind, code, name=name)
    application = make_application(net.seat("0101"), at=AT)
    for after in (24, 48):
        services.climb_promises(now=hours(after))
    Grant.objects.exclude(user=loin).update(ends_at=hours(50))
    services.climb_promises(now=hours(54))
    assert owed_by_whom(application, at=hours(54))[0] == "Loin Haut"
    assert told("relays.promise_climbed")[-1] == loin.person


@pytest.mark.parametrize("end", ["left", "erased"])
def test_a_call_whose_last_organiser_is_gone_is_told_to_the_nearest_again(net: SmallNetwork, asked: Application, end: str):
    services.climb_promises(now=hours(48))
    loin = User.objects.get(email__startswith="loin")
    if end == "left":
        Grant.objects.filter(user=loin).update(ends_at=hours(50))
    else:
        people.erase_person(person_id=loin.person.pk, now=hours(50))
    services.climb_promises(now=hours(54))
    assert [person.given_name for person in told("relays.promise_climbed") if person][-1] == "Nadia"
    for after in (60, 66, 78, 102):
        services.climb_promises(now=hours(after))
    assert PromiseStep.objects.count() == 2


def test_whoever_comes_without_a_name_is_told_once_and_it_climbs_on_from_them(net: SmallNetwork):
    make_application(net.seat("0101"), at=AT)
    services.climb_promises(now=hours(48))
    make_granted(Role.ORGANISER, net.country.area("0101"), since=hours(50))
    net.organiser(name="Loin Haut", since=hours(50))
    for after in (54, 60, 66, 72):
        services.climb_promises(now=hours(after))
    assert [(step.number, step.owed_by_id) for step in PromiseStep.objects.order_by("number")] == [(3, None), (4, None)]
    for after in (78, 84, 102, 126):
        services.climb_promises(now=hours(after))
    assert [step.area.code for step in PromiseStep.objects.order_by("number")] == ["0101", "0101", "XM"]
    assert Message.objects.filter(purpose="relays.promise_missed").count() == 3


def test_a_call_whose_last_organisers_have_left_is_owed_by_the_nearest_again(net: SmallNetwork, asked: Application):
    services.climb_promises(now=hours(48))
    assert owed_by_whom(asked, at=hours(49)) == ("Loin Haut", "Petit-Pays")
    Grant.objects.filter(user__email__startswith="loin").update(ends_at=hours(50))
    assert owed_by_whom(asked, at=hours(51)) == ("Nadia Ferhat", "Hautes-Brumes")
    near = User.objects.get(email__startswith="nadia")
    rows = with_owed(Application.objects.all(), now=hours(51)).annotate(is_mine=is_owed_by(near, now=hours(51)))
    assert [row.is_mine for row in rows] == [True]


@pytest.mark.parametrize("how", ["the grant ends", "the account is closed"])
def test_who_was_named_and_has_left_is_named_no_more(net: SmallNetwork, asked: Application, how: str):
    services.climb_promises(now=hours(48))
    assert owed_by_whom(asked, at=hours(49)) == ("Loin Haut", "Petit-Pays")
    net.organiser(name="Hugo Lamy")
    assert owed_by_whom(asked, at=hours(49)) == ("Loin Haut", "Petit-Pays"), "who was named stays named"
    if how == "the grant ends":
        Grant.objects.filter(user__email__startswith="loin").update(ends_at=hours(50))
    else:
        User.objects.filter(email__startswith="loin").update(is_active=False)
    assert owed_by_whom(asked, at=hours(51)) == ("Hugo Lamy", "Petit-Pays")


def test_the_apology_of_the_morning_names_nobody_who_left_in_the_night(net: SmallNetwork):
    loin = net.organiser(name="Loin Haut")
    hugo = net.organiser(name="Hugo Lamy")
    evening = datetime.fromisoformat("2026-11-23T20:00:00+00:00")
    make_application(net.seat("0101"), at=evening)
    services.climb_promises(now=evening + timedelta(hours=48))
    step = PromiseStep.objects.get()
    first, other = (loin, hugo) if step.owed_by == loin else (hugo, loin)
    Grant.objects.filter(user=first).update(ends_at=evening + timedelta(hours=49))
    services.climb_promises(now=evening + timedelta(hours=59))
    said = letter_of(Message.objects.get(purpose="relays.promise_missed")).plain()
    assert other.person.full_name in said
    assert first.person.full_name not in said


def test_what_is_missed_at_night_is_told_at_eight_of_the_place(net: SmallNetwork):
    net.organiser(name="Loin Haut")
    evening = datetime.fromisoformat("2026-11-23T20:00:00+00:00")  # 21:00 in Paris
    make_application(net.seat("0101"), at=evening)
    due = evening + timedelta(hours=48)
    assert services.climb_promises(now=due) == 1
    assert not Message.objects.exists()
    services.climb_promises(now=datetime.fromisoformat("2026-11-26T06:59:00+00:00"))
    assert not Message.objects.exists()
    services.climb_promises(now=datetime.fromisoformat("2026-11-26T07:00:00+00:00"))
    assert set(Message.objects.values_list("purpose", flat=True)) == {"relays.promise_climbed", "relays.promise_missed"}


def test_a_call_in_the_night_leaves_nothing_to_tell(net: SmallNetwork):
    loin = net.organiser(name="Loin Haut")
    evening = datetime.fromisoformat("2026-11-23T20:00:00+00:00")
    application = make_application(net.seat("0101"), at=evening)
    services.climb_promises(now=evening + timedelta(hours=48))
    services.note_contact(application_id=application.pk, by=loin, now=evening + timedelta(hours=49))
    services.climb_promises(now=evening + timedelta(hours=60))
    assert not Message.objects.exists()


@pytest.mark.parametrize("end", ["kept", "withdrawn", "erased"])
def test_what_is_kept_or_taken_back_climbs_no_more(net: SmallNetwork, asked: Application, end: str):
    if end == "kept":
        people.keep_promise(promise_id=asked.promise_id, by=None, now=hours(2))
    elif end == "withdrawn":
        services.withdraw_application(application_id=asked.pk, now=hours(2))
    else:
        people.erase_person(person_id=asked.person_id, now=hours(2))
    assert services.climb_promises(now=hours(60)) == 0
    assert not PromiseStep.objects.exists()
    assert Promise.objects.get().next_step_at is None


def test_one_mail_lists_everybody_who_waits(net: SmallNetwork):
    net.organiser(name="Loin Haut")
    for number in range(12):
        make_application(net.seat("0101"), at=AT, email=f"{number}@people.example", given_name=f"Nom{number}")
    services.climb_promises(now=hours(48))
    (message,) = Message.objects.filter(purpose="relays.promise_climbed")
    said = letter_of(message).plain()
    assert "12" in letter_of(message).subject
    assert sum(f"Nom{number} " in said for number in range(12)) == 10
    assert Message.objects.filter(purpose="relays.promise_missed").count() == 12


def test_an_organiser_who_left_is_passed_over(net: SmallNetwork, asked: Application):
    Grant.objects.filter(user__email__startswith="loin").update(ends_at=hours(1))
    services.climb_promises(now=hours(48))
    assert PromiseStep.objects.get().owed_by.person.full_name == "Nadia Ferhat"


NIGHT = datetime.fromisoformat("2026-11-23T21:00:00+00:00")
"""22:00 in Paris: what is missed two days later is told the morning after, at 7:00 here."""


def night(count: float) -> datetime:
    return NIGHT + timedelta(hours=48 + count)


def test_whoever_comes_in_the_night_in_which_nobody_was_there_is_told_in_the_morning(net: SmallNetwork):
    application = make_application(net.seat("0101"), at=NIGHT)
    services.climb_promises(now=night(0))
    assert PromiseStep.objects.get().kind == StepKind.NOBODY
    near = net.organiser("constituency", "0101", name="Nadia Ferhat", since=night(1))
    for after in (10, 10.1, 10.2):
        services.climb_promises(now=night(after))
    assert told("relays.promise_climbed") == [near.person]
    (apology,) = Message.objects.filter(purpose="relays.promise_missed")
    assert "Nadia Ferhat" in letter_of(apology).plain()
    assert owed_by_whom(application, at=night(11))[0] == "Nadia Ferhat"


def test_of_two_steps_of_one_night_the_morning_tells_the_last(net: SmallNetwork):
    loin = net.organiser(name="Loin Haut")
    region = net.country.area("0101").parent.parent
    milieu = net.organiser(region.kind.code, region.code, name="Mi Lieu")
    net.organiser("department", "01", name="Nadia Ferhat")
    make_application(net.seat("0101"), at=NIGHT)
    services.climb_promises(now=night(0))
    assert PromiseStep.objects.get().owed_by == milieu
    Grant.objects.filter(user=milieu).update(ends_at=night(1))
    for after in (6, 10):
        services.climb_promises(now=night(after))
    assert PromiseStep.objects.count() == 2
    assert told("relays.promise_climbed") == [loin.person]
    (apology,) = Message.objects.filter(purpose="relays.promise_missed")
    assert "Loin Haut" in letter_of(apology).plain()


def test_whoever_was_told_at_a_nearer_place_too_does_not_stand_in_for_who_has_left(net: SmallNetwork):
    nadia = net.organiser("department", "01", name="Nadia Ferhat")
    Grant.objects.create(user=nadia, role=Role.ORGANISER, area=net.country.country, starts_at=hours(-100), origin="appointed:tests")
    loin = net.organiser(name="Loin Haut")
    make_application(net.seat("0101"), at=AT)
    services.climb_promises(now=hours(48))
    assert told("relays.promise_climbed") == [loin.person]
    Grant.objects.filter(user=loin).update(ends_at=hours(50))
    services.climb_promises(now=hours(54))
    assert told("relays.promise_climbed") == [loin.person, nadia.person]
