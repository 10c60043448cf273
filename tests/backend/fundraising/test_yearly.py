"""What somebody gave in a year: added up on paper, told once to a proved address, shown by link."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client

from maillage.fundraising import services
from maillage.fundraising.domain.words import Method
from maillage.fundraising.domain.yearly import Gave, added_up, year_told_on, year_told_to
from maillage.fundraising.models import Donation, Donor, YearlyStatement
from maillage.fundraising.selectors.yearly import givers_to_tell, year_token
from maillage.fundraising.services.erasure import erase_donor
from maillage.journal import running
from maillage.journal.models import Job
from maillage.kernel.clock import now
from maillage.messaging.models import Message
from maillage.messaging.services import deliver_message
from maillage.people.domain.law import GivingRules
from tests.backend.fundraising.factories import association, make_donor, make_fund, settled
from tests.backend.fundraising.reading import plain_text
from tests.backend.people.factories import make_person

YEAR = 2025
JANUARY = datetime(2026, 1, 20, 9, tzinfo=UTC)


def gave(amount: int, month: int, *, refunded: int = 0, method: str = "card") -> Gave:
    return Gave(amount, refunded, date(YEAR, month, 5), method)


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 1, 14), None), (date(2026, 1, 15), 2025), (date(2026, 1, 31), 2025), (date(2026, 2, 1), None)]
)
def test_the_year_before_is_told_in_the_second_half_of_january(day, year):
    assert year_told_on(day) == year


@pytest.mark.parametrize(
    ("day", "year"), [(date(2026, 1, 14), None), (date(2026, 1, 15), 2025), (date(2026, 12, 31), 2025), (date(2027, 1, 1), None)]
)
def test_who_proves_an_address_later_is_told_the_year_before_until_december(day, year):
    assert year_told_to(day) == year


def test_donations_are_added_up_by_month():
    found = added_up([gave(700, 3), gave(1000, 1), gave(500, 1, refunded=200)], tax=None)
    assert [(month.first.month, month.donations, month.amount, month.refunded) for month in found.months] == [
        (1, 2, 1500, 200),
        (3, 1, 700, 0),
    ]
    assert (found.amount, found.refunded, found.kept, found.cost) == (2200, 200, 2000, None)


def test_cash_takes_nothing_off_the_tax_where_the_law_says_so():
    from maillage.fundraising.domain.rules import rules_on

    tax = rules_on(GivingRules.FR_PARTY, date(YEAR, 6, 1)).tax(cares=False)
    found = added_up([gave(10_000, 1), gave(5_000, 2, method=Method.CASH)], tax=tax)
    assert found.cost is not None
    assert found.cost.after_tax == 15_000 - 6_600


def given(**fields: Any) -> Donation:
    """A donation of March 2025 from a proved address."""
    donor = fields.pop("donor", None) or make_donor(proved_at=now(), language="en")
    donation = settled(fields.pop("fund", None) or make_fund(), donor=donor, at=datetime(YEAR, 3, 5, 9, tzinfo=UTC), **fields)
    Donation.objects.filter(pk=donation.pk).update(counted_on=date(YEAR, 3, 5))
    donation.refresh_from_db()
    return donation


def tell(donor: Donor) -> YearlyStatement | None:
    return services.tell_year(donor_id=donor.pk, year=YEAR, now=JANUARY)


@pytest.mark.django_db
def test_it_is_asked_for_in_january_once_for_each_proved_address():
    first = given()
    again = given(donor=make_donor(proved_at=now(), given_name="Cl.", language="en"))
    given(donor=make_donor(email="unproved@people.example"))
    assert services.ask_to_tell_year(now=datetime(2026, 1, 10, tzinfo=UTC)) == 0
    assert services.ask_to_tell_year(now=JANUARY) == 1
    assert services.ask_to_tell_year(now=JANUARY) == 0
    assert Job.objects.filter(name="fundraising.tell_year").count() == 1
    assert [donor.pk for donor in givers_to_tell(YEAR)] == [again.donor_id]
    assert tell(first.donor) is not None
    assert tell(again.donor) is None
    assert not givers_to_tell(YEAR).exists()


@pytest.mark.django_db
def test_the_mail_tells_recipient_month_what_went_back_and_the_cost_after_tax():
    fund = association()
    donation = given(fund=fund)
    Donation.objects.filter(pk=donation.pk).update(refunded=1000)
    given(donor=donation.donor, amount=2000)
    given(donor=make_donor(), amount=99_900)
    assert tell(donation.donor) is not None
    deliver_message(message_id=Message.objects.get(purpose="fundraising.yearly").pk, now=now())
    body = str(mail.outbox[0].body)
    for said in ("March 2025", "€50", "€10", "€13.60", "€20", "€6.80", "/en/give/year/"):
        assert said in body
    assert "€999" not in body  # a signed link may hold any three digits


@pytest.mark.django_db
def test_an_address_that_nobody_proved_is_told_nothing():
    donation = given(donor=make_donor())
    assert tell(donation.donor) is None
    assert not Message.objects.filter(purpose="fundraising.yearly").exists()


def follow() -> None:
    """Run what a proof asked for, by the journal's own runner; twice, as it may."""
    for name in ("journal.fan_out", "fundraising.tell_proved") * 2:
        for job in Job.objects.filter(name=name):
            running.run(table="job", row_id=str(job.pk))


