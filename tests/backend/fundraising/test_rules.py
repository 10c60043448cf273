"""The rules for donations are data, with their days and their source, and say what the law says."""

import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest

from maillage.fundraising.domain import rules as rules_module
from maillage.fundraising.domain.asking import DECLARATIONS, WHY
from maillage.fundraising.domain.caps import CAPS
from maillage.fundraising.domain.mentions import MENTIONS
from maillage.fundraising.domain.rule_parts import (
    Band,
    DueWhat,
    Fact,
    NoRules,
    Period,
    ReceiptKind,
    RefundedBy,
    RuleSet,
    Scope,
    Term,
    TermCode,
    Unit,
)
from maillage.fundraising.domain.rules import RULES, WrongRules, read_rules, rules_on
from maillage.people.domain.law import GIVING, GivingRules, Mark

TODAY = date(2026, 11, 30)
PARTY, CANDIDATE, ASSOCIATION, NONE = (rules_on(code, TODAY) for code in GivingRules)
EVERY = (PARTY, CANDIDATE, ASSOCIATION, NONE)
READ, REPORTED, OURS = Mark.READ, Mark.REPORTED, Mark.OURS


def only(parts):
    (part,) = parts
    return part


def due(rules: RuleSet, what: DueWhat):
    return only([part for part in rules.dues if part.what == what])


