"""A worker killed while an instalment is made or charged: nothing is taken twice and none is lost."""

import os
import signal
from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import connection

from maillage import journal
from maillage.fundraising import services
from maillage.fundraising.domain.words import DonationState, EntryKind, MonthlyState
from maillage.fundraising.gateways import stripe
from maillage.fundraising.models import Donation, LedgerEntry, MonthlyDonation, PaymentAttempt
from maillage.fundraising.services import ledger, monthly, monthly_runs, payments
from maillage.journal.models import Entry, Job
from tests.backend.fundraising.monthly_world import Bank, due_of, make_bank, monthly_paid_by, noon, run_all

BEFORE, AFTER = "before", "after"


@pytest.fixture
def bank(transactional_db: None, stripe_account: Any, settings: Any) -> Bank:
    return make_bank(stripe_account, settings)


def die_at(module: Any, name: str, when: str) -> None:
    """Let this process be killed before or after a function's first call."""
    function: Callable[..., Any] = getattr(module, name)

    def deadly(*args: Any, **kwargs: Any) -> Any:
        if when == BEFORE:
            os.kill(os.getpid(), signal.SIGKILL)
        result = function(*args, **kwargs)
        os.kill(os.getpid(), signal.SIGKILL)
        return result

    setattr(module, name, deadly)


def run_and_die(work: Callable[[], object], module: Any, name: str, when: str) -> int:
    """Work in a process of its own that dies there; return the signal that ended it."""
    child = os.fork()
    if not child:
        parents = connection.connection  # kept, so that it is not closed behind the parent's back
        connection.connection = None
        stripe._client_of.cache_clear()  # nor are its connections to the provider shared
        die_at(module, name, when)
        work()
        os._exit(0 if parents else 1)
    _pid, status = os.waitpid(child, 0)
    return os.WTERMSIG(status)


MAKING = [(Donation.objects, "create"), (MonthlyDonation, "save"), (journal, "record"), (journal.jobs, "enqueue")]
CHARGING = [
    (PaymentAttempt.objects, "get_or_create"),
    (monthly_runs, "keys_for"),
    (stripe, "start_instalment"),
    (stripe, "charge_again"),
    (payments, "apply_payment"),
    (ledger, "post"),
    (monthly, "follow"),
    (journal, "record"),
    (monthly_runs, "follow_payment"),
]


def named(value: Any) -> str:
    return getattr(value, "__name__", type(value).__name__) if not isinstance(value, str) else value


@pytest.mark.parametrize("when", [BEFORE, AFTER])
@pytest.mark.parametrize(("module", "name"), MAKING, ids=named)
def test_killed_while_it_is_made_it_is_made_by_the_next_run(bank: Bank, module: Any, name: str, when: str):
    found = monthly_paid_by(bank)
    due_on = due_of(found)
    at = noon(due_on)
    before = Entry.objects.count(), Job.objects.count()
    work = lambda: services.look_at_monthly(monthly_id=found.pk, now=at)  # noqa: E731
    assert run_and_die(work, module, name, when) == signal.SIGKILL
    assert not Donation.objects.filter(key=None).exists()
    assert (Entry.objects.count(), Job.objects.count()) == before
    assert due_of(found) == due_on
    run_all(at)
    assert Donation.objects.get(key=None).state == DonationState.SETTLED
    assert len(bank.charges()) == 2


@pytest.mark.parametrize("when", [BEFORE, AFTER])
@pytest.mark.parametrize(("module", "name"), CHARGING, ids=named)
def test_killed_while_it_is_charged_it_is_taken_and_booked_once(bank: Bank, module: Any, name: str, when: str):
    found = monthly_paid_by(bank)
    at = noon(due_of(found))
    made = services.look_at_monthly(monthly_id=found.pk, now=at)
    assert made is not None
    work = lambda: services.charge_instalment(donation_id=made.pk, attempt=1, now=at)  # noqa: E731
    assert run_and_die(work, module, name, when) == signal.SIGKILL
    for _again in range(2):
        services.charge_instalment(donation_id=made.pk, attempt=1, now=at)
    assert_taken_once(bank, at)


@pytest.mark.parametrize(("module", "name"), [each for each in CHARGING if each[0] is not ledger], ids=named)
def test_killed_while_a_refused_one_is_written_down_it_counts_as_one_try(bank: Bank, module: Any, name: str):
    found = monthly_paid_by(bank)
    failing = bank.account.client.v1.payment_methods.attach("pm_card_chargeCustomerFail", {"customer": found.customer})
    MonthlyDonation.objects.filter(pk=found.pk).update(payment_method=failing.id)
    at = noon(due_of(found))
    made = services.look_at_monthly(monthly_id=found.pk, now=at)
    assert made is not None
    work = lambda: services.charge_instalment(donation_id=made.pk, attempt=1, now=at)  # noqa: E731
    assert run_and_die(work, module, name, AFTER) == signal.SIGKILL
    services.charge_instalment(donation_id=made.pk, attempt=1, now=at)
    found.refresh_from_db()
    assert (found.state, found.tries) == (MonthlyState.FAILING, 1)
    assert found.steps.filter(kind="refused").count() == 1
    assert len(bank.charges()) == 1
    assert bank.tries() == 2


def assert_taken_once(bank: Bank, at: datetime) -> None:
    donation = Donation.objects.get(key=None)
    assert donation.state == DonationState.SETTLED
    assert len(bank.charges()) == 2
    assert len(bank.intents()) == 2
    assert LedgerEntry.objects.filter(donation=donation, kind=EntryKind.DONATION).count() == 1
    assert Entry.objects.filter(name="donation.received", subject_id=str(donation.pk)).count() == 1
    assert run_all(at) == []
    assert MonthlyDonation.objects.get().state == MonthlyState.ACTIVE
