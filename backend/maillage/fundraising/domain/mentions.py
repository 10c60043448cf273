"""What the law has every call for donations say.

The quoted paragraphs stand in French as they stand in the law, in English as a translation of ours.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from maillage.fundraising.domain.rule_parts import RuleSet
from maillage.kernel.dates import dated


@dataclass(frozen=True)
class FundFacts:
    """What a fund says of itself, as its recipient's row has it; `agent_is_person` where the agent is no association."""

    legal_name: str = ""
    address: str = ""
    party: str = ""
    candidates: str = ""
    approved_on: date | None = None
    agent_is_person: bool = False


@dataclass(frozen=True)
class MentionWords:
    """A sentence, the facts that it names, and how it reads where the agent is one person."""

    text: LazyText
    facts: tuple[str, ...] = ()
    of_a_person: LazyText | None = None

    def said(self, facts: FundFacts) -> str:
        """Say it in the active language."""
        text = self.of_a_person if self.of_a_person is not None and facts.agent_is_person else self.text
        return str(text) % {
            "legal_name": facts.legal_name,
            "address": facts.address,
            "party": facts.party,
            "candidates": facts.candidates,
            "day": dated(facts.approved_on, "UTC") if facts.approved_on else "",
        }


MENTIONS: Mapping[str, MentionWords] = {
    "party_agent": MentionWords(
        _("Donations are collected by %(legal_name)s, association of financing approved on %(day)s, for %(party)s."),
        ("legal_name", "approved_on", "party"),
        _("Donations are collected by %(legal_name)s, financial agent declared at the prefecture on %(day)s, for %(party)s."),
    ),
    "party_who_and_how_much": MentionWords(
        _(
            "Law 88-227 of 11 March 1988, article 11-4, first paragraph: “A natural person may make a donation to a political party or "
            "group if they are of French nationality or reside in France. The donations made and the dues paid as a member of one or "
            "several political parties or groups by a duly identified natural person to one or several associations approved as an "
            "association of financing, or to one or several financial agents of one or several political parties or groups, may not "
            "exceed 7,500 euros a year.”"
        )
    ),
    "party_no_legal_person": MentionWords(
        _(
            "Law 88-227 of 11 March 1988, article 11-4, third paragraph: “Legal persons, with the exception of political parties or "
            "groups, may contribute to the financing of political parties or groups neither by making donations, in whatever form, to "
            "their associations of financing or to their financial agents, nor by providing them with goods, services or other direct "
            "or indirect advantages at prices below those that are usual. Legal persons, with the exception of political parties and "
            "groups and of credit institutions and finance companies having their registered office in a member State of the European "
            "Union or a party to the Agreement on the European Economic Area, may neither grant loans to political parties and groups "
            "nor guarantee the loans granted to political parties and groups.”"
        )
    ),
    "party_punished": MentionWords(
        _(
            "Law 88-227 of 11 March 1988, article 11-5, first paragraph: “Persons who have made a donation or granted a loan to one or "
            "several political parties or groups in breach of articles 11-3-1 and 11-4 are punished by three years’ imprisonment and a "
            "fine of €45,000.”"
        )
    ),
    "candidate_agent": MentionWords(
        _("Donations are collected for the campaign of %(candidates)s by %(legal_name)s, association of financing declared on %(day)s."),
        ("candidates", "legal_name", "approved_on"),
        _("Donations are collected for the campaign of %(candidates)s by %(legal_name)s, financial agent designated on %(day)s."),
    ),
    "candidate_only_through": MentionWords(
        _("Donations to this campaign may be collected only through %(legal_name)s."),
        ("legal_name",),
    ),
    "candidate_who_and_how_much": MentionWords(
        _(
            "Electoral code, article L. 52-8, first paragraph: “A natural person may make a donation to a candidate if they are of "
            "French nationality or reside in France. The donations made by a duly identified natural person for the financing of the "
            "campaign of one or several candidates in the same elections may not exceed 4,600 euros.”"
        )
    ),
    "candidate_no_legal_person": MentionWords(
        _(
            "Electoral code, article L. 52-8, second paragraph: “Legal persons, with the exception of political parties or groups, may "
            "take part in the financing of a candidate’s electoral campaign neither by making donations to them in whatever form, nor by "
            "providing them with goods, services or other direct or indirect advantages at prices below those that are usual. Legal "
            "persons, with the exception of political parties and groups and of credit institutions or finance companies having their "
            "registered office in a member State of the European Union or a party to the Agreement on the European Economic Area, may "
            "neither grant loans to a candidate nor guarantee loans for them.”"
        )
    ),
    "candidate_no_cash": MentionWords(
        _(
            "Electoral code, article L. 52-8, third paragraph: “Any donation of more than 150 euros made to a candidate for their "
            "campaign has to be paid by cheque, transfer, direct debit or bank card.”"
        )
    ),
    "candidate_punished": MentionWords(
        _(
            "Electoral code, article L. 113-1, III: “Anyone who has, for an electoral campaign, made a donation or granted a loan in "
            "breach of articles L. 52-7-1 and L. 52-8 shall be punished by three years’ imprisonment and a fine of €45,000. Where the "
            "donor or the lender is a legal person, the first paragraph of this III applies to those who lead it in law or in fact.”"
        )
    ),
    "association": MentionWords(
        _("Donations go to %(legal_name)s, %(address)s."),
        ("legal_name", "address"),
    ),
}
"""What each mention of `rules.toml` says, by its key."""


def mentions_said(rules: RuleSet, facts: FundFacts) -> list[str]:
    """Say the mentions of a rule set in their order, in the active language. Nothing is published while `missing_facts` names any."""
    return [MENTIONS[mention.key].said(facts) for mention in rules.mentions]


def missing_facts(rules: RuleSet, facts: FundFacts) -> list[str]:
    """Name the fields of `FundFacts` that a mention needs and that are empty, each once, in the order of the mentions."""
    needed = dict.fromkeys(fact for mention in rules.mentions for fact in MENTIONS[mention.key].facts)
    return [fact for fact in needed if not _filled(getattr(facts, fact))]


def _filled(value: object) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None
