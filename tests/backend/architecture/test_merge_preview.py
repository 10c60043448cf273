"""An organiser who compares two records reads how much there is of what they read of people anyway, and of nothing else (ADR 17)."""

from django.apps import apps

from maillage.accounts.models import User
from maillage.people.domain.merging import STAYING
from maillage.people.models import Person
from maillage.people.selectors.belongings import movings

READ_BY_ORGANISERS = {
    "people.ContactPoint": "the card of a person",
    "people.PaperForm": "the card of a person",
    "people.ImportedPerson": "where the data came from, on the card",
    "people.Promise": "calls that are due at their places",
    "people.Agreement": "who agreed to the charter",
    "people.Qualification": "who may take a seat",
    "accounts.Grant": "who holds a role at their places",
    "advocacy.Contact": "the contacts with who sits at their places",
    "advocacy.Position": "what who sits at their places said",
    "actions.Assignment": "the board of an action",
    "actions.Report": "the board of an action",
    "relays.Application": "applications at their places",
    "relays.SeatAsk": "whom they or a colleague asked about a seat",
    "relays.Term": "who holds a seat",
    "relays.CharterRequest": "who was asked to agree",
    "relays.HandOver": "seats that change hands",
    "relays.SeatNote": "notes, together with their author",
}
"""Model: where an organiser reads such rows today. Whoever wrote, complained, was written to, or had their data asked for is not here."""


def test_a_preview_names_only_what_organisers_read() -> None:
    told = {moving.model._meta.label for owner in (Person, User) for moving in movings(owner) if moving.told}
    assert told == set(READ_BY_ORGANISERS), "say where organisers read it, or leave `told` empty"


def test_what_stays_with_its_record_is_known_and_moves_with_none() -> None:
    assert {apps.get_model(label)._meta.label for label in STAYING} == {"relays.Concern"}
    moving = {moving.model._meta.label for owner in (Person, User) for moving in movings(owner)}
    assert not moving & STAYING
