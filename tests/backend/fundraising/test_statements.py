"""Bank statements: read as banks write them, kept once, and found in the books."""

import json
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.fundraising import services
from maillage.fundraising.domain import postings
from maillage.fundraising.domain.camt import read_camt
from maillage.fundraising.domain.payments import Payout
from maillage.fundraising.domain.statement_tables import guess_layout, read_table
from maillage.fundraising.domain.statements import Line, WrongStatement, marks_of
from maillage.fundraising.domain.words import CancelledFor, Method, SetAside
from maillage.fundraising.models import BankStatement, ClosedYear, Fund, LineMatch, StatementLine
from maillage.fundraising.selectors.bank import bank_entries, proposals_of, standing_of
from maillage.fundraising.services import ledger
from maillage.fundraising.services.batches import noon_of
from maillage.kernel.clock import now
from maillage.kernel.errors import Conflict, Invalid, Refusal
from tests.backend.accounts.factories import make_granted, make_user, sign_in
from tests.backend.days import in_days
from tests.backend.fundraising.factories import make_fund
from tests.backend.fundraising.test_batches import at_once, deposit, opened, written
from tests.backend.territories.factories import SmallCountry

HEAD = '<?xml version="1.0" encoding="{encoding}"?><Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt>'
TAIL = "</BkToCstmrStmt></Document>"


def entry(line: Line, *, status: str = "<Sts>BOOK</Sts>") -> str:
    """One movement, as banks write it."""
    side = "CRDT" if line.amount > 0 else "DBIT"
    who = "Dbtr" if line.amount > 0 else "Cdtr"
    units, cents = divmod(abs(line.amount), 100)
    return (
        f'<Ntry><Amt Ccy="EUR">{units}.{cents:02}</Amt><CdtDbtInd>{side}</CdtDbtInd>{status}'
        f"<BookgDt><Dt>{line.booked_on}</Dt></BookgDt><ValDt><Dt>{line.value_on or line.booked_on}</Dt></ValDt>"
        f"<NtryDtls><TxDtls><Refs><EndToEndId>{line.reference}</EndToEndId></Refs>"
        f"<RltdPties><{who}><Nm>{line.party}</Nm></{who}></RltdPties>"
        f"<RmtInf><Ustrd>{line.label}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>"
    )


def balance(kind: str, cents: int, day: date) -> str:
    side = "CRDT" if cents >= 0 else "DBIT"
    return (
        f"<Bal><Tp><CdOrPrtry><Cd>{kind}</Cd></CdOrPrtry></Tp><Amt Ccy='EUR'>{abs(cents) // 100}.{abs(cents) % 100:02}</Amt>"
        f"<CdtDbtInd>{side}</CdtDbtInd><Dt><Dt>{day}</Dt></Dt></Bal>"
    )


def statement(lines: Sequence[Line], *, opening: int = 100_00, closing: int | None = None, iban: str = "", number: str = "11") -> str:
    day = min((line.booked_on for line in lines), default=in_days())
    last = opening + sum(line.amount for line in lines) if closing is None else closing
    account = f"<Acct><Id><IBAN>{iban}</IBAN></Id><Ccy>EUR</Ccy></Acct>" if iban else ""
    balances = balance("OPBD", opening, day) + balance("CLBD", last, max((line.booked_on for line in lines), default=day))
    return f"<Stmt><Id>{number}</Id>{account}{balances}{''.join(entry(line) for line in lines)}</Stmt>"


def camt(*statements: str, encoding: str = "UTF-8", version: str = "02") -> bytes:
    return (HEAD.format(encoding=encoding, version=version) + "".join(statements) + TAIL).encode(encoding)


LINES = (
    Line(date(2026, 11, 3), 5000, "VIR DONATION", "R1", "MME CLAIRE DUMONTEL"),
    Line(date(2026, 11, 4), -1250, "FRAIS TENUE DE COMPTE", "F1", "BANQUE"),
)