def test_each_figure_of_the_law_on_money_is_there_with_its_mark():
    cap, election_cap = only(PARTY.caps), only(CANDIDATE.caps)
    party_tax, candidate_tax = PARTY.tax(cares=False), CANDIDATE.tax(cares=False)
    body_tax, care_tax = ASSOCIATION.tax(cares=False), ASSOCIATION.tax(cares=True)
    figures = [
        # a party: 7,500 EUR a year, all parties together, dues included but those of elected people
        (cap.amount, 7_500_00, cap.mark, READ),
        ((cap.period, cap.scope), (Period.CALENDAR_YEAR, Scope.RULE_SET), cap.mark, READ),
        ((cap.counts, cap.elected_dues), ({"donation", "dues"}, False), cap.mark, READ),
        ((PARTY.giver.nationalities, PARTY.giver.natural_persons_only), ({"FR"}, True), PARTY.giver.mark, READ),
        # a candidate: 4,600 EUR for an election; above 150 EUR not in cash; cash at most 20 % of expenses from 15,000 EUR on
        (election_cap.amount, 4_600_00, election_cap.mark, READ),
        ((election_cap.period, election_cap.scope), (Period.ELECTION, Scope.ELECTION), election_cap.mark, READ),
        ((CANDIDATE.giver.nationalities, CANDIDATE.giver.natural_persons_only), ({"FR"}, True), CANDIDATE.giver.mark, READ),
        (CANDIDATE.way("cash").most, 150_00, CANDIDATE.way("cash").mark, READ),
        ((CANDIDATE.cash.percent_of_expenses, CANDIDATE.cash.from_expenses), (20, 15_000_00), CANDIDATE.cash.mark, READ),
        # its agent collects from six months before, on one account
        ((CANDIDATE.agent.months_before, CANDIDATE.agent.accounts), (6, 1), CANDIDATE.agent.mark, READ),
        # donors' list by 15 April, accounts by 30 June, receipts asked by 15 February, returned by 15 March (15 April on-line)
        (due(PARTY, DueWhat.DONOR_LIST).last_day(2026), date(2027, 4, 15), due(PARTY, DueWhat.DONOR_LIST).mark, READ),
        (due(PARTY, DueWhat.ACCOUNTS).last_day(2026), date(2027, 6, 30), due(PARTY, DueWhat.ACCOUNTS).mark, READ),
        (due(PARTY, DueWhat.RECEIPTS_ASKED).last_day(2026), date(2027, 2, 15), due(PARTY, DueWhat.RECEIPTS_ASKED).mark, READ),
        (due(PARTY, DueWhat.RECEIPTS_RETURNED).last_day(2026), date(2027, 3, 15), due(PARTY, DueWhat.RECEIPTS_RETURNED).mark, READ),
        (
            due(PARTY, DueWhat.RECEIPTS_RETURNED_ONLINE).last_day(2026),
            date(2027, 4, 15),
            due(PARTY, DueWhat.RECEIPTS_RETURNED_ONLINE).mark,
            READ,
        ),
        # receipts of the CNCCFP, a candidate's signed by the donor; no refund without the agent
        ((PARTY.receipt.kind, PARTY.receipt.signed_by_donor), (ReceiptKind.CNCCFP, False), PARTY.receipt.mark, READ),
        ((CANDIDATE.receipt.kind, CANDIDATE.receipt.signed_by_donor), (ReceiptKind.CNCCFP, True), CANDIDATE.receipt.mark, READ),
        (PARTY.refund.by, RefundedBy.AGENT_AUTHORISATION, PARTY.refund.mark, READ),
        (CANDIDATE.refund.by, RefundedBy.AGENT_AUTHORISATION, CANDIDATE.refund.mark, READ),
        # 66 % within 20 % of the income, carried 5 years, not for cash; 15,000 EUR a household for parties only
        ((party_tax.bands, party_tax.income_percent, party_tax.carried_years), ((Band(66),), 20, 5), party_tax.mark, READ),
        ((party_tax.household, party_tax.cash, party_tax.box), (15_000_00, False, "7UH"), party_tax.mark, READ),
        ((candidate_tax.bands, candidate_tax.income_percent, candidate_tax.carried_years), ((Band(66),), 20, 5), candidate_tax.mark, READ),
        ((candidate_tax.household, candidate_tax.cash, candidate_tax.box), (None, False, "7UF"), candidate_tax.mark, READ),
        # an association: Cerfa 11580*05, 66 %, or 75 % up to 2,000 EUR; a yearly total
        ((ASSOCIATION.receipt.kind, ASSOCIATION.receipt.form), (ReceiptKind.CERFA_11580, "11580*05"), ASSOCIATION.receipt.mark, REPORTED),
        ((body_tax.bands, body_tax.household), ((Band(66),), None), body_tax.mark, REPORTED),
        (care_tax.bands, (Band(75, up_to=2_000_00), Band(66)), care_tax.mark, REPORTED),
        (due(ASSOCIATION, DueWhat.RECEIPTS_TOTAL).last_day(2026), None, due(ASSOCIATION, DueWhat.RECEIPTS_TOTAL).mark, REPORTED),
        *[(rules.age.least, 18, rules.age.mark, OURS) for rules in EVERY],
    ]
    for code, number, unit, mark in [
        (TermCode.MANDATE_UNUSED, 36, Unit.MONTHS, READ),
        (TermCode.DEBIT_TOLD_BEFORE, 2, Unit.DAYS, OURS),
        (TermCode.DEBIT_TOLD_BEFORE_UNLESS_AGREED, 14, Unit.DAYS, REPORTED),
        (TermCode.DEBIT_TAKEN_BACK, 8, Unit.WEEKS, REPORTED),
        (TermCode.DEBIT_NEVER_AUTHORISED, 13, Unit.MONTHS, REPORTED),
        (TermCode.DEBIT_RESULT, 14, Unit.BUSINESS_DAYS, REPORTED),
    ]:
        figures += [((rules.term(code).number, rules.term(code).unit), (number, unit), rules.term(code).mark, mark) for rules in EVERY]
    assert [(said, mark) for said, _law, mark, _law_mark in figures] == [(law, law_mark) for _said, law, _mark, law_mark in figures]


def test_where_no_rules_are_known_nothing_is_asked_capped_printed_or_given_back_by_the_tax():
    assert (NONE.asked, NONE.caps, NONE.mentions, NONE.dues, NONE.taxes) == ((), (), (), (), ())
    assert (NONE.cash, NONE.agent, NONE.receipt.kind) == (None, None, ReceiptKind.NONE)
    assert (NONE.named.time_zone, NONE.named.currency, NONE.version) == ("", "", "none")


