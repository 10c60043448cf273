"""Imports of people: whom a file creates, whom it knows, whom it refuses, and what undoing leaves."""

from datetime import timedelta

import pytest
from django.db import connection

from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from maillage.messaging.services.stop import suppress_address
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.models import (
    Consent,
    ConsentState,
    ContactPoint,
    Import,
    ImportedPerson,
    ImportHeading,
    ImportLine,
    ImportReading,
    Person,
    WaitingAddress,
)
from maillage.people.selectors import consent_mismatches, export_of, may_contact, people_reached, preview_of, refused_lines
from maillage.people.services import imports_checks, imports_runs
from tests.backend.accounts.factories import make_user
from tests.backend.people.factories import agree_to_relay, make_person
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
    postcodes,
    undone,
    uploaded,
)
from tests.backend.territories.factories import SmallCountry


def test_a_file_is_kept_line_by_line_and_creates_nobody(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = uploaded(by, [line(email="n@people.example"), line("Hugo", "Lamy")], encoding="cp1252")
    assert (batch.lines, batch.encoding, batch.separator, batch.has_headings) == (2, "cp1252", ";", True)
    assert batch.fields["email"] == 2
    assert ImportLine.objects.count() == 3
    assert not Person.objects.exists()


def test_only_an_organiser_brings_people_in(small_country: SmallCountry) -> None:
    with pytest.raises(Forbidden):
        uploaded(make_user(), [line()])
    assert not Import.objects.exists()


def test_an_import_belongs_to_its_organiser(small_country: SmallCountry) -> None:
    batch = uploaded(organiser_of(small_country), [line()])
    with pytest.raises(NotFound):
        services.discard_import(import_id=batch.pk, by=organiser_of(small_country, "02"), now=now())


def test_whoever_is_new_is_created_with_contacts_and_place(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = imported(by, [line(email="Nadia@People.example", phone="06 12 34 56 78")], consents=[agreement()])
    person = Person.objects.get()
    assert (person.given_name, person.family_name, person.folded_name, person.language) == ("Nadia", "Ferhat", " ferhat nadia", "fr")
    assert (person.area, person.placed_by, person.confirmed_at is not None) == (small_country.area("0101"), "chosen", True)
    points = {point.channel: (point.value, point.verified_at) for point in person.contact_points.all()}
    assert points == {"email": ("nadia@people.example", None), "phone": ("+33612345678", None)}
    assert list(people_reached(by, now=now())) == [person]
    assert not agreed(person)
    assert (batch.status, batch.counts["created"]) == ("done", 1)
    assert ImportedPerson.objects.get().batch.origin == ORIGIN


def test_an_agreement_is_written_with_its_proof_in_the_log_and_the_state(small_country: SmallCountry) -> None:
    batch = imported(organiser_of(small_country), [line(phone="0612345678", **PAPER)], consents=[agreement(channel="phone")])
    person = Person.objects.get()
    said = Consent.objects.get()
    assert (said.act, said.wording, said.source, said.at.date().isoformat()) == (
        "given",
        RELAY_CONTACT.version,
        f"import:{batch.pk}",
        "2026-03-01",
    )
    assert may_contact(person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.PHONE)
    assert person.contact_points.get().verified_at is not None
    assert ImportedPerson.objects.get().proofs[0]["paper"] == "B-12"
    assert consent_mismatches(limit=10) == []


TEXTS = [("phone", "+33612345678", True), ("sms", "+33612345678", True)]
"""A number to which text messages were agreed."""


def numbers_of(person: Person) -> list[tuple[str, str, bool]]:
    points = person.contact_points.exclude(channel="email").order_by("channel")
    return [(point.channel, point.value, point.verified_at is not None) for point in points]


def test_a_number_is_one_for_texts_where_texts_were_agreed_to(small_country: SmallCountry) -> None:
    by, area = organiser_of(small_country), small_country.area("0101")
    bare = make_person(email="bare@people.example", area=area, given_name="Ada", family_name="Nu")
    called = make_person(email="called@people.example", phone="+33699999999", area=area, given_name="Bea", family_name="Tel")
    said = {"phone": "+33612345678", **PAPER}
    batch = imported(
        by,
        [
            line("Ada", "Nu", "bare@people.example", **said),
            line("Bea", "Tel", "called@people.example", **said),
            line("Cléo", "Neuve", "new@people.example", **said),
            line("Dora", "Muette", "mute@people.example", "+33612345679"),
        ],
        consents=[agreement(channel="sms")],
    )
    new, mute = Person.objects.get(given_name="Cléo"), Person.objects.get(given_name="Dora")
    assert (numbers_of(bare), numbers_of(new)) == (TEXTS, TEXTS)
    assert numbers_of(called) == [("phone", "+33699999999", True), ("sms", "+33612345678", True)]
    assert numbers_of(mute) == [("phone", "+33612345679", False)], "nobody agreed to anything there"
    assert (batch.counts["given"], batch.counts["filled"], batch.counts["created"]) == (3, 2, 2)
    again = imported(by, [line("Ada", "Nu", "bare@people.example", **said)], consents=[agreement(channel="sms")])
    assert (numbers_of(bare), again.counts["met"]) == (TEXTS, 1)
    undone(again)
    assert numbers_of(bare) == TEXTS, "the second file had brought nothing"
    undone(batch)
    assert numbers_of(bare) == []
    assert numbers_of(called) == [("phone", "+33699999999", True)]
    assert Person.objects.count() == 2
    assert consent_mismatches(limit=10) == []


@pytest.mark.parametrize("channel", ["phone", "sms"])
def test_who_refused_texts_at_a_number_is_not_subscribed_by_either_kind_of_number(small_country: SmallCountry, channel: str) -> None:
    refuses = make_person(area=small_country.area("0201"))
    ContactPoint.objects.create(person=refuses, channel=channel, value="+33612345678", verified_at=now())
    services.withdraw_consent(person_id=refuses.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.SMS, source="tests", now=now())
    imported(organiser_of(small_country), [line(phone="+33612345678", **PAPER)], consents=[agreement(channel="sms")])
    assert not ConsentState.objects.filter(is_given=True).exists()
    assert not ContactPoint.objects.exclude(person=refuses).filter(channel="sms").exists()


def test_a_number_for_texts_goes_with_the_record_and_comes_back(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    imported(by, [line(email="n@people.example", phone="+33612345678", **PAPER)], consents=[agreement(channel="sms")])
    brought = Person.objects.get()
    stays = make_person(email="m@people.example", phone="+33699999999", area=small_country.area("0101"))
    merge = services.merge_people(kept_id=stays.pk, absorbed_id=brought.pk, values={}, by=by, now=now())
    assert ("sms", "+33612345678", True) in numbers_of(stays)
    assert may_contact(person_id=stays.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.SMS)
    services.take_apart(merge_id=merge.pk, by=by, now=now())
    assert (numbers_of(stays), numbers_of(brought)) == ([("phone", "+33699999999", True)], TEXTS)


def test_a_wording_of_the_paper_is_quoted_by_its_import(small_country: SmallCountry) -> None:
    quoted = agreement(wording="", text="Je veux être contacté.", channel="phone")
    batch = imported(organiser_of(small_country), [line(phone="0612345678", **PAPER)], consents=[quoted])
    assert Consent.objects.get().wording == f"import:{batch.pk}:0"
    assert Import.objects.get().consents[0]["text"] == "Je veux être contacté."


def test_who_took_back_is_never_subscribed_again(small_country: SmallCountry) -> None:
    """Whatever the dates, and also where somebody else at that address had, or the address asked for silence."""
    by, area = organiser_of(small_country), small_country.area("0101")
    stopped = make_person(email="stopped@people.example", area=area, given_name="Ada", family_name="Stop")
    services.withdraw_consent(
        person_id=stopped.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, source="tests", now=now() - timedelta(days=900)
    )
    elsewhere = make_person(email="elsewhere@people.example", area=small_country.area("0201"))
    services.withdraw_consent(person_id=elsewhere.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, source="tests", now=now())
    suppress_address(address="silent@people.example", purpose="", reason="stopped", now=now())
    batch = imported(
        by,
        [
            line("Ada", "Stop", "stopped@people.example", **PAPER),
            line("Eve", "Ailleurs", "elsewhere@people.example", **PAPER),
            line("Léo", "Muet", "silent@people.example", **PAPER),
            line("Zoé", "Libre", "free@people.example", **PAPER),
        ],
        consents=[agreement()],
    )
    assert list(WaitingAddress.objects.values_list("point__person__given_name", flat=True)) == ["Zoé"]
    assert not ConsentState.objects.filter(is_given=True).exists()
    assert (batch.counts["waiting"], batch.counts["withheld"]) == (1, 1), "only what the organiser may know is told"
    assert batch.counts["created"] == 3, "who is known elsewhere is not told to be known"
    assert consent_mismatches(limit=10) == []


def test_who_asked_for_silence_in_the_file_is_not_agreed_to(small_country: SmallCountry) -> None:
    by, area = organiser_of(small_country), small_country.area("0101")
    person = agree_to_relay(make_person(email="n@people.example", area=area))
    imported(by, [line(email="n@people.example", agreed="désabonnée")], consents=[agreement()])
    assert not agreed(person)
    assert consent_mismatches(limit=10) == []


def test_what_is_wrong_is_said_line_by_line(small_country: SmallCountry) -> None:
    postcodes(small_country)
    batch = checked(
        organiser_of(small_country),
        [
            line(email="not an address"),
            line(seat="9999"),
            line(seat=""),
            line(seat="", postal="99999"),
            line(seat="", commune="Nulle-Part"),
            line(seat="", postal="01000"),
            line(seat="0201"),
            line(seat="0103", postal="01100"),
            line("", "", seat="0101"),
            line(email="n@people.example", agreed="oui", on="01/03/2999", paper="B"),
        ],
        consents=[agreement()],
    )
    reasons = [refused for _number, (_outcome, refused) in sorted(outcomes(batch).items())]
    assert reasons == [
        ["bad_email"],
        ["unknown_constituency"],
        ["no_place"],
        ["unknown_postal_code"],
        ["unknown_commune"],
        ["several_seats"],
        ["outside"],
        ["places_differ"],
        ["nobody"],
        ["consent_to_come"],
    ]
    assert batch.counts["refused"] == 10
    assert [number for number, _reasons, _cells in refused_lines(batch)] == list(range(2, 12))
    assert not Person.objects.exists()


@pytest.mark.parametrize(
    ("words", "commune", "seat", "how"),
    [
        ({"seat": "", "postal": "01100", "commune": "aubepine"}, "01002", "0101", "certain"),
        ({"seat": "", "postal": "01200", "commune": "L’Étang-Gris"}, "01004", "0102", "certain"),
        ({"seat": "", "postal": "01100"}, None, "0101", "certain"),
        ({"seat": "001-02", "postal": "01000"}, "01001", "0102", "chosen"),
        ({"seat": "", "commune": "Ste Ombre"}, "01007", "0103", "certain"),
        ({"seat": "", "commune": "Le Bourg-Neuf", "postal": "01100 CEDEX"}, "01003", "0101", "certain"),
    ],
)
def test_places_are_found_and_never_guessed(
    small_country: SmallCountry, words: dict[str, str], commune: str | None, seat: str, how: str
) -> None:
    postcodes(small_country)
    imported(organiser_of(small_country), [line(**words)])
    person = Person.objects.get()
    assert (person.locality and person.locality.code, person.area and person.area.code, person.placed_by) == (commune, seat, how)


def test_namesakes_without_postcode_are_refused(small_country: SmallCountry) -> None:
    batch = checked(organiser_of(small_country), [line(seat="", commune="Aubépine")])
    assert outcomes(batch)[2] == ("refused", ["several_communes"])


def test_the_known_are_recognised_among_whom_one_reaches(small_country: SmallCountry) -> None:
    by, here, there = organiser_of(small_country), small_country.area("0102"), small_country.area("0201")
    known = make_person(email="n@people.example", area=here, given_name="", family_name="")
    make_person(email="far@people.example", area=there, given_name="Nadia")
    make_person(email="unproved@people.example", area=here, confirmed_at=None)
    couple = make_person(email="two@people.example", area=here, given_name="Rémi", family_name="Lou")
    batch = checked(
        by,
        [
            line(email="n@people.example"),
            line(email="far@people.example"),
            line(email="unproved@people.example"),
            line("Remi", "LOU", "two@people.example"),
            line("Anne", "Lou", "two@people.example"),
        ],
    )
    assert [outcome for _n, (outcome, _r) in sorted(outcomes(batch).items())] == ["known", "new", "new", "known", "new"]
    assert [item["person_id"] for item in preview_of(batch)] == [known.pk, None, None, couple.pk, None]


@pytest.mark.parametrize("key", ["name_place", "name_phone"])
def test_other_keys_recognise_by_name(small_country: SmallCountry, key: str) -> None:
    by, area = organiser_of(small_country), small_country.area("0101")
    make_person(email="old@people.example", phone="+33612345678", area=area, given_name="Élodie", family_name="d'Arc")
    batch = checked(
        by,
        [line("ELODIE", "D Arc", "new@people.example", "0612345678"), line("Elodie", "Darc", "other@people.example", "0612345670")],
        key=key,
    )
    assert [outcome for _n, (outcome, _r) in sorted(outcomes(batch).items())] == ["known", "new"]


def test_a_person_who_stands_twice_is_created_once(small_country: SmallCountry, monkeypatch: pytest.MonkeyPatch) -> None:
    by = organiser_of(small_country)
    lines = [line(email="n@people.example"), line("Hugo", "Lamy"), line(email="N@people.example"), line("HUGO", "Lamy")]
    for chunk in (5_000, 1):
        monkeypatch.setattr(imports_checks, "CHUNK", chunk)
        monkeypatch.setattr(imports_runs, "CHUNK", chunk)
        batch = imported(by, lines)
        kinds = [outcome for _n, (outcome, _r) in sorted(outcomes(batch).items())]
        assert kinds in (["new", "new", "repeated", "repeated"], ["known", "known", "repeated", "repeated"])
        assert Person.objects.count() == 2


def test_only_what_is_empty_is_filled_in(small_country: SmallCountry) -> None:
    by, area = organiser_of(small_country), small_country.area("0101")
    person = make_person(email="n@people.example", area=area, given_name="Nad", family_name="")
    batch = imported(by, [line("Nad", "Ferhat", "n@people.example", "0612345678")])
    person.refresh_from_db()
    assert (person.given_name, person.family_name, person.folded_name) == ("Nad", "Ferhat", " ferhat nad")
    assert person.contact_points.get(channel="phone").verified_at is None
    assert (batch.counts["filled"], Person.objects.count()) == (1, 1)
    again = imported(by, [line("Nad", "Autre", "n@people.example", "0699999999")])
    person.refresh_from_db()
    assert (person.family_name, person.contact_points.count(), again.counts["met"]) == ("Ferhat", 2, 1)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"origin": " "}, "invalid"),
        ({"fields": {"given_name": 0}}, "no_place"),
        ({"fields": {"given_name": 0, "constituency": 99}}, "bad_columns"),
        ({"fields": {"given_name": 0, "constituency": 0}}, "column_twice"),
        ({"fields": {"nothing": 0, "constituency": 1}}, "bad_columns"),
        ({"consents": [agreement(wording="nobody.1")]}, "unknown_consent"),
        ({"consents": [agreement(purpose="people.nothing")]}, "unknown_consent"),
        ({"consents": [agreement(wording="", text="")]}, "no_wording"),
        ({"consents": [agreement(column=50)]}, "bad_columns"),
    ],
)
def test_what_cannot_be_checked_is_refused(small_country: SmallCountry, change: dict[str, object], code: str) -> None:
    by = organiser_of(small_country)
    batch = uploaded(by, [line()])
    said: dict[str, object] = {"fields": batch.fields, "consents": [], "key": "email", "origin": ORIGIN, "has_headings": True}
    with pytest.raises(Invalid) as refused:
        services.describe_import(import_id=batch.pk, by=by, now=now(), **{**said, **change})
    assert refused.value.code == code