@pytest.mark.parametrize(("encoding", "version"), [("UTF-8", "02"), ("ISO-8859-1", "02"), ("windows-1252", "08"), ("UTF-16", "08")])
def test_camt_is_read_in_each_encoding(encoding, version):
    (found,) = read_camt([camt(statement(LINES), encoding=encoding, version=version)])
    assert [(line.booked_on, line.amount, line.label, line.reference, line.party) for line in found.lines] == [
        (line.booked_on, line.amount, line.label, line.reference, line.party) for line in LINES
    ]
    assert (found.opening, found.closing, found.difference, found.number) == (100_00, 137_50, 0, "11")


def test_a_statement_that_does_not_add_up_says_by_how_much():
    (found,) = read_camt([camt(statement(LINES, closing=137_49))])
    assert found.difference == -1


def test_what_is_not_booked_yet_and_nothing_are_left_out():
    pending = entry(LINES[0], status="<Sts><Cd>PDNG</Cd></Sts>")
    booked = entry(LINES[1], status="<Sts><Cd>BOOK</Cd></Sts>")
    (found,) = read_camt([camt(f"<Stmt><Id>1</Id>{pending}{booked}</Stmt>")])
    assert [line.amount for line in found.lines] == [-1250]


def test_several_statements_of_one_file_are_apart():
    found = read_camt([camt(statement(LINES[:1], number="1"), statement(LINES[1:], number="2"))])
    assert [(each.number, len(each.lines)) for each in found] == [("1", 1), ("2", 1)]


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not_camt"),
        (b"<html></html>", "not_camt"),
        (b"<Document>", "not_camt"),
        (camt(), "not_camt"),
        (camt(statement(LINES))[:-40], "not_camt"),
        (f"<?xml version='1.0'?>{BOMB}<Document>&b;</Document>".encode(), "document_type"),
        (b'<?xml version="1.0"?><!DOCTYPE x SYSTEM "file:///etc/passwd"><Document/>', "document_type"),
        (b"<Document>" + b"<a>" * 60, "too_deep"),
        (camt(*[f"<Stmt>{balance('CLBD', 0, in_days())}</Stmt>"] * 401), "too_many_lines"),
        (camt(statement(LINES)).replace(b"50.00", b"fifty"), "no_amount"),
        (camt(statement(LINES)).replace(b"50.00", b"50.005"), "no_amount"),
        (camt(statement(LINES)).replace(b"2026-11-03", b"soon"), "no_day"),
        (camt(statement(LINES)).replace(b'<Amt Ccy="EUR">50.00</Amt>', b""), "no_amount"),
        (camt(statement(LINES)).replace(b"<CdtDbtInd>CRDT</CdtDbtInd><Sts>", b"<Sts>"), "no_amount"),
        (camt(statement(LINES)).replace(b"DBIT", b"DEBIT"), "no_amount"),
    ],
)
def test_what_is_no_camt_or_means_harm_is_refused(body, code):
    with pytest.raises(WrongStatement) as refused:
        read_camt([body])
    assert refused.value.code == code


words = st.text(
    st.characters(codec="latin-1", exclude_characters="<>&\x85\xa0\xad", exclude_categories=["Cc", "Zs"]), min_size=1, max_size=12
)
money = st.integers(-(10**10), 10**10).filter(bool)
days = st.integers(0, 400).map(lambda number: date(2026, 1, 1) + timedelta(days=number))
some_lines = st.lists(st.builds(Line, booked_on=days, amount=money, label=words, reference=words, party=words), min_size=1, max_size=12)


@given(some_lines, st.integers(-(10**9), 10**9), st.integers(1, 400))
@settings(max_examples=60)
def test_camt_is_read_as_it_was_written_in_pieces_of_any_size(lines, opening, size):
    body = camt(statement(lines, opening=opening))
    (found,) = read_camt(body[at : at + size] for at in range(0, len(body), size))
    told = [(line.booked_on, line.amount, line.label, line.reference, line.party) for line in found.lines]
    assert told == [(line.booked_on, line.amount, line.label, line.reference, line.party) for line in lines]
    assert (found.opening, found.difference) == (opening, 0)


def french(cents: int) -> str:
    units, rest = divmod(abs(cents), 100)
    return f"{units:,}".replace(",", "\u202f") + f",{rest:02}"


