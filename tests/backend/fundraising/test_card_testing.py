"""Stolen cards tried out: what an attack meets, and who goes on giving meanwhile."""

from contextlib import suppress
from datetime import timedelta
from itertools import count
from typing import Any

import pytest
from django.db.models import F

from maillage.accounts.domain import Role
from maillage.fundraising import services
from maillage.fundraising.domain.card_testing import ALARM_FROM, CLOSED_FOR, SAME_AMOUNT, Origin, is_attack
from maillage.fundraising.domain.payments import Means, Outcome, Payment
from maillage.fundraising.domain.words import DonationState, Method
from maillage.fundraising.gateways import stripe as gateway
from maillage.fundraising.models import Donation, NewCardsClosed, PaymentAttempt
from maillage.fundraising.services.card_testing import BLOCKED, TooManyTries, let_try, note_decline
from maillage.journal.models import Entry
from maillage.kernel.clock import now
from maillage.kernel.errors import Unavailable
from maillage.messaging.models import Message
from tests.backend.accounts.factories import make_granted
from tests.backend.fundraising.factories import make_donation, make_donor
from tests.backend.fundraising.standing import ELSEWHERE, RETURN, Place
from tests.backend.people.factories import make_person

numbers = count(1)


def tried(donation: Donation, *, card: str = "", declined: bool = True, at: Any = None, **fields: Any) -> None:
    PaymentAttempt.objects.create(
        donation=donation,
        token=f"ctoken_{next(numbers)}",
        fingerprint=card or f"card-{next(numbers)}",
        was_declined=declined,
        outcome="card_declined" if declined else "paid",
        at=at or now(),
        **fields,
    )


