"""Paragraphs that parts of the territory add to a brief, narrowed to what the actor may see, and as a seat reads them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.selectors.grants import Actor
from maillage.actions.models import Action, LocalParagraph
from maillage.kernel.errors import NotFound
from maillage.relays.models import Seat
from maillage.territories.models import Area, AreaClosure


def paragraphs_seen(user: Actor, action: Action, *, now: datetime) -> QuerySet[LocalParagraph]:
    """The paragraphs of an action that reach a seat which a user organises, the widest place first, with `is_theirs`. One query."""
    held = accounts.running_grants(user, now=now).filter(role=Role.ORGANISER).values("area_id")
    above = AreaClosure.objects.filter(ancestor_id=OuterRef("area_id"), descendant_id__in=held, whole=True)
    found = LocalParagraph.objects.filter(action=action).annotate(
        is_theirs=accounts.reaches(user, roles=[Role.ORGANISER], area="area_id", now=now)
    )
    return (
        found.filter(Q(is_theirs=True) | Exists(above))
        .select_related("area", "by__person")
        .order_by("area__kind__level", "area__code", "pk")
    )


def paragraph_seen(user: Actor, action: Action, paragraph_id: UUID, *, now: datetime) -> LocalParagraph:
    """One of them. Raises: NotFound (`paragraph_unknown`)."""
    found = paragraphs_seen(user, action, now=now).filter(pk=paragraph_id).first()
    if found is None:
        raise NotFound(code="paragraph_unknown")
    return found


def is_theirs(paragraph: LocalParagraph) -> bool:
    """Whether the reader organises the place of a paragraph that `paragraphs_seen` returned."""
    return bool(vars(paragraph)["is_theirs"])


def areas_added_to(user: Actor, action: Action, *, now: datetime) -> QuerySet[Area]:
    """The parts of an action's territory for which a user organises, and may add a paragraph. One query."""
    held = accounts.running_grants(user, now=now).filter(role=Role.ORGANISER).values("area_id")
    within = AreaClosure.objects.filter(ancestor_id=action.network.country_id, descendant_id=OuterRef("pk"), whole=True)
    return Area.objects.filter(Exists(within), pk__in=held).exclude(pk=action.network.country_id).order_by("kind__level", "code")


def area_added_to(user: Actor, action: Action, area_id: UUID, *, now: datetime) -> tuple[Area, bool]:
    """A part of an action's territory that holds seats of it, and whether a user organises it. Raises: NotFound (`place_unknown`)."""
    seats = Seat.objects.filter(network_id=action.network_id, area__above__ancestor_id=area_id, area__above__whole=True)
    found = Area.objects.exclude(pk=action.network.country_id).filter(pk=area_id).first()
    if found is None or not seats.exists():
        raise NotFound(code="place_unknown")
    return found, accounts.is_reached(user, roles=[Role.ORGANISER], area_id=area_id, now=now)


def paragraphs_read(*, action_ids: Collection[UUID], area_ids: Collection[UUID]) -> dict[tuple[UUID, UUID], list[LocalParagraph]]:
    """What the seats of these areas read at the end of these actions' briefs, by action and area, the widest place first. One query."""
    rows = LocalParagraph.objects.filter(
        action_id__in=action_ids, area__below__descendant_id__in=area_ids, area__below__whole=True
    ).annotate(read_in=F("area__below__descendant_id"))
    found: dict[tuple[UUID, UUID], list[LocalParagraph]] = {}
    for paragraph in rows.select_related("area").order_by("area__kind__level", "area__code", "pk"):
        found.setdefault((paragraph.action_id, vars(paragraph)["read_in"]), []).append(paragraph)
    return found


def in_language(paragraphs: Sequence[LocalParagraph], language: str) -> list[LocalParagraph]:
    """Keep one paragraph of each place: in a language where it was written in it, else as it is."""
    chosen: dict[UUID, LocalParagraph] = {}
    for paragraph in paragraphs:
        if paragraph.area_id not in chosen or paragraph.language == language:
            chosen[paragraph.area_id] = paragraph
    return list(chosen.values())
