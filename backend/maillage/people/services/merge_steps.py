"""What a merge changes, column by column, written down so that it can be undone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import DatabaseError, OperationalError, models, transaction
from django.utils.translation import gettext as _

from maillage.kernel.errors import Conflict
from maillage.people.models import Merge, MergeStep
from maillage.people.selectors.belongings import Moving, clashing, rows_of


class Steps:
    """The steps of one merge, kept together at its end."""

    def __init__(self, merge: Merge) -> None:
        self.merge = merge
        self.taken: list[MergeStep] = []

    def change(self, model: type[models.Model], rows: Iterable[Any], column: str, *, before: Any, after: Any) -> None:
        """Set a column of some rows, which held `before`."""
        pks = list(rows)
        model._base_manager.filter(pk__in=pks).update(**{column: after})
        label = model._meta.label
        self.taken += [
            MergeStep(merge=self.merge, model=label, row=str(pk), column=column, before=_plain(before), after=_plain(after)) for pk in pks
        ]

    def made(self, row: models.Model) -> None:
        """Keep that this row came with the merge and goes with it."""
        self.taken.append(MergeStep(merge=self.merge, model=row._meta.label, row=str(row.pk)))

    def stood_itself(self) -> None:
        """Keep that what stood is written down, also of a record that nothing belonged to."""
        here = _plain(self.merge.person_id)
        self.taken.append(MergeStep(merge=self.merge, model="people.Person", row=here, column="id", before=here, after=here))

    def stood(self, moving: Moving, *, target: UUID) -> None:
        """Keep which rows of a column were the record's that stays: once the other's came to them nothing else tells them apart."""
        label, here = moving.model._meta.label, _plain(target)
        rows = moving.model._base_manager.filter(**{moving.column: target}).order_by("pk").values_list("pk", flat=True)
        self.taken += [MergeStep(merge=self.merge, model=label, row=str(pk), column=moving.column, before=here, after=here) for pk in rows]

    def move(self, moving: Moving, *, source: UUID, target: UUID, now: datetime) -> int:
        """Move the rows of one column from a record to another; say how many stayed because the other holds the same.

        Never waits for whoever works on one of these rows, since they may wait for us.  Raises: Conflict (`people_busy`).
        """
        rows = rows_of(moving, source, now=now)
        try:
            with transaction.atomic():
                found = list(rows.select_for_update(of=("self",), nowait=True).order_by("pk").values_list("pk", flat=True))
        except OperationalError:
            raise Conflict(_("Somebody is at work on one of these two at this moment. Try again."), code="people_busy") from None
        for name, (column, value) in moving.gives_way.items():
            held = clashing(moving, rows, target, only=name).values_list("pk", flat=True)
            self.change(moving.model, held, column, before=not value, after=value)
        apart = set(clashing(moving, rows, target).values_list("pk", flat=True))
        going = [pk for pk in found if pk not in apart]
        return len(apart) + self._move(moving, going, source=source, target=target)

    def _move(self, moving: Moving, pks: Sequence[Any], *, source: UUID, target: UUID) -> int:
        """Move them together, or one by one where the database refuses one; say how many it refused."""
        try:
            with transaction.atomic():
                self.change(moving.model, pks, moving.column, before=source, after=target)
        except OperationalError:
            raise  # not a matter of this row: a deadlock, a lost connection
        except DatabaseError:
            if len(pks) == 1:
                return 1
            return sum(self._move(moving, [pk], source=source, target=target) for pk in pks)
        return 0

    def keep(self) -> None:
        """Write the steps down."""
        MergeStep.objects.bulk_create(self.taken)


def undo_steps(merge: Merge) -> None:
    """Undo the steps of a merge from the last to the first, each where the row still is and still says what the merge wrote."""
    steps = merge.steps.order_by("-id")
    for (label, column), group in groupby(steps, key=lambda step: (step.model, step.column)):
        model = apps.get_model(label)
        if not column:
            model._base_manager.filter(pk__in=[step.row for step in group]).delete()
            continue
        for _values, same in groupby(group, key=lambda step: (step.before, step.after)):
            _undo(model, column, list(same))


def _undo(model: type[models.Model], column: str, steps: Sequence[MergeStep]) -> None:
    before, after = steps[0].before, steps[0].after
    if before == after:
        return
    changed = model._base_manager.filter(pk__in=[step.row for step in steps], **{column: after})
    try:
        with transaction.atomic():
            changed.update(**{column: before})
    except OperationalError:
        raise
    except DatabaseError:
        if len(steps) > 1:  # one of them has no room where it came from: it stays, the others go back
            for step in steps:
                _undo(model, column, [step])


def _plain(value: Any) -> Any:
    return (
        value if value is None or isinstance(value, bool | int | str) else value.isoformat() if isinstance(value, datetime) else str(value)
    )
