"""A donor's own page of a monthly donation: a link alone pauses and stops, a code shows and changes the rest."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client

from maillage.fundraising import services
from maillage.fundraising.domain.card_testing import OF_DEVICE
from maillage.fundraising.domain.links import CONFIRM_LINK, MONTHLY_LINK, UNDO_LINK
from maillage.fundraising.domain.words import DonationState, MonthlyState, MonthlyStepKind
from maillage.fundraising.models import Donation, Donor, MonthlyDonation, MonthlyStep, PaymentAttempt
from maillage.fundraising.services import monthly_means, payments
from maillage.fundraising.services.monthly_changes import BY_LINK
from maillage.fundraising.services.monthly_letters import own_page
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Forbidden
from maillage.kernel.links import sign_link
from maillage.kernel.sealing import unseal
from maillage.messaging.models import Message
from tests.backend.days import in_days
from tests.backend.fundraising.factories import DECLARED, make_donation
from tests.backend.fundraising.monthly_world import Bank, complete, due_of, make_bank, monthly_paid_by, noon, run_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def bank(stripe_account, settings) -> Bank:
    return make_bank(stripe_account, settings)


@pytest.fixture
def monthly(bank: Bank) -> MonthlyDonation:
    made = monthly_paid_by(bank)
    complete(made)
    Message.objects.all().delete()
    return made


def page_of(monthly: MonthlyDonation, language: str = "en") -> str:
    return urlsplit(own_page(monthly, language=language, at=now())).path


def prove(client: Client, monthly: MonthlyDonation) -> str:
    """Type the code that came to the donor's mailbox; return the page's address."""
    page = page_of(monthly)
    assert client.post(page, {"do": "send-code"}).status_code == 302
    mail = Message.objects.filter(purpose="fundraising.proof_code").latest("queued_at")
    assert mail.address == DECLARED.email
    assert client.post(page, {"do": "code", "code": unseal(bytes(mail.secret))}).status_code == 302
    return page


def at_the_cap(bank: Bank, monthly: MonthlyDonation) -> None:
    """Let its donor have given what the law allows."""
    years = {now().year, due_of(monthly).year}
    for year in years:
        at = now().replace(year=year, day=1)
        make_donation(bank.fund, amount=749_500, state=DonationState.SETTLED, donor=monthly.donor, at=at)


def told() -> list[str]:
    steps = Message.objects.filter(purpose="fundraising.monthly").order_by("queued_at").values_list("about_id", flat=True)
    return [MonthlyStep.objects.get(pk=pk).kind for pk in steps]


def said(response) -> str:
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_link_shows_no_name_amount_or_card(client: Client, monthly: MonthlyDonation, language: str):
    response = client.get(page_of(monthly, language))
    assert response.status_code == 200
    monthly.refresh_from_db()
    hidden = [DECLARED.given_name, DECLARED.family_name, DECLARED.email, monthly.method_label, monthly.method_label[-4:], "10 €", "€10"]
    assert not [each for each in hidden if each in said(response)]
    assert "no-referrer" in said(response)
    assert "no-store" in response["Cache-Control"] or "no-cache" in response["Cache-Control"]


def test_looking_changes_nothing(client: Client, monthly: MonthlyDonation):
    before = MonthlyDonation.objects.values().get()
    for extra in ("", "?code=sent", "?do=stop", "?setup_intent=seti_1"):
        client.get(page_of(monthly) + extra)
    assert MonthlyDonation.objects.values().get() == before
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("sent", "state", "kind"),
    [
        ({"do": "stop"}, MonthlyState.STOPPED, "stopped"),
        ({"do": "pause-for-good"}, MonthlyState.PAUSED, "paused"),
        ({"do": "pause", "until": (now() + timedelta(days=60)).date().isoformat()}, MonthlyState.PAUSED, "paused"),
    ],
)
def test_a_forwarded_link_pauses_and_stops_and_its_donor_undoes_it(client: Client, monthly: MonthlyDonation, sent, state, kind):
    due_on = due_of(monthly)
    for _twice in range(2):
        assert client.post(page_of(monthly), sent).status_code == 302
    monthly.refresh_from_db()
    assert (monthly.state, monthly.next_on) == (state, None)
    assert told() == [kind]
    step = MonthlyStep.objects.get(kind=kind)
    undo = f"/en/monthly-undo/{sign_link(UNDO_LINK, ids=[step.pk], ends_at=step.undo_until)}/"
    assert client.get(undo).status_code == 200
    assert MonthlyDonation.objects.get().state == state, "reading undoes nothing"
    for _twice in range(2):
        assert client.post(undo).status_code == 302
    monthly.refresh_from_db()
    assert (monthly.state, monthly.next_on, monthly.stopped_at) == (MonthlyState.ACTIVE, due_on, None)
    assert told() == [kind, "resumed"]
    assert "before" in said(client.get(undo))


def test_what_fell_due_while_it_was_stopped_is_not_taken_afterwards(monthly: MonthlyDonation, bank: Bank):
    due_on = due_of(monthly)
    at = noon(due_on - timedelta(days=2))
    step = services.stop_monthly(monthly_id=monthly.pk, hand=BY_LINK, now=at)
    services.undo_change(step_id=step.pk, now=at + timedelta(days=5))
    assert due_of(monthly) > due_on
    assert run_all(at + timedelta(days=5)) == []


def test_one_that_was_stopped_while_it_was_tried_again_goes_on_once_that_is_undone(monthly: MonthlyDonation, bank: Bank):
    due_on = due_of(monthly)
    at = noon(due_on - timedelta(days=9))
    MonthlyDonation.objects.update(state=MonthlyState.FAILING, tries=1)
    step = services.stop_monthly(monthly_id=monthly.pk, hand=BY_LINK, now=at)
    services.undo_change(step_id=step.pk, now=at)
    assert len(run_all(noon(due_on))) == 1
    assert len(bank.charges()) == 2


def test_one_that_was_stopped_before_its_first_payment_came_is_not_begun_by_an_undo(bank: Bank, monkeypatch):
    monkeypatch.setattr(payments, "held_for", lambda *_args, **_more: None)  # the cards of the stand-in that ask are foreign
    monthly = monthly_paid_by(bank, "pm_card_authenticationRequired")
    step = services.stop_monthly(monthly_id=monthly.pk, hand=BY_LINK, now=now())
    donation = Donation.objects.get()
    bank.account.prove(donation.intent)
    assert services.look_again(donation_id=donation.pk, now=now()).state == DonationState.SETTLED
    with pytest.raises(Conflict):
        services.undo_change(step_id=step.pk, now=now())
    assert MonthlyDonation.objects.get().state == MonthlyState.STOPPED


@pytest.mark.parametrize(
    ("means", "control", "reason", "stops"),
    [
        ("pm_card_fr", "disputes", "fraudulent", True),
        ("pm_success_fr", "returns", "debit_not_authorized", True),
        ("pm_success_fr", "returns", "insufficient_funds", False),
    ],
)
def test_one_of_which_a_bank_took_a_payment_back_for_its_customer_stops_and_is_told_once(bank: Bank, means, control, reason, stops):
    monthly = monthly_paid_by(bank, means)
    bank.account.move(working_days=4)
    donation = services.look_again(donation_id=Donation.objects.get().pk, now=now())
    bank.account.control(control, {"charge": donation.charge, "reason": reason})
    for _twice in range(2):
        services.follow_given_back(donation_id=donation.pk, now=now())
    donation.refresh_from_db()
    monthly.refresh_from_db()
    assert donation.refunded == donation.amount
    assert (monthly.state, told()) == ((MonthlyState.STOPPED, ["stopped"]) if stops else (MonthlyState.ACTIVE, []))


def test_an_undo_is_too_late_after_a_week_and_after_another_change(client: Client, monthly: MonthlyDonation):
    client.post(page_of(monthly), {"do": "pause-for-good"})
    first = MonthlyStep.objects.get(kind=MonthlyStepKind.PAUSED)
    client.post(page_of(monthly), {"do": "stop"})
    undo = f"/en/monthly-undo/{sign_link(UNDO_LINK, ids=[first.pk], ends_at=first.undo_until)}/"
    assert client.post(undo).status_code == 409
    MonthlyStep.objects.filter(kind="stopped").update(undone_at=now())
    MonthlyStep.objects.filter(pk=first.pk).update(undo_until=now() - timedelta(seconds=1))
    assert client.post(undo).status_code == 409
    old = f"/en/monthly-undo/{sign_link(UNDO_LINK, ids=[first.pk], ends_at=now() - timedelta(seconds=1))}/"
    assert client.get(old).status_code == 410


@pytest.mark.parametrize("do", ["amount", "day", "means", "finish"])
def test_a_link_alone_changes_no_amount_day_or_card(client: Client, monthly: MonthlyDonation, do: str):
    before = MonthlyDonation.objects.values().get()
    response = client.post(
        page_of(monthly), {"do": do, "amount": "20", "day": "9", "confirmation_token": "ctoken_12345678", "proof": "seti_1"}
    )
    assert response.status_code == 403
    assert MonthlyDonation.objects.values().get() == before


def test_the_code_of_one_donor_opens_no_page_of_another(client: Client, monthly: MonthlyDonation, bank: Bank):
    prove(client, monthly)
    other = monthly_paid_by(bank, email="somebody.else@people.example")
    client.cookies["monthly_proof"]["path"] = "/"
    assert client.post(page_of(other), {"do": "day", "day": "9"}).status_code == 403


def test_a_wrong_code_shows_nothing(client: Client, monthly: MonthlyDonation):
    page = page_of(monthly)
    client.post(page, {"do": "send-code"})
    response = client.post(page, {"do": "code", "code": "0000-0000"})
    assert response.status_code == 400
    assert "monthly_proof" not in response.cookies
    assert "typed-code" in said(response)


def test_whoever_typed_the_code_sees_and_changes_all(client: Client, monthly: MonthlyDonation):
    page = prove(client, monthly)
    monthly.refresh_from_db()
    shown = said(client.get(page))
    for each in (DECLARED.given_name, "€10", monthly.method_label):
        assert each in shown
    assert client.post(page, {"do": "amount", "amount": "7.50"}).status_code == 302
    assert client.post(page, {"do": "day", "day": "20"}).status_code == 302
    monthly.refresh_from_db()
    assert (monthly.amount, monthly.day, monthly.next_on.day) == (750, 20, 20)
    assert monthly.next_on >= in_days(15)
    assert [each for each in told() if each != "begun"] == ["amount_changed", "day_changed"]
    assert Donor.objects.get(pk=monthly.donor_id).proved_at is not None


@pytest.mark.parametrize("amount", ["0", "-5", "abc", "1000000", "0.5", "12.345", ""])
def test_an_impossible_amount_is_told_beside_its_field(client: Client, monthly: MonthlyDonation, amount: str):
    page = prove(client, monthly)
    response = client.post(page, {"do": "amount", "amount": amount})
    assert response.status_code == 400
    assert "amount-error" in said(response)
    assert MonthlyDonation.objects.get().amount == 1000


@pytest.mark.parametrize("day", ["0", "29", "x", "-1", ""])
def test_an_impossible_day_is_told_beside_its_field(client: Client, monthly: MonthlyDonation, day: str):
    page = prove(client, monthly)
    assert client.post(page, {"do": "day", "day": day}).status_code == 400
    assert MonthlyDonation.objects.get().day == 5


def test_a_raised_amount_passes_no_cap(client: Client, monthly: MonthlyDonation):
    page = prove(client, monthly)
    response = client.post(page, {"do": "amount", "amount": "700"})
    assert response.status_code == 400
    assert MonthlyDonation.objects.get().amount == 1000


def test_amounts_of_a_monthly_donation_are_not_halved_until_one_knows_what_somebody_gave(client: Client, monthly: MonthlyDonation):
    page = prove(client, monthly)
    answers = [client.post(page, {"do": "amount", "amount": amount}) for amount in ("7000", "5000", "3000", "11")]
    assert [answer.status_code for answer in answers] == [400] * 4
    assert ["often" in said(answer) for answer in answers] == [False] * 3 + [True]
    assert client.post(page, {"do": "amount", "amount": "8"}).status_code == 302, "less is never refused"
    assert MonthlyDonation.objects.get().amount == 800


def test_a_raised_amount_is_authenticated_by_the_bank(client: Client, bank: Bank):
    monthly = monthly_paid_by(bank)
    attached = bank.account.client.v1.payment_methods.attach("pm_card_authenticationRequired", {"customer": monthly.customer})
    MonthlyDonation.objects.filter(pk=monthly.pk).update(payment_method=attached.id)
    page = prove(client, monthly)
    away = client.post(page, {"do": "amount", "amount": "20"})
    assert away.status_code == 302
    intent = away["Location"].rpartition("/")[2]
    assert intent.startswith("seti_")
    assert MonthlyDonation.objects.get().amount == 1000
    assert client.post(page, {"do": "finish", "proof": intent}).status_code == 400, "the bank has not agreed"
    bank.account.prove(intent)
    assert "setup_intent" not in said(client.get(page))
    assert intent in said(client.get(f"{page}?setup_intent={intent}"))
    for _twice in range(2):
        assert client.post(page, {"do": "finish", "proof": intent}).status_code == 302
    assert MonthlyDonation.objects.get().amount == 2000
    assert told().count("amount_changed") == 1


def test_another_card_whose_bank_asks_pays_once_it_agreed(client: Client, monthly: MonthlyDonation, bank: Bank, monkeypatch):
    monkeypatch.setattr(monthly_means, "held_for", lambda *_args, **_more: None)  # the cards of the stand-in that ask are foreign
    page = prove(client, monthly)
    away = client.post(page, {"do": "means", "confirmation_token": bank.token("pm_card_authenticationRequired")})
    intent = away["Location"].rpartition("/")[2]
    assert intent.startswith("seti_")
    assert MonthlyDonation.objects.get().payment_method == monthly.payment_method
    bank.account.prove(intent)
    assert client.post(page, {"do": "finish", "proof": intent}).status_code == 302
    assert MonthlyDonation.objects.get().payment_method != monthly.payment_method


def test_whoever_was_refused_often_still_gives_another_card(client: Client, monthly: MonthlyDonation, bank: Bank, monkeypatch):
    monkeypatch.setattr(monthly_means, "held_for", lambda *_args, **_more: None)  # the cards of the stand-in that ask are foreign
    page = prove(client, monthly)
    for amount in ("7000", "5000", "3000"):
        assert client.post(page, {"do": "amount", "amount": amount}).status_code == 400
    away = client.post(page, {"do": "means", "confirmation_token": bank.token("pm_card_authenticationRequired")})
    intent = away["Location"].rpartition("/")[2]
    bank.account.prove(intent)
    assert client.post(page, {"do": "finish", "proof": intent}).status_code == 302
    assert MonthlyDonation.objects.get().payment_method != monthly.payment_method


@pytest.mark.parametrize("proof", ["", "seti_unknown", "../customers", "pi_1"])
def test_a_proof_that_is_none_changes_nothing(client: Client, monthly: MonthlyDonation, proof: str):
    page = prove(client, monthly)
    assert client.post(page, {"do": "finish", "proof": proof}).status_code == 400
    assert MonthlyDonation.objects.get().amount == 1000


def test_what_was_proved_for_one_changes_no_other(client: Client, bank: Bank):
    monthly, other = monthly_paid_by(bank), monthly_paid_by(bank)
    attached = bank.account.client.v1.payment_methods.attach("pm_card_authenticationRequired", {"customer": monthly.customer})
    MonthlyDonation.objects.filter(pk=monthly.pk).update(payment_method=attached.id)
    begun = services.ask_for_amount(monthly_id=monthly.pk, amount=2000, return_url="https://maillage.example/", hand=BY_LINK, now=now())
    bank.account.prove(begun.id)
    page = prove(client, other)
    assert client.post(page, {"do": "finish", "proof": begun.id}).status_code == 400
    assert set(MonthlyDonation.objects.values_list("amount", flat=True)) == {1000}


def test_another_card_pays_from_now_on(client: Client, monthly: MonthlyDonation, bank: Bank):
    page = prove(client, monthly)
    former = MonthlyDonation.objects.get()
    assert client.post(page, {"do": "means", "confirmation_token": bank.token("pm_card_visa_cartesBancaires")}).status_code == 302
    monthly.refresh_from_db()
    assert monthly.payment_method != former.payment_method
    step = MonthlyStep.objects.get(kind="means_changed")
    services.complete_monthly(step_id=step.pk, now=now())
    monthly.refresh_from_db()
    assert monthly.method_label.endswith("1001")
    assert told()[-1] == "means_changed"
    run_all(noon(due_of(monthly)))
    assert Donation.objects.get(key=None).state == DonationState.SETTLED


def test_whoever_holds_a_mail_undoes_no_amount_and_is_led_to_the_page_with_the_code(client: Client, monthly: MonthlyDonation):
    assert client.post(prove(client, monthly), {"do": "amount", "amount": "20"}).status_code == 302
    step = MonthlyStep.objects.get(kind=MonthlyStepKind.AMOUNT_CHANGED)
    undo = f"/en/monthly-undo/{sign_link(UNDO_LINK, ids=[step.pk], ends_at=now() + timedelta(days=7))}/"
    answer = Client().post(undo)
    assert (answer.status_code, "/en/monthly/" in answer["Location"]) == (302, True)
    with pytest.raises(Forbidden):
        services.undo_change(step_id=step.pk, now=now())
    assert MonthlyDonation.objects.get().amount == 2000


def test_another_card_lets_a_failing_one_go_on_today(client: Client, monthly: MonthlyDonation, bank: Bank):
    failing = bank.account.client.v1.payment_methods.attach("pm_card_chargeCustomerFail", {"customer": monthly.customer})
    MonthlyDonation.objects.filter(pk=monthly.pk).update(payment_method=failing.id)
    due_on = due_of(monthly)
    run_all(noon(due_on))
    at = noon(due_on + timedelta(days=1))
    token = bank.token("pm_card_visa_cartesBancaires")
    services.ask_for_means(monthly_id=monthly.pk, token=token, return_url="https://maillage.example/", hand=BY_LINK, now=at)
    run_all(at)
    assert Donation.objects.get(key=None).state == DonationState.SETTLED
    assert MonthlyDonation.objects.get().state == MonthlyState.ACTIVE


@pytest.mark.parametrize(("former", "other"), [("pm_card_chargeCustomerFail", "pm_success_fr"), ("pm_success_fr", "pm_card_fr")])
def test_an_account_instead_of_a_card_that_failed_is_debited_next_month(client: Client, bank: Bank, former: str, other: str):
    monthly = monthly_paid_by(bank) if "card" in former else monthly_paid_by(bank, former)
    complete(monthly)
    if "card" in former:
        failing = bank.account.client.v1.payment_methods.attach(former, {"customer": monthly.customer})
        MonthlyDonation.objects.filter(pk=monthly.pk).update(payment_method=failing.id)
        run_all(noon(due_of(monthly)))
    else:
        MonthlyDonation.objects.update(state=MonthlyState.FAILING, retry_on=due_of(monthly))
    at = noon(MonthlyDonation.objects.get().retry_on - timedelta(days=1))
    services.ask_for_means(monthly_id=monthly.pk, token=bank.token(other), return_url="https://maillage.example/", hand=BY_LINK, now=at)
    monthly.refresh_from_db()
    assert (monthly.state, monthly.retry_on, monthly.method) == (MonthlyState.ACTIVE, None, "sepa_debit" if "success" in other else "card")
    run_all(at)
    due_on = due_of(monthly)
    run_all(noon(due_on - timedelta(days=2)))
    assert len(run_all(noon(due_on))) == 1
    assert Donation.objects.get(due_on=due_on).state in (DonationState.PROCESSING, DonationState.SETTLED)
    assert MonthlyDonation.objects.get().state == MonthlyState.ACTIVE


def test_another_account_is_debited_only_once_that_was_told(monthly: MonthlyDonation, bank: Bank):
    MonthlyDonation.objects.update(state=MonthlyState.FAILING, method="sepa_debit", retry_on=due_of(monthly))
    at = noon(due_of(monthly))
    services.ask_for_means(monthly_id=monthly.pk, token=bank.token("pm_success_fr"), return_url="https://x.example/", hand=BY_LINK, now=at)
    assert MonthlyDonation.objects.get().retry_on == at.date() + timedelta(days=2)
    assert MonthlyStep.objects.get(kind="means_changed").goes_on_on == at.date() + timedelta(days=2)


def test_cards_are_not_tested_as_another_card(client: Client, monthly: MonthlyDonation, bank: Bank, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(monthly_means, "held_for", lambda *_args, **_more: None)  # the cards that the stand-in declines are foreign
    page = prove(client, monthly)
    most = next(each.most for each in OF_DEVICE if each.declined)
    for number in range(most):
        token = bank.token(("pm_card_chargeDeclinedLostCard", "pm_card_chargeDeclinedStolenCard")[number % 2])
        assert client.post(page, {"do": "means", "confirmation_token": token}).status_code == 400
    tries = PaymentAttempt.objects.filter(donation__monthly=monthly, was_declined=True)
    assert {(each.outcome, bool(each.network), bool(each.fingerprint)) for each in tries} == {
        ("lost_card", True, True),
        ("stolen_card", True, True),
    }
    assert tries.count() == most
    assert client.post(page, {"do": "means", "confirmation_token": bank.token("pm_card_fr")}).status_code == 429
    assert MonthlyDonation.objects.get().payment_method == monthly.payment_method


@pytest.mark.parametrize("means", ["pm_card_mastercard_prepaid", "pm_card_de"])
def test_a_card_that_the_treasurer_would_look_at_does_not_replace_another(client: Client, monthly: MonthlyDonation, bank: Bank, means: str):
    page = prove(client, monthly)
    response = client.post(page, {"do": "means", "confirmation_token": bank.token(means)})
    assert response.status_code == 400
    assert MonthlyDonation.objects.get().payment_method == monthly.payment_method


def test_a_bank_that_asks_is_answered_by_the_link_of_the_mail(client: Client, monthly: MonthlyDonation, bank: Bank):
    asking = bank.account.client.v1.payment_methods.attach("pm_card_authenticationRequired", {"customer": monthly.customer})
    MonthlyDonation.objects.filter(pk=monthly.pk).update(payment_method=asking.id)
    due_on = due_of(monthly)
    run_all(noon(due_on))
    donation = Donation.objects.get(key=None)
    page = f"/en/monthly-confirm/{sign_link(CONFIRM_LINK, ids=[donation.pk], ends_at=now() + timedelta(days=9))}/"
    shown = client.get(page)
    assert shown.status_code == 200
    assert "€10" not in said(shown)
    for agreed in (False, True):
        away = client.post(page)
        assert (away.status_code, away["Location"].rpartition("/")[2]) == (302, Donation.objects.get(key=None).intent)
        assert Donation.objects.get(key=None).state == DonationState.CONFIRMING
        bank.account.prove(donation.intent or Donation.objects.get(key=None).intent, agreed=agreed)
        back = client.get(f"{page}?payment_intent={Donation.objects.get(key=None).intent}")
        assert back.status_code == 200
        assert Donation.objects.get(key=None).state == (DonationState.SETTLED if agreed else DonationState.FAILED)
    monthly.refresh_from_db()
    assert (monthly.state, monthly.tries, monthly.retry_on) == (MonthlyState.ACTIVE, 0, None)
    assert len(bank.charges()) == 2
    assert client.post(page).status_code == 302
    assert len(bank.charges()) == 2


def test_a_link_alone_says_nothing_of_what_the_law_still_allows(client: Client, monthly: MonthlyDonation, bank: Bank):
    Donor.objects.filter(pk=monthly.donor_id).update(proved_at=now())
    due_on = due_of(monthly)
    at_the_cap(bank, monthly)
    assert client.post(page_of(monthly), {"do": "pause-for-good"}).status_code == 302
    step = MonthlyStep.objects.get(kind=MonthlyStepKind.PAUSED)
    undo = f"/en/monthly-undo/{sign_link(UNDO_LINK, ids=[step.pk], ends_at=step.undo_until)}/"
    assert client.post(undo).status_code == 302
    assert client.post(page_of(monthly), {"do": "pause-for-good"}).status_code == 302
    assert client.post(page_of(monthly), {"do": "resume"}).status_code == 302
    assert run_all(noon(due_on)) == []
    assert len(bank.charges()) == 1
    assert told()[-1] == "capped"
    MonthlyDonation.objects.update(state=MonthlyState.PAUSED, next_on=None)
    answer = client.post(prove(client, monthly), {"do": "resume"})
    assert (answer.status_code, "€7,500" in said(answer)) == (400, True)


def test_a_bank_is_not_asked_by_link_beyond_the_cap_and_nothing_is_said_of_it(client: Client, monthly: MonthlyDonation, bank: Bank):
    Donor.objects.filter(pk=monthly.donor_id).update(proved_at=now())
    asking = bank.account.client.v1.payment_methods.attach("pm_card_authenticationRequired", {"customer": monthly.customer})
    MonthlyDonation.objects.filter(pk=monthly.pk).update(payment_method=asking.id)
    run_all(noon(due_of(monthly)))
    at_the_cap(bank, monthly)
    donation = Donation.objects.get(key=None)
    page = f"/en/monthly-confirm/{sign_link(CONFIRM_LINK, ids=[donation.pk], ends_at=now() + timedelta(days=9))}/"
    answer = client.post(page)
    assert (answer.status_code, "nothing to confirm" in said(answer), "law" in said(answer)) == (409, True, False)
    assert Donation.objects.get(key=None).state == DonationState.FAILED


@pytest.mark.parametrize("path", ["monthly", "monthly-undo", "monthly-confirm"])
def test_a_link_that_is_cut_or_old_says_so(client: Client, monthly: MonthlyDonation, path: str):
    assert client.get(f"/en/{path}/nonsense/").status_code == 404
    assert client.post(f"/en/{path}/nonsense/", {"do": "stop"}).status_code == 404
    old = sign_link(MONTHLY_LINK, ids=[monthly.pk], ends_at=now() - timedelta(seconds=1))
    assert client.get(f"/en/{path}/{old}/").status_code == (410 if path == "monthly" else 404)
    assert MonthlyDonation.objects.get().state == MonthlyState.ACTIVE


def test_who_was_forgotten_still_stops_by_an_old_link(client: Client, monthly: MonthlyDonation):
    Donor.objects.update(email="")
    assert client.post(page_of(monthly), {"do": "stop"}).status_code == 302
    assert MonthlyDonation.objects.get().state == MonthlyState.STOPPED
    assert not Message.objects.exists()
