from datetime import timedelta

import pytest

from maillage.advocacy import services
from maillage.advocacy.domain import ContactKind, Initiative, KnownBy, Outcome, ReadableBy, Stance, StepKind
from maillage.advocacy.domain.contacts import Step
from maillage.advocacy.domain.positions import CORRECTED
from maillage.advocacy.models import Contact, OfficeHolder, Position, Subject
from maillage.advocacy.services.letters import settled_letter
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.messaging.models import Message
from maillage.people.models import Person
from tests.backend.advocacy.factories import log, make_subject, say
from tests.backend.days import in_days


def as_it_stands(contact: Contact) -> dict:
    return {
        "initiative": Initiative(contact.initiative),
        "kind": ContactKind(contact.kind),
        "readable_by": ReadableBy(contact.readable_by),
        "decision": contact.decision,
    }


def test_a_request_counts_once_the_meeting_took_place(deputy, relay, organiser):
    contact = log(deputy, by=organiser, steps=(StepKind.REQUEST,))
    assert contact.counts_on is None
    step = Step(kind=StepKind.MEETING, on=in_days(), words="Elle nous a reçus.")
    contact = services.add_step(contact_id=contact.pk, step=step, author_id=relay.pk, by=relay.user, now=now())
    assert (contact.counts_on, contact.latest_on, contact.version) == (in_days(), in_days(), 2)


def test_a_correction_replaces_own_words_and_leaves_those_of_others(deputy, relay, organiser):
    contact = log(deputy, by=relay.user, author=relay)
    step = Step(kind=StepKind.MINUTES, on=in_days(), words="Envoyé.")
    services.add_step(contact_id=contact.pk, step=step, author_id=None, by=organiser, now=now())
    right = [Step(kind=StepKind.MEETING, on=in_days(-2), words="Trente minutes.")]
    services.correct_contact(
        contact_id=contact.pk, version=2, steps=right, author_id=relay.pk, by=relay.user, now=now(), **as_it_stands(contact)
    )
    contact.refresh_from_db()
    assert [*contact.steps.order_by("on").values_list("words", flat=True)] == ["Trente minutes.", "Envoyé."]
    assert (contact.corrected_at is not None, contact.counts_on) == (True, in_days(-2))
    with pytest.raises(Conflict) as refused:
        services.correct_contact(
            contact_id=contact.pk, version=2, steps=right, author_id=relay.pk, by=relay.user, now=now(), **as_it_stands(contact)
        )
    assert refused.value.code == "version_conflict"
    assert "Vingt" not in str([*Entry.objects.values_list("data", flat=True)])


def test_who_got_a_record_later_corrects_what_they_logged_before(deputy, relay, organiser):
    contact = log(deputy, by=organiser)
    right = [Step(kind=StepKind.MEETING, on=in_days(), words="Trente minutes.")]
    services.correct_contact(
        contact_id=contact.pk, version=1, steps=right, author_id=relay.pk, by=organiser, now=now(), **as_it_stands(contact)
    )
    assert contact.steps.get().words == "Trente minutes."


def test_a_mistake_is_taken_away_within_a_day(deputy, relay):
    contact = log(deputy, by=relay.user, author=relay)
    with pytest.raises(Conflict) as refused:
        services.remove_contact(contact_id=contact.pk, author_id=relay.pk, by=relay.user, now=now() + timedelta(days=1))
    assert refused.value.code == "too_late"
    services.remove_contact(contact_id=contact.pk, author_id=relay.pk, by=relay.user, now=now())
    assert not Contact.objects.exists()


@pytest.mark.parametrize("is_forgotten", [False, True])
def test_a_contact_at_which_somebody_else_wrote_is_kept(deputy, relay, organiser, is_forgotten: bool):
    contact = log(deputy, by=relay.user, author=relay)
    step = Step(kind=StepKind.MINUTES, on=in_days(), words="Envoyé.")
    services.add_step(contact_id=contact.pk, step=step, author_id=None, by=organiser, now=now())
    if is_forgotten:
        contact.steps.filter(by=organiser).update(by=None)
    with pytest.raises(Conflict) as refused:
        services.remove_contact(contact_id=contact.pk, author_id=relay.pk, by=relay.user, now=now())
    assert refused.value.code == "contact_kept"


