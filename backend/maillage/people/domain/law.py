"""What follows in law from an organisation's country and legal kind: rules for gifts, and what notices name (`law.toml`)."""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import models
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from maillage.people.domain.organisation import LegalKind

ANYWHERE = "*"


class Mark(StrEnum):
    """How sure we are of a rule: read in the text of the law, reported by a secondary source and to be confirmed, or our own choice."""

    READ = "read"
    REPORTED = "reported"
    OURS = "ours"


class GivingRules(models.TextChoices):
    """Which rules apply to gifts: caps, mentions, receipts."""

    FR_PARTY = "fr-party", _("Gifts: the rules for a French political party.")
    FR_CANDIDATE = "fr-candidate", _("Gifts: the rules for a candidate to an election in France.")
    FR_ASSOCIATION = "fr-association", _("Gifts: the rules for a French association of general interest.")
    NONE = "none", _("Gifts: no rules are known here for this kind in this country. Nothing will be worked out for you.")


class Where(models.TextChoices):
    """Where a duty shows."""

    NOTICES = "notices", _("in the notices beside forms and on the privacy page")
    LEGAL_NOTICE = "legal_notice", _("in the legal notice")
    GIFTS = "gifts", _("where gifts are asked for")
    HOSTING = "hosting", _("between you and who hosts this site")


DUTIES: Mapping[str, str | LazyText] = {
    "consent_only": _(
        "People are written to on their explicit consent alone. The exception by which a body with a political or trade-union aim may "
        "handle the data of its members and regular contacts without it is not used."
    ),
    "officer": _("Who handles opinions on a large scale names a data-protection officer."),
    "cnccfp": _("The accounts of the party and the list of its donors go to the CNCCFP each year."),
    "mentions_party": _("Each page that asks for gifts carries the words that the law prescribes to parties."),
    "mentions_candidate": _("Each page that asks for gifts carries the words that the law prescribes to candidates."),
    "hosting_price_party": _(
        "A legal person gives a party nothing, and sells it nothing below price: hosting for free is a forbidden gift, so whoever hosts "
        "writes down the price."
    ),
}
"""What each duty of `law.toml` says, by its key."""


@dataclass(frozen=True)
class Rule:
    """A line of the table: for whom it holds, from when to when, and where it was read."""

    name: str
    country: str
    kinds: frozenset[str]
    valid_from: date | None
    valid_until: date | None
    source: str
    mark: Mark

    @property
    def read_in(self) -> str:
        """Where it was read, as it is cited in the reader's language."""
        return self.source.replace("GDPR", gettext("GDPR"))

    def holds(self, *, country: str, kind: str, on: date) -> bool:
        """Say whether it holds for such an organisation on a day; `valid_until` is its last."""
        in_time = (self.valid_from is None or self.valid_from <= on) and (self.valid_until is None or on <= self.valid_until)
        return in_time and kind in self.kinds and self.country in (country, ANYWHERE)


@dataclass(frozen=True)
class Duty:
    """Something that the law asks of an organisation, and where it shows."""

    rule: Rule
    where: Where

    @property
    def text(self) -> str | LazyText:
        """What it asks."""
        return DUTIES[self.rule.name]


@dataclass(frozen=True)
class Follows:
    """What follows from a country and a legal kind on a day; `giving_rule` is None where no rules for gifts are known."""

    giving: GivingRules
    giving_rule: Rule | None
    duties: tuple[Duty, ...]

    def shown(self, where: Where) -> tuple[Duty, ...]:
        """Keep the duties that show there."""
        return tuple(duty for duty in self.duties if duty.where == where)


def _rule(row: Mapping[str, Any], name: str) -> Rule:
    return Rule(
        name=name,
        country=row["country"],
        kinds=frozenset(LegalKind(kind) for kind in row["kinds"]),
        valid_from=row.get("valid_from"),
        valid_until=row.get("valid_until"),
        source=row["source"],
        mark=Mark(row["mark"]),
    )


_TABLE: dict[str, list[dict[str, Any]]] = tomllib.loads(Path(__file__).with_name("law.toml").read_text(encoding="utf-8"))
GIVING: tuple[Rule, ...] = tuple(_rule(row, GivingRules(row["rules"])) for row in _TABLE["giving"])
ASKED: tuple[Duty, ...] = tuple(Duty(rule=_rule(row, row["key"]), where=Where(row["where"])) for row in _TABLE["duty"])


def what_follows(*, country: str, kind: str, on: date, giving: Iterable[Rule] = GIVING, asked: Iterable[Duty] = ASKED) -> Follows:
    """Say which rules hold on a day for an organisation of this kind (`LegalKind`) in this country (ISO 3166-1)."""
    rule = next((rule for rule in giving if rule.holds(country=country, kind=kind, on=on)), None)
    return Follows(
        giving=GivingRules(rule.name) if rule else GivingRules.NONE,
        giving_rule=rule,
        duties=tuple(duty for duty in asked if duty.rule.holds(country=country, kind=kind, on=on)),
    )
