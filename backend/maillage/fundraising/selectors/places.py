"""From where somebody gives: what their tax address names, else what they told us of where they live; never by guess (decision 3)."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from maillage.fundraising.models import Donor
from maillage.kernel.text import fold
from maillage.people.domain.imports_lines import PlaceWords
from maillage.people.models import Person
from maillage.people.selectors.imports_places import localities_named
from maillage.territories.models import Area

Localities = Mapping[UUID, frozenset[UUID]]
"""Communes that an address may mean, each with the constituencies in which it lies."""


def places_of(donors: Sequence[Donor]) -> dict[UUID, UUID]:
    """Return from where donors give, by donor; whoever is not in it gives from nobody knows where. Four queries at most.

    The constituency, where the address lies in one. Of several it is the one in which the donor's record in the network stands;
    without such a record the commune, which lies in several, is as near as anybody can tell. Who gave no address that is known
    gives from where their record says.
    """
    asked = {donor.pk: _words_of(donor) for donor in donors}
    named = localities_named(words for each in asked.values() for words in each if any(words))
    countries = dict(Area.objects.filter(pk__in={id for each in named.values() for id in each}).values_list("pk", "country"))
    people = Person.objects.filter(pk__in={donor.person_id for donor in donors if donor.person_id})
    homes = dict(people.filter(area__isnull=False).values_list("pk", "area"))
    found: dict[UUID, UUID] = {}
    for donor in donors:
        home = homes.get(donor.person_id) if donor.person_id else None
        if place := _place(_meant(asked[donor.pk], donor.country, named, countries), home):
            found[donor.pk] = place
    return found


def _words_of(donor: Donor) -> tuple[PlaceWords, PlaceWords, PlaceWords, PlaceWords]:
    """Return what is asked of an address: its commune at its postal code, each of them alone, and its country as one abroad."""
    city, postcode = fold(donor.city), donor.postcode.replace(" ", "").upper()
    if not (city and postcode):
        return ("", "", "", ""), ("", "", "", ""), ("", "", "", ""), ("", "", "", "")
    return ("", "", city, postcode), ("", "", "", postcode), ("", "", city, ""), ("", donor.country, "", "")


def _meant(asked: Sequence[PlaceWords], country: str, named: Mapping[PlaceWords, Localities], countries: Mapping[UUID, str]) -> Localities:
    """Choose what an address means.

    A postal code speaks alone where no commune is called as it was typed ("Paris 11"): one of another place contradicts it.
    """
    together, code, city, abroad = (named.get(words, {}) for words in asked)
    here = [{id: seats for id, seats in each.items() if countries[id] == country} for each in (together, {} if city else code)]
    return next((each for each in here if each), abroad)


def _place(localities: Localities, home: UUID | None) -> UUID | None:
    seats = frozenset[UUID]().union(*localities.values())
    if not seats or home in seats:
        return home
    if len(seats) == 1:
        return next(iter(seats))
    return next(iter(localities)) if len(localities) == 1 else None
