"""An e-mail address of a file waits for its owner: who is asked, when, once; and what counts once they said yes."""

import re
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.test import Client

from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.messaging import services as messaging
from maillage.messaging.models import Message, Suppression
from maillage.messaging.services import imported as asking
from maillage.messaging.services.entered import ask_entered_address
from maillage.messaging.services.imported import ask_imported_addresses
from maillage.messaging.services.preferences import stop_everything
from maillage.messaging.services.questions import ENTERED, IMPORTED, deny_address
from maillage.people import services
from maillage.people.domain import RELAY_CONTACT, Channel
from maillage.people.domain.imports import ImportKey
from maillage.people.domain.waiting import ASKED_AGAIN_AFTER, ASKED_FROM
from maillage.people.models import Consent, ContactPoint, Import, Person, WaitingAddress
from maillage.people.selectors import addresses_of, consent_mismatches, email_addresses, export_of, may_contact
from tests.backend.people.factories import make_person
from tests.backend.people.import_files import ORIGIN, agreement, imported, line, organiser_of, undone
from tests.backend.territories.factories import SmallCountry

PAPER = {"agreed": "oui", "on": "01/03/2026", "paper": "B-12"}


def agreed(person: Person) -> bool:
    return may_contact(person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL)


def later(days: int = 0) -> datetime:
    return now() + ASKED_FROM + timedelta(minutes=1, days=days)


def asked(days: int = 0) -> list[str]:
    """Ask whoever is due, deliver the mails, and return their texts."""
    mail.outbox.clear()
    ask_imported_addresses(now=later(days))
    for message in Message.objects.filter(purpose=IMPORTED.name, status="queued").order_by("queued_at"):
        messaging.deliver_message(message_id=message.pk, now=now())
    return [str(one.body) for one in mail.outbox]


def links(text: str) -> list[str]:
    return re.findall(r"/(?:fr|en)/mail/address/\S+", text)


def test_an_address_of_a_file_is_written_to_once_its_owner_said_yes(small_country: SmallCountry) -> None:
    batch = imported(organiser_of(small_country), [line(email="n@people.example", **PAPER)], consents=[agreement()])
    person = Person.objects.get()
    assert (batch.counts["waiting"], batch.counts.get("given", 0), batch.counts["to_ask"]) == (1, 0, 1)
    assert not agreed(person)
    assert email_addresses([person.pk]) == {}, "no mail goes there"
    (text,) = asked()
    assert not [name for name in ("Nadia", "Ferhat", "B-12") if name in text], "it asserts nothing"
    assert ORIGIN in text, "it says from where the address came"
    yes, no = links(text)
    assert no == f"{yes}?was=not-me"
    assert Client().get(yes).status_code == 200
    assert not agreed(person), "looking changes nothing"
    for _time in range(2):
        assert Client(enforce_csrf_checks=True).post(yes, {"was": "me"}).status_code == 200
    assert agreed(person)
    assert email_addresses([person.pk]) == {person.pk: "n@people.example"}
    said = Consent.objects.get()
    assert (said.act, said.wording, said.source) == ("given", RELAY_CONTACT.version, "address_confirmed")
    assert addresses_of(batch, now=now())["confirmed"] == 1
    assert consent_mismatches(limit=10) == []