@pytest.mark.django_db
@pytest.mark.parametrize(("proved_at", "told"), [(datetime(2026, 1, 12, 9, tzinfo=UTC), 0), (datetime(2026, 12, 31, 9, tzinfo=UTC), 1)])
def test_an_address_that_is_proved_after_the_others_were_told_is_told_then_once(proved_at, told):
    for name in ("Claire", "Cl."):
        donation = given(donor=make_donor(given_name=name, language="en"))
        services.prove_donor(donor_id=donation.donor_id, now=proved_at)
    follow()
    assert list(YearlyStatement.objects.values_list("year", flat=True)) == [YEAR] * told
    assert Message.objects.filter(purpose="fundraising.yearly").count() == told


@pytest.mark.django_db
def test_who_proves_an_address_and_gave_nothing_in_the_year_before_is_told_nothing():
    services.prove_donor(donor_id=given(donor=make_donor()).donor_id, now=datetime(2028, 6, 1, 9, tzinfo=UTC))
    follow()
    assert not YearlyStatement.objects.exists()


@pytest.mark.django_db
def test_the_row_and_the_mail_are_one_and_the_database_keeps_them_single():
    donation = given()
    with transaction.atomic():
        tell(donation.donor)
        transaction.set_rollback(True)  # cut off before the commit
    assert not YearlyStatement.objects.exists()
    assert not Message.objects.filter(purpose="fundraising.yearly").exists()
    statement = tell(donation.donor)
    assert statement is not None
    assert tell(donation.donor) is None
    assert Message.objects.filter(purpose="fundraising.yearly").count() == 1
    with pytest.raises(IntegrityError), transaction.atomic():
        YearlyStatement.objects.create(year=YEAR, mark=statement.mark, donor=donation.donor)


@pytest.mark.django_db
def test_the_page_is_shown_by_link_as_it_stands_today_and_names_nobody():
    donation = given(donor=make_donor(proved_at=now(), given_name="Zoltana", family_name="Quiroz", email="z@people.example"))
    statement = services.tell_year(donor_id=donation.donor_id, year=YEAR, now=now())
    address = f"/en/give/year/{year_token(statement)}/"
    answer = Client().get(address)
    assert answer.status_code == 200
    assert "no-store" in answer.headers["Cache-Control"]
    assert '<meta name="robots" content="noindex">' in answer.text
    text = plain_text(answer.text)
    assert "March 2025" in text
    assert "After tax it costs you €17." in text
    assert "3 quai du Pont, 26000 Valence" in text
    assert "{{" not in answer.text
    for name in ("Zoltana", "Quiroz", "z@people.example"):
        assert name not in answer.text
    Donation.objects.filter(pk=donation.pk).update(refunded=5000)
    text = plain_text(Client().get(address).text)
    assert "Given back" in text
    assert "After tax it costs you" not in text
    assert Client().get("/en/give/year/x/").status_code == 404


@pytest.mark.django_db
def test_it_goes_with_who_asks_to_be_forgotten():
    person = make_person()
    donation = given(donor=make_donor(proved_at=now(), person=person))
    statement = services.tell_year(donor_id=donation.donor_id, year=YEAR, now=now())
    erase_donor(person.pk, now())
    assert not YearlyStatement.objects.exists()
    assert Client().get(f"/en/give/year/{year_token(statement)}/").status_code == 404
