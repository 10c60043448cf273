"""What an organisation says of itself before anything of it is public."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class LegalKind(models.TextChoices):
    """What the organisation is in law; with its country it decides which rules hold (`domain.law`)."""

    PARTY = "party", _("political party")
    CANDIDATE = "candidate", _("candidate to an election")
    ASSOCIATION = "association", _("association")
    GENERAL_INTEREST = "general_interest", _("association of general interest")
    UNION = "union", _("trade union")
    COALITION = "coalition", _("coalition of organisations")


@dataclass(frozen=True)
class Authority:
    """Where a person complains about what is done with their data (GDPR, articles 13(2)(d) and 77)."""

    name: str
    url: str


AUTHORITIES = {
    "BE": Authority("APD / GBA", "https://www.autoriteprotectiondonnees.be/"),
    "CH": Authority("PFPDT / EDÖB", "https://www.edoeb.admin.ch/"),
    "DE": Authority("BfDI", "https://www.bfdi.bund.de/"),
    "ES": Authority("AEPD", "https://www.aepd.es/"),
    "FR": Authority("CNIL", "https://www.cnil.fr/fr/plaintes"),
    "GB": Authority("ICO", "https://ico.org.uk/make-a-complaint/"),
    "IE": Authority("DPC", "https://www.dataprotection.ie/"),
    "IT": Authority("Garante privacy", "https://www.garanteprivacy.it/"),
    "LU": Authority("CNPD", "https://cnpd.public.lu/"),
    "NL": Authority("Autoriteit Persoonsgegevens", "https://www.autoriteitpersoonsgegevens.nl/"),
}
"""By country (ISO 3166-1); elsewhere the notice speaks of the authority of the reader's country."""

NOTICE = ("name", "address", "email", "officer", "publisher", "host")
"""What the notices say at least (France: law 2004-575, article 1-1; GDPR, articles 13(1)(a) and (b), 37(1)(c))."""


def missing_from_notice(said: Mapping[str, str]) -> list[str]:
    """Name what the notices still lack, in the order of the form."""
    return [field for field in NOTICE if not said.get(field, "").strip()]


LegalLines = Callable[[], Sequence[tuple[str, str]]]
"""Says, in the active language, lines of the legal notice: what each is about, and what it says."""

LEGAL_LINES: dict[str, LegalLines] = {}
"""By the app's name: each adds its own from its `apps.py`."""


def register_legal_lines(name: str, lines: LegalLines) -> None:
    """Tell what an app has the legal notice say. Raises ValueError on a second one of that name."""
    if name in LEGAL_LINES:
        raise ValueError(f"legal lines of {name} are registered twice")
    LEGAL_LINES[name] = lines
