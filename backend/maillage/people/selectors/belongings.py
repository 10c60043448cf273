"""What belongs to a person or to their user, column by column, and what cannot go from one record to another."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.functional import Promise as LazyText

from maillage.people.domain.merging import BELONGINGS, STAYING
from maillage.people.models import ConsentState, Likeness, Merge, Person, ToldApart

STAYS = (ConsentState, Likeness, Merge, Person, ToldApart)
"""What speaks of a record as such: joined by rules of its own, or of that record alone."""


@dataclass(frozen=True)
class Moving:
    """A column whose rows go to the record that stays; `owner` is whom it points at, `told` what an organiser reads they are."""

    model: type[models.Model]
    column: str
    owner: type[models.Model]
    told: str | LazyText
    gives_way: Mapping[str, tuple[str, object]] = field(default_factory=dict)
    only_running: bool = False

    @property
    def field(self) -> str:
        """The column's name without `_id`."""
        return self.column.removesuffix("_id")


def movings(owner: type[models.Model]) -> list[Moving]:
    """Return the columns that move with a person, or with a user: those that apps named, then whatever else points at a person.

    What an app keeps for one record alone (`STAYING`) is left out. Of a column that nobody named, nobody is told.
    """
    named = []
    for belonging in BELONGINGS:
        model = apps.get_model(belonging.model)
        to = model._meta.get_field(belonging.column)
        if to.related_model is owner:
            named.append(
                Moving(
                    model=model,
                    column=f"{belonging.column}_id",
                    owner=owner,
                    told=belonging.told,
                    gives_way=belonging.gives_way,
                    only_running=belonging.only_running,
                )
            )
    known = {(moving.model, moving.column) for moving in named}
    return named + [moving for moving in _unnamed(owner) if (moving.model, moving.column) not in known]


def rows_of(moving: Moving, owner_id: UUID, *, now: datetime) -> QuerySet[Any]:
    """Return the rows of a column that belong to somebody."""
    rows = moving.model._base_manager.filter(**{moving.column: owner_id})
    return rows.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=now)) if moving.only_running else rows


def clashing(moving: Moving, rows: QuerySet[Any], target: UUID, *, only: str = "") -> QuerySet[Any]:
    """Keep the rows that cannot move because the other record holds the same: what a unique constraint would refuse.

    `only` names one constraint; without it, all but those that give way are asked.
    """
    clash = Q(pk__in=[])
    others = moving.model._base_manager.filter(**{moving.column: target})
    for constraint in moving.model._meta.constraints:
        if not isinstance(constraint, models.UniqueConstraint) or moving.field not in constraint.fields:
            continue
        if constraint.name == only if only else constraint.name not in moving.gives_way:
            same = {name: OuterRef(name) for name in constraint.fields if name != moving.field}
            condition = constraint.condition or Q()
            clash |= condition & Q(Exists(others.filter(condition, **same)))
    if getattr(moving.model._meta.get_field(moving.field), "unique", False) and not only:
        clash |= Q(Exists(others))
    return rows.filter(clash)


def _unnamed(owner: type[models.Model]) -> list[Moving]:
    if owner is not Person:
        return []  # of a user most columns say who did something, which stays true
    return [
        Moving(model=model, column=column.attname, owner=Person, told="")
        for model in apps.get_models()
        if model._meta.managed and model not in STAYS and model._meta.label not in STAYING
        for column in model._meta.concrete_fields
        if column.related_model is Person
    ]