def test_what_is_asked_is_what_each_set_needs():
    assert {asked.what for asked in PARTY.asked} == {asked.what for asked in CANDIDATE.asked} == set(Fact)
    assert [asked.what for asked in ASSOCIATION.asked] == [Fact.TAX_ADDRESS]
    assert ASSOCIATION.asks(Fact.BIRTH_DATE) is None
    assert PARTY.asks(Fact.NATIONALITY).why == "french_or_resident"


@pytest.mark.parametrize("rules", [PARTY, CANDIDATE])
def test_to_a_party_or_a_candidate_gives_who_is_french_or_resides_in_france(rules):
    admits = rules.giver.admits
    assert admits(nationality="FR", residence="CA")
    assert admits(nationality="CA", residence="FR")
    assert admits(nationality="CA", residence="RE")
    assert not admits(nationality="CA", residence="BE")
    assert not admits(nationality="", residence="")


@pytest.mark.parametrize("rules", [ASSOCIATION, NONE])
def test_to_others_gives_whoever_wants(rules):
    assert rules.giver.admits(nationality="", residence="BE")


def test_somebody_is_old_enough_on_their_birthday():
    is_reached = PARTY.age.is_reached
    assert is_reached(born_on=date(2008, 11, 30), on=TODAY)
    assert not is_reached(born_on=date(2008, 12, 1), on=TODAY)
    assert not is_reached(born_on=date(2008, 2, 29), on=date(2026, 2, 28))
    assert is_reached(born_on=date(2008, 2, 29), on=date(2026, 3, 1))


@pytest.mark.parametrize(
    ("number", "unit", "day", "over"),
    [
        (2, Unit.DAYS, date(2026, 12, 31), date(2027, 1, 2)),
        (8, Unit.WEEKS, date(2026, 11, 30), date(2027, 1, 25)),
        (36, Unit.MONTHS, date(2026, 11, 30), date(2029, 11, 30)),
        (13, Unit.MONTHS, date(2027, 1, 31), date(2028, 2, 29)),
        (14, Unit.BUSINESS_DAYS, date(2026, 11, 30), date(2026, 12, 18)),
        (1, Unit.BUSINESS_DAYS, date(2026, 12, 4), date(2026, 12, 7)),
        (1, Unit.BUSINESS_DAYS, date(2026, 12, 6), date(2026, 12, 7)),
    ],
)
def test_a_term_is_over_on_a_day(number, unit, day, over):
    assert Term(source="here", mark=OURS, code=TermCode.DEBIT_RESULT, number=number, unit=unit).after(day) == over


def test_cash_is_limited_for_one_donation_and_in_all():
    assert CANDIDATE.takes(method="cash", amount=150_00)
    assert not CANDIDATE.takes(method="cash", amount=150_01)
    assert CANDIDATE.takes(method="cheque", amount=4_600_00)
    assert ASSOCIATION.takes(method="cash", amount=10_000_00)
    assert not PARTY.takes(method="bitcoin", amount=1)
    assert CANDIDATE.cash.most(14_999_99) is None
    assert CANDIDATE.cash.most(15_000_00) == 3_000_00


@pytest.mark.parametrize(
    ("election_on", "first"),
    [
        (date(2027, 6, 13), date(2026, 12, 1)),
        (date(2027, 4, 11), date(2026, 10, 1)),
        (date(2027, 12, 5), date(2027, 6, 1)),
        (date(2026, 3, 15), date(2025, 9, 1)),
    ],
)
def test_an_agent_collects_from_six_months_before_the_month_of_the_election(election_on, first):
    assert CANDIDATE.agent.collects_from(election_on) == first
    assert PARTY.agent.collects_from(election_on) is None


