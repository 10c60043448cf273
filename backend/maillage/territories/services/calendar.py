"""Days on which people are away, or may not be asked: written down, and taken away."""

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from maillage import journal
from maillage.kernel.errors import Invalid, NotFound
from maillage.territories.domain import CalendarKind
from maillage.territories.models import Area, CalendarWindow

LABEL_MOST, SOURCE_MOST = 120, 300


def write_window(
    *,
    area: Area,
    kind: CalendarKind,
    starts_on: date,
    ends_on: date,
    labels: Mapping[str, str],
    by_id: UUID | None,
    now: datetime,
    source: str = "",
    window_id: UUID | None = None,
) -> CalendarWindow:
    """Write a window down, or change the one of `window_id`. `labels`: what it is called, by language, one at least.

    Facts: calendar_window.written.  Raises: Invalid by field, NotFound.
    """
    if fields := window_troubles(starts_on=starts_on, ends_on=ends_on, labels=labels, source=source):
        raise Invalid(_("Some fields need another look."), fields=fields)
    said = {
        "area": area,
        "kind": kind,
        "starts_on": starts_on,
        "ends_on": ends_on,
        "labels": {language: words.strip() for language, words in labels.items() if words.strip()},
        "source": source.strip(),
    }
    with transaction.atomic():
        if window_id is None:
            window = CalendarWindow.objects.create(**said)
        else:
            window = _locked(window_id)
            for name, value in said.items():
                setattr(window, name, value)
            window.save(update_fields=list(said))
        journal.record("calendar_window.written", subject=window, at=now, actor_id=by_id, area_id=area.pk, kind=str(kind))
    return window


def remove_window(*, window_id: UUID, by_id: UUID | None, now: datetime) -> None:
    """Take a window away. Facts: calendar_window.removed.  Raises: NotFound."""
    with transaction.atomic():
        window = _locked(window_id)
        journal.record("calendar_window.removed", subject=window, at=now, actor_id=by_id, area_id=window.area_id, kind=window.kind)
        window.delete()


def window_troubles(*, starts_on: date, ends_on: date, labels: Mapping[str, str], source: str) -> dict[str, list[str]]:
    """Say what is wrong with a window, by field; empty when nothing is."""
    fields: dict[str, list[str]] = {}
    if ends_on < starts_on:
        fields["ends_on"] = [_("The last day is not before the first.")]
    if unknown := sorted(set(labels) - dict(settings.LANGUAGES).keys()):
        fields["labels"] = [_("We do not write in %(languages)s here.") % {"languages": ", ".join(unknown)}]
    elif not any(words.strip() for words in labels.values()):
        fields["labels"] = [_("Say what it is called.")]
    elif any(len(words.strip()) > LABEL_MOST for words in labels.values()):
        fields["labels"] = [_("At most %(most)s letters fit here.") % {"most": LABEL_MOST}]
    if len(source.strip()) > SOURCE_MOST:
        fields["source"] = [_("At most %(most)s letters fit here.") % {"most": SOURCE_MOST}]
    return fields


def _locked(window_id: UUID) -> CalendarWindow:
    found = CalendarWindow.objects.select_for_update(of=("self",)).filter(pk=window_id).first()
    if found is None:
        raise NotFound(code="window_unknown")
    return found
