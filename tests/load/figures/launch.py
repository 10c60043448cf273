"""An action launched on every seat of the real map: one statement for the assignments, one message a holder, one fact."""

from datetime import timedelta
from functools import cache
from typing import Any

from tests.load.bench import Figure, Result, absolute, seconds

HOLDERS = 577
"""Every seat held by somebody with an address: the most that a launch can cost."""
LONG_AGO = timedelta(days=300)
"""Opened before the demo campaign, which stays the one that public pages show."""
TEXTS = {
    "fr": {"title": "Rendez-vous partout", "summary": "", "brief": "## Trois questions\n\nUne **réponse** avant le soir."},
    "en": {"title": "Appointments everywhere", "summary": "", "brief": "## Three questions\n\nOne **answer** before the evening."},
}


def figures() -> list[Figure]:
    """The one figure of the group."""
    return [Figure(name="577-seats", target=0.3, unit="seconds", better="below", measure=_launch)]


def _launch() -> Result:
    from maillage.actions import services

    network = filled_network()
    drafts = iter([_draft(network) for _ in range(6)])
    correct = _is_right(network)

    def once() -> float:
        from maillage.kernel.clock import now

        draft = next(drafts)
        return seconds(lambda: services.launch_action(action_id=draft.pk, by=None, now=now()))

    result = absolute(once)
    result.correct = correct
    return result


def _is_right(network: Any) -> bool:
    """Launch one and count: an assignment for each seat, a message for each holder, one fact."""
    from maillage.actions import services
    from maillage.journal.models import Entry
    from maillage.kernel.clock import now
    from maillage.messaging.models import Message
    from maillage.relays.models import Seat

    action = services.launch_action(action_id=_draft(network).pk, by=None, now=now())
    messages = Message.objects.filter(purpose="actions.brief", about_id__in=action.assignments.values("pk"))
    facts = Entry.objects.filter(name="action.launched", subject_id=str(action.pk))
    seats = Seat.objects.filter(network=network).count()
    return (action.assignments.count(), messages.count(), facts.count()) == (seats, HOLDERS, 1) and seats == 577


def _draft(network: Any) -> Any:
    from maillage.actions import services
    from maillage.kernel.clock import now

    start = now() + timedelta(days=3)
    return services.draft_action(network=network, texts=TEXTS, starts_at=start, ends_at=start + timedelta(hours=9), by=None, now=now())


@cache
def filled_network() -> Any:
    """A second network over the real seats, each held by somebody with an address; the public pages show the campaign's."""
    from maillage.kernel.clock import now
    from maillage.people.domain import AgreedBy, Channel
    from maillage.people.models import ContactPoint, Person
    from maillage.people.selectors.documents import version_in_force
    from maillage.people.services import agree_to_version
    from maillage.relays import services
    from maillage.relays.domain import TermKind
    from maillage.relays.models import Seat
    from maillage.territories.models import Area
    from tests.load.world import campaign

    campaign()
    charter = version_in_force()
    assert charter is not None
    country = Area.objects.get(kind__code="country", code="FR")
    network = services.open_network(slug="figures", country=country, names={"fr": ("Réseau des mesures", "")}, now=now() - LONG_AGO)
    for number, seat in enumerate(Seat.objects.filter(network=network).select_related("area").order_by("area__code")[:HOLDERS]):
        person = Person.objects.create(given_name="Camille", family_name=f"Vernoux {number}", area=seat.area, confirmed_at=now())
        ContactPoint.objects.create(
            person=person, channel=Channel.EMAIL, value=f"figure{number}@people.example", verified_at=now(), is_preferred=True
        )
        agree_to_version(person_id=person.pk, version_id=charter.pk, source=AgreedBy.LINK, language="fr", now=now())
        services.open_term(seat=seat, person=person, kind=TermKind.RELAY, now=now(), by=None)
    return network
