"""Relays who look after each other: some welcome newcomers, some are accompanied, some were quiet and are called."""

from datetime import datetime, timedelta

from django.conf import settings

from maillage.accounts.models import User
from maillage.demo.domain.spread import part
from maillage.kernel.errors import Conflict
from maillage.people.models import Person
from maillage.relays import services as relays
from maillage.relays.domain import CompanionKind, TermKind
from maillage.relays.models import RelayNetwork, Term
from maillage.relays.selectors.welcomes import terms_with_standing

WELCOMES_IN = 3
"""One relay with standing in this many welcomes newcomers."""
QUIET = (23, 30, 47)
"""For how many days some relays near the demo accounts were quiet."""


def look_after_each_other(network: RelayNetwork, *, now: datetime) -> None:
    """Let some relays welcome newcomers, offer companions to those who began lately, and let the ladder be climbed."""
    shown = Person.objects.get(user__email=settings.DEMO_ACCOUNTS["relay"])
    standing = (
        terms_with_standing(now=now).filter(seat__network=network).select_related("person", "seat__area").order_by("seat__area__code")
    )
    for term in standing:
        if term.person_id != shown.pk and part(f"welcomes {term.seat.area.code}", of=WELCOMES_IN) == 0:
            _welcome(term.person, now=now)
    _fall_quiet(network, shown=shown, now=now)
    recent = Term.objects.filter(seat__network=network, kind=TermKind.RELAY, ends_at=None, starts_at__gt=now - timedelta(days=42))
    for term_id in recent.order_by("pk").values_list("pk", flat=True):
        relays.offer_companions(term_id=term_id, now=now)
    _accompany(shown, now=now)
    relays.climb_quiet_terms(now=now)


def _welcome(person: Person, *, now: datetime) -> None:
    contact = person.contact_points.order_by("id").first()
    if contact is not None:
        relays.agree_to_welcome(person_id=person.pk, contact_id=contact.pk, places=3, as_facilitator=True, as_buddy=True, now=now)


def _fall_quiet(network: RelayNetwork, *, shown: Person, now: datetime) -> None:
    """Let a few relays of the shown department have given no sign of life for a while."""
    before = now - timedelta(days=48)
    here = Term.objects.filter(person=shown).values("seat__area__parent")
    around = Term.objects.filter(seat__network=network, seat__area__parent__in=here, kind=TermKind.RELAY, ends_at=None, paused_at=None)
    awake = around.filter(starts_at__lt=before, seen_at__gt=now - timedelta(days=20)).exclude(person=shown).order_by("seat__area__code")
    for term, days in zip(awake, QUIET, strict=False):
        Term.objects.filter(pk=term.pk).update(seen_at=now - timedelta(days=days))
        User.objects.filter(person=term.person_id).update(seen_at=None)


def _accompany(shown: Person, *, now: datetime) -> None:
    """Let the relay of the demo accounts be in touch with one companion, where somebody near agreed."""
    term = Term.objects.filter(person=shown, ends_at=None).first()
    contact = shown.contact_points.order_by("id").first()
    if term is None or contact is None:
        return
    for kind in CompanionKind:
        if term.companions.exists():
            return
        try:
            offer = relays.ask_for_companion(term_id=term.pk, kind=kind, now=now)
        except Conflict:
            continue
        relays.say_yes(companion_id=offer.pk, contact_id=contact.pk, now=now)
        relays.accept_newcomer(companion_id=offer.pk, now=now)
