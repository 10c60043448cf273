"""Letters about a monthly donation: each step in both languages, with the link; nothing to say once it is over."""

from datetime import date, timedelta

import pytest
from django.utils import translation

from maillage.fundraising.domain.schedule import FIRST_REFUSED, FUND_CLOSED, MANDATE_ENDED, TAKEN_BACK
from maillage.fundraising.domain.words import UNDONE_BY_LINK, DonationState, Method, MonthlyState, MonthlyStepKind, StepBy
from maillage.fundraising.models import Donation, Donor, MonthlyDonation, MonthlyStep
from maillage.fundraising.services.monthly_letters import monthly_letter, tell
from maillage.kernel.clock import now
from maillage.messaging.domain import Letter
from maillage.messaging.models import Message
from tests.backend.fundraising.factories import make_donor, make_fund
from tests.backend.fundraising.monthly_world import make_instalment, make_monthly

pytestmark = pytest.mark.django_db

DUE = date(2027, 1, 5)
CARD_ENDS = date(2027, 1, 31)


@pytest.fixture
def monthly() -> MonthlyDonation:
    fund = make_fund(creditor_id="FR72ZZZ123456")
    return make_monthly(fund, donor=make_donor(), method_label="Visa •••• 4242", method_ends_on=CARD_ENDS)


def written(monthly: MonthlyDonation, kind: MonthlyStepKind, *, language: str = "fr", **fields: object) -> Letter:
    """The letter that tells a step, as its donor reads it."""
    Donor.objects.update(language=language)
    step = MonthlyStep.objects.create(monthly=MonthlyDonation.objects.get(pk=monthly.pk), kind=kind, **fields)
    tell(step, now=now())
    tell(step, now=now())
    message = Message.objects.get(about_id=step.pk)
    with translation.override(message.language):
        return monthly_letter(message)


STEPS = [
    (MonthlyStepKind.BEGUN, {"goes_on_on": DUE}),
    (MonthlyStepKind.ANNOUNCED, {"due_on": DUE}),
    (MonthlyStepKind.REFUSED, {"due_on": DUE, "goes_on_on": DUE, "reason": "insufficient_funds"}),
    (MonthlyStepKind.REFUSED, {"due_on": DUE, "reason": MANDATE_ENDED}),
    (MonthlyStepKind.CARD_ENDS, {"due_on": CARD_ENDS}),
    (MonthlyStepKind.CAPPED, {"due_on": DUE, "goes_on_on": DUE}),
    (MonthlyStepKind.CAPPED, {"due_on": DUE}),
    (MonthlyStepKind.NOT_TAKEN, {"due_on": DUE, "goes_on_on": DUE}),
    *((kind, {"goes_on_on": DUE, "undo_until": now() + timedelta(days=7)}) for kind in MonthlyStepKind if kind.endswith("changed")),
    (MonthlyStepKind.PAUSED, {"undo_until": now() + timedelta(days=7)}),
    (MonthlyStepKind.PAUSED, {"goes_on_on": DUE}),
    (MonthlyStepKind.RESUMED, {"goes_on_on": DUE}),
    (MonthlyStepKind.STOPPED, {"undo_until": now() + timedelta(days=7)}),
    (MonthlyStepKind.STOPPED, {"reason": FIRST_REFUSED}),
    (MonthlyStepKind.STOPPED, {"reason": TAKEN_BACK}),
    (MonthlyStepKind.STOPPED, {"reason": FUND_CLOSED}),
    (MonthlyStepKind.STOPPED, {"by": StepBy.TREASURER, "reason": "Asked by telephone"}),
]


@pytest.mark.parametrize(("kind", "fields"), STEPS)
def test_each_step_is_told_in_both_languages(monthly: MonthlyDonation, kind: MonthlyStepKind, fields: dict[str, object]):
    french = written(monthly, kind, language="fr", **fields)
    MonthlyStep.objects.all().delete()
    english = written(monthly, kind, language="en", **fields)
    assert french.subject != english.subject
    for letter, language in ((french, "fr"), (english, "en")):
        whole = f"{letter.subject}\n{letter.plain()}"
        assert "%" not in whole
        assert f"/{language}/monthly/" in whole
        assert ("/monthly-undo/" in whole) is ("undo_until" in fields and kind in UNDONE_BY_LINK)
    assert "Rive commune" in french.plain() + french.subject or kind == MonthlyStepKind.CARD_ENDS


def test_a_stopped_one_leads_to_no_page_but_can_be_undone(monthly: MonthlyDonation):
    MonthlyDonation.objects.update(state=MonthlyState.STOPPED, next_on=None, stopped_at=now())
    letter = written(monthly, MonthlyStepKind.STOPPED, undo_until=now() + timedelta(days=7)).plain()
    assert "/monthly/" not in letter
    assert "/monthly-undo/" in letter


def test_a_debit_names_creditor_and_mandate(monthly: MonthlyDonation):
    MonthlyDonation.objects.update(method=Method.SEPA_DEBIT, mandate="mandate_1", mandate_reference="RUM-42", method_label="IBAN •••• 1116")
    said = written(monthly, MonthlyStepKind.ANNOUNCED, due_on=DUE).plain()
    for each in (
        "10\N{NO-BREAK SPACE}€",
        "5\N{NO-BREAK SPACE}janvier 2027",
        "FR72ZZZ123456",
        "RUM-42",
        "IBAN •••• 1116",
        monthly.fund.legal_name,
    ):
        assert each in said


def test_a_bank_that_asks_is_reached_by_a_link(monthly: MonthlyDonation):
    instalment = make_instalment(monthly)
    Donation.objects.update(state=DonationState.FAILED, settled_at=None)
    asked = {"due_on": instalment.due_on, "goes_on_on": DUE, "reason": "authentication_required"}
    assert "/monthly-confirm/" in written(monthly, MonthlyStepKind.CONFIRM_ASKED, **asked).plain()


@pytest.mark.parametrize(
    ("kind", "fields", "changed"),
    [
        (MonthlyStepKind.ANNOUNCED, {"due_on": DUE}, {"next_on": date(2027, 2, 5)}),
        (MonthlyStepKind.ANNOUNCED, {"due_on": DUE}, {"state": MonthlyState.PAUSED, "next_on": None}),
        (MonthlyStepKind.CARD_ENDS, {"due_on": CARD_ENDS}, {"method_ends_on": date(2030, 1, 31)}),
    ],
)
def test_what_is_over_is_not_told(monthly: MonthlyDonation, kind, fields, changed):
    MonthlyDonation.objects.update(**changed)
    with pytest.raises(LookupError):
        written(monthly, kind, **fields)


def test_who_was_forgotten_is_not_written_to(monthly: MonthlyDonation):
    Donor.objects.update(email="")
    monthly.refresh_from_db()
    step = MonthlyStep.objects.create(monthly=monthly, kind=MonthlyStepKind.PAUSED)
    tell(step, now=now())
    assert not Message.objects.exists()
