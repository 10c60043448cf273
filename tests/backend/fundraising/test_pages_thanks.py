"""The page of one donation, by its link."""

from datetime import timedelta

import pytest
from django.test import Client

from maillage.fundraising import services
from maillage.fundraising.domain.links import DONATION_LINK_LASTS
from maillage.fundraising.domain.words import DonationState, HeldFor, MonthlyState
from maillage.fundraising.models import Donation, Fund, FundText, MonthlyDonation, OfficialReceipt
from maillage.fundraising.selectors.donations import token_of
from maillage.kernel.clock import now
from maillage.messaging.models import Message
from tests.backend.days import in_days
from tests.backend.fundraising.factories import association, make_donation, make_donor, make_fund, settled
from tests.backend.fundraising.reading import plain_text

pytestmark = pytest.mark.django_db

SAID = {
    DonationState.STARTED: ("is not paid yet", "Nothing was taken."),
    DonationState.CONFIRMING: ("Your bank asks you to confirm", "Without that nothing is taken."),
    DonationState.PROCESSING: ("is on its way", "14 business days"),
    DonationState.HELD: ("waits for the treasurer", "Nothing is taken before a human has looked."),
    DonationState.SETTLED: ("has been received", "A mail confirms it."),
    DonationState.FAILED: ("was not paid", "There is not enough on this account"),
    DonationState.ENDED: ("was given up", "Nothing was taken."),
}


def page_of(donation: Donation) -> str:
    answer = Client().get(f"/en/give/thanks/{token_of(donation)}/")
    assert answer.status_code == 200, answer.content
    assert "no-store" in answer.headers["Cache-Control"]
    assert not answer.cookies
    return answer.text


@pytest.mark.parametrize("state", list(DonationState))
def test_each_state_is_said_with_what_comes_next(state):
    failure = "insufficient_funds" if state == DonationState.FAILED else ""
    text = plain_text(page_of(make_donation(amount=5000, state=state, failure=failure)))
    title, what = SAID[state]
    assert "€50" in text
    assert title in text
    assert what in text


@pytest.mark.parametrize("reason", list(HeldFor))
def test_it_says_why_a_card_waits(reason):
    text = plain_text(page_of(make_donation(state=DonationState.HELD, held_for=reason)))
    assert {"company": "may belong to a company", "prepaid": "prepaid one", "foreign": "another country"}[reason] in text


@pytest.mark.parametrize("state", list(DonationState))
def test_it_names_nobody_and_shows_no_card(state):
    donor = make_donor(
        given_name="Zoltana", family_name="Quiroz", email="zoltana@people.example", address_lines="9 rue Perdue", city="Ailleurs"
    )
    html = page_of(make_donation(state=state, donor=donor))
    for word in ("Zoltana", "Quiroz", "zoltana@", "rue Perdue", "Ailleurs", "4242"):
        assert word not in html


@pytest.mark.parametrize("state", list(DonationState))
def test_it_looks_again_while_something_may_change(state):
    html = page_of(make_donation(state=state))
    moves = state in (DonationState.STARTED, DonationState.CONFIRMING, DonationState.PROCESSING)
    assert ('http-equiv="refresh"' in html) is moves
    assert ('"isMoving": true' in html) is moves


@pytest.fixture
def several() -> list[Fund]:
    funds = [make_fund(code=code) for code in ("first", "agent", "third")]
    for fund in funds:
        FundText.objects.filter(fund=fund).update(name=f"The {fund.code}")
    return funds


def test_it_leads_on_to_whom_one_chose_to_give_next(several):
    chosen = Client().get("/en/give/?to=agent&to=first&to=third&ref=mail")
    assert chosen.headers["Location"] == "/en/give/first/?ref=mail&then=agent&then=third"
    page = f"/en/give/thanks/{token_of(settled(several[0]))}/?then=agent&then=third"
    assert 'href="/en/give/agent/?before=first&amp;then=third"' in Client().get(page).text
    assert 'href="/en/give/third/?before=first"' in Client().get(page.replace("then=agent", "then=nobody")).text
    unpaid = f"/en/give/thanks/{token_of(make_donation(several[0]))}/?then=agent"
    assert 'id="then"' not in Client().get(unpaid).text


