"""Seats with notes, and one that is being handed over."""

from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from maillage.demo.domain.texts import HAND_OVER_WORDS, NOTES
from maillage.relays import services as relays
from maillage.relays.domain import TermKind
from maillage.relays.domain.notes import DATED, NoteKind
from maillage.relays.models import RelayNetwork, Term

LAST_DAY = timedelta(days=9)


def write_notes(network: RelayNetwork, *, shown: UUID | None, now: datetime) -> None:
    """Let the demo relay keep notes, and another relay of the country write some and hand over, nobody chosen yet."""
    running = Term.objects.filter(seat__network=network, ends_at__isnull=True, kind=TermKind.RELAY, person__user__isnull=False)
    held = running.select_related("person__user").order_by("seat__area__code")
    own = held.filter(person__user__email=settings.DEMO_ACCOUNTS["relay"]).first()
    others = held.exclude(person__user__email=settings.DEMO_ACCOUNTS["relay"]).filter(paused_at__isnull=True)
    leaving = others.filter(seat__area__parent_id=shown).first() or others.first()
    for term in (own, leaving):
        if term is not None:
            _note(term, now=now)
    if leaving is not None and leaving.person.user is not None:
        relays.begin_hand_over(
            term_id=leaving.pk,
            ends_on=(now + LAST_DAY).date(),
            words=HAND_OVER_WORDS,
            gives_notes=True,
            by=leaving.person.user,
            now=now - timedelta(days=1),
        )


def _note(term: Term, *, now: datetime) -> None:
    for number, (kind, text) in enumerate(NOTES):
        due_on = (now + timedelta(days=20 + number)).date() if kind in DATED else None
        written_at = max(term.starts_at, now - timedelta(days=12 - number))
        relays.write_note(seat_id=term.seat_id, author_id=term.person_id, kind=NoteKind(kind), text=text, due_on=due_on, now=written_at)
