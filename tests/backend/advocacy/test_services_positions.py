import pytest
from django.db import ProgrammingError, connection, transaction

from maillage.advocacy import services
from maillage.advocacy.domain import KnownBy, Outcome, Stance
from maillage.advocacy.domain.positions import FORGOTTEN
from maillage.advocacy.models import OfficeHolder, Position, PositionState
from maillage.advocacy.selectors import held_on
from maillage.advocacy.selectors.own import said_by
from maillage.advocacy.selectors.positions import state_mismatches
from maillage.advocacy.services.letters import disputed_letter, settled_letter
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.messaging.models import Message
from maillage.people import services as people
from tests.backend.advocacy.factories import say
from tests.backend.days import in_days
from tests.backend.relays.factories import make_holder


def state(deputy: OfficeHolder) -> tuple[int | None, bool, int]:
    found = PositionState.objects.get(holder=deputy)
    assert state_mismatches() == []
    return found.stance, found.convinced_until is not None, found.lines


def test_the_state_follows_each_line(deputy, subject, relay, organiser):
    say(deputy, subject, Stance.RATHER_FOR, author=relay, days_ago=9)
    assert state(deputy) == (Stance.RATHER_FOR, False, 1)
    say(deputy, subject, author=relay, days_ago=5)
    assert state(deputy) == (Stance.FOR, False, 2)
    second = say(deputy, subject, by=organiser, days_ago=3)
    assert state(deputy) == (Stance.FOR, True, 3)
    services.undo_position(position_id=second.pk, why="C'était sa collègue.", by=organiser, now=now())
    assert state(deputy) == (Stance.FOR, False, 2)
    assert [*Entry.objects.filter(name__startswith="position.").order_by("pk").values_list("name", flat=True)] == [
        *["position.said"] * 3,
        "position.undone",
    ]


def test_two_who_share_an_account_are_one_person(deputy, subject, relay):
    say(deputy, subject, author=relay)
    say(deputy, subject, by=relay.user)
    assert state(deputy) == (Stance.FOR, False, 2)


def test_what_contradicts_itself_is_refused_by_field(deputy, subject, relay):
    said = {"holder_id": deputy.pk, "area": deputy.mandates.get().area, "subject_id": subject.pk, "stance": Stance.FOR, "now": now()}
    said |= {"author_id": relay.pk, "by": None, "known_by": KnownBy.PUBLIC, "said_on": in_days(3)}
    with pytest.raises(Invalid) as refused:
        services.say_position(**said, quote="x" * 501)
    assert set(refused.value.fields) == {"source_url", "said_on", "quote"}
    services.close_subject(subject_id=subject.pk, by=relay.user, now=now())
    with pytest.raises(Conflict) as closed:
        say(deputy, subject, author=relay)
    assert closed.value.code == "subject_closed"
    assert not Position.objects.exists()


