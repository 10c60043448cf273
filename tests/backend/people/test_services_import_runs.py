"""An import under way: undone, stopped and gone on with, killed, overtaken by the end of a role."""

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from maillage.accounts.models import Grant
from maillage.journal.domain import State
from maillage.journal.models import Entry, Job
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.models import (
    AccessReason,
    Consent,
    ConsentState,
    ContactPoint,
    Import,
    Likeness,
    Person,
    ToldApart,
    WaitingAddress,
)
from maillage.people.selectors import consent_mismatches, has_failed
from maillage.people.services import imports_checks, imports_runs, imports_undos
from tests.backend.accounts.factories import make_user
from tests.backend.people.factories import make_person
from tests.backend.people.import_files import (
    ORIGIN,
    PAPER,
    agreed,
    agreement,
    checked,
    imported,
    line,
    organiser_of,
    outcomes,
    undone,
    uploaded,
)
from tests.backend.territories.factories import SmallCountry


def test_undoing_deletes_who_was_created_and_empties_what_was_filled(small_country: SmallCountry) -> None:
    by, area = organiser_of(small_country), small_country.area("0101")
    person = make_person(email="n@people.example", area=area, given_name="Nadia", family_name="")
    before = (list(Person.objects.values()), list(ContactPoint.objects.values()), list(ConsentState.objects.values()))
    batch = imported(
        by,
        [line("Nadia", "Ferhat", "n@people.example", "0612345678", **PAPER), line("Hugo", "Lamy", "h@people.example", **PAPER)],
        consents=[agreement()],
    )
    assert agreed(person)
    batch = undone(batch)
    assert (list(Person.objects.values()), list(ContactPoint.objects.values()), list(ConsentState.objects.values())) == before
    assert (batch.status, batch.counts["undo.deleted"], batch.counts["undo.restored"], batch.counts["undo.agreements"]) == (
        "undone",
        1,
        1,
        1,
    )
    assert consent_mismatches(limit=10) == []
    assert list(Consent.objects.filter(person_id=person.pk).order_by("id").values_list("act", flat=True)) == ["given", "undone"]


