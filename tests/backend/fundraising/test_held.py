"""Cards that wait for the treasurer, against the stand-in: nothing is taken before somebody decides."""

import signal
from datetime import timedelta

import pytest
from django.utils import translation

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.fundraising import services
from maillage.fundraising.domain.payments import Means, held_for
from maillage.fundraising.domain.words import DonationState, Method
from maillage.fundraising.gateways import stripe as gateway
from maillage.fundraising.models import Donation, Fund, HeldCard
from maillage.fundraising.services import held
from maillage.fundraising.services.payments import home_of
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.messaging.domain import RENDERERS
from maillage.messaging.models import Message
from tests.backend.accounts.factories import make_granted, make_user
from tests.backend.days import in_days
from tests.backend.fundraising.standing import Place, run_jobs
from tests.backend.messaging.test_letters_killed import run_and_die


@pytest.fixture
def by(db: None) -> User:
    return make_user("tresor@people.example")


def letters(purpose: str) -> list[str]:
    """What was written, as it reads in English."""
    with translation.override("en"):
        found = [RENDERERS[purpose](message) for message in Message.objects.filter(purpose=purpose).order_by("queued_at")]
    return [letter.subject + "\n" + "\n".join(block.plain() for block in letter.blocks) for letter in found]


@pytest.mark.parametrize(("card", "reason"), [("pm_card_us", "foreign"), ("pm_card_mastercard_prepaid", "prepaid")])
def test_a_card_waits_and_the_donor_is_told(place: Place, card: str, reason: str) -> None:
    donation = place.pay(place.donation(), card)
    assert (donation.state, donation.held_for, place.books(), place.balance()) == (DonationState.HELD, reason, 0, 0)
    (letter,) = letters("fundraising.card_held")
    assert "€50" in letter
    assert "nothing was taken" in letter
    place.hear()
    assert Message.objects.filter(purpose="fundraising.card_held").count() == 1
    place.agrees()


def test_a_card_of_france_overseas_is_not_foreign_to_a_french_party(agent: Place) -> None:
    homes = home_of(agent.fund, now=now())
    cards = {country: Means("", Method.CARD, "", "", country=country) for country in ("FR", "RE", "NC", "BE", "")}
    assert {country: held_for(card, home=homes) for country, card in cards.items()} == dict.fromkeys(cards) | {"BE": "foreign"}


def test_the_treasurer_takes_it(place: Place, by: User) -> None:
    donation = place.pay(place.donation(), "pm_card_us")
    taken = services.take_held(donation_id=donation.pk, by=by, now=now())
    assert (taken.state, HeldCard.objects.get().outcome) == (DonationState.SETTLED, "taken")
    place.agrees()
    with pytest.raises(Conflict) as refused:
        services.take_held(donation_id=donation.pk, by=by, now=now())
    assert refused.value.code == "not_held"


def test_it_is_not_taken_after_the_last_day_on_which_its_recipient_collects(place: Place, by: User) -> None:
    donation = place.pay(place.donation(), "pm_card_us")
    Fund.objects.update(closes_on=in_days(-2))
    with pytest.raises(Conflict) as refused:
        services.take_held(donation_id=donation.pk, by=by, now=now())
    assert (refused.value.code, HeldCard.objects.get().outcome) == ("not_collecting", "waiting")
    assert services.refuse_held(donation_id=donation.pk, words="La collecte est close.", by=by, now=now()).state == DonationState.ENDED


def test_the_treasurer_refuses_it_and_says_why(place: Place, by: User) -> None:
    donation = place.pay(place.donation(), "pm_card_us")
    with pytest.raises(Invalid):
        services.refuse_held(donation_id=donation.pk, words=" ", by=by, now=now())
    refused = services.refuse_held(donation_id=donation.pk, words="La carte est au nom d’une société.", by=by, now=now())
    assert (refused.state, HeldCard.objects.get().outcome, place.balance()) == (DonationState.ENDED, "refused", 0)
    (letter,) = letters("fundraising.card_refused")
    assert "au nom d’une société" in letter
    place.agrees()


