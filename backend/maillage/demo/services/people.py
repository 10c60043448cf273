"""Invented people, made through the same services as real ones."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import F

from maillage.accounts import services as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.demo.domain.names import full_name
from maillage.kernel.text import fold
from maillage.people import services as people
from maillage.people.domain import PlacedBy
from maillage.people.models import Person
from maillage.territories.models import Area, AreaClosure

ORIGIN = "demo"
DOMAIN = "demo.example"
LOCALITIES = ("commune", "country_abroad")


@dataclass
class Population:
    """Makes invented people one after the other, each living in a commune of their constituency."""

    now: datetime
    made: int = 0
    localities: dict[str, list[Area]] = field(default_factory=dict)

    def load_localities(self) -> None:
        """Read, once, the three largest communes or countries of each seat-bearing area."""
        ties = (
            AreaClosure.objects.filter(ancestor__kind__bears_seats=True, descendant__kind__code__in=LOCALITIES)
            .exclude(ancestor_id=F("descendant_id"))
            .select_related("descendant__kind")
            .order_by(F("descendant__population").desc(nulls_last=True), "descendant__code")
        )
        for tie in ties.iterator(chunk_size=5000):
            found = self.localities.setdefault(str(tie.ancestor_id), [])
            if len(found) < 3:
                found.append(tie.descendant)

    def somebody(self) -> tuple[str, str, str]:
        """Invent the next person: given name, family name, e-mail address."""
        given_name, family_name = full_name(self.made)
        self.made += 1
        return given_name, family_name, f"{fold(given_name).replace(' ', '')}.{fold(family_name).replace(' ', '')}.{self.made}@{DOMAIN}"

    def home(self, area: Area) -> Area | None:
        """Choose where in a constituency the person lives who was invented last."""
        localities = self.localities.get(str(area.pk), [])
        return localities[self.made % len(localities)] if localities else None

    def person(self, *, area: Area, met_at: datetime, email: str = "", shows_given_name: bool = False) -> Person:
        """Make one proved person of this constituency."""
        given_name, family_name, own_email = self.somebody()
        meeting = people.meet_person(
            given_name=given_name,
            family_name=family_name,
            email=email or own_email,
            language="fr",
            area=area,
            locality=self.home(area),
            placed_by=PlacedBy.CONFIRMED,
            now=met_at,
        )
        people.verify_contact_point(contact_point_id=meeting.contact_point.pk, now=met_at)
        person = meeting.person
        person.refresh_from_db()
        if shows_given_name:
            person.shows_given_name = True
            person.save(update_fields=["shows_given_name"])
        return person

    def again(self, person: Person) -> Person:
        """Let somebody sign up a second time, from another address and with a slip in their name: a record too many."""
        self.made += 1
        meeting = people.meet_person(
            given_name=person.given_name,
            family_name=person.family_name[:-1],
            email=f"{fold(person.given_name).replace(' ', '')}.{self.made}@{DOMAIN}",
            language="fr",
            area=person.area,
            locality=person.locality,
            placed_by=PlacedBy.CONFIRMED,
            now=self.now,
        )
        people.verify_contact_point(contact_point_id=meeting.contact_point.pk, now=self.now)
        return meeting.person

    def account(self, person: Person) -> User:
        """Let an invented person sign in."""
        user = people.give_account(person_id=person.pk, now=self.now)
        if user is None:
            raise RuntimeError("an invented person has an address of their own")
        return user

    def appoint(self, role: Role, *, home: Area, of: Area, email: str = "") -> User:
        """Make a person who holds a role over an area since the network opened."""
        user = self.account(self.person(area=home, met_at=self.now, email=email, shows_given_name=True))
        accounts.grant_role(user=user, role=role, area=of, origin=ORIGIN, now=self.now)
        return user
