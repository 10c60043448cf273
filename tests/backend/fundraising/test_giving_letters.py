"""The mail that thanks, and what comes of its link."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils.translation import override

from maillage.fundraising import services
from maillage.fundraising.domain.links import ADDRESS_LINK
from maillage.fundraising.domain.mentions import mentions_said
from maillage.fundraising.domain.news import DONATION_NEWS
from maillage.fundraising.domain.words import DonationState
from maillage.fundraising.models import Donation, Donor, Fund, FundText, MonthlyDonation
from maillage.fundraising.selectors.donations import token_of
from maillage.fundraising.selectors.funds import facts_of, rules_of
from maillage.fundraising.services.debits import tell_of_debit
from maillage.fundraising.services.giving_letters import debit_letter, received_letter, refused_debit_letter
from maillage.fundraising.services.payments import apply_payment
from maillage.fundraising.services.proof_letters import denied_letter
from maillage.journal.models import Job
from maillage.kernel import dates
from maillage.kernel.clock import now
from maillage.kernel.links import sign_link
from maillage.messaging.models import Message
from maillage.people import services as people
from maillage.people.domain import Channel
from maillage.people.models import ConsentState, ContactPoint, Person
from tests.backend.days import in_days
from tests.backend.fundraising.factories import make_donation, make_donor, make_fund, paid, settled
from tests.backend.fundraising.test_api_donations import give, wrong_fields

pytestmark = pytest.mark.django_db


def mail_of(donation, language="en"):
    message = Message.objects.get(purpose="fundraising.received", about_id=donation.pk)
    message.language = language
    with override(language):
        return received_letter(message)


def page_for(donor, *, days=30):
    return f"/en/give/address/{sign_link(ADDRESS_LINK, ids=[donor.pk], ends_at=now() + timedelta(days=days))}/"


def ticked(**fields):
    return make_donor(news=DONATION_NEWS.version, email="claire@people.example", **fields)


def is_agreed(person):
    return ConsentState.objects.filter(person=person, purpose=DONATION_NEWS.purpose, channel=Channel.EMAIL, is_given=True).exists()


def test_whoever_gave_is_thanked_once_by_mail():
    fund = make_fund()
    FundText.objects.filter(fund=fund, language="en").update(thanks="Your fuel takes us to Crest.")
    donation = settled(fund, amount=5000)
    apply_payment(donation_id=donation.pk, payment=paid(donation, at=now()), seen=donation.version, now=now())
    letter = mail_of(donation)
    text = letter.plain()
    assert letter.subject == "Thank you: Common Shore has received your €50"
    assert "Your fuel takes us to Crest." in text
    assert "After tax, your donation costs you €17." in text
    assert "CNCCFP" in text
    assert "/en/give/thanks/" in text
    assert Message.objects.get(purpose="fundraising.received").address == "claire.dumontel@people.example"


@pytest.mark.parametrize("days", [0, 4], ids=["paid on the day it is due", "a debit, paid days later"])
def test_of_a_monthly_donation_the_first_alone_is_thanked_for(days):
    fund, donor, today = make_fund(), make_donor(), in_days()
    due_on = today - timedelta(days=days)
    monthly = MonthlyDonation.objects.create(fund=fund, donor=donor, amount=1000, currency="eur", day=5)
    first = settled(fund, amount=1000, donor=donor, monthly=monthly, due_on=due_on, key="of a browser")
    settled(fund, amount=1000, donor=donor, monthly=monthly, due_on=due_on + timedelta(days=31), key=None)
    settled(fund, amount=1000, donor=donor, monthly=monthly, due_on=today + timedelta(days=62), key=None)
    assert Message.objects.filter(purpose="fundraising.received").count() == 1
    assert "/en/monthly/" in mail_of(first).plain()


def test_who_proved_their_address_is_not_asked_for_it():
    assert "/en/give/address/" in mail_of(settled()).plain()
    assert "/en/give/address/" not in mail_of(settled(donor=make_donor(proved_at=now()))).plain()


def test_a_fund_that_asks_for_nothing_any_more_is_not_led_to():
    letter = mail_of(settled(make_fund(code="over", closed_at=now())))
    assert "/give/over/" not in letter.plain()


def test_looking_changes_nothing_and_a_post_proves():
    donor = ticked()
    page = page_for(donor)
    assert "Is this address yours?" in Client().get(page).text
    assert Donor.objects.get().proved_at is None
    assert Client().post(page, {"was": "perhaps"}).status_code == 302
    assert Donor.objects.get().proved_at is None
    assert "Your address is confirmed." in Client().post(page, {"was": "me"}, follow=True).text
    assert Donor.objects.get().proved_at is not None


def test_what_was_ticked_counts_once_the_address_is_proved():
    donor = ticked()
    assert not Person.objects.exists()
    services.prove_donor(donor_id=donor.pk, now=now())
    services.prove_donor(donor_id=donor.pk, now=now())
    person = Person.objects.get()
    assert is_agreed(person)
    assert Donor.objects.get().person == person
    assert Donor.objects.get().news == ""
    assert ContactPoint.objects.get(person=person).verified_at is not None


def test_who_ticked_nothing_is_not_made_known():
    services.prove_donor(donor_id=make_donor().pk, now=now())
    assert not Person.objects.exists()


def test_who_is_known_already_agrees_as_themself():
    meeting = people.meet_person(given_name="Claire", family_name="Dumontel", email="claire@people.example", language="fr", now=now())
    people.verify_contact_point(contact_point_id=meeting.contact_point.pk, now=now())
    services.prove_donor(donor_id=ticked().pk, now=now())
    assert Person.objects.count() == 1
    assert is_agreed(meeting.person)


def test_whoever_was_not_meant_is_forgotten_and_the_donation_stays():
    donation = settled(donor=ticked())
    page = page_for(donation.donor)
    for _twice in range(2):
        assert "In a week your address is forgotten." in Client().post(page, {"was": "not-me"}, follow=True).text
    assert Donor.objects.get().email == donation.donor.email
    (job,) = Job.objects.filter(name="fundraising.forget_address")
    assert timedelta(days=6) < job.run_at - now() < timedelta(days=8)
    services.forget_address(donor_id=donation.donor_id, now=now())
    donation.refresh_from_db()
    assert (donation.donor.email, donation.donor.news, donation.state) == ("", "", DonationState.SETTLED)
    assert "Your address is forgotten." in Client().post(page, {"was": "not-me"}, follow=True).text


def test_whoever_holds_a_forwarded_mail_does_not_cut_off_who_gave():
    donor = settled(donor=ticked()).donor
    for _twice in range(2):
        Client().post(page_for(donor), {"was": "not-me"})
    (message,) = Message.objects.filter(purpose="fundraising.address_denied", address=donor.email)
    keep = re.search(r"/give/address/[^\s]+", denied_letter(message).plain())
    assert Client().post(f"/en{keep.group()}", {"was": "me"}).status_code == 302
    services.forget_address(donor_id=donor.pk, now=now() + timedelta(days=7))
    assert Donor.objects.get().email == donor.email


def test_the_page_names_nobody_and_its_link_ends():
    donor = ticked(given_name="Zoltana", family_name="Quiroz")
    html = Client().get(page_for(donor)).text
    assert "Zoltana" not in html
    assert "Quiroz" not in html
    assert Client().get(page_for(donor, days=-1)).status_code == 410
    assert Client().get("/en/give/address/x/").status_code == 404


def test_the_box_is_kept_with_its_words_and_no_others():
    fund = make_fund()
    assert give(fund, donor={"news": DONATION_NEWS.version}).status_code == 201
    assert Donor.objects.get().news == DONATION_NEWS.version
    assert wrong_fields(give(fund, donor={"news": "an_older_one.1"})) == {"news"}
    assert not Person.objects.exists()


def test_an_unpaid_donation_is_not_thanked_for():
    make_donation(state=DonationState.PROCESSING)
    assert not Message.objects.exists()


def test_a_debit_is_told_before_it_is_taken_with_what_its_mandate_names(place):
    Fund.objects.update(creditor_id="FR72ZZZ123456")
    donation = place.pay(place.donation(2500), "pm_success_fr")
    assert donation.state == DonationState.PROCESSING
    for _twice in range(2):
        tell_of_debit(donation_id=donation.pk, now=now())
    donation.refresh_from_db()
    reference = donation.mandate_reference
    assert reference
    assert donation.debit_on > in_days()
    message = Message.objects.get(purpose="fundraising.debit_told", about_id=donation.pk)
    with override("en"):
        said = debit_letter(message).plain()
        day = dates.dated(donation.debit_on, donation.fund.time_zone)
    for each in (reference, "FR72ZZZ123456", donation.fund.legal_name, "€25", "told to you 2 days before", day):
        assert each in said
    assert reference in Client().get(f"/en/give/thanks/{token_of(donation)}/").text
    place.stripe.move(working_days=10)
    place.hear()
    donation.refresh_from_db()
    with pytest.raises(LookupError):
        debit_letter(message)
    assert reference in mail_of(donation).plain()


def test_a_debit_that_its_bank_refuses_is_told_once_with_why_and_how_to_give_again(place):
    donation = place.pay(place.donation(2500), "pm_failed_fr")
    place.stripe.move(working_days=10)
    for _twice in range(2):
        place.hear()
    donation.refresh_from_db()
    assert donation.state == DonationState.FAILED
    message = Message.objects.get(purpose="fundraising.debit_refused", about_id=donation.pk)
    with override("en"):
        said = refused_debit_letter(message).plain()
        mentions = mentions_said(rules_of(place.fund, now()), facts_of(place.fund))
    for each in ("€25", "Nothing was taken.", "without saying why", f"/give/{place.fund.code}/", *mentions):
        assert each in said
    Donation.objects.update(state=DonationState.SETTLED, settled_at=now())
    with pytest.raises(LookupError):
        refused_debit_letter(message)
