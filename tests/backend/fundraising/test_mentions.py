"""What every call for donations says, in both languages, and what must be known before it can."""

import re
from dataclasses import replace
from datetime import date

import pytest
from django.utils import translation

from maillage.fundraising.domain.asking import DECLARATIONS, WHY
from maillage.fundraising.domain.caps import CAPS
from maillage.fundraising.domain.mentions import MENTIONS, FundFacts, mentions_said, missing_facts
from maillage.fundraising.domain.rules import rules_on

TODAY = date(2026, 11, 30)
PARTY, CANDIDATE, ASSOCIATION, NONE = (rules_on(code, TODAY) for code in ("fr-party", "fr-candidate", "fr-association", "none"))
PARTY_FACTS = FundFacts(legal_name="Association de financement de Rive commune", party="Rive commune", approved_on=date(2024, 3, 1))
CANDIDATE_FACTS = FundFacts(
    legal_name="Nora Ferhat", candidates="Élise Martin et Paul Roy", approved_on=date(2026, 12, 2), agent_is_person=True
)
ASSOCIATION_FACTS = FundFacts(legal_name="Les Ponts", address="12 rue des Remparts, 26150 Die")
FILLED = [(PARTY, PARTY_FACTS), (CANDIDATE, CANDIDATE_FACTS), (ASSOCIATION, ASSOCIATION_FACTS), (NONE, FundFacts())]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def french(rules, facts) -> list[str]:
    with translation.override("fr"):
        return [plain(said) for said in mentions_said(rules, facts)]


def test_a_party_names_its_agent_and_quotes_articles_11_4_and_11_5():
    agent, who, persons, punished = french(PARTY, PARTY_FACTS)
    assert agent == (
        "Dons recueillis par Association de financement de Rive commune, association de financement agréée le 1er mars 2024, "
        "au profit de Rive commune."
    )
    assert "ne peuvent annuellement excéder 7 500 euros. »" in who
    assert "Une personne physique peut verser un don à un parti ou groupement politique si elle est de nationalité française" in who
    assert "à des prix inférieurs à ceux qui sont habituellement pratiqués" in persons
    assert "punies de trois ans d’emprisonnement et de 45 000 € d’amende" in punished


def test_a_candidate_says_who_when_and_through_whom_alone_and_quotes_the_code():
    agent, through, who, persons, cash, punished = french(CANDIDATE, CANDIDATE_FACTS)
    assert agent == (
        "Dons recueillis pour la campagne de Élise Martin et Paul Roy par Nora Ferhat, mandataire financier "
        "(désignation du 2 décembre 2026)."
    )
    assert through == "Les dons à cette campagne ne peuvent être recueillis que par l’intermédiaire de Nora Ferhat."
    assert "ne peuvent excéder 4 600 euros. »" in who
    assert "ni lui apporter leur garantie pour l’obtention de prêts. »" in persons
    assert "Tout don de plus de 150 euros" in cash
    assert "accordé un don ou un prêt en violation des articles L. 52-7-1 et L. 52-8." in punished


def test_an_agent_that_is_an_association_is_said_to_be_one():
    said = french(CANDIDATE, replace(CANDIDATE_FACTS, agent_is_person=False))[0]
    assert said.endswith("association de financement électorale déclarée le 2 décembre 2026.")
    assert "mandataire financier" in french(PARTY, replace(PARTY_FACTS, agent_is_person=True))[0]


def test_the_figures_quoted_are_those_that_are_applied():
    for rules, facts in FILLED[:2]:
        quoted = " ".join(french(rules, facts))
        for figure in [*(cap.amount for cap in rules.caps), *(way.most for way in rules.ways if way.most and rules is CANDIDATE)]:
            assert f"{figure // 100:,} euros".replace(",", " ") in quoted


def test_an_association_says_to_whom_donations_go_and_without_rules_nothing_is_said():
    assert french(ASSOCIATION, ASSOCIATION_FACTS) == ["Les dons vont à Les Ponts, 12 rue des Remparts, 26150 Die."]
    assert french(NONE, FundFacts()) == []


@pytest.mark.parametrize(
    ("rules", "missing"),
    [
        (PARTY, ["legal_name", "approved_on", "party"]),
        (CANDIDATE, ["candidates", "legal_name", "approved_on"]),
        (ASSOCIATION, ["legal_name", "address"]),
        (NONE, []),
    ],
)
def test_what_is_missing_is_named_before_a_page_is_published(rules, missing):
    assert missing_facts(rules, FundFacts()) == missing
    assert missing_facts(rules, FundFacts(legal_name=" ")) == missing


@pytest.mark.parametrize(("rules", "facts"), FILLED)
def test_nothing_is_missing_once_all_is_said(rules, facts):
    assert missing_facts(rules, facts) == []


@pytest.mark.parametrize("key", MENTIONS)
def test_a_mention_names_the_facts_that_it_needs_and_no_others(key):
    words = MENTIONS[key]
    for text in (words.text, words.of_a_person):
        if text is not None:
            assert {"approved_on" if name == "day" else name for name in re.findall(r"%\((\w+)\)s", str(text))} == set(words.facts)


@pytest.mark.parametrize(("rules", "facts"), FILLED)
@pytest.mark.parametrize("language", ["fr", "en"])
def test_no_place_is_left_open(language, rules, facts):
    with translation.override(language):
        assert not any("%(" in said for said in mentions_said(rules, facts))


@pytest.mark.parametrize(
    "text",
    [
        *WHY.values(),
        *DECLARATIONS.values(),
        *CAPS.values(),
        *(text for words in MENTIONS.values() for text in (words.text, words.of_a_person) if text is not None),
    ],
)
def test_each_text_is_there_in_both_languages(text):
    said = {}
    for language in ("fr", "en"):
        with translation.override(language):
            said[language] = str(text)
    assert all(said.values())
    assert said["fr"] != said["en"]