@pytest.fixture
def bank(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A provider that refuses every card that is no `good` one, and notes which it was asked about: 500 are many for a process."""
    asked: list[str] = []

    def means_of(keys: object, token: str) -> Means:
        return Means(id="", method=Method.CARD, label="", fingerprint=f"card-{token}", country="FR", funding="credit")

    def start_payment(keys: object, *, donation: str, amount: int, currency: str, methods: object, customer: str) -> Payment:
        return Payment(id=f"pi_{donation}", donation=donation, outcome=Outcome.OPEN, amount=amount, currency=currency)

    def confirm_payment(keys: object, *, intent: str, token: str, holds: bool, return_url: str) -> Payment:
        asked.append(token)
        donation = Donation.objects.get(pk=intent.removeprefix("pi_"))
        return Payment(
            id=intent,
            donation=str(donation.pk),
            outcome=Outcome.PROCESSING if "good" in token else Outcome.OPEN,
            amount=donation.amount,
            currency=donation.currency,
            decline="" if "good" in token else "card_declined",
        )

    for each in (means_of, start_payment, confirm_payment):
        monkeypatch.setattr(gateway, each.__name__, each)
    return asked


def attack(place: Place, cards: int, *, networks: int = 100, amounts: int = 1) -> int:
    """Try so many stolen cards, each for a donation of its own; say how many were stopped."""
    stopped = 0
    for number in range(cards):
        origin = Origin(network=f"network-{number % networks}", device=f"device-{number % networks}")
        donation = place.donation(200 + 100 * (number % amounts))
        try:
            services.pay_donation(donation_id=donation.pk, token=f"ctoken_stolen{number}", return_url=RETURN, now=now(), origin=origin)
        except (Unavailable, TooManyTries):
            stopped += 1
    return stopped


def test_five_hundred_cards_close_the_door_to_new_ones_and_ring_once(place: Place, bank: list[str], small_country: Any) -> None:
    country = small_country.country
    make_granted(Role.TREASURER, country)
    make_granted(Role.ADMINISTRATOR, country)
    assert attack(place, 500, amounts=7) >= 500 - ALARM_FROM - 1
    assert len(bank) <= ALARM_FROM + 1, "the banks were asked about a handful"
    assert Entry.objects.filter(name="new_cards.closed").count() == 1
    assert Message.objects.filter(purpose="fundraising.new_cards_closed").count() == 2


def test_one_amount_again_and_again_rings_sooner(place: Place, bank: list[str]) -> None:
    attack(place, 60)
    assert len(bank) <= SAME_AMOUNT + 1


def test_one_network_and_one_browser_are_stopped_before_that(place: Place, bank: list[str]) -> None:
    assert attack(place, 40, networks=1, amounts=40) >= 30
    assert len(bank) <= 8


def test_a_meeting_with_one_model_of_telephone_goes_on(place: Place) -> None:
    given = place.donation(state=DonationState.SETTLED, settled_at=now())
    mark = {"network": ELSEWHERE.network, "device": ELSEWHERE.device, "at": now()}
    PaymentAttempt.objects.bulk_create(PaymentAttempt(donation=given, token=f"ctoken_{number}", **mark) for number in range(100))
    let_try(place.donation(), token="ctoken_of_another", origin=ELSEWHERE, now=now())
    PaymentAttempt.objects.filter(token__in=[f"ctoken_{number}" for number in range(8)]).update(was_declined=True)
    with pytest.raises(TooManyTries):
        let_try(place.donation(), token="ctoken_of_another", origin=ELSEWHERE, now=now())


def test_a_card_that_was_declined_often_is_not_tried_again(place: Place, bank: list[str]) -> None:
    for _ in range(5):
        tried(place.donation(), card="card-ctoken_again")
    with pytest.raises(TooManyTries):
        services.pay_donation(donation_id=place.donation().pk, token="ctoken_again", return_url=RETURN, now=now())
    assert bank == []


def closed(place: Place) -> NewCardsClosed:
    return NewCardsClosed.objects.create(fund=place.fund, closed_at=now(), until=now() + CLOSED_FOR, tries=30, declined=28)


def test_meanwhile_proved_givers_and_debits_go_on_and_new_cards_read_why(place: Place) -> None:
    closed(place)
    with pytest.raises(Unavailable) as refused:
        place.pay(place.donation(), origin=ELSEWHERE)
    assert refused.value.code == "new_cards_closed"
    assert place.pay(place.donation(), "pm_success_fr").state == DonationState.PROCESSING
    person = make_person(given_name="Odile", email="odile@people.example")
    make_donation(place.fund, donor=make_donor(person=person, proved_at=now()), state=DonationState.SETTLED)
    again = place.donation(donor=make_donor(person=person, proved_at=now()))
    assert place.pay(again).state == DonationState.SETTLED
    unproved = place.donation(donor=make_donor(person=person))
    with pytest.raises(Unavailable):
        place.pay(unproved)
    assert place.stripe.client.v1.payment_intents.list().data[0].status == "succeeded"


def test_a_try_that_was_stopped_is_stopped_again_with_the_same_token(place: Place) -> None:
    closed(place)
    donation, token = place.donation(), place.token()
    for _ in range(2):
        with pytest.raises(Unavailable):
            place.pay(donation, token=token)
    services.open_new_cards(fund_id=place.fund.pk, by=None, now=now())
    assert place.pay(donation, token=token).state == DonationState.SETTLED


def test_it_opens_again_by_itself_though_honest_givers_keep_trying(place: Place) -> None:
    closing = closed(place)
    donation = place.donation()
    for minute in range(30):
        at = closing.closed_at + timedelta(minutes=minute)
        PaymentAttempt.objects.bulk_create(
            PaymentAttempt(donation=donation, token=f"ctoken_{next(numbers)}", outcome=BLOCKED, at=at) for _ in range(3)
        )
        services.watch_new_cards(now=at)
        assert NewCardsClosed.objects.filter(opened_at__isnull=True).exists()
    services.watch_new_cards(now=closing.until)
    closing.refresh_from_db()
    assert closing.opened_at == closing.until
    assert Entry.objects.filter(name="new_cards.opened").count() == 1


def test_an_attack_that_goes_on_closes_new_cards_again(place: Place, bank: list[str]) -> None:
    attack(place, 30)
    later = now() + CLOSED_FOR
    services.watch_new_cards(now=later)
    assert not NewCardsClosed.objects.filter(opened_at__isnull=True).exists()
    for _ in range(SAME_AMOUNT):
        donation = place.donation(200)
        tried(donation, declined=False, at=later)
        note_decline(donation, code="card_declined", now=later)
    assert NewCardsClosed.objects.filter(opened_at__isnull=True).count() == 1


@pytest.mark.parametrize("same", ["email", "identity"])
def test_a_proved_giver_of_whom_no_record_is_known_goes_on(place: Place, bank: list[str], same: str) -> None:
    closed(place)
    other = {"email": {"family_name": "Autre"}, "identity": {"email": "another@people.example"}}[same]
    asked = place.donation(donor=make_donor(proved_at=now()))
    for proved_at in (None, now()):
        assert bank == []
        make_donation(place.fund, donor=make_donor(proved_at=proved_at, **other), state=DonationState.SETTLED)
        with suppress(Unavailable):
            services.pay_donation(donation_id=asked.pk, token="ctoken_good", return_url=RETURN, now=now())
    assert bank == ["ctoken_good"]


def test_a_decline_that_comes_after_the_bank_asked_counts_once(place: Place) -> None:
    for _ in range(SAME_AMOUNT - 1):
        tried(place.donation())
    donation = place.pay(place.donation(), "pm_card_threeDSecure2Required")
    place.stripe.prove(donation.intent or "", agreed=False)
    for _ in range(2):
        services.look_again(donation_id=donation.pk, now=now())
    declined = donation.attempts.get()
    assert (declined.was_declined, declined.outcome) == (True, "payment_intent_authentication_failure")
    assert Entry.objects.filter(name="new_cards.closed").count() == 1


def test_a_good_evening_is_no_attack() -> None:
    assert not is_attack(tries=400, declined=40, of_one_amount=20)
    assert not is_attack(tries=10, declined=10, of_one_amount=10)
    assert is_attack(tries=30, declined=25, of_one_amount=3)
    assert is_attack(tries=20, declined=14, of_one_amount=13)


def test_marks_are_forgotten_after_a_day_and_tries_after_a_season(place: Place) -> None:
    for days in (0, 2, 100):
        tried(place.donation(), at=now() - timedelta(days=days), network="n", device="d")
    assert services.forget_tries(now=now()) == 1
    assert sorted(PaymentAttempt.objects.values_list("network", "device")) == [("", ""), ("n", "d")]
    assert not Donation.objects.filter(amount__lt=F("refunded")).exists()