def test_a_rule_changes_by_day():
    before, after = (rules_on("fr-association", on) for on in (date(2025, 10, 13), date(2025, 10, 14)))
    assert before.tax(cares=True).bands[0] == Band(75, up_to=1_000_00)
    assert after.tax(cares=True).bands[0] == Band(75, up_to=2_000_00)
    assert before.tax(cares=False) == after.tax(cares=False)
    assert (before.version, before.valid_until) == ("fr-association@2023-04-01", date(2025, 10, 13))
    assert (after.version, after.valid_until) == ("fr-association@2025-10-14", None)


@pytest.mark.parametrize(("code", "on"), [("fr-party", date(2017, 12, 31)), ("fr-candidate", date(2020, 6, 29))])
def test_before_a_set_existed_there_is_none(code, on):
    with pytest.raises(NoRules):
        rules_on(code, on)
    assert rules_on(code, on + timedelta(days=1)).code == code


def test_an_unknown_set_is_no_set():
    with pytest.raises(ValueError, match="xx-party"):
        rules_on("xx-party", TODAY)


def test_sets_begin_when_the_people_floor_says_so():
    for rule in GIVING:
        assert rules_on(rule.name, rule.valid_from).valid_from == rule.valid_from


def test_each_key_has_words_and_each_words_a_key():
    rows = [part for tables in RULES.values() for parts in tables.values() for part in parts]
    said = lambda field: {getattr(part, field) for part in rows if hasattr(part, field)}  # noqa: E731
    assert said("why") == set(WHY)
    assert said("key") == set(MENTIONS)
    assert {part.version for tables in RULES.values() for part in tables["declaration"]} == set(DECLARATIONS)
    assert {part.code for tables in RULES.values() for part in tables["cap"]} == set(CAPS)


def source_table() -> dict:
    return tomllib.loads(Path(rules_module.__file__).with_name("rules.toml").read_text(encoding="utf-8"))


def written(tables: dict) -> str:
    """Write a table as TOML, as far as the rules need it."""

    def value(one) -> str:
        if isinstance(one, bool):
            return str(one).lower()
        if isinstance(one, list):
            return f"[{', '.join(value(each) for each in one)}]"
        if isinstance(one, dict):
            return f"{{{', '.join(f'{key} = {value(each)}' for key, each in one.items())}}}"
        return f'"{one}"' if isinstance(one, str) else str(one)

    lines = []
    for name, rows in tables.items():
        for row in rows:
            lines += [f"[[{name}]]", *(f"{key} = {value(one)}" for key, one in row.items())]
    return "\n".join(lines)


def test_the_table_reads_the_same_once_written_again():
    assert read_rules(written(source_table())) == RULES


@pytest.mark.parametrize("name", source_table())
def test_a_rule_without_a_source_a_mark_or_a_set_is_not_read(name):
    for gone in ("source", "mark", "sets"):
        tables = source_table()
        del tables[name][0][gone]
        with pytest.raises(WrongRules, match=name):
            read_rules(written(tables))
    tables = source_table()
    tables[name][0]["source"] = "  "
    with pytest.raises(WrongRules, match="no source"):
        read_rules(written(tables))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("cap", {"amont": 1}),
        ("cap", {"period": "week"}),
        ("set", {"mark": "sure"}),
        ("set", {"sets": ["xx-party"]}),
        ("age", {"valid_from": "soon"}),
        ("cap", {"amount": "7500"}),
        ("cap", {"counts": ["gift"]}),
        ("way", {"methods": ["chek"]}),
        ("agent", {"months_before": 0.5}),
        ("tax", {"bands": [{"per_cent": 66}]}),
    ],
)
def test_what_is_unknown_is_not_read(name, change):
    tables = source_table()
    tables[name][0] |= change
    with pytest.raises(WrongRules, match=name):
        read_rules(written(tables))


def test_an_unknown_table_is_not_read():
    with pytest.raises(WrongRules, match="capp"):
        read_rules('[[capp]]\nsets = ["none"]')


@pytest.mark.parametrize("name", source_table())
def test_two_rows_that_say_the_same_on_one_day_are_not_read(name):
    tables = source_table()
    tables[name].append(dict(tables[name][0]))
    with pytest.raises(WrongRules, match="same day"):
        read_rules(written(tables))