def report(deputy: OfficeHolder, subject: Subject | None, relay: Person, *, before: Contact | None = None, **said) -> Contact | None:
    """What a report of a meeting of yesterday leaves."""
    told = {"known_by": KnownBy.MEETING, "stance": Stance.FOR, "quote": "« Oui. »", **said}
    found = services.write_meeting(
        contact_id=before.pk if before else None,
        holder_id=deputy.pk,
        area=deputy.mandates.get().area,
        subject_id=subject.pk if subject else None,
        decision="577 rendez-vous",
        author_id=relay.pk,
        held_on=in_days(-1),
        now=now(),
        **told,
    )
    return Contact.objects.get(pk=found) if found else None


def test_a_report_leaves_a_contact_and_a_position_once(deputy, relay):
    subject = make_subject()
    contact = report(deputy, subject, relay)
    assert (contact.kind, contact.subject, contact.counts_on) == (ContactKind.MEETING, subject, in_days(-1))
    assert contact.steps.get().words == "« Oui. »"
    report(deputy, subject, relay, before=contact)
    line = Position.objects.get()
    assert (line.stance, line.contact, line.author, line.quote) == (Stance.FOR, contact, relay, "« Oui. »")
    assert Contact.objects.get().corrected_at is None, "the same again changes nothing"


def test_a_corrected_report_undoes_what_it_said(deputy, relay):
    subject = make_subject()
    contact = report(deputy, subject, relay)
    report(deputy, subject, relay, before=contact, stance=Stance.SILENT)
    assert [*Position.objects.order_by("recorded_at").values_list("stance", "undone_why")] == [
        (Stance.FOR, CORRECTED),
        (Stance.SILENT, ""),
    ]
    contact = report(deputy, subject, relay, before=contact, known_by=None, stance=None, quote="")
    assert not Position.objects.filter(undone_at=None).exists()
    assert [*contact.steps.order_by("pk").values_list("kind", flat=True)] == [StepKind.REQUEST, StepKind.NO_ANSWER]
    assert contact.counts_on is None


def test_a_report_does_not_bring_back_what_somebody_undid(deputy, relay, organiser):
    subject = make_subject()
    contact = report(deputy, subject, relay)
    services.undo_position(position_id=Position.objects.get().pk, why="C'était sa collègue.", by=organiser, now=now())
    for quote in ("« Oui. »", "« Oui ! »"):
        report(deputy, subject, relay, before=contact, quote=quote)
        assert Position.objects.get().undone_at is not None
    report(deputy, subject, relay, before=contact, stance=Stance.AGAINST)
    assert Position.objects.get(undone_at=None).stance == Stance.AGAINST, "what is said otherwise is said anew"


def test_other_words_of_a_report_end_no_dispute_and_another_stance_does(deputy, relay, organiser):
    subject = make_subject()
    contact = report(deputy, subject, relay)
    dispute = services.dispute_position(position_id=Position.objects.get().pk, reason="Non.", by=organiser, now=now())
    report(deputy, subject, relay, before=contact, quote="« Oui ! »")
    assert Position.objects.get().undone_at is None
    assert (contact.steps.get().words, dispute.position.disputes.get().settled_at) == ("« Oui ! »", None)
    report(deputy, subject, relay, before=contact, stance=Stance.RATHER_FOR)
    dispute.refresh_from_db()
    assert (dispute.outcome, Position.objects.get(undone_at=None).stance) == (Outcome.UNDONE, Stance.RATHER_FOR)
    told = Message.objects.get(purpose="advocacy.dispute_settled")
    assert told.person != relay, "whoever corrects it is told nothing"
    assert "Corrigée par la personne qui l’a écrite." in str(settled_letter(told).blocks)


def test_a_corrected_report_leaves_what_its_author_wrote_by_hand(deputy, relay):
    subject = make_subject()
    contact = report(deputy, subject, relay)
    by_hand = say(deputy, subject, Stance.AGAINST, author=relay, by=relay.user, contact=contact)
    report(deputy, subject, relay, before=contact, stance=Stance.RATHER_FOR)
    by_hand.refresh_from_db()
    assert by_hand.undone_at is None


def test_nobody_met_leaves_nothing_and_no_subject_no_position(deputy, relay):
    assert report(deputy, None, relay, known_by=None, stance=None, quote="") is None
    contact = report(deputy, None, relay)
    assert (contact.decision, Position.objects.count()) == ("577 rendez-vous", 0)