def test_it_says_which_of_several_donations_it_is(several):
    first, agent, third = (f"/en/give/thanks/{token_of(settled(fund))}/" for fund in several)
    for page, said in (
        (f"{first}?then=agent&then=third", "Donation 1 of 3: The first. The next one, to The agent, is a donation of its own."),
        (f"{agent}?before=first&then=third", "Donation 2 of 3: The agent. The next one, to The third, is a donation of its own."),
        (f"{third}?before=first&before=agent", "Donation 3 of 3: The third. It is the last one."),
        (f"{third}?before=nobody&before=first&before=first", "Donation 2 of 2: The third. It is the last one."),
    ):
        assert said in plain_text(Client().get(page).text)
    for page in (first, f"{first}?then=first", f"{first}?before=nobody"):
        assert "Donation 1" not in plain_text(Client().get(page).text)


@pytest.mark.parametrize("state", [DonationState.FAILED, DonationState.ENDED])
def test_one_that_was_not_paid_leaves_the_next_one_to_be_given_all_the_same(several, state):
    page = f"/en/give/thanks/{token_of(make_donation(several[0], state=state))}/?then=agent"
    html = Client().get(page).text
    assert "changes nothing for the next one: you can give it now" in plain_text(html)
    assert 'href="/en/give/agent/?before=first"' in html
    assert 'href="/en/give/first/?then=agent"' in html


def test_what_was_not_paid_may_be_given_again():
    fund = make_fund(code="rive-commune")
    assert 'href="/en/give/rive-commune/"' in page_of(make_donation(fund, state=DonationState.FAILED))
    assert "Go back to the form" not in page_of(make_donation(fund, state=DonationState.SETTLED))


def test_the_fund_thanks_in_its_own_words_and_says_what_went_back():
    fund = make_fund()
    FundText.objects.filter(fund=fund, language="en").update(thanks="Your fuel takes us to Crest.")
    donation = settled(fund)
    assert "Your fuel takes us to Crest." in page_of(donation)
    Donation.objects.filter(pk=donation.pk).update(refunded=1200)
    assert "Of it, €12 went back to you." in plain_text(page_of(donation))


def test_who_gives_each_month_finds_how_to_stop():
    fund = make_fund()
    donor = make_donor()
    monthly = MonthlyDonation.objects.create(
        fund=fund, donor=donor, amount=1000, currency="eur", day=5, state=MonthlyState.ACTIVE, next_on=in_days(30)
    )
    donation = make_donation(fund, donor=donor, state=DonationState.SETTLED, monthly=monthly, due_on=in_days())
    html = page_of(donation)
    assert "You change, pause or stop it in two clicks" in plain_text(html)
    assert "/en/monthly/" in html


def test_the_receipt_of_a_political_donation_is_followed_to_its_official_number():
    donation = settled(make_fund())
    text = plain_text(page_of(donation))
    assert "Recorded: it stands in the list of donors." in text
    assert text.count("to come") == 2
    OfficialReceipt.objects.create(donation=donation, transmitted_at=now(), issued_at=now(), number="A2026-12345")
    text = plain_text(page_of(donation))
    assert "Issued by the commission, number A2026-12345." in text
    assert "to come" not in text
    assert "Mail me my receipt again" not in text


def test_the_paper_of_an_association_goes_to_the_mailbox_again_and_is_never_on_the_page():
    donation = settled(association())
    address = f"/en/give/thanks/{token_of(donation)}/"
    assert Client().post(address).status_code == 409
    services.make_receipt(donation_id=donation.pk, now=now())
    assert "Mail me my receipt again" in plain_text(page_of(donation))
    sent = Message.objects.filter(purpose="fundraising.receipt")
    before = sent.count()
    answer = Client().post(f"{address}?then=agent", follow=True)
    assert answer.redirect_chain == [(f"{address}?then=agent&sent=receipt#receipt", 302)]
    assert "on its way to the address that you gave" in plain_text(answer.text)
    assert "/receipt/" not in answer.text
    assert sent.count() == before + 1
    answers = [Client().post(address).status_code for _ in range(3)]
    assert (answers, sent.count()) == ([302, 302, 400], before + 3)
    Donation.objects.filter(pk=donation.pk).update(refunded=donation.amount)
    services.make_receipt(donation_id=donation.pk, now=now())
    assert "Mail me my receipt again" not in page_of(donation)


def test_a_link_that_was_changed_or_has_ended_says_so():
    assert Client().get("/en/give/thanks/x/").status_code == 404
    old = make_donation(at=now() - DONATION_LINK_LASTS - timedelta(days=1))
    assert Client().get(f"/en/give/thanks/{token_of(old)}/").status_code == 410


def test_it_is_for_no_search_engine_and_tells_no_other_site_its_address():
    html = page_of(make_donation())
    assert '<meta name="robots" content="noindex">' in html
    assert '<meta name="referrer" content="no-referrer">' in html
    assert "Disallow: /en/give/thanks/" in Client().get("/robots.txt").text
