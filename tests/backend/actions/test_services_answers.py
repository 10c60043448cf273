from datetime import timedelta
from functools import partial

import pytest

from maillage.actions import selectors, services
from maillage.actions.domain import REPORTS_TAKEN, Answer, Met
from maillage.actions.models import Action, Assignment, Report
from maillage.advocacy.domain import Stance
from maillage.advocacy.domain.positions import CORRECTED
from maillage.advocacy.models import Contact, Mandate, OfficeHolder, Position, Subject
from maillage.journal.models import Entry
from maillage.kernel import dates
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, NotFound
from maillage.kernel.links import LinkEnded
from maillage.people.models import Person
from maillage.relays.models import Term
from tests.backend.actions.factories import assignment_of, make_launched, move_window
from tests.backend.advocacy.factories import make_deputy, make_subject
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, make_holder


@pytest.fixture
def asked(net: SmallNetwork) -> tuple[Assignment, Person]:
    """A relay who was asked just now."""
    _, holder = make_holder(net.seat("0101"))
    return assignment_of(make_launched(net), "0101"), holder


def facts() -> list[str]:
    return list(Entry.objects.filter(name__regex="^(assignment|report)").order_by("pk").values_list("name", flat=True))


def test_yes_then_no_then_yes_again(asked):
    assignment, holder = asked
    services.accept_assignment(assignment_id=assignment.pk, author_id=holder.pk, now=now())
    services.accept_assignment(assignment_id=assignment.pk, author_id=holder.pk, now=now())
    services.decline_assignment(assignment_id=assignment.pk, author_id=holder.pk, reason=" Malade. ", now=now())
    assignment.refresh_from_db()
    assert (assignment.answer, assignment.reason) == (Answer.DECLINED, "Malade.")
    assert services.accept_assignment(assignment_id=assignment.pk, author_id=holder.pk, now=now()).reason == ""
    assert facts() == ["assignment.accepted", "assignment.declined", "assignment.accepted"]


def test_each_answer_is_a_sign_of_life(asked):
    assignment, holder = asked
    Term.objects.update(seen_at=now() - timedelta(days=59))
    instant = now()
    services.decline_assignment(assignment_id=assignment.pk, author_id=holder.pk, now=instant)
    holder.user.refresh_from_db()
    assert Term.objects.get().seen_at == holder.user.seen_at == instant
    services.report_assignment(assignment_id=assignment.pk, author_id=holder.pk, met=Met.STAFF, now=instant + timedelta(hours=1))
    assert Term.objects.get().seen_at == instant + timedelta(hours=1)


def test_a_second_report_corrects_the_first_and_the_same_one_changes_nothing(asked):
    assignment, holder = asked
    said = {"assignment_id": assignment.pk, "author_id": holder.pk, "met": Met.HOLDER, "quote": "« Oui. »"}
    services.report_assignment(**said, stance=Stance.RATHER_FOR, now=now())
    changed_at = Assignment.objects.get(pk=assignment.pk).changed_at
    services.report_assignment(**said, stance=Stance.RATHER_FOR, now=now())
    assert Assignment.objects.get(pk=assignment.pk).changed_at == changed_at
    services.report_assignment(**said, stance=Stance.FOR, now=now())
    report = Report.objects.get()
    assert (report.stance, report.author, report.assignment.answer) == (Stance.FOR, holder, Answer.REPORTED)
    assert facts() == ["report.received", "report.corrected"]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"met": Met.NOBODY}, "failed"),
        ({"met": Met.NOBODY, "failed": "Fermé.", "stance": Stance.FOR}, "stance"),
        ({"met": Met.NOBODY, "failed": "Fermé.", "quote": "Oui"}, "quote"),
        ({"met": Met.HOLDER}, "stance"),
        ({"met": Met.STAFF, "quote": "x" * 501}, "quote"),
    ],
)
def test_a_report_that_contradicts_itself_is_refused_by_field(asked, said: dict, field: str):
    assignment, holder = asked
    with pytest.raises(Invalid) as refused:
        services.report_assignment(assignment_id=assignment.pk, author_id=holder.pk, now=now(), **said)
    assert list(refused.value.fields) == [field]
    assert not Report.objects.exists()


def test_after_a_report_only_the_report_changes(asked):
    assignment, holder = asked
    services.report_assignment(assignment_id=assignment.pk, author_id=holder.pk, met=Met.NOBODY, failed="Fermé.", now=now())
    with pytest.raises(Conflict) as refused:
        services.accept_assignment(assignment_id=assignment.pk, author_id=holder.pk, now=now())
    assert refused.value.code == "already_reported"


