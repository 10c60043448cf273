"""What a recipient says of itself before its page may ask for donations."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from maillage.kernel.dates import dated

MOST_SUGGESTED = 9
MOST_USES = 6


@dataclass(frozen=True)
class Said:
    """What an administrator says of a recipient: amounts in cents, `account` is the code of its keys at Stripe."""

    legal_name: str = ""
    address: str = ""
    phone: str = ""
    email: str = ""
    registration: str = ""
    purpose: str = ""
    quality: str = ""
    party: str = ""
    agent_is_person: bool = False
    candidates: str = ""
    approved_on: date | None = None
    signatory: str = ""
    cares: bool = False
    allowed_expenses: int | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    iban: str = ""
    creditor_id: str = ""
    suggested_once: Sequence[int] = ()
    suggested_monthly: Sequence[int] = ()
    least: int = 100
    goal: int | None = None
    goal_from: date | None = None
    goal_on: date | None = None


@dataclass(frozen=True)
class Words:
    """What a fund says in one language; `uses` are cents and what they pay."""

    name: str
    title: str = ""
    lead: str = ""
    uses: Sequence[tuple[int, str]] = ()
    other_ways: str = ""
    thanks: str = ""


def wrong_facts(said: Said, *, collects_from: date | None) -> dict[str, list[str]]:
    """Say by field what cannot be so, whatever else is still missing."""
    wrong: dict[str, list[str]] = {}
    for name in ("suggested_once", "suggested_monthly"):
        amounts = list(getattr(said, name))
        if amounts != sorted(set(amounts)) or len(amounts) > MOST_SUGGESTED or any(amount < said.least for amount in amounts):
            wrong[name] = [_("Give at most nine amounts that rise, none under the least that is taken.")]
    if said.opens_on and said.closes_on and said.closes_on < said.opens_on:
        wrong["closes_on"] = [_("The last day comes before the first.")]
    if collects_from and (said.opens_on is None or said.opens_on < collects_from):
        wrong["opens_on"] = [_("For this election an agent collects from %(day)s on.") % {"day": dated(collects_from, "UTC")}]
    if said.iban and not is_iban(said.iban):
        wrong["iban"] = [_("This is no account number: check it, letter by letter.")]
    if said.goal_on and said.goal is None:
        wrong["goal"] = [_("Say how much is to be reached by that day.")]
    elif said.goal_from and said.goal is None:
        wrong["goal"] = [_("Say how much is to be reached from that day on.")]
    if said.goal_from and said.goal_on and said.goal_on < said.goal_from:
        wrong["goal_on"] = [_("The last day comes before the first.")]
    return wrong


def is_iban(text: str) -> bool:
    """Say whether a text is an account number as banks write it: its two check digits hold (ISO 13616)."""
    if not re.fullmatch(r"[A-Z]{2}\d{2}[A-Z0-9]{10,30}", text):
        return False
    return int("".join(str(int(letter, 36)) for letter in text[4:] + text[:4])) % 97 == 1


def lacking_words(texts: Mapping[str, Words], languages: Sequence[str]) -> list[str]:
    """Name the languages in which a page would have no name or title."""
    return [code for code in languages if not (code in texts and texts[code].name.strip() and texts[code].title.strip())]