@given(some_lines, st.integers(-(10**9), 10**9), st.booleans(), st.booleans())
@settings(max_examples=60)
def test_a_table_is_read_as_it_was_written(lines, opening, in_two_columns, is_newest_first):
    balances = [opening + sum(line.amount for line in lines[: at + 1]) for at in range(len(lines))]
    table = [["Compte n°", "00012345678"], [], ["Date", "Libellé", "Référence", "Tiers"]]
    table[-1] += ["Débit", "Crédit", "Solde"] if in_two_columns else ["Montant", "Devise", "Solde"]
    rows = []
    for line, rest in zip(lines, balances, strict=True):
        signed = ("-" if line.amount < 0 else "") + french(line.amount)
        sides = [french(line.amount), ""] if line.amount < 0 else ["", french(line.amount)]
        known = ("-" if rest < 0 else "") + french(rest)
        rows.append(
            [f"{line.booked_on:%d/%m/%Y}", line.label, line.reference, line.party, *(sides if in_two_columns else [signed, "EUR"]), known]
        )
    table += rows[::-1] if is_newest_first else rows
    layout = guess_layout(table)
    assert layout is not None
    found = read_table(table, layout).statement
    assert found is not None
    expected = lines[::-1] if is_newest_first else lines
    assert [(line.booked_on, line.amount, line.label) for line in found.lines] == [
        (one.booked_on, one.amount, one.label) for one in expected
    ]
    assert found.difference == 0


SAMPLES = {
    "two columns, debit with a minus": (
        "Téléchargement du 30/11/2026\n\nDate;Libellé;Débit euros;Crédit euros\n"
        "03/11/2026;VIREMENT DE MME DUMONTEL;;1 250,00\n04/11/2026;COTISATION CARTE;-12,50;\n",
        [125_000, -1250],
    ),
    "one column, semicolons within quotes": (
        'Date;Date de valeur;Montant;Libellé;Solde\n03/11/2026;04/11/2026;"+1 250,00";"VIR; MME DUMONTEL";"1 350,00"\n'
        '04/11/2026;04/11/2026;"-12,50";"FRAIS";"1 337,50"\n',
        [125_000, -1250],
    ),
    "commas, points, iso days": ("dateOp,label,amount\n2026-11-03,VIR DUMONTEL,1250.00\n2026-11-04,FEE,-12.50\n", [125_000, -1250]),
    "tabs, a line of totals": (
        "Date comptable\tLibellé opération\tMontant\tDevise\n3/11/26\tVIR\t1250\tEUR\n4/11/26\tFRAIS\t-12,5\tEUR\nTotal\t\t1237,50\tEUR\n",
        [125_000, -1250],
    ),
    "balances among the movements": (
        "Date;Libellé;Débit;Crédit\n31/10/2026;SOLDE CREDITEUR AU 31.10.26;;1 000,00\n03/11/2026;VIR DUMONTEL;;1 250,00\n"
        "04/11/2026;SOLDE DE TOUT COMPTE;12,50;\n15/11/2026;SOLDE;;\n30/11/2026;NOUVEAU SOLDE;;2 237,50\n",
        [125_000, -1250],
    ),
    "one column, its side in another": (
        "Date opération;Libellé;Montant;Sens;Devise\n03/11/2026;VIR DUMONTEL;1 250,00;C;EUR\n04/11/2026;FRAIS;12,50;Débit;EUR\n",
        [125_000, -1250],
    ),
    "months first": ("Date,Description,Amount\n11/03/2026,IN,1250.00\n11/24/2026,OUT,-12.50\n", [125_000, -1250]),
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_tables_of_banks_are_read(name, encoding):
    text, amounts = SAMPLES[name]
    reading = services.read_statement(text.encode(encoding))
    assert [line.amount for line in reading.statements[0].lines] == amounts
    assert reading.statements[0].lines[0].booked_on == date(2026, 11, 3)


def test_balances_around_a_table_are_taken():
    text = "Solde précédent au 31/10/2026;100,00\nDate;Libellé;Montant\n03/11/2026;VIR;50,00\nSolde au 30/11/2026;;151,00\n"
    (found,) = services.read_statement(text.encode()).statements
    assert (found.opening, found.closing, found.difference) == (10_000, 15_100, 100)


def test_a_table_whose_columns_are_not_known_is_read_once_they_are_said():
    text = b"Quand;Quoi;Combien\n03/11/2026;VIR;50,00\n"
    assert services.read_statement(text).statements == ()
    reading = services.read_statement(text, columns={"booked_on": 0, "label": 1, "amount": 2})
    assert [line.amount for line in reading.statements[0].lines] == [5000]


def test_a_side_that_is_none_is_not_guessed():
    reading = services.read_statement("Date;Montant;Sens\n03/11/2026;50,00;?\n04/11/2026;50,00;peut-être\n".encode())
    assert [(each.line, each.column) for each in reading.unread] == [(3, "amount")]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "body",
    [
        camt(statement(LINES)).replace(b'Ccy="EUR"', b'Ccy="USD"').replace(b"Ccy='EUR'", b"Ccy='USD'"),
        camt(statement(LINES)).replace(b'Ccy="EUR">50', b'Ccy="CHF">50'),
        b"Date;Montant;Devise\n03/11/2026;50,00;USD\n",
        b"Date;Montant;Devise\n03/11/2026;50,00;EUR\n04/11/2026;60,00;CHF\n",
    ],
)
def test_a_statement_in_another_currency_is_refused(body):
    with pytest.raises(Invalid) as refused:
        services.bring_statement(fund=make_fund(), body=body, file_name="", by=make_user("t@people.example"), now=now())
    assert refused.value.code == "other_account"
    assert not BankStatement.objects.exists()


