"""Twenty payments of one person at the same instant, on twenty connections: no cap is passed by one cent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import takewhile
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.db.models import Sum

from maillage.fundraising.domain.caps import Monthly, instalments
from maillage.fundraising.domain.card_testing import NOWHERE
from maillage.fundraising.domain.payments import Means
from maillage.fundraising.domain.schedule import next_due
from maillage.fundraising.domain.words import DonationState, Method
from maillage.fundraising.models import Donation, DonorIdentity, Fund
from maillage.fundraising.selectors.funds import day_of_payment
from maillage.fundraising.services import start_donation
from maillage.fundraising.services.allowance import lock_group
from maillage.fundraising.services.payments import _begin_attempt
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from tests.backend.fundraising.factories import DECLARED, asked_for, make_donation, make_donor, make_fund

pytestmark = pytest.mark.django_db(transaction=True)

THREADS = 20
CAP = 750_000
ADDRESSES = ("claire.dumontel@people.example", "claire@work.example")


def at_once(acts: list[Callable[[], object]]) -> list[object]:
    """Run each act on a connection of its own, all starting together; give what each returned, or the code that refused it."""
    barrier = Barrier(len(acts))

    def run(act: Callable[[], object]) -> object:
        try:
            connection.ensure_connection()
            barrier.wait(timeout=30)
            return act()
        except Invalid as refused:
            return refused.code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as threads:
        return list(threads.map(run, acts))


@pytest.fixture(autouse=True)
def refused_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let an address be refused as often as it tries here: what holds the cap is the lock."""
    monkeypatch.setattr("maillage.fundraising.services.proofs.MOST_REFUSALS", THREADS)


def giving(fund: Fund, amount: int, *, address: str, given_name: str = "Claire", **fields: object) -> Callable[[], object]:
    declared = replace(DECLARED, email=address, given_name=given_name)
    asked = asked_for(fund, amount, **fields)
    return lambda: start_donation(fund=fund, asked=asked, declared=declared, key=uuid4().hex, proved=address, again=True, now=now())


def reserved() -> int:
    return Donation.objects.aggregate(cents=Sum("amount"))["cents"] or 0


@pytest.mark.parametrize("is_known", [True, False])
def test_one_person_with_two_proved_addresses_never_passes_the_cap(is_known):
    funds = [make_fund(), make_fund()]
    if is_known:
        make_donor()
    # 19 fit to the cent, the twentieth does not
    outcomes = at_once([giving(funds[turn % 2], CAP // 19, address=ADDRESSES[turn // 2 % 2]) for turn in range(THREADS)])
    assert outcomes.count("over_the_cap") == 1
    assert reserved() == CAP // 19 * 19 <= CAP
    assert DonorIdentity.objects.count() == 1


def test_amounts_of_all_sizes_never_pass_the_cap_by_one_cent():
    fund = make_fund()
    amounts = [100_000 + 7 * turn for turn in range(THREADS)]
    outcomes = at_once([giving(fund, amount, address=ADDRESSES[turn % 2]) for turn, amount in enumerate(amounts)])
    assert outcomes.count("over_the_cap") == THREADS - 7
    assert CAP - 100_200 < reserved() <= CAP


def test_twenty_clicks_of_one_attempt_are_one_donation():
    fund = make_fund()
    asked = asked_for(fund, 500_000)
    click = partial(start_donation, fund=fund, asked=asked, declared=DECLARED, key="k" * 32, proved=DECLARED.email, now=now())
    outcomes = at_once([click] * THREADS)
    assert {outcome.pk for outcome in outcomes} == {Donation.objects.get().pk}


def test_two_spellings_that_the_treasurer_confirmed_are_one_person():
    fund = make_fund()
    first, second = make_donor().identity, make_donor(given_name="Clare").identity
    DonorIdentity.objects.filter(pk=second.pk).update(counts_as=first)
    names = ("Claire", "Clare")
    outcomes = at_once([giving(fund, 150_000, address=ADDRESSES[turn % 2], given_name=names[turn // 2 % 2]) for turn in range(THREADS)])
    assert outcomes.count("over_the_cap") == THREADS - 5
    assert reserved() == CAP


def test_monthly_and_single_donations_at_once_leave_room_for_the_instalments():
    fund = make_fund()
    monthly = [giving(fund, 60_000, address=ADDRESSES[0], monthly_day=1) for _ in range(2)]
    at_once([*monthly, *(giving(fund, 100_000, address=ADDRESSES[1]) for _ in range(THREADS - 2))])
    today = day_of_payment(fund, now())
    dues = list(takewhile(lambda on: on.year == today.year, instalments(Monthly(60_000, next_due(1, after=today), 1), until=date.max)))
    still_to_come = 60_000 * len(dues) * Donation.objects.filter(monthly__isnull=False).count()
    assert CAP - 160_000 < reserved() + still_to_come <= CAP


def test_twenty_tries_of_donations_that_failed_take_their_part_again_one_by_one():
    fund = make_fund()
    donor = make_donor(proved_at=now())
    failed = [make_donation(fund, amount=100_000, donor=donor, state=DonationState.FAILED) for _ in range(THREADS)]
    means = Means(id="pm_1", method=Method.CARD, label="", fingerprint="", country="FR", funding="credit")
    begin = partial(_begin_attempt, token="ctoken_1", means=means, reason=None, origin=NOWHERE, now=now())
    outcomes = at_once([partial(begin, one.pk) for one in failed])
    assert outcomes.count("over_the_cap") == THREADS - 7
    assert Donation.objects.filter(state=DonationState.STARTED).count() == 7


def test_whoever_proved_nothing_waits_for_nobody():
    fund = make_fund()
    donor = make_donor(proved_at=now())

    def beside() -> object:
        with connection.cursor() as cursor:
            cursor.execute("SET statement_timeout = '3s'")
        return start_donation(fund=fund, asked=asked_for(fund), declared=DECLARED, key=uuid4().hex, now=now())

    from django.db import transaction

    with transaction.atomic():
        lock_group(donor.identity_id)
        (kept,) = at_once([beside])
    assert isinstance(kept, Donation)