def test_the_database_refuses_to_change_or_delete_a_line(deputy, subject, relay, organiser):
    line = say(deputy, subject, author=relay)
    changes = ("stance = -2", "quote = 'Non'", "said_on = '2020-01-01'", "recorded_at = now()")
    for deed in (*(f"UPDATE advocacy_position SET {change}" for change in changes), "DELETE FROM advocacy_position"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(deed)
    services.undo_position(position_id=line.pk, why="Une autre.", by=organiser, now=now())
    for change in ("undone_at = NULL, undone_why = ''", "undone_why = 'Autre chose'"):
        with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE advocacy_position SET {change}")
    with pytest.raises(Conflict) as refused:
        services.undo_position(position_id=line.pk, why="Encore.", by=organiser, now=now())
    assert refused.value.code == "already_undone"


def test_a_dispute_suspends_what_makes_others_stop_until_it_is_settled(deputy, subject, relay, organiser):
    line = say(deputy, subject, author=relay, source_url="https://example.org/discours")
    assert state(deputy) == (Stance.FOR, True, 1)
    dispute = services.dispute_position(position_id=line.pk, reason="C'était ironique.", by=organiser, now=now())
    assert state(deputy) == (Stance.FOR, False, 1)
    told = Message.objects.get(purpose="advocacy.position_disputed", about_id=dispute.pk)
    assert told.person == relay
    assert "C'était ironique." in str(disputed_letter(told).blocks)
    with pytest.raises(Conflict) as refused:
        services.dispute_position(position_id=line.pk, reason="Moi aussi.", by=organiser, now=now())
    assert refused.value.code == "already_disputed"
    services.settle_dispute(position_id=line.pk, outcome=Outcome.UPHELD, words="Le compte rendu le dit.", by=organiser, now=now())
    assert state(deputy) == (Stance.FOR, True, 1)
    settled = Message.objects.get(purpose="advocacy.dispute_settled", about_id=dispute.pk)
    assert settled.person == relay, "whoever settles it is told nothing"
    assert "Le compte rendu le dit." in str(settled_letter(settled).blocks)
    with pytest.raises(Conflict) as again:
        services.dispute_position(position_id=line.pk, reason="Quand même.", by=organiser, now=now())
    assert again.value.code == "already_settled"


def test_an_undone_position_ends_its_dispute_and_both_are_told(net, deputy, subject, relay, organiser):
    _, stand_in = make_holder(net.seat("0102"))
    line = say(deputy, subject, author=relay)
    dispute = services.dispute_position(position_id=line.pk, reason="Elle n'a rien dit.", by=stand_in.user, now=now())
    services.undo_position(position_id=line.pk, why="Erreur.", by=organiser, now=now())
    dispute.refresh_from_db()
    assert (dispute.outcome, dispute.words) == (Outcome.UNDONE, "Erreur.")
    assert {message.person for message in Message.objects.filter(purpose="advocacy.dispute_settled")} == {relay, stand_in}
    assert state(deputy) == (None, False, 0)


def test_the_night_mends_what_differs_and_says_so(deputy, subject, relay, caplog):
    say(deputy, subject, author=relay)
    assert services.check_positions(now=now()) == 0
    PositionState.objects.update(stance=Stance.AGAINST)
    assert services.check_positions(now=now()) == 1
    assert "position states differed" in caplog.text
    assert state(deputy) == (Stance.FOR, False, 1)


def test_whoever_is_forgotten_leaves_what_the_office_holder_said(net, deputy, subject, relay):
    _, other = make_holder(net.seat("0102"))
    say(deputy, subject, author=relay, quote="Je voterai pour.")
    say(deputy, subject, author=other)
    line = say(deputy, subject, author=other, days_ago=4)
    services.dispute_position(position_id=line.pk, reason="Non.", by=relay.user, now=now())
    assert state(deputy)[1]
    for person in (relay, other):
        people.erase_person(person_id=person.pk, now=now())
    assert state(deputy) == (Stance.FOR, False, 3), "those who were forgotten count as one"
    assert [*Position.objects.values_list("author", "by").distinct()] == [(None, None)]
    assert "Plus personne ne soutient cette contestation." in str(held_on(deputy.pk)["positions"])
    dispute = line.disputes.get()
    assert (dispute.reason, dispute.outcome, dispute.words) == ("", Outcome.UPHELD, FORGOTTEN)
    assert Position.objects.filter(quote="Je voterai pour.").exists()


def test_what_was_written_to_settle_a_dispute_goes_with_whoever_wrote_it(net, deputy, subject, relay):
    _, settler = make_holder(net.seat("0102"))
    line = say(deputy, subject, author=relay)
    services.dispute_position(position_id=line.pk, reason="Non.", by=net.organiser(), now=now())
    services.settle_dispute(position_id=line.pk, outcome=Outcome.UPHELD, words="Sa permanence me l'a dit.", by=settler.user, now=now())
    assert [one["words"] for one in said_by(settler.pk)["settled"]] == ["Sa permanence me l'a dit."]
    people.erase_person(person_id=settler.pk, now=now())
    dispute = line.disputes.get()
    assert (dispute.outcome, dispute.words, dispute.settled_by) == (Outcome.UPHELD, "", None)
