"""Terms, narrowed to what the actor may see, and their grants."""

from datetime import datetime
from uuid import UUID

from django.db.models import CharField, Exists, OuterRef, QuerySet, Value
from django.db.models.functions import Cast, Concat

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import Grant
from maillage.accounts.selectors.grants import Actor
from maillage.kernel.errors import NotFound
from maillage.relays.domain import TermKind
from maillage.relays.models import Term


def term_seen(user: Actor, term_id: UUID, *, now: datetime) -> tuple[Term, bool]:
    """A term of a seat that a user organises or holds, and whether they organise it.

    Raises: NotFound, for who may not know of it too.
    """
    term = Term.objects.select_related("seat__area", "person").filter(pk=term_id).first() if user.pk else None
    if term is None:
        raise NotFound(code="term_unknown")
    organised = accounts.is_reached(user, roles=[Role.ORGANISER], area_id=term.seat.area_id, now=now)
    if not organised and term.person.user_id != user.pk:
        raise NotFound(code="term_unknown")
    return term, organised


def running_terms_of(user: Actor) -> QuerySet[Term]:
    """The seats that a signed-in user holds now."""
    if user.pk is None:
        return Term.objects.none()
    return Term.objects.filter(ends_at__isnull=True, person__user_id=user.pk).select_related("seat__area").order_by("starts_at")


def is_relay(person_id: UUID) -> bool:
    """Say whether a person holds a seat as its relay, at work or pausing: whoever stands in next door does. One query."""
    return Term.objects.filter(person_id=person_id, kind=TermKind.RELAY, ends_at__isnull=True).exists()


def terms_without_grant(*, now: datetime) -> QuerySet[Term]:
    """Running terms of people who sign in, whose grant does not run."""
    grants = Grant.objects.running(now).filter(user_id=OuterRef("person__user_id"), area_id=OuterRef("seat__area_id"))
    origin = Concat(Value("term:"), Cast(OuterRef("pk"), CharField()))
    return Term.objects.filter(ends_at__isnull=True, person__user__isnull=False).exclude(Exists(grants.filter(origin=origin)))


def grants_without_term(*, now: datetime) -> QuerySet[Grant]:
    """Running grants that say they come from a term, whose term has ended or does not exist."""
    running = Term.objects.filter(ends_at__isnull=True).annotate(origin=Concat(Value("term:"), Cast("pk", CharField())))
    return Grant.objects.running(now).filter(origin__startswith="term:").exclude(Exists(running.filter(origin=OuterRef("origin"))))
