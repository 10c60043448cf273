"""What a donor declares of themself, put right later: which of it, under which rules, and how it is called in a mail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from maillage.fundraising.domain.rule_parts import Fact, RuleSet


@dataclass(frozen=True)
class Words:
    """Who a donor is, in the words of a declaration; what the rules do not ask may be empty."""

    honorific: str
    given_name: str
    family_name: str
    born_on: date | None
    nationality: str
    address_lines: str
    postcode: str
    city: str
    country: str


NAMES = ("honorific", "given_name", "family_name")
ADDRESS = ("address_lines", "postcode", "city", "country")
WORDS = (*NAMES, "born_on", "nationality", *ADDRESS)
"""The fields of `Words`, as the tables call them too."""
IDENTIFYING = frozenset({"given_name", "family_name", "born_on"})
"""What says which natural person a cap counts."""
PRINTED = frozenset({"given_name", "family_name", *ADDRESS})
"""What stands on a tax receipt."""

_OF_FACT: Mapping[Fact, tuple[str, ...]] = {Fact.BIRTH_DATE: ("born_on",), Fact.NATIONALITY: ("nationality",), Fact.TAX_ADDRESS: ADDRESS}

_CALLED: Mapping[str, LazyText] = {
    "honorific": _("title"),
    "given_name": _("first name"),
    "family_name": _("family name"),
    "born_on": _("birth date"),
    "nationality": _("nationality"),
} | dict.fromkeys(ADDRESS, _("tax address"))


def asked_words(rules: RuleSet) -> list[str]:
    """Name what a donor declares under a set of rules: names, and the facts that it asks."""
    return [*NAMES, *(name for fact, names in _OF_FACT.items() if rules.asks(fact) for name in names)]


def called(names: Iterable[str]) -> list[str]:
    """Say in the active language how words of a declaration are called, an address once."""
    return list(dict.fromkeys(str(_CALLED[name]) for name in names))
