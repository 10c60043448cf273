"""Receipts that an authority numbers: handed in, numbered from a table, told to whoever gave."""

import json
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.fundraising import services
from maillage.fundraising.domain.official_numbers import Numbered, columns_of, read_line
from maillage.fundraising.models import Donation, DonorFile, Fund, OfficialReceipt
from maillage.fundraising.services.batches import WrongRows
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid
from maillage.messaging.models import Message
from maillage.messaging.services import deliver_message
from maillage.people.domain.law import GivingRules
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.days import in_days
from tests.backend.fundraising.factories import make_donor, make_fund, settled
from tests.backend.territories.factories import SmallCountry

pytestmark = pytest.mark.django_db

MAILS = "fundraising.official_receipt"
_numbers = count(1)


def somebody() -> User:
    return make_user(f"treasurer-{next(_numbers)}@people.example")


def given(fund: Fund, **fields: Any) -> Donation:
    return settled(fund, at=now() - timedelta(days=2), **fields)


def file_of(fund: Fund, *, at: datetime | None = None) -> DonorFile:
    return DonorFile.objects.create(fund=fund, year=in_days().year, taken_at=at or now())


def sent(file: DonorFile) -> DonorFile:
    return services.mark_sent(file_id=file.pk, sent_on=in_days(), words="On-line", by=somebody(), now=now())


def bring(fund: Fund, *numbered: Numbered, **asked: Any) -> Any:
    return services.bring_numbers(fund=fund, year=in_days().year, lines=dict(enumerate(numbered, 2)), by=somebody(), now=now(), **asked)


def of_donation(donation: Donation, number: str = "A-1", on: date | None = None) -> Numbered:
    return Numbered(number=number, donation=donation.pk, donor=None, issued_on=on)


def wrong_of(fund: Fund, *numbered: Numbered) -> list[Any]:
    with pytest.raises(WrongRows) as refused:
        bring(fund, *numbered)
    rows: list[Any] = refused.value.extra["rows"]
    return rows


def test_a_file_that_is_handed_in_transmits_what_it_tells_of_and_nothing_later():
    fund = make_fund()
    told = settled(fund, at=now() - timedelta(days=4))
    file = file_of(fund, at=now() - timedelta(days=3))
    later = given(fund)
    sent(file)
    assert list(OfficialReceipt.objects.values_list("donation", "file")) == [(told.pk, file.pk)]
    with pytest.raises(Conflict) as refused:
        sent(file)
    assert refused.value.code == "already_sent"
    second = file_of(fund)
    sent(second)
    assert OfficialReceipt.objects.get(pk=later.pk).file == second
    assert OfficialReceipt.objects.get(pk=told.pk).file == file


def test_that_it_was_handed_in_is_undone_until_a_receipt_has_its_number():
    fund = make_fund()
    donation, file, by = given(fund), file_of(fund), somebody()
    sent(file)
    for _ in range(2):
        services.undo_sent(file_id=file.pk, by=by, now=now())
    assert not OfficialReceipt.objects.exists()
    sent_again = services.mark_sent(file_id=file.pk, sent_on=in_days(), words="By post", by=by, now=now())
    assert sent_again.words == "By post"
    bring(fund, of_donation(donation))
    with pytest.raises(Conflict) as refused:
        services.undo_sent(file_id=file.pk, by=by, now=now())
    assert refused.value.code == "receipts_issued"


@pytest.mark.parametrize(("days", "words", "field"), [(1, "x", "sent_on"), (-3, "x", "sent_on"), (0, " ", "reason")])
def test_when_and_how_it_was_handed_in_is_said(days, words, field):
    file = file_of(make_fund())
    with pytest.raises(Invalid) as refused:
        services.mark_sent(file_id=file.pk, sent_on=in_days(days), words=words, by=somebody(), now=now())
    assert set(refused.value.fields) == {field}


def test_numbers_are_kept_once_and_their_givers_told_by_one_mail():
    fund, donor = make_fund(), make_donor(language="en")
    first, second = given(fund, donor=donor), given(fund, donor=donor, amount=700)
    table = (of_donation(first, "A-1"), of_donation(second, "A-2", in_days()))
    preview = bring(fund, *table, dry=True)
    assert (preview.new, preview.known, preview.corrected, preview.mails) == (2, 0, (), 1)
    assert not OfficialReceipt.objects.exists()
    assert bring(fund, *table) == preview
    again = bring(fund, *table)
    assert (again.new, again.known, again.mails) == (0, 2, 0)
    deliver_message(message_id=Message.objects.get(purpose=MAILS).pk, now=now())
    body = str(mail.outbox[0].body)
    assert "receipt A-1" in body
    assert "receipt A-2" in body
    assert "/en/give/thanks/" in body
    assert OfficialReceipt.objects.filter(transmitted_at__isnull=False, issued_at__isnull=False).count() == 2


def test_a_number_is_corrected_without_another_mail():
    fund = make_fund()
    one, other = given(fund), given(fund, donor=make_donor(given_name="Samir", email="samir@people.example"))
    bring(fund, of_donation(one, "A-1"), of_donation(other, "A-2"))
    change = bring(fund, of_donation(one, "A-2"), of_donation(other, "A-1"))
    assert (change.new, [(each.before, each.number) for each in change.corrected], change.mails) == (0, [("A-1", "A-2"), ("A-2", "A-1")], 0)
    assert OfficialReceipt.objects.get(pk=one.pk).number == "A-2"
    assert Message.objects.filter(purpose=MAILS).count() == 2


