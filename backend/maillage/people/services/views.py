"""Lists of people that somebody comes back to, under a name."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.kernel.errors import Conflict, Forbidden, Invalid, NotFound
from maillage.kernel.text import typed
from maillage.people.domain.listing import PLACE_FILTERS
from maillage.people.models import SavedView
from maillage.people.selectors.asked import read_asked

LONGEST_NAME = 60
MOST_VIEWS = 50
UNDO_FOR = timedelta(days=1)
KEPT = ("area", "role", "agreed", "joined_since", "sort")
"""What a view keeps, beside the filters of places: never what was searched, which could name somebody."""


def save_view(*, owner: User, name: str, filters: Mapping[str, str], area_id: UUID | None, now: datetime) -> SavedView:
    """Keep filters and order under a name; with an area, for all organisers whose role stands there.

    Facts: view.saved.  Raises: Invalid (name, or by filter), Forbidden (`not_your_area`), Conflict (`too_many_views`).
    """
    said = " ".join(typed(name).split())
    if not 1 <= len(said) <= LONGEST_NAME:
        raise Invalid(fields={"name": [_("Give a name of at most %(most)s letters.") % {"most": LONGEST_NAME}]})
    kept = {key: value for key, value in filters.items() if value and key in (*KEPT, *PLACE_FILTERS)}
    read_asked(kept)
    if area_id is not None and area_id not in shared_areas(owner, now=now):
        raise Forbidden(_("You share a view with the organisers of an area of yours."), code="not_your_area")
    with transaction.atomic():
        if SavedView.objects.filter(owner=owner, deleted_at__isnull=True).count() >= MOST_VIEWS:
            raise Conflict(_("You keep %(most)s views already. Delete one first.") % {"most": MOST_VIEWS}, code="too_many_views")
        view = SavedView(owner=owner, name=said, filters=kept, area_id=area_id, created_at=now)
        _keep(view)
        journal.record("view.saved", subject=view, at=now, actor_id=owner.pk, is_shared=area_id is not None)
    return view


def delete_view(*, view_id: UUID, owner: User, now: datetime) -> None:
    """Delete a view of one's own; for a day it can be undone. Safe to repeat. Facts: view.deleted.  Raises: NotFound."""
    with transaction.atomic():
        view = _own(view_id, owner)
        if view.deleted_at is None:
            view.deleted_at = now
            view.save(update_fields=["deleted_at"])
            journal.record("view.deleted", subject=view, at=now, actor_id=owner.pk)


def restore_view(*, view_id: UUID, owner: User, now: datetime) -> SavedView:
    """Undo that a view was deleted. Facts: view.restored.  Raises: NotFound, Invalid (name: another has it now)."""
    with transaction.atomic():
        view = _own(view_id, owner)
        if view.deleted_at is not None:
            view.deleted_at = None
            _keep(view)
            journal.record("view.restored", subject=view, at=now, actor_id=owner.pk)
    return view


def forget_deleted_views(*, now: datetime) -> int:
    """Delete for good the views that were deleted more than a day ago, and say how many."""
    deleted, _by_model = SavedView.objects.filter(deleted_at__lt=now - UNDO_FOR).delete()
    return deleted


def shared_areas(user: User, *, now: datetime) -> set[UUID]:
    """Return the areas on which somebody organises: with whose other organisers they share."""
    return set(accounts.running_grants(user, now=now).filter(role=Role.ORGANISER).values_list("area_id", flat=True))


def _own(view_id: UUID, owner: User) -> SavedView:
    view = SavedView.objects.select_for_update(of=("self",)).filter(pk=view_id, owner=owner).first()
    if view is None:
        raise NotFound
    return view


def _keep(view: SavedView) -> None:
    try:
        with transaction.atomic():
            view.save()
    except IntegrityError:
        raise Invalid(fields={"name": [_("A view of yours has this name already.")]}) from None
