"""What follows from a country and a legal kind: data with its source and its days."""

from datetime import date

import pytest
from django.utils import translation

from maillage.people.domain import DUTIES, GivingRules, LegalKind, Where, what_follows
from maillage.people.domain.law import ASKED, GIVING, Mark, Rule

TODAY = date(2026, 11, 29)


@pytest.mark.parametrize(
    ("country", "kind", "on", "rules"),
    [
        ("FR", LegalKind.PARTY, TODAY, GivingRules.FR_PARTY),
        ("FR", LegalKind.PARTY, date(2017, 12, 31), GivingRules.NONE),
        ("FR", LegalKind.CANDIDATE, TODAY, GivingRules.FR_CANDIDATE),
        ("FR", LegalKind.GENERAL_INTEREST, TODAY, GivingRules.FR_ASSOCIATION),
        ("FR", LegalKind.ASSOCIATION, TODAY, GivingRules.NONE),
        ("FR", LegalKind.UNION, TODAY, GivingRules.NONE),
        ("GB", LegalKind.PARTY, TODAY, GivingRules.NONE),
    ],
)
def test_the_rules_for_gifts(country: str, kind: LegalKind, on: date, rules: GivingRules) -> None:
    assert what_follows(country=country, kind=kind, on=on).giving == rules


@pytest.mark.parametrize("kind", LegalKind)
@pytest.mark.parametrize("country", ["FR", "XM"])
def test_everybody_writes_on_consent_only(country: str, kind: LegalKind) -> None:
    shown = what_follows(country=country, kind=kind, on=TODAY).shown(Where.NOTICES)
    assert [duty.rule.name for duty in shown] == ["consent_only", "officer"]


def test_only_a_french_party_names_the_commission_in_its_legal_notice() -> None:
    for country in ("FR", "BE"):
        for kind in LegalKind:
            shown = what_follows(country=country, kind=kind, on=TODAY).shown(Where.LEGAL_NOTICE)
            assert bool(shown) == (country == "FR" and kind == LegalKind.PARTY)


def test_each_rule_says_where_it_was_read_and_each_duty_has_words() -> None:
    assert {duty.rule.name for duty in ASKED} == set(DUTIES)
    for rule in (*GIVING, *(duty.rule for duty in ASKED)):
        assert rule.source
        assert rule.kinds
    assert {rule.name for rule in GIVING} == set(GivingRules) - {GivingRules.NONE}


def test_a_law_is_cited_in_the_language_of_who_reads_it() -> None:
    duty = what_follows(country="FR", kind="party", on=TODAY).shown(Where.NOTICES)[0]
    for language, name in (("fr", "RGPD"), ("en", "GDPR")):
        with translation.override(language):
            assert duty.rule.read_in.startswith(f"{name} 9(2)(a)")


def test_a_rule_ends_on_its_last_day_and_another_takes_over() -> None:
    old = Rule("fr-party", "FR", frozenset({"party"}), None, date(2026, 12, 31), "old", Mark.READ)
    new = Rule("fr-candidate", "FR", frozenset({"party"}), date(2027, 1, 1), None, "new", Mark.READ)
    for on, rule in ((date(2026, 12, 31), old), (date(2027, 1, 1), new)):
        assert what_follows(country="FR", kind="party", on=on, giving=(old, new)).giving_rule is rule