@pytest.mark.django_db
def test_a_line_that_cannot_be_read_is_told_and_nothing_is_kept():
    text = b"Date;Montant\n03/11/2026;50,00\n04/11/2026;cinquante\n31/02/2026;10\n"
    with pytest.raises(Invalid) as refused:
        services.bring_statement(fund=make_fund(), body=text, file_name="", by=make_user("t@people.example"), now=now())
    assert refused.value.extra["lines"] == [{"line": 3, "column": "amount"}, {"line": 4, "column": "booked_on"}]
    assert not BankStatement.objects.exists()


@given(some_lines, st.data())
@settings(max_examples=60)
def test_statements_that_overlap_name_each_line_once(lines, data):
    ordered = sorted(lines, key=lambda line: line.booked_on)
    cuts = sorted({line.booked_on for line in ordered})
    since, until = data.draw(st.sampled_from(cuts)), data.draw(st.sampled_from(cuts))
    first = [line for line in ordered if line.booked_on <= until]
    second = [line for line in ordered if line.booked_on >= since]
    if since <= until:
        assert sorted(set(marks_of(first)) | set(marks_of(second))) == sorted(marks_of(ordered))


@pytest.fixture
def fund(db: None) -> Fund:
    return make_fund()


@pytest.fixture
def treasurer(db: None) -> User:
    return make_user("treasurer@people.example")


def bring(fund: Fund, by: User, *lines: Line, **fields: Any) -> list[Any]:
    return services.bring_statement(fund=fund, body=camt(statement(lines, **fields)), file_name="x.xml", by=by, now=now())


def test_the_same_statement_twice_adds_nothing_and_one_that_overlaps_what_is_new(fund, treasurer):
    assert [each.added for each in bring(fund, treasurer, *LINES)] == [2]
    assert [each.added for each in bring(fund, treasurer, *LINES)] == [0]
    more = Line(date(2026, 11, 4), -1250, "FRAIS TENUE DE COMPTE", "F1", "BANQUE")
    assert [each.added for each in bring(fund, treasurer, *LINES, more)] == [1]
    assert (BankStatement.objects.count(), StatementLine.objects.count()) == (2, 3)


def test_a_statement_of_another_account_is_refused(treasurer):
    fund = make_fund(iban="FR76 3000 6000 0112 3456 7890 189")
    with pytest.raises(Invalid) as refused:
        bring(fund, treasurer, *LINES, iban="FR7610107001011234567890129")
    assert refused.value.code == "other_account"
    assert bring(fund, treasurer, *LINES, iban="FR7630006000011234567890189")