def test_no_forgets_the_address_for_good_and_keeps_the_person(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    imported(by, [line(email="victim@people.example", phone="0612345678", **PAPER)], consents=[agreement()])
    (text,) = asked()
    _yes, no = links(text)
    page = Client().get(no).content.decode()
    assert page.index("not-me") < page.index('value="me"'), "the answer of the link that was opened comes first"
    assert Client().post(no, {"was": "not-me"}).status_code == 200
    assert list(ContactPoint.objects.values_list("channel", flat=True)) == ["phone"]
    assert Client().post(no, {"was": "me"}).status_code == 404
    imported(by, [line("Zoé", "Autre", email="victim@people.example", **PAPER)], consents=[agreement()])
    assert asked(days=800) == [], "whatever list it stands on"
    assert WaitingAddress.objects.get().state == "passed"


def test_who_said_no_to_a_file_is_asked_by_no_paper(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    imported(by, [line(email="victim@people.example", **PAPER)], consents=[agreement()])
    (text,) = asked()
    Client().post(links(text)[1], {"was": "not-me"})
    Suppression.objects.filter(purpose=ENTERED.name).delete()  # as those kept before papers and files were one question
    ask_entered_address(person_id=on_paper(by, small_country).pk, now=later())
    assert not Message.objects.filter(purpose=ENTERED.name).exists()


def test_who_said_no_to_a_paper_is_asked_by_no_file(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    person = on_paper(by, small_country)
    ask_entered_address(person_id=person.pk, now=now())
    deny_address(contact_point_id=person.contact_points.get().pk, now=now())
    imported(by, [line("Zoé", "Autre", email="victim@people.example", **PAPER)], consents=[agreement()])
    assert asked(days=800) == []
    assert WaitingAddress.objects.get().state == "passed"


def test_who_did_not_answer_a_paper_is_asked_by_no_file_before_a_year(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    ask_entered_address(person_id=on_paper(by, small_country).pk, now=now())
    imported(by, [line("Zoé", "Autre", email="victim@people.example", **PAPER)], consents=[agreement()])
    assert asked(days=1) == []


def test_a_question_of_a_paper_that_waits_does_not_leave_once_another_was_answered_by_no(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    one, other = on_paper(by, small_country), on_paper(by, small_country, "P-002")
    for person in (one, other):
        ask_entered_address(person_id=person.pk, now=now())
    deny_address(contact_point_id=one.contact_points.get().pk, now=now())
    waiting = Message.objects.get(purpose=ENTERED.name, person=other)
    assert messaging.deliver_message(message_id=waiting.pk, now=now()) == "refused"


def on_paper(by: User, country: SmallCountry, number: str = "P-001") -> Person:
    """Enter somebody by a paper on which the address of somebody else stands."""
    return services.enter_person(
        area_id=country.area("0101").pk,
        given_name="Odette",
        family_name="",
        contacts={Channel.EMAIL: "victim@people.example"},
        agrees_to={Channel.EMAIL: [RELAY_CONTACT.purpose]},
        paper_number=number,
        is_read_aloud=True,
        is_of_age=True,
        language="fr",
        by=by,
        now=now(),
    )


def test_nobody_is_asked_without_proof_or_within_the_first_hour(small_country: SmallCountry) -> None:
    imported(
        organiser_of(small_country),
        [line(email="n@people.example", **PAPER), line("Hugo", "Lamy", email="h@people.example", agreed="oui")],
        consents=[agreement()],
    )
    assert ask_imported_addresses(now=now()) == 0
    assert ask_imported_addresses(now=later()) == 1
    assert ask_imported_addresses(now=later()) == 0, "once"
    assert Message.objects.get().address == "n@people.example"


def test_a_big_file_is_asked_a_few_a_minute_and_leaves_room_for_a_small_one(
    small_country: SmallCountry, monkeypatch: pytest.MonkeyPatch
) -> None:
    by, other = organiser_of(small_country), organiser_of(small_country, "02")
    monkeypatch.setattr(asking, "ASKED_A_MINUTE", 4)
    monkeypatch.setattr(asking, "MOST_WAITING", 6)
    imported(by, [line(f"Nadia{n}", email=f"n{n}@people.example", **PAPER) for n in range(9)], consents=[agreement()])
    imported(other, [line("Zoé", "Libre", email="z@people.example", seat="0201", **PAPER)], consents=[agreement()])
    assert ask_imported_addresses(now=later()) == 3
    assert Message.objects.filter(address="z@people.example").exists()
    assert ask_imported_addresses(now=later()) == 4
    assert ask_imported_addresses(now=later()) == 0, "not more while the mail server has not taken these"
    Message.objects.update(status="sent")
    assert ask_imported_addresses(now=later()) == 3
    assert ask_imported_addresses(now=later()) == 0


def test_whoever_shares_an_address_in_one_file_is_asked_by_one_mail(small_country: SmallCountry) -> None:
    lines = [line("Ada", "Paire", "pair@people.example", **PAPER), line("Bob", "Paire", "pair@people.example", **PAPER)]
    imported(organiser_of(small_country), lines, consents=[agreement()])
    (text,) = asked()
    Client().post(links(text)[0], {"was": "me"})
    assert [agreed(person) for person in Person.objects.all()] == [True, True]


def test_an_address_that_did_not_answer_is_not_asked_again_before_a_year(small_country: SmallCountry) -> None:
    by = organiser_of(small_country)
    batch = imported(by, [line(email="n@people.example", **PAPER)], consents=[agreement()])
    assert len(asked()) == 1
    batch = undone(batch)
    assert not Person.objects.exists(), "a question is no act of theirs"
    imported(by, [line(email="n@people.example", **PAPER)], consents=[agreement()])
    assert asked(days=1) == []
    assert WaitingAddress.objects.get().state == "passed"
    assert "n@people.example" not in str(list(Suppression.objects.values())), "a fingerprint is kept, never the address"
    Import.objects.all().delete()
    Person.objects.all().delete()
    imported(by, [line(email="n@people.example", **PAPER)], consents=[agreement()])
    assert len(asked(days=ASKED_AGAIN_AFTER.days + 2)) == 1


def test_an_address_that_was_proved_here_counts_at_once(small_country: SmallCountry) -> None:
    person = make_person(email="n@people.example", area=small_country.area("0101"), given_name="Nadia", family_name="Ferhat")
    batch = imported(organiser_of(small_country), [line(email="n@people.example", **PAPER)], consents=[agreement()])
    assert agreed(person)
    assert (batch.counts["given"], batch.counts.get("waiting", 0), batch.counts.get("to_ask", 0)) == (1, 0, 0)
    assert asked() == []


def test_who_is_known_with_another_address_is_not_subscribed_at_it(small_country: SmallCountry) -> None:
    person = make_person(email="one@people.example", area=small_country.area("0101"), given_name="Nadia", family_name="Ferhat")
    batch = imported(
        organiser_of(small_country), [line(email="two@people.example", **PAPER)], consents=[agreement()], key=ImportKey.NAME_PLACE
    )
    assert not agreed(person)
    assert batch.counts["elsewhere"] == 1
    assert asked() == []


def test_what_was_taken_back_before_the_answer_stays_so(small_country: SmallCountry) -> None:
    imported(organiser_of(small_country), [line(email="n@people.example", **PAPER)], consents=[agreement()])
    person = Person.objects.get()
    (text,) = asked()
    services.withdraw_consent(person_id=person.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, source="tests", now=now())
    Client().post(links(text)[0], {"was": "me"})
    assert not agreed(person)


def test_what_was_proved_meanwhile_counts_without_a_question(small_country: SmallCountry) -> None:
    imported(organiser_of(small_country), [line(email="n@people.example", **PAPER)], consents=[agreement()])
    services.verify_contact_point(contact_point_id=ContactPoint.objects.get().pk, now=now())
    assert asked() == []
    assert agreed(Person.objects.get())


def test_who_said_yes_stays_when_the_file_is_undone(small_country: SmallCountry) -> None:
    batch = imported(
        organiser_of(small_country),
        [line(email="n@people.example", **PAPER), line("Hugo", "Lamy", "h@people.example", **PAPER)],
        consents=[agreement()],
    )
    for text in asked():
        Client().post(links(text)[0], {"was": "me"})
        break
    undone(batch)
    assert agreed(Person.objects.get())
    assert not WaitingAddress.objects.exists()
    assert consent_mismatches(limit=10) == []


def test_ones_file_says_what_waits(small_country: SmallCountry) -> None:
    imported(organiser_of(small_country), [line(email="n@people.example", **PAPER)], consents=[agreement()])
    person = Person.objects.get()
    assert export_of(person.pk, now=now())["people"]["waiting_addresses"] == [{"origin": ORIGIN, "asked_at": None}]
    services.erase_person(person_id=person.pk, now=now())
    assert not WaitingAddress.objects.exists()


@pytest.mark.parametrize("said", ["everything", "this purpose", "another purpose"])
def test_who_said_stop_is_asked_for_no_list_that_was_brought_in_before(small_country: SmallCountry, said: str) -> None:
    imported(organiser_of(small_country), [line(email="n@people.example", **PAPER)], consents=[agreement()])
    person = Person.objects.get()
    if said == "everything":
        stop_everything(record_id=person.pk, now=now())
    else:
        purpose = RELAY_CONTACT.purpose if said == "this purpose" else "people.area_news"
        services.withdraw_consent(person_id=person.pk, purpose=purpose, channel=Channel.EMAIL, source="tests", now=now())
    texts = asked()
    states = list(WaitingAddress.objects.values_list("state", flat=True))
    assert (len(texts), states) == ((1, ["asked"]) if said == "another purpose" else (0, ["passed"]))
    assert asked() == []
    assert not agreed(person)


def test_a_question_that_has_not_left_when_somebody_says_stop_leaves_no_more(small_country: SmallCountry) -> None:
    imported(organiser_of(small_country), [line(email="n@people.example", **PAPER)], consents=[agreement()])
    person = Person.objects.get()
    ask_imported_addresses(now=later())
    (question,) = Message.objects.filter(purpose=IMPORTED.name)
    stop_everything(record_id=person.pk, now=now())
    assert messaging.deliver_message(message_id=question.pk, now=now()) == "refused"
    assert mail.outbox == []
    assert WaitingAddress.objects.get().state == "passed"


def test_who_shares_the_address_of_somebody_who_said_stop_is_asked_still(small_country: SmallCountry) -> None:
    lines = [line(email="both@people.example", **PAPER), line(given="Yann", email="both@people.example", **PAPER)]
    imported(organiser_of(small_country), lines, consents=[agreement()])
    nadia, yann = Person.objects.get(given_name="Nadia"), Person.objects.get(given_name="Yann")
    stop_everything(record_id=nadia.pk, now=now())
    (text,) = asked()
    assert Client().post(links(text)[0], {"was": "me"}).status_code == 200
    assert (agreed(nadia), agreed(yann)) == (False, True)


def test_who_shares_an_address_is_asked_still_when_the_other_says_stop_before_the_question_leaves(small_country: SmallCountry) -> None:
    lines = [line(email="both@people.example", **PAPER), line(given="Yann", email="both@people.example", **PAPER)]
    imported(organiser_of(small_country), lines, consents=[agreement()])
    nadia, yann = Person.objects.get(given_name="Nadia"), Person.objects.get(given_name="Yann")
    ask_imported_addresses(now=later())
    stop_everything(record_id=nadia.pk, now=now())
    (question,) = Message.objects.filter(purpose=IMPORTED.name)
    assert messaging.deliver_message(message_id=question.pk, now=now()) == "sent"
    assert Client().post(links(str(mail.outbox[0].body))[0], {"was": "me"}).status_code == 200
    assert (agreed(nadia), agreed(yann)) == (False, True)
