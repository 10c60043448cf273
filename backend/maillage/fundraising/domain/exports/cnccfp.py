"""The file of donors for the CNCCFP (order of 14 August 2023), behind one interface with versions.

The columns of today's layout could not be read: version `2014` is that of the former order. Another one is added as a `Layout` in
`LAYOUTS`, with its columns and how each is written; nothing else changes.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from datetime import date

from maillage.fundraising.domain.words import Method, Nature
from maillage.kernel.tables import Figure


@dataclass(frozen=True)
class Agent:
    """The agent who collected."""

    code: str
    legal_name: str
    address: str
    phone: str
    email: str

    @property
    def missing(self) -> list[str]:
        """Name what is empty in the file."""
        return [each.name for each in fields(self) if not getattr(self, each.name).strip()]


AGENT_FACTS = ("legal_name", "address", "registration", "phone", "email")
"""What a recipient says of itself for the file; without a registration its code stands there."""


@dataclass(frozen=True)
class Operation:
    """What one donation brought in a year, in cents; what went back in a later year is negative.

    `on`: the day of the donation, or the one on which it went back where it is of an earlier year.
    """

    id: str
    nature: Nature
    method: Method
    on: date
    donor: str
    honorific: str
    family_name: str
    given_name: str
    elected: bool
    address: str
    city: str
    postcode: str
    country: str
    currency: str
    amount: int
    statement: str
    slip: str


@dataclass(frozen=True)
class Layout:
    """The columns of both tables, each with how it is written, and what parts them."""

    version: str
    agent: Mapping[str, Callable[[Agent], str]]
    operations: Mapping[str, Callable[[Operation], str]]
    separator: str = ";"


def _nature(operation: Operation) -> str:
    if operation.amount < 0:
        return "remboursement"
    return "cotisation" if operation.nature is Nature.DUES else "don"


def decimal(cents: int, comma: str = ",") -> Figure:
    """Write cents as units and two decimals."""
    return Figure(f"{'-' if cents < 0 else ''}{abs(cents) // 100}{comma}{abs(cents) % 100:02}")


LAYOUTS: Mapping[str, Layout] = {
    "2014": Layout(
        version="2014",
        agent={
            "identifiant": lambda agent: agent.code,
            "nom": lambda agent: agent.legal_name,
            "adresse": lambda agent: agent.address,
            "telephone": lambda agent: Figure(agent.phone),
            "courriel": lambda agent: agent.email,
        },
        operations={
            "identifiant_operation": lambda one: one.id,
            "nature": _nature,
            "date": lambda one: f"{one.on:%d/%m/%Y}",
            "identifiant_donateur": lambda one: one.donor,
            "civilite": lambda one: one.honorific,
            "nom": lambda one: one.family_name,
            "prenom": lambda one: one.given_name,
            "mandat_electif": lambda one: "oui" if one.elected else "non",
            "adresse_fiscale": lambda one: one.address,
            "commune": lambda one: one.city,
            "code_postal": lambda one: one.postcode,
            "pays": lambda one: one.country,
            "devise": lambda one: one.currency.upper(),
            "montant": lambda one: decimal(one.amount),
            "reference_releve": lambda one: one.statement,
            "numero_bordereau": lambda one: one.slip,
        },
    ),
}
LATEST = "2014"