def payout(fund: Fund, amount: int, day: date) -> None:
    sent = Payout(id=f"po_{uuid4().hex[:8]}", amount=amount, state="paid", arrives_on=day, happened_at=noon_of(fund, day))
    ledger.post([postings.of_payout(fund.pk, sent)], now=now())


def line_of(amount: int, label: str, *, days: int = 0, party: str = "") -> Line:
    return Line(in_days(days), amount, label, "", party)


def test_payouts_slips_and_transfers_are_proposed_and_confirmed_at_once(fund, treasurer):
    payout(fund, 99_000, in_days(-2))
    deposit(opened(fund, Method.CHEQUE, written(5000), written(1000)), slip="0001234")
    deposit(opened(fund, Method.TRANSFER, written(4200, received_on=in_days(-1))), slip="")
    bring(
        fund,
        treasurer,
        line_of(99_000, "STRIPE TECHNOLOGY EUROPE"),
        line_of(6000, "REMISE CHEQUES N 0001234"),
        line_of(4200, "VIR INST", party="M OU MME DUMONTEL CLAIRE"),
        line_of(-500, "FRAIS"),
    )
    assert [proposal.is_sure for proposal in proposals_of(fund)] == [True] * 3
    assert services.match_what_is_sure(fund=fund, by=treasurer, now=now()) == 3
    assert bank_entries(fund) == []
    services.set_line_aside(line_id=StatementLine.objects.get(amount=-500).pk, why=SetAside.BANK_FEE, by=treasurer, now=now())
    standing = standing_of(fund)
    assert (standing.open_lines, standing.open_entries, standing.booked, standing.aside_sum) == (0, 0, 109_200, -500)


def test_two_that_look_alike_are_proposed_and_none_is_sure(fund, treasurer):
    for _ in range(2):
        deposit(opened(fund, Method.TRANSFER, written(4200, received_on=in_days())), slip="")
    bring(fund, treasurer, line_of(4200, "VIR"), line_of(4200, "VIR"))
    proposals = proposals_of(fund)
    assert [proposal.is_sure for proposal in proposals] == [False, False]
    assert len({proposal.entries for proposal in proposals}) == 2


def test_transfers_that_the_bank_tells_in_one_line_are_proposed_together(fund, treasurer):
    deposit(opened(fund, Method.TRANSFER, written(4200), written(800)), slip="")
    bring(fund, treasurer, line_of(5000, "VIREMENTS RECUS", days=-29))
    (proposal,) = proposals_of(fund)
    assert len(proposal.entries) == 2


def test_a_slip_and_its_correction_are_one_line(fund, treasurer):
    batch = deposit(opened(fund, Method.CHEQUE, written(6500), written(1000)))
    services.cancel_row(batch_id=batch.pk, row_id=batch.rows.get(position=1).pk, why=CancelledFor.TYPED_WRONG, by=treasurer, now=now())
    deposit(opened(fund, Method.CHEQUE, written(5600)))
    bring(fund, treasurer, line_of(6600, "REMISE"))
    line = StatementLine.objects.get()
    ids = [each.id for each in bank_entries(fund)]
    services.match_line(line_id=line.pk, entry_ids=ids, by=treasurer, now=now())
    assert LineMatch.objects.filter(line=line).count() == 3


def test_a_match_adds_up_is_made_once_and_is_undone(fund, treasurer):
    payout(fund, 5000, in_days())
    bring(fund, treasurer, line_of(5000, "STRIPE"), line_of(5000, "OTHER"), line_of(4999, "STRIPE"))
    (entry_id,) = [each.id for each in bank_entries(fund)]
    first, second, less = (
        StatementLine.objects.get(label=label, amount=amount) for label, amount in (("STRIPE", 5000), ("OTHER", 5000), ("STRIPE", 4999))
    )

    def match(line: StatementLine) -> str:
        try:
            services.match_line(line_id=line.pk, entry_ids=[entry_id], by=treasurer, now=now())
        except Refusal as refused:
            return refused.code
        return ""

    assert [match(less), match(first), match(first), match(second)] == ["sums_differ", "", "", "entry_taken"]
    with pytest.raises(Conflict):
        services.set_line_aside(line_id=first.pk, why=SetAside.EXPENSE, by=treasurer, now=now())
    services.unmatch_line(line_id=first.pk, by=treasurer, now=now())
    assert [match(second), match(first)] == ["", "entry_taken"]
    ClosedYear.objects.create(fund=fund, year=in_days().year)
    with pytest.raises(Conflict) as refused:
        services.unmatch_line(line_id=second.pk, by=treasurer, now=now())
    assert refused.value.code == "year_closed"