@pytest.fixture
def asked_on_a_subject(net: SmallNetwork) -> tuple[Assignment, Person, Subject]:
    """A relay who was asked to hear where their representative stands on a subject."""
    _, holder = make_holder(net.seat("0101"))
    make_deputy(net.seat("0101").area)
    subject = make_subject()
    return assignment_of(make_launched(net, subject_id=subject.pk), "0101"), holder, subject


def test_a_report_of_a_meeting_is_a_contact_and_a_position(asked_on_a_subject):
    assignment, holder, subject = asked_on_a_subject
    said = {"assignment_id": assignment.pk, "author_id": holder.pk, "met": Met.HOLDER, "quote": "« Oui. »", "stance": Stance.FOR}
    for _twice in range(2):
        report = services.report_assignment(**said, now=now())
    line = Position.objects.get()
    assert (line.subject, line.author, line.known_by, line.stance, line.contact) == (subject, holder, "meeting", Stance.FOR, report.contact)
    services.report_assignment(**{**said, "stance": Stance.RATHER_FOR}, now=now())
    services.report_assignment(**{**said, "met": Met.NOBODY, "quote": "", "stance": None, "failed": "Elle n'est pas venue."}, now=now())
    assert [*Position.objects.order_by("recorded_at").values_list("stance", "undone_why")] == [
        (Stance.FOR, CORRECTED),
        (Stance.RATHER_FOR, CORRECTED),
    ]
    contact = Contact.objects.get()
    assert (contact.counts_on, contact.steps.count()) == (None, 2)
    assert not contact.steps.exclude(words="").exists(), "what did not work is not said of the representative"
    services.report_assignment(**said, now=now())
    assert (Position.objects.filter(undone_at=None).get().stance, Contact.objects.get().counts_on is None) == (Stance.FOR, False)


def test_what_the_staff_said_is_known_by_them_and_nobody_sits_leaves_nothing(asked_on_a_subject):
    assignment, holder, _subject = asked_on_a_subject
    who = {"assignment_id": assignment.pk, "author_id": holder.pk}
    services.report_assignment(**who, met=Met.STAFF, stance=Stance.AGAINST, now=now())
    assert Position.objects.get().known_by == "staff"
    Mandate.objects.update(ends_on=in_days(-1))
    services.report_assignment(**who, met=Met.STAFF, stance=Stance.SILENT, now=now())
    assert Position.objects.filter(undone_at=None).get().stance == Stance.SILENT, "a correction goes to whoever was met"
    Report.objects.update(contact=None)
    services.report_assignment(**who, met=Met.STAFF, stance=Stance.FOR, now=now())
    assert Position.objects.count() == 2


def test_a_report_that_comes_late_is_of_whoever_was_met_on_the_last_day_at_the_latest(asked_on_a_subject):
    assignment, holder, _subject = asked_on_a_subject
    met, ended, arrived = OfficeHolder.objects.get(), now() - timedelta(days=6), now()
    move_window(assignment.action, starts_at=ended - timedelta(hours=8), ends_at=ended)
    Mandate.objects.update(ends_on=(arrived - timedelta(days=3)).date())
    elected = make_deputy(assignment.seat.area, family_name="Lis", number="after")
    elected.mandates.update(begins_on=(arrived - timedelta(days=2)).date())
    said = {"assignment_id": assignment.pk, "author_id": holder.pk, "met": Met.HOLDER, "stance": Stance.FOR}
    services.report_assignment(**said, now=arrived)
    last_day = dates.day_in(ended, assignment.seat.area.time_zone)
    line = Position.objects.get()
    assert (line.holder, line.said_on, line.contact.steps.get().on) == (met, last_day, last_day)
    Report.objects.update(contact=None)
    Mandate.objects.filter(holder=met).update(ends_on=last_day - timedelta(days=1))
    services.report_assignment(**said, quote="« Oui. »", now=arrived)
    assert Position.objects.count() == 1, "where nobody sat that day nothing is written, whoever sits since"


def test_who_met_somebody_after_all_met_them_on_the_day_of_the_correction(asked_on_a_subject):
    assignment, holder, _subject = asked_on_a_subject
    first, zone = now(), assignment.seat.area.time_zone
    who = {"assignment_id": assignment.pk, "author_id": holder.pk}
    services.report_assignment(**who, met=Met.NOBODY, failed="Fermé.", now=first)
    services.report_assignment(**who, met=Met.STAFF, stance=Stance.FOR, now=first + timedelta(days=2))
    services.report_assignment(**who, met=Met.STAFF, stance=Stance.SILENT, now=first + timedelta(days=4))
    met_on = dates.day_in(first + timedelta(days=2), zone)
    assert {*Position.objects.values_list("said_on", flat=True)} == {Contact.objects.get().counts_on} == {met_on}
    services.report_assignment(**who, met=Met.NOBODY, failed="Si.", now=first + timedelta(days=4))
    assert Contact.objects.get().latest_on == met_on
    services.report_assignment(**who, met=Met.HOLDER, stance=Stance.FOR, now=first + timedelta(days=9))
    last_day = dates.day_in(assignment.action.ends_at, zone)
    assert Position.objects.get(undone_at=None).said_on == Contact.objects.get().counts_on == last_day


