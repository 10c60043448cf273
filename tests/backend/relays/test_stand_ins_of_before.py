"""Who stood in before a relay took the seat, when that did not end it yet: ended once, by jobs that the upgrade asks for."""

from datetime import timedelta
from importlib import import_module
from typing import Any

from django.db import connection
from django.test import Client

from maillage.accounts.models import Grant, Session, Vault
from maillage.journal import running
from maillage.journal.models import Entry, Job
from maillage.kernel.clock import now
from maillage.messaging.models import Message
from maillage.people.models import Consent
from maillage.people.services import check_consents
from maillage.relays import services
from maillage.relays.domain import CompanionStatus, TermKind
from maillage.relays.domain.endings import TermEnding
from maillage.relays.domain.handing_over import HandOverStatus
from maillage.relays.domain.notes import NoteKind
from maillage.relays.models import Companion, RelayPhoto, SeatNote, Term
from tests.backend.accounts.factories import sign_in
from tests.backend.days import in_days
from tests.backend.relays.factories import SmallNetwork, fall_quiet, make_holder, make_neighbours, make_pair, make_welcome
from tests.backend.relays.test_photos import acts, shown

ASK = import_module("maillage.relays.migrations.0020_stand_ins_of_before").ASK


def ask() -> list[Job]:
    """What the migration asks for, and has not been done yet."""
    with connection.cursor() as cursor:
        cursor.execute(ASK)
    return list(Job.objects.filter(name="relays.end_outlived_stand_in", state="waiting"))


def upgrade() -> None:
    for job in ask():
        running.run(table="job", row_id=str(job.pk))
        job.refresh_from_db()
        assert job.state == "done", job.failure


def beside(net: SmallNetwork, code: str, *, begun: int = 40, **person: Any) -> tuple[Term, Term]:
    """A relay since 30 days, and somebody who stands in beside them since some other day."""
    relay, _camille = make_holder(net.seat(code))
    services.note_sign_of_life(person_id=relay.person_id, now=now())
    term, _ada = make_holder(net.seat(code), kind=TermKind.STAND_IN, given_name="Ada", **person)
    Term.objects.filter(pk=term.pk).update(starts_at=now() - timedelta(days=begun))
    return relay, term


def test_who_stood_in_before_the_relay_came_reads_nobody_any_more(net: SmallNetwork, client: Client) -> None:
    relay, term = beside(net, "0101")
    ada = term.person
    sign_in(client, ada.user)
    shown(client)
    note = services.write_note(seat_id=term.seat_id, author_id=ada.pk, kind=NoteKind.HELP, text="La clef.", now=now())
    handed = services.begin_hand_over(term_id=term.pk, ends_on=in_days(9), by=ada.user, now=now(), gives_notes=True)
    make_neighbours(net, "0101", {"0102": 4000})
    _bo, buddy = make_welcome(net, "0102", name="Bo")
    pair = make_pair(term, buddy)
    Message.objects.all().delete()
    upgrade()
    upgrade()
    term.refresh_from_db()
    assert term.ending == TermEnding.RELAY_CAME
    assert term.ends_at is not None
    assert not Grant.objects.running(now()).filter(user=ada.user).exists()
    assert not Session.objects.filter(user=ada.user).exists()
    assert not Vault.objects.filter(user=ada.user, is_over=False).exists()
    handed.refresh_from_db()
    assert handed.status == HandOverStatus.DONE
    assert SeatNote.objects.get(pk=note.pk).handed_at is not None
    assert Companion.objects.get(pk=pair.pk).status == CompanionStatus.ENDED
    assert not RelayPhoto.objects.filter(person=ada).exists()
    assert acts(ada) == ["given", "withdrawn"]
    assert check_consents(now=now()) == 0
    written = Message.objects.values_list("purpose", "person_id")
    assert set(written) == {("relays.relay_came", ada.pk), ("relays.companion_ended", buddy.pk)}
    assert len(written) == 2, "once, however often it is asked for"
    (ended,) = Entry.objects.filter(name="term.ended")
    assert (ended.subject_id, ended.data["ending"], ended.actor_id) == (str(term.pk), "relay_came", None)
    relay.refresh_from_db()
    assert relay.ends_at is None
    assert Grant.objects.running(now()).filter(user=relay.person.user).exists()
    assert services.compare_grants(now=now()) == (0, 0)


def test_the_upgrade_itself_changes_no_consent_and_ends_no_session(net: SmallNetwork, client: Client) -> None:
    _relay, term = beside(net, "0101")
    sign_in(client, term.person.user)
    shown(client)
    said = Consent.objects.count()
    (job,) = ask()
    assert ask() == [job], "one a seat"
    assert job.args == {"seat_id": str(term.seat_id)}
    term.refresh_from_db()
    assert (term.ends_at, Consent.objects.count(), Session.objects.count()) == (None, said, 1)


def test_the_job_looks_anew_at_who_holds_the_seat(net: SmallNetwork) -> None:
    relay, term = beside(net, "0101")
    (job,) = ask()
    services.pause_term(term_id=relay.pk, until=in_days(30), by=None, now=now())
    running.run(table="job", row_id=str(job.pk))
    term.refresh_from_db()
    assert term.ends_at is None


def test_who_had_become_the_relay_keeps_their_seat_and_its_notes(net: SmallNetwork) -> None:
    relay, term = beside(net, "0101")
    Term.objects.filter(pk=term.pk).update(person=relay.person)
    note = services.write_note(seat_id=term.seat_id, author_id=relay.person_id, kind=NoteKind.HELP, text="La clef.", now=now())
    upgrade()
    term.refresh_from_db()
    assert term.ending == TermEnding.BECAME_RELAY
    assert not Message.objects.filter(purpose="relays.relay_came").exists(), "they are the relay"
    assert SeatNote.objects.get(pk=note.pk).handed_at is None


def test_who_covers_a_relay_stays(net: SmallNetwork) -> None:
    _relay, later = beside(net, "0101", begun=20, email="later@people.example")
    paused, for_a_pause = beside(net, "0102", email="pause@people.example")
    services.pause_term(term_id=paused.pk, until=in_days(30), by=None, now=now())
    silent, for_a_silence = beside(net, "0103", email="silence@people.example")
    fall_quiet(silent, days=61)
    Term.objects.filter(pk=for_a_silence.pk).update(starts_at=now() - timedelta(days=90))
    alone, _ada = make_holder(net.seat("0104"), kind=TermKind.STAND_IN, email="alone@people.example")
    upgrade()
    kept = Term.objects.filter(pk__in=[later.pk, for_a_pause.pk, for_a_silence.pk, alone.pk], ends_at=None)
    assert kept.count() == 4