def test_entries_of_another_recipient_are_not_found(fund, treasurer):
    elsewhere = make_fund()
    payout(elsewhere, 5000, in_days())
    bring(fund, treasurer, line_of(5000, "STRIPE"))
    with pytest.raises(Refusal) as refused:
        services.match_line(line_id=StatementLine.objects.get().pk, entry_ids=[bank_entries(elsewhere)[0].id], by=treasurer, now=now())
    assert refused.value.status == 404


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_find_one_entry_once():
    fund, treasurer = make_fund(), make_user("treasurer@people.example")
    payout(fund, 5000, in_days())
    bring(fund, treasurer, line_of(5000, "ONE"), line_of(5000, "OTHER"))
    (entry_id,) = [each.id for each in bank_entries(fund)]
    lines = list(StatementLine.objects.values_list("pk", flat=True))
    outcomes = at_once(*(lambda pk=pk: services.match_line(line_id=pk, entry_ids=[entry_id], by=treasurer, now=now()) for pk in lines))
    assert {type(outcome) for outcome in outcomes} == {StatementLine, Conflict}
    assert LineMatch.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_treasurers_bring_the_same_statement_once():
    fund, treasurer = make_fund(), make_user("treasurer@people.example")
    outcomes = at_once(*(lambda: bring(fund, treasurer, *LINES) for _ in range(2)))
    assert sorted(each[0].added for each in outcomes) == [0, 2]
    assert StatementLine.objects.count() == 2


def test_through_the_api_a_statement_is_read_brought_and_matched(small_country: SmallCountry):
    desk = Client(headers={"Accept-Language": "en"})
    sign_in(desk, make_granted(Role.TREASURER, small_country.country))
    fund = make_fund(code="rive-commune")
    payout(fund, 5000, in_days())
    root = f"/api/v1/fundraising/funds/{fund.code}/bank"
    body = camt(statement([line_of(5000, "STRIPE"), line_of(-100, "FRAIS")]))
    dry = desk.post(f"{root}/statements/?dry=1", body, content_type="application/xml").json()
    assert (dry["reading"]["statements"][0]["count"], BankStatement.objects.count()) == (2, 0)
    brought = desk.post(f"{root}/statements/?name=nov.xml", body, content_type="application/xml")
    assert (brought.status_code, brought.json()["items"][0]["added"]) == (201, 2)
    lines = {line["amount"]: line for line in desk.get(f"{root}/lines/?state=open").json()["items"]}
    assert lines[5000]["proposal"]["is_sure"]
    assert lines[-100]["proposal"] is None
    assert desk.post(f"{root}/match-sure/").json() == {"matched": 1}
    aside = desk.post(
        f"/api/v1/fundraising/bank-lines/{lines[-100]['id']}/set-aside/",
        json.dumps({"set_aside": "bank_fee"}),
        content_type="application/json",
    )
    assert aside.json()["set_aside"] == "bank_fee"
    assert desk.get(f"{root}/lines/?state=open").json()["items"] == []
    matched = desk.get(f"{root}/lines/?state=matched").json()["items"][0]
    assert [entry["kind"] for entry in matched["entries"]] == ["payout"]
    assert desk.post(f"/api/v1/fundraising/bank-lines/{matched['id']}/undo/").json()["is_matched"] is False
    standing = desk.get(f"{root}/").json()
    assert (standing["closing"], standing["open_lines"], standing["open_entries"]) == (149_00, 1, 1)