def test_only_the_holder_answers(asked, net: SmallNetwork):
    assignment, _holder = asked
    _, other = make_holder(net.seat("0102"))
    with pytest.raises(Conflict) as refused:
        services.accept_assignment(assignment_id=assignment.pk, author_id=other.pk, now=now())
    assert refused.value.code == "not_yours"


@pytest.mark.parametrize("role", ["holder", "neighbour"])
def test_who_was_forgotten_answers_no_more_by_an_old_mail(asked, role: str):
    assignment, holder = asked
    Assignment.objects.update(**{"holder": None, role: holder})
    Person.objects.update(erased_at=now())
    for answer in (services.accept_assignment, partial(services.report_assignment, met=Met.STAFF)):
        with pytest.raises(Conflict) as refused:
            answer(assignment_id=assignment.pk, author_id=holder.pk, now=now())
        assert refused.value.code == "not_yours"


def test_a_yes_is_too_late_after_the_end_and_a_report_two_weeks_later(asked):
    assignment, holder = asked
    move_window(assignment.action, starts_at=now() - timedelta(hours=2), ends_at=now() - timedelta(hours=1))
    with pytest.raises(Conflict) as refused:
        services.accept_assignment(assignment_id=assignment.pk, author_id=holder.pk, now=now())
    assert refused.value.code == "action_over"
    services.report_assignment(assignment_id=assignment.pk, author_id=holder.pk, met=Met.STAFF, now=now())
    with pytest.raises(Conflict):
        services.report_assignment(assignment_id=assignment.pk, author_id=holder.pk, met=Met.STAFF, now=now() + REPORTS_TAKEN)


def test_the_link_of_a_mail_opens_its_assignment_until_the_action_closes(asked):
    assignment, holder = asked
    token = selectors.answer_token(assignment, author_id=holder.pk)
    linked = selectors.linked_assignment(token, now=now())
    assert (linked.assignment, linked.author_id, linked.is_theirs) == (assignment, holder.pk, True)
    Assignment.objects.update(holder=None)
    assert not selectors.linked_assignment(token, now=now()).is_theirs
    with pytest.raises(NotFound):
        selectors.linked_assignment(token[:-1], now=now())
    Action.objects.update(starts_at=now() - timedelta(days=40), ends_at=now() - timedelta(days=30))
    with pytest.raises(LinkEnded):
        selectors.linked_assignment(token, now=now())


def test_a_report_is_of_the_day_that_it_says(asked_on_a_subject):
    assignment, holder, _subject = asked_on_a_subject
    who, launched = {"assignment_id": assignment.pk, "author_id": holder.pk, "met": Met.STAFF, "stance": Stance.FOR}, now()
    Action.objects.update(launched_at=launched - timedelta(days=3))
    today = dates.day_in(launched, assignment.seat.area.time_zone)
    for day in (today + timedelta(days=1), today - timedelta(days=4)):
        with pytest.raises(Invalid) as refused:
            services.report_assignment(**who, met_on=day, now=launched)
        assert list(refused.value.fields) == ["met_on"]
    yesterday = today - timedelta(days=1)
    report = services.report_assignment(**who, met_on=yesterday, now=launched)
    assert (report.met_on, Position.objects.get().said_on, Contact.objects.get().counts_on) == (yesterday,) * 3
    services.report_assignment(**who, met_on=today, now=launched)
    services.report_assignment(**who, now=launched + timedelta(days=1))
    assert Position.objects.get(undone_at=None).said_on == Contact.objects.get().counts_on == Report.objects.get().met_on == today


def test_a_report_that_waited_overwrites_nothing_that_was_reported_meanwhile(asked):
    assignment, holder = asked
    who = {"assignment_id": assignment.pk, "author_id": holder.pk, "met": Met.STAFF}
    services.report_assignment(**who, quote="La tablette.", read_version=0, now=now())
    assert services.report_assignment(**who, quote="La tablette.", read_version=0, now=now()).version == 1, (
        "the same words differ in nothing"
    )
    with pytest.raises(Conflict) as refused:
        services.report_assignment(**who, quote="Le téléphone.", read_version=0, now=now())
    assert (refused.value.code, Report.objects.get().quote) == ("report_differs", "La tablette.")
    assert services.report_assignment(**who, quote="Les deux.", read_version=1, now=now()).version == 2
    assert services.report_assignment(**who, quote="De la page.", now=now()).version == 3
