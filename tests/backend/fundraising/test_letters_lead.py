"""Every mail to whoever gave leads to what it speaks of; where that is a monthly donation, also to where it is stopped."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from maillage.fundraising import services
from maillage.fundraising.domain.pages import ShownAs
from maillage.fundraising.domain.words import DonationState, HeldFor, HeldOutcome, MonthlyStepKind
from maillage.fundraising.models import (
    Donation,
    DonorCorrection,
    Fund,
    HeldCard,
    MonthlyDonation,
    MonthlyStep,
    NewCardsClosed,
    OfficialReceipt,
    PageDecision,
    YearlyStatement,
)
from maillage.groups.domain import ReportOutcome
from maillage.kernel.clock import now
from maillage.messaging.domain import Button, Letter
from maillage.messaging.domain.purposes import PURPOSES, RENDERERS
from maillage.messaging.models import Message
from tests.backend.fundraising.factories import association, make_donation, make_donor, make_fund
from tests.backend.fundraising.monthly_world import make_instalment, make_monthly
from tests.backend.fundraising.page_factories import give_on, make_page

pytestmark = pytest.mark.django_db

ROUTER = Path(__file__).resolve().parents[3] / "frontend" / "src" / "app" / "router.tsx"


def _donation(fund: Fund, *, is_monthly: bool, **fields: Any) -> Donation:
    donor = make_donor(proved_at=now())
    if is_monthly:
        donation = make_instalment(make_monthly(fund, donor=donor))
        Donation.objects.filter(pk=donation.pk).update(**fields)
    else:
        donation = make_donation(fund, donor=donor, **{"state": DonationState.SETTLED} | fields)
    donation.refresh_from_db()
    return donation


def _received(is_monthly: bool) -> object:
    return _donation(make_fund(), is_monthly=is_monthly).pk


def _debit(is_monthly: bool) -> object:
    return _donation(make_fund(), is_monthly=is_monthly, state=DonationState.PROCESSING, settled_at=None).pk


def _refused_debit(is_monthly: bool) -> object:
    return _donation(make_fund(), is_monthly=is_monthly, state=DonationState.FAILED, settled_at=None).pk


def _held(outcome: HeldOutcome) -> Callable[[bool], object]:
    def made(is_monthly: bool) -> object:
        donation = _donation(make_fund(), is_monthly=is_monthly, state=DonationState.HELD, settled_at=None)
        decided = {} if outcome == HeldOutcome.WAITING else {"words": "Une carte de société.", "decided_at": now()}
        until = now() + timedelta(days=6)
        said = {"reason": HeldFor.PREPAID, "held_at": now(), "given_up_at": until, "outcome": outcome}
        return HeldCard.objects.create(donation=donation, **said, **decided).pk

    return made


def _receipt(*, is_cancelled: bool) -> Callable[[bool], object]:
    def made(is_monthly: bool) -> object:
        donation = _donation(association(), is_monthly=is_monthly)
        if donation.monthly_id:
            receipt = services.make_yearly_receipt(monthly_id=donation.monthly_id, year=donation.counted_on.year, now=now())
        else:
            receipt = services.make_receipt(donation_id=donation.pk, now=now())
        assert receipt is not None
        if is_cancelled:
            Donation.objects.filter(pk=donation.pk).update(refunded=donation.amount)
            services.make_receipt(donation_id=donation.pk, now=now())
        return receipt.pk

    return made


def _corrected(is_monthly: bool) -> object:
    donor = _donation(make_fund(), is_monthly=is_monthly).donor
    return DonorCorrection.objects.create(donor=donor, changed=["family_name", "city"]).pk


def _official(is_monthly: bool) -> object:
    donation = _donation(make_fund(), is_monthly=is_monthly)
    return OfficialReceipt.objects.create(donation=donation, number="A-1", transmitted_at=now(), issued_at=now(), told_at=now()).pk


def _year(is_monthly: bool) -> object:
    donation = _donation(make_fund(), is_monthly=is_monthly)
    return YearlyStatement.objects.create(year=donation.counted_on.year, mark="x", donor=donation.donor).pk


def _step(is_monthly: bool) -> object:
    assert is_monthly
    monthly: MonthlyDonation = make_monthly(make_fund(), donor=make_donor())
    return MonthlyStep.objects.create(monthly=monthly, kind=MonthlyStepKind.RESUMED, goes_on_on=monthly.next_on).pk


def _note(is_monthly: bool) -> object:
    said = give_on(make_page(make_fund()), words="Bravo.", shown_as=ShownAs.ANONYMOUS)
    said.thanks, said.thanked_at = "Merci !", now()
    said.save()
    return said.pk


def _decision(is_monthly: bool) -> object:
    said = give_on(make_page(make_fund()), words="Bravo.", shown_as=ShownAs.ANONYMOUS)
    return PageDecision.objects.create(page=said.page, message=said, outcome=ReportOutcome.KEPT, words="Rien à dire.").pk


ONCE, MONTHLY, BOTH = (False,), (True,), (False, True)
TO_GIVERS: dict[str, tuple[tuple[bool, ...], list[Callable[[bool], object]]]] = {
    "fundraising.received": (BOTH, [_received]),
    "fundraising.debit_told": (ONCE, [_debit]),
    "fundraising.debit_refused": (ONCE, [_refused_debit]),
    "fundraising.card_held": (BOTH, [_held(HeldOutcome.WAITING)]),
    "fundraising.card_refused": (BOTH, [_held(HeldOutcome.REFUSED)]),
    "fundraising.receipt": (BOTH, [_receipt(is_cancelled=False), _receipt(is_cancelled=True)]),
    "fundraising.donor_corrected": (BOTH, [_corrected]),
    "fundraising.official_receipt": (BOTH, [_official]),
    "fundraising.yearly": (BOTH, [_year]),
    "fundraising.monthly": (MONTHLY, [_step]),
    "fundraising.page_thanks": (ONCE, [_note]),
    "fundraising.message_hidden": (ONCE, [_decision]),
    "fundraising.message_shown": (ONCE, [_decision]),
}
"""Each mail to whoever gave: whether it speaks of donations made once, of monthly ones or of both, and of what in particular. A new
one is added here, and then has to lead there."""

NOT_OF_A_DONATION = {
    "fundraising.proof_code": "carries a code, for the page that is open",
    "fundraising.address_denied": "asks whoever has an address whether it is theirs",
    "fundraising.confirm_page": "to the owner of a page",
    "fundraising.page_opened": "to the owner of a page",
    "fundraising.team_asked": "to the owner of a page",
    "fundraising.team_joined": "to the owner of a page",
    "fundraising.team_declined": "to the owner of a page",
    "fundraising.page_given": "to the owner of a page",
    "fundraising.page_hidden": "to the owner of a page",
    "fundraising.page_shown": "to the owner of a page",
    "fundraising.report_received": "to whoever reported something",
    "fundraising.report_decided": "to whoever reported something",
    "fundraising.reports_wait": "to moderators",
    "fundraising.cards_wait": "to treasurers",
    "fundraising.new_cards_closed": "to treasurers",
}

MAILS = [(name, making, is_monthly) for name, (which, makings) in TO_GIVERS.items() for making in makings for is_monthly in which]


def test_no_mail_of_fundraising_is_unknown_to_this_list():
    assert {name for name in PURPOSES if name.startswith("fundraising.")} == TO_GIVERS.keys() | NOT_OF_A_DONATION.keys()


def written(name: str, about: object) -> Letter:
    message = Message(purpose=name, about_id=about, language="en", address="claire.dumontel@people.example", queued_at=now())
    with translation.override("en"):
        return RENDERERS[name](message)


@pytest.mark.parametrize(("name", "making", "is_monthly"), MAILS)
def test_it_leads_to_what_it_speaks_of_and_a_monthly_donation_is_stopped_from_it(name, making, is_monthly):
    letter = written(name, making(is_monthly))
    assert any(isinstance(block, Button) for block in letter.blocks)
    assert ("/en/monthly/" in letter.plain()) is is_monthly


def test_who_keeps_the_books_is_led_to_a_screen_that_exists():
    closing = NewCardsClosed.objects.create(fund=make_fund(), tries=9, declined=8, closed_at=now(), until=now() + timedelta(hours=1))
    (button,) = [block for block in written("fundraising.new_cards_closed", closing.pk).blocks if isinstance(block, Button)]
    assert f"path: '{button.url.rsplit('/', 1)[1]}'" in ROUTER.read_text(encoding="utf-8")
