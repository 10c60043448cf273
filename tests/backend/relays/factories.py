"""Networks as situations: a small net, its organisers, seats filled, asked for, left."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.clock import now
from maillage.people import services as people
from maillage.people.models import Person
from maillage.relays import services
from maillage.relays.domain import APPLICANT_CONTACT, ApplicationStatus, CompanionKind, TermKind
from maillage.relays.models import Application, Companion, Conversation, RelayNetwork, Seat, Term, Welcome
from maillage.territories.models import AreaNeighbour
from tests.backend.accounts.factories import make_granted
from tests.backend.people.factories import make_person
from tests.backend.territories.factories import SmallCountry, make_small_country


@dataclass(frozen=True)
class SmallNetwork:
    """A network over Petit-Pays: twelve seats."""

    network: RelayNetwork
    country: SmallCountry

    def seat(self, code: str) -> Seat:
        return Seat.objects.select_related("area").get(network=self.network, area__code=code)

    def organiser(
        self, kind: str = "country", code: str = "XM", *, name: str = "Nadia Ferhat", email: str = "", since: datetime | None = None
    ) -> User:
        """Somebody who organises an area, known by name, for long."""
        given, _, family = name.partition(" ")
        email = email or f"{given.lower()}.{code.lower()}@desk.example"
        user = make_granted(Role.ORGANISER, self.country.area(code, kind), email=email, since=since)
        make_person(given_name=given, family_name=family, user=user, email=user.email)
        return user


def make_network(country: SmallCountry | None = None, *, at: datetime | None = None, slug: str = "petit-net") -> SmallNetwork:
    """A net that opened a while ago, all its seats vacant."""
    country = country or make_small_country()
    network = services.open_network(
        slug=slug,
        country=country.country,
        names={"fr": ("Petit réseau", "Se parler partout."), "en": ("Small net", "Talk everywhere.")},
        now=at or now() - timedelta(days=200),
    )
    return SmallNetwork(network=network, country=country)


def make_application(
    seat: Seat, *, status: ApplicationStatus = ApplicationStatus.SUBMITTED, at: datetime | None = None, email: str = "", **fields: Any
) -> Application:
    """Somebody asked for a seat, and the 48 hours run where they confirmed it."""
    instant = at or now()
    confirmed = status != ApplicationStatus.UNCONFIRMED
    is_promised = confirmed and status != ApplicationStatus.HELD
    person = fields.pop("person", None) or make_person(
        given_name=fields.pop("given_name", "Samir"),
        family_name=fields.pop("family_name", "Belkacem"),
        email=email or f"samir.{seat.area.code}@people.example",
        confirmed_at=instant if confirmed else None,
        area=seat.area,
    )
    return Application.objects.create(
        seat=seat,
        person=person,
        status=status,
        consent_wording=APPLICANT_CONTACT.version,
        created_at=instant,
        confirmed_at=instant if confirmed else None,
        promise=people.make_promise(person=person, area=seat.area, now=instant) if is_promised else None,
        **fields,
    )


def make_holder(
    seat: Seat, *, kind: TermKind = TermKind.RELAY, email: str | None = None, at: datetime | None = None, **person: Any
) -> tuple[Term, Person]:
    """Somebody holds a seat since `at`, with an account and a grant where they have an address (`email=""`: none)."""
    address = f"holder.{kind}.{seat.area.code}@people.example" if email is None else email
    someone = make_person(email=address, area=seat.area, **{"given_name": "Camille", "family_name": "Vernoux", **person})
    term = services.open_term(seat=seat, person=someone, kind=kind, now=at or now() - timedelta(days=30), by=None)
    someone.refresh_from_db()
    term.person = someone
    return term, someone


def make_neighbours(net: SmallNetwork, code: str, shared: dict[str, int | None]) -> None:
    """Lay places beside one, with the metres of border that each shares with it."""
    for other, metres in shared.items():
        AreaNeighbour.objects.create(area=net.country.area(code), other=net.country.area(other), shared_metres=metres)


def make_welcome(
    net: SmallNetwork, code: str, *, places: int = 1, as_facilitator: bool = True, as_buddy: bool = True, weeks: int = 20, name: str = "Ada"
) -> tuple[Term, Person]:
    """A relay with standing who agreed to welcome newcomers."""
    email = f"{name.lower()}.{code}@people.example"
    term, relay = make_holder(net.seat(code), at=now() - timedelta(weeks=weeks), email=email, given_name=name)
    services.note_sign_of_life(person_id=relay.pk, now=now())
    agree_to_welcome(relay, places=places, as_facilitator=as_facilitator, as_buddy=as_buddy)
    return term, relay


def agree_to_welcome(person: Person, *, places: int = 1, as_facilitator: bool = True, as_buddy: bool = True) -> Welcome:
    """Somebody agrees to welcome newcomers by their first contact."""
    return services.agree_to_welcome(
        person_id=person.pk,
        contact_id=person.contact_points.order_by("id")[0].pk,
        places=places,
        as_facilitator=as_facilitator,
        as_buddy=as_buddy,
        now=now(),
    )


def make_pair(term: Term, companion: Person, *, kind: CompanionKind = CompanionKind.BUDDY) -> Companion:
    """A newcomer and a companion who both said yes."""
    offer = services.propose_companion(term_id=term.pk, kind=kind, person_id=companion.pk, by=None, now=now())  # type: ignore[arg-type]
    services.say_yes(companion_id=offer.pk, contact_id=term.person.contact_points.order_by("id")[0].pk, now=now())
    return services.accept_newcomer(companion_id=offer.pk, now=now())


def fall_quiet(term: Term, *, days: float) -> Term:
    """A relay whose last sign of life was so long ago, sign-in included."""
    since = now() - timedelta(days=days)
    Term.objects.filter(pk=term.pk).update(seen_at=since, starts_at=min(term.starts_at, since))
    User.objects.filter(person=term.person_id).update(seen_at=since)
    term.refresh_from_db()
    return term


def make_conversation(
    seat: Seat,
    *,
    words: str = "Bonjour, quand vous voit-on au marché ?",
    email: str = "lou@visitors.example",
    name: str = "Lou",
    is_confirmed: bool = True,
    answer: str = "",
    by: User | None = None,
    at: datetime | None = None,
) -> Conversation:
    """Somebody from outside wrote to a seat, and was answered where there is an answer."""
    instant = at or now()
    services.write_to_seat(seat_id=seat.pk, name=name, email=email, words=words, language="en", now=instant)
    conversation = Conversation.objects.latest("pk")
    if is_confirmed:
        conversation = services.confirm_conversation(conversation_id=conversation.pk, now=instant)
    if answer and by is not None:
        conversation = services.answer_conversation(conversation_id=conversation.pk, words=answer, by=by, now=instant)
    return conversation