def test_what_a_heading_was_chosen_to_hold_is_remembered(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = uploaded(by, [line()])
    fields = {"given_name": 1, "family_name": 0, "constituency": 6}
    services.describe_import(
        import_id=batch.pk, by=by, fields=fields, consents=[], key="email", origin=ORIGIN, has_headings=True, now=now()
    )
    assert ImportHeading.objects.get(heading="prenom").field == "family_name"
    assert uploaded(by, [line()]).fields == fields


def test_the_lines_of_a_file_are_erased_after_thirty_days(small_country: SmallCountry) -> None:
    batch = imported(organiser_of(small_country), [line(email="n@people.example")])
    assert services.forget_import_lines(now=now() + timedelta(days=29)) == 0
    assert services.forget_import_lines(now=now() + timedelta(days=31)) == 1
    batch.refresh_from_db()
    assert (ImportLine.objects.count(), ImportReading.objects.count(), batch.file_name, batch.headings) == (0, 0, "", [])
    assert Person.objects.count() == 1
    with pytest.raises(Conflict):
        undone(batch)
    assert services.forget_import_lines(now=now() + timedelta(days=32)) == 0


def test_lines_are_erased_even_of_an_import_whose_jobs_died(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = checked(by, [line()])
    services.run_import(import_id=batch.pk, by=by, now=now())
    assert services.forget_import_lines(now=now() + timedelta(days=31)) == 1
    batch.refresh_from_db()
    assert (batch.status, ImportLine.objects.exists()) == ("stopped", False)


def test_a_person_who_is_erased_leaves_no_line_of_a_file(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    imported(
        by,
        [line("Zzgiven", "Zzfamily", "zz@people.example", "0612345678", agreed="oui", on="01/03/2026", paper="ZZ-1"), line("Hugo", "Lamy")],
        consents=[agreement()],
    )
    refused = checked(by, [line("Zzgiven", "Zzfamily", "zz@people.example", seat="9999")])
    unread = uploaded(by, [line("Z.", "Z.", phone="06 12 34 56 78"), line("Y.", "Y.", phone="06 12 34 56 79")])
    person = Person.objects.get(given_name="Zzgiven")
    copy = export_of(person.pk, now=now())
    assert copy["people"]["origins"][0]["origin"] == ORIGIN
    services.erase_person(person_id=person.pk, now=now())
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT count(*) FROM {table} t WHERE row_to_json(t)::text ~* 'zzgiven|zzfamily|zz@people|612345678|12 34 56 78|ZZ-1'"
            )
            assert cursor.fetchone()[0] == 0, table
    assert ImportLine.objects.filter(batch=refused).count() == 1
    assert ImportLine.objects.filter(batch=unread).count() == 2, "of the other, and the headings"
    assert Person.objects.filter(given_name="Hugo").exists()


def test_a_file_from_which_nobody_came_can_be_thrown_away(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = checked(by, [line()])
    services.discard_import(import_id=batch.pk, by=by, now=now())
    assert not Import.objects.exists()
    assert not ImportLine.objects.exists()
    kept = imported(by, [line()])
    with pytest.raises(Conflict):
        services.discard_import(import_id=kept.pk, by=by, now=now())


def test_facts_hold_ids_and_counts(small_country: SmallCountry) -> None:
    imported(organiser_of(small_country), [line("Zzgiven", email="zz@people.example", **PAPER)], consents=[agreement()])
    names = list(Entry.objects.filter(name__regex="^(import|people)\\.").order_by("id").values_list("name", flat=True))
    assert names == ["import.uploaded", "import.described", "import.checked", "import.started", "people.imported", "import.finished"]
    assert Entry.objects.get(name="people.imported").data["created"] == 1