def test_one_receipt_may_be_for_all_that_somebody_gave_in_the_year():
    fund, donor = make_fund(), make_donor()
    for amount in (1000, 2000):
        given(fund, donor=donor, amount=amount)
    change = bring(fund, Numbered(number="B-7", donation=None, donor=donor.identity_id, issued_on=None))
    assert (change.new, change.mails) == (2, 1)
    assert set(OfficialReceipt.objects.values_list("number", flat=True)) == {"B-7"}


def test_what_is_wrong_is_said_for_each_line_and_nothing_is_kept():
    fund = make_fund()
    good = given(fund)
    elsewhere = given(make_fund())
    back = given(fund)
    Donation.objects.filter(pk=back.pk).update(refunded=back.amount)
    old = given(fund)
    Donation.objects.filter(pk=old.pk).update(counted_on=date(in_days().year - 1, 5, 1))
    somebody_else = given(fund, donor=make_donor(given_name="Samir", email="samir@people.example"))
    rows = wrong_of(
        fund,
        of_donation(good, "A-1"),
        of_donation(elsewhere, "A-2"),
        of_donation(back, "A-3"),
        of_donation(old, "A-4"),
        of_donation(somebody_else, "A-1"),
        of_donation(good, "A-9"),
        of_donation(good, "A-1", in_days(1)),
    )
    assert [(row["line"], set(row["fields"])) for row in rows] == [
        (3, {"reference"}),
        (4, {"reference"}),
        (5, {"reference"}),
        (6, {"number"}),
        (7, {"reference"}),
        (8, {"issued_on"}),
    ]
    assert not OfficialReceipt.objects.exists()
    bring(fund, of_donation(good, "A-1"))
    assert wrong_of(fund, of_donation(somebody_else, "A-1"))[0]["fields"].keys() == {"number"}


@pytest.mark.parametrize(
    ("heading", "found"),
    [
        (["identifiant_operation", "N° de reçu"], {"donation": 0, "number": 1}),
        (["Numéro", "identifiant_donateur", "Délivré le"], {"donor": 1, "number": 0, "issued_on": 2}),
    ],
)
def test_columns_are_found_by_their_heading(heading, found):
    assert columns_of(heading) == found


@pytest.mark.parametrize(
    ("cells", "unread"),
    [
        (["x", "A-1", ""], ["reference"]),
        (["", "A-1", ""], ["reference"]),
        (["019ac3ce-0000-7000-8000-000000000001", "", ""], ["number"]),
        (["019ac3ce-0000-7000-8000-000000000001", "<b>", "soon"], ["number", "issued_on"]),
        (["019ac3ce-0000-7000-8000-000000000001", " a  1 ", "03/04/2026"], []),
    ],
)
def test_a_line_is_read_or_says_what_cannot_be(cells, unread):
    line, fields = read_line(cells, {"donation": 0, "number": 1, "issued_on": 2})
    assert fields == unread
    assert (line is None) is bool(unread)
    if line is not None:
        assert (line.number, line.issued_on) == ("A 1", date(2026, 4, 3))


@pytest.fixture
def desk(small_country: SmallCountry) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    sign_in(client, make_granted(Role.TREASURER, small_country.country))
    return client


def test_the_treasurer_takes_the_file_marks_it_and_brings_the_numbers(desk):
    fund = make_fund()
    donation = given(fund)
    root = f"/api/v1/fundraising/treasury/{fund.code}/books/{in_days().year}"
    desk.post(f"{root}/files/donors/", {"reason": "for the authority"}, content_type="application/json").getvalue()
    told = desk.get(f"{root}/receipts/").json()
    assert (told["donations"], told["transmitted"], told["issued"]) == (1, 0, 0)
    (file,) = told["files"]
    act = f"/api/v1/fundraising/treasury/donor-files/{file['id']}"
    body = json.dumps({"sent_on": in_days().isoformat(), "reason": "On-line"})
    assert desk.post(f"{act}/sent/", body, content_type="application/json").json()["can_undo"]
    assert desk.get(f"{root}/receipts/").json()["transmitted"] == 1
    assert desk.post(f"{act}/undo/").json()["sent_on"] is None

    def table(lines: str, query: str = "") -> Any:
        return desk.post(f"{root}/receipts/numbers/{query}", lines.encode(), content_type="text/csv")

    assert table("nom\nClaire\n").json()["code"] == "columns_missing"
    assert table("identifiant_operation;numero\nx;A-1\n").json()["rows"] == [{"line": 2, "fields": {"reference": ["This cannot be read."]}}]
    good = f"identifiant_operation;numero\n{donation.pk};A-1\n;\n"
    assert table(good, "?dry=1").json() == {"new": 1, "known": 0, "corrected": 0, "mails": 1, "corrections": []}
    assert desk.get(f"{root}/receipts/").json()["issued"] == 0
    assert table(good).json()["new"] == 1
    assert desk.get(f"{root}/receipts/").json()["issued"] == 1


def test_an_association_has_no_official_receipts(desk):
    fund = make_fund(GivingRules.FR_ASSOCIATION)
    answer = desk.get(f"/api/v1/fundraising/treasury/{fund.code}/books/{in_days().year}/receipts/")
    assert (answer.status_code, answer.json()["code"]) == (409, "no_donor_file")