def test_it_is_given_up_a_day_before_its_bank_does(place: Place) -> None:
    donation = place.pay(place.donation(), "pm_card_us")
    assert services.give_up_held(now=now() + timedelta(days=5, hours=23)) == 0
    assert services.give_up_held(now=now() + timedelta(days=6, minutes=1)) == 1
    run_jobs(held.FOLLOW)
    donation.refresh_from_db()
    assert (donation.state, HeldCard.objects.get().outcome) == (DonationState.ENDED, "lapsed")
    (letter,) = letters("fundraising.card_refused")
    assert "Nobody decided in time" in letter
    place.agrees()


def test_a_grant_that_its_bank_let_go_takes_nothing(place: Place, by: User) -> None:
    donation = place.pay(place.donation(), "pm_card_us")
    place.stripe.move(days=8)
    done = services.take_held(donation_id=donation.pk, by=by, now=now())
    assert (done.state, HeldCard.objects.get().outcome) == (DonationState.ENDED, "lapsed")
    place.agrees()


@pytest.mark.parametrize("outage", ["closed_before", "closed_after"])
def test_a_decision_whose_answer_is_lost_is_carried_out_once(place: Place, by: User, outage: str) -> None:
    donation = place.pay(place.donation(), "pm_card_us")
    place.stripe.switch("api", outage=outage, path="/v1/payment_intents/", method="POST")
    assert services.take_held(donation_id=donation.pk, by=by, now=now()).state == DonationState.HELD
    place.stripe.switch("api")
    run_jobs(held.FOLLOW)
    donation.refresh_from_db()
    assert donation.state == DonationState.SETTLED
    place.agrees()


def test_a_process_killed_between_the_decision_and_the_bank(committed: Place) -> None:
    donation = committed.pay(committed.donation(), "pm_card_us")
    by = make_user("tresor@people.example")

    def take() -> Donation:
        gateway._client_of.cache_clear()
        return services.take_held(donation_id=donation.pk, by=by, now=now())

    assert run_and_die(take, gateway, "capture") == signal.SIGKILL
    run_jobs(held.FOLLOW)
    donation.refresh_from_db()
    assert donation.state == DonationState.SETTLED
    committed.agrees()


def test_who_was_refused_for_their_card_pays_with_another_one(place: Place) -> None:
    donation = place.pay(place.donation(), "pm_card_threeDSecure2Required")
    assert donation.state == DonationState.CONFIRMING
    place.stripe.prove(donation.intent or "", agreed=False)
    donation = services.look_again(donation_id=donation.pk, now=now())
    paid = place.pay(donation)
    assert paid.state == DonationState.SETTLED, "the first card would have been held, this one is not"
    place.agrees()


def test_somebody_takes_it_at_the_provider_itself(place: Place) -> None:
    donation = place.pay(place.donation(), "pm_card_us")
    place.stripe.client.v1.payment_intents.capture(donation.intent or "")
    place.hear()
    donation.refresh_from_db()
    assert (donation.state, HeldCard.objects.get().outcome) == (DonationState.SETTLED, "taken")
    place.agrees()


def test_a_part_that_somebody_took_at_the_provider_is_a_difference(place: Place) -> None:
    donation = place.pay(place.donation(), "pm_card_us")
    place.stripe.client.v1.payment_intents.capture(donation.intent or "", {"amount_to_capture": 3000})
    place.hear()
    place.reconcile()
    difference = place.fund.differences.get(closed_at__isnull=True)
    assert (difference.kind, difference.ours, difference.theirs) == ("amounts", 5000, 3000)


def test_the_treasurer_is_told_once_a_day(place: Place, small_country: object) -> None:
    from maillage.territories.models import Area

    make_granted(Role.TREASURER, Area.objects.get(kind__level=0))
    place.pay(place.donation(), "pm_card_us")
    place.pay(place.donation(), "pm_card_us")
    assert Message.objects.filter(purpose="fundraising.cards_wait").count() == 1
    (letter,) = letters("fundraising.cards_wait")
    assert letter.startswith("2 cards wait for you")