def test_who_has_acted_since_stays_and_is_counted(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = imported(
        by,
        [
            line("Ada", "Promise", "a@people.example", **PAPER),
            line("Bea", "Consent", "b@people.example", **PAPER),
            line("Cleo", "Address", "c@people.example"),
            line("Dora", "Changed", "d@people.example"),
            line("Elle", "Member", "e@people.example"),
            line("Fay", "Untouched", "f@people.example"),
        ],
        consents=[agreement()],
    )
    people = {person.given_name: person for person in Person.objects.all()}
    services.make_promise(person=people["Ada"], area=small_country.area("0101"), now=now())
    services.withdraw_consent(person_id=people["Bea"].pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, source="tests", now=now())
    ContactPoint.objects.create(person=people["Cleo"], channel=Channel.EMAIL, value="other@people.example")
    Person.objects.filter(pk=people["Dora"].pk).update(family_name="Mariée")
    Person.objects.filter(pk=people["Elle"].pk).update(user=make_user("e@people.example"))
    batch = undone(batch)
    assert set(Person.objects.values_list("given_name", flat=True)) == {"Ada", "Bea", "Cleo", "Dora", "Elle"}
    assert (batch.counts["undo.deleted"], batch.counts["undo.kept"]) == (1, 5)
    assert not ConsentState.objects.filter(is_given=True).exists(), "what the file agreed to is taken out of who stays too"
    assert ConsentState.objects.get().person_id == people["Bea"].pk, "what they said themselves stays"
    assert consent_mismatches(limit=10) == []


def test_a_run_can_be_stopped_gone_on_with_and_undone(small_country: SmallCountry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports_runs, "CHUNK", 2)
    by = organiser_of(small_country)
    batch = checked(by, [line(f"Nadia{letter}", email=f"n{letter}@people.example") for letter in "abcde"])
    services.run_import(import_id=batch.pk, by=by, now=now())
    assert services.write_import_lines(import_id=batch.pk, now=now())
    services.stop_import(import_id=batch.pk, by=by, now=now())
    assert not services.write_import_lines(import_id=batch.pk, now=now())
    assert Person.objects.count() == 2
    services.run_import(import_id=batch.pk, by=by, now=now())
    while services.write_import_lines(import_id=batch.pk, now=now()):
        pass
    assert Person.objects.count() == 5
    batch.refresh_from_db()
    assert undone(batch).counts["undo.deleted"] == 5
    assert not Person.objects.exists()
    with pytest.raises(Conflict):
        services.run_import(import_id=batch.pk, by=by, now=now())


def test_each_part_is_a_job_that_asks_for_the_next(small_country: SmallCountry, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports_checks, "CHUNK", 2)
    batch = checked(organiser_of(small_country), [line(f"Nadia{letter}") for letter in "abc"])
    assert Job.objects.filter(name="people.check_import", args__import_id=str(batch.pk)).count() == 2
    assert Entry.objects.filter(name="import.checked", subject_id=str(batch.pk)).count() == 1


def test_a_part_that_dies_leaves_nothing_and_is_done_again(small_country: SmallCountry, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever statement it dies after: the part is one transaction."""
    by = organiser_of(small_country)
    lines = [line(f"Nadia{letter}", email=f"n{letter}@people.example", **PAPER) for letter in "abc"]
    batch = checked(by, lines, consents=[agreement()])
    services.run_import(import_id=batch.pk, by=by, now=now())

    class Killed(Exception):
        pass

    statements = 0
    for last in range(1, 60):
        statements = 0

        def killing(execute, sql, params, many, context, last=last):  # type: ignore[no-untyped-def]
            nonlocal statements
            statements += 1
            if statements > last:
                raise Killed
            return execute(sql, params, many, context)

        try:
            with transaction.atomic(), connection.execute_wrapper(killing):
                services.write_import_lines(import_id=batch.pk, now=now())
        except Killed:
            assert not Person.objects.exists()
            assert not WaitingAddress.objects.exists()
            assert Import.objects.get(pk=batch.pk).cursor == 0
            continue
        break
    assert statements > 12
    while services.write_import_lines(import_id=batch.pk, now=now()):
        pass
    assert (Person.objects.count(), ContactPoint.objects.count(), WaitingAddress.objects.count()) == (3, 3, 3)


def test_a_part_costs_as_many_statements_whatever_it_holds(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    taken = []
    for count in (1, 3, 60):
        batch = checked(
            by,
            [line(f"Nadia {count} {number}", email=f"n{count}{number}@people.example", **PAPER) for number in range(count)],
            consents=[agreement()],
        )
        services.run_import(import_id=batch.pk, by=by, now=now())
        with CaptureQueriesContext(connection) as queries:
            services.write_import_lines(import_id=batch.pk, now=now())
        taken.append(len(queries))
    assert taken[1] == taken[2]  # the first one of all writes down the controller


def test_whoever_no_longer_organises_brings_nobody_in(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = uploaded(by, [line(email="n@people.example")])
    services.describe_import(
        import_id=batch.pk, by=by, fields=batch.fields, consents=[], key="email", origin=ORIGIN, has_headings=True, now=now()
    )
    Grant.objects.filter(user=by).update(ends_at=now())
    services.check_import_lines(import_id=batch.pk, now=now())
    assert outcomes(batch)[2] == ("refused", ["outside"])


def test_a_role_that_ends_between_check_and_run_stops_the_writing(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = checked(by, [line(email="n@people.example")])
    services.run_import(import_id=batch.pk, by=by, now=now())
    Grant.objects.filter(user=by).update(ends_at=now())
    while services.write_import_lines(import_id=batch.pk, now=now()):
        pass
    assert not Person.objects.exists()


def pair_of(one: Person, two: Person) -> dict[str, Person]:
    person, other = sorted((one, two), key=lambda person: person.pk)
    return {"person": person, "other": other}


def test_whoever_resembles_somebody_goes_with_what_was_found_of_the_pair(small_country: SmallCountry) -> None:
    """A job compares newcomers each minute: a key left behind would break every part of the undo, for ever."""
    by, area = organiser_of(small_country), small_country.area("0101")
    stays = make_person(given_name="Nadia", family_name="Ferhat", area=area)
    batch = imported(by, [line("Nadja", "Ferhat"), line("Nadya", "Ferhat")])
    one, two = Person.objects.exclude(pk=stays.pk)
    for pair in (pair_of(one, stays), pair_of(one, two)):
        Likeness.objects.create(**pair, area=area, reasons=["name_area"], weight=1, found_at=now())
    ToldApart.objects.create(**pair_of(two, stays), by=by, at=now())
    batch = undone(batch)
    connection.check_constraints()
    assert list(Person.objects.all()) == [stays]
    assert (batch.counts["undo.deleted"], Likeness.objects.count(), ToldApart.objects.count()) == (2, 0, 0)


def test_somebody_of_whom_an_officer_read_with_a_reason_stays(small_country: SmallCountry) -> None:
    """As anybody whom a row of any app names, also where Django keeps no way back from the person to it."""
    batch = imported(organiser_of(small_country), [line()])
    AccessReason.objects.create(reader=make_user(), person=Person.objects.get(), words="Une plainte", made_at=now(), ends_at=now())
    batch = undone(batch)
    connection.check_constraints()
    assert (batch.counts.get("undo.deleted", 0), batch.counts["undo.kept"]) == (0, 1)


@pytest.mark.django_db
def test_every_key_to_a_person_is_an_act_or_goes_along() -> None:
    """As the database knows them: a key that nobody asked for breaks the undo at its commit."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT key.conrelid::regclass::text, att.attname FROM pg_constraint key
            JOIN pg_attribute att ON att.attrelid = key.conrelid AND att.attnum = key.conkey[1]
            WHERE key.contype = 'f' AND key.confrelid = 'people_person'::regclass AND key.conparentid = 0"""
        )
        keys = set(cursor.fetchall())
    acts, along = set(imports_undos.columns_naming_people()), set(imports_undos.columns_naming_people(of=imports_undos._ALONG))
    assert ("people_likeness", "other_id") in along
    assert ("people_documentcomment", "author_id") in acts
    assert not acts & along
    assert keys == acts | along


def test_an_undo_that_was_given_up_says_so_and_goes_on(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = imported(by, [line()])
    services.undo_import(import_id=batch.pk, by=by, now=now())
    with pytest.raises(Conflict) as refused:
        services.undo_import(import_id=batch.pk, by=by, now=now())
    assert refused.value.code == "import_at_work"
    batch.refresh_from_db()
    assert not has_failed(batch)
    Job.objects.filter(name="people.undo_import").update(state=State.DEAD, done_at=now(), failure="django.db.utils.IntegrityError")
    assert has_failed(batch)
    services.undo_import(import_id=batch.pk, by=by, now=now())
    assert not has_failed(batch), "it is tried again"
    with pytest.raises(Conflict):
        services.undo_import(import_id=batch.pk, by=by, now=now())
    while services.take_back_imported(import_id=batch.pk, now=now()):
        pass
    assert not Person.objects.exists()
