"""Days on which people are away, or may not be asked: written one by one, or brought as a file; and a launch that the law forbids."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from maillage.accounts import selectors as accounts
from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.actions.domain.calendar_files import CalendarLine
from maillage.actions.models import Action
from maillage.actions.selectors.clashes import silent_seats
from maillage.kernel.errors import Conflict, Fields, Forbidden, Invalid, NotFound
from maillage.people.selectors.organisation import organisation
from maillage.territories import selectors as territories
from maillage.territories.domain import CalendarKind
from maillage.territories.models import Area, CalendarWindow
from maillage.territories.services.calendar import window_troubles, write_window


class WrongLines(Invalid):
    """Lines of a file that are refused, each by its number and field; nothing of the file is kept."""

    code = "wrong_lines"

    def __init__(self, wrong: Mapping[int, Fields]) -> None:
        said = ngettext(
            "%(number)s line needs another look. Nothing was kept.",
            "%(number)s lines need another look. Nothing was kept.",
            len(wrong),
        )
        rows = [{"line": line, "fields": {name: list(words) for name, words in fields.items()}} for line, fields in sorted(wrong.items())]
        super().__init__(said % {"number": len(wrong)}, rows=rows)


@dataclass(frozen=True)
class Brought:
    """A line of a file: the window that it says, or already stood there."""

    line: int
    window: CalendarWindow
    is_known: bool


def area_named(*, country: str, kind: str, code: str) -> Area:
    """Return the place of a window: the whole country where none is named, else the organisation's. Raises: Invalid (`area`)."""
    country = country.strip().upper() or organisation().country
    if not code.strip():
        found = Area.objects.filter(country=country, kind__level=0, valid_until=None).select_related("kind").first()
    else:
        try:
            found = territories.area_by_code(code, country=country, kind=kind.strip() or None)
        except NotFound:
            found = None
    if found is None:
        raise Invalid(_("Some fields need another look."), fields={"area": [_("There is no such place here.")]})
    return found


def require_organised(user: User, area: Area, *, now: datetime) -> None:
    """Raises: Forbidden, unless a user organises the whole of a place."""
    if not accounts.is_reached(user, roles=[Role.ORGANISER], area_id=area.pk, now=now):
        raise Forbidden(_("Only an organiser of the whole of this place writes its days down."))


def changed_window(user: User, window_id: UUID, *, now: datetime) -> CalendarWindow:
    """Return a window that a user may change. Raises: NotFound, Forbidden."""
    found = CalendarWindow.objects.select_related("area__kind").filter(pk=window_id).first()
    if found is None:
        raise NotFound(code="window_unknown")
    require_organised(user, found.area, now=now)
    return found


def bring_windows(lines: Mapping[int, CalendarLine], *, by: User, now: datetime, is_trial: bool) -> list[Brought]:
    """Write the windows of a file down, by the number of their line: all of them, or none. What stands already is not written twice.

    `is_trial`: only say what it would bring. Facts: calendar_window.written, each.  Raises: WrongLines.
    """
    wrong: dict[int, Fields] = {}
    brought: list[Brought] = []
    with transaction.atomic():
        for number, line in sorted(lines.items()):
            fields, area = _read(line, by=by, now=now)
            if fields or area is None or line.kind is None or line.starts_on is None or line.ends_on is None:
                wrong[number] = fields
                continue
            known = CalendarWindow.objects.filter(
                area=area, kind=line.kind, starts_on=line.starts_on, ends_on=line.ends_on, labels=dict(line.labels)
            ).first()
            window = known or write_window(
                area=area,
                kind=line.kind,
                starts_on=line.starts_on,
                ends_on=line.ends_on,
                labels=line.labels,
                source=line.source,
                by_id=by.pk,
                now=now,
            )
            brought.append(Brought(line=number, window=window, is_known=known is not None))
        if wrong:
            raise WrongLines(wrong)
        transaction.set_rollback(is_trial)
    return brought


def check_silence(action: Action, *, now: datetime) -> None:
    """Stop a launch while a vote is near (electoral code, L.49): silence in one of its seats now, or while the action runs.

    Raises: Conflict (`election_silence`).
    """
    if found := silent_seats(action, now=now):
        said = ngettext(
            "The law forbids it: in %(number)s seat no campaigning is allowed, now or while the action runs, since a vote is near.",
            "The law forbids it: in %(number)s seats no campaigning is allowed, now or while the action runs, since a vote is near.",
            len(found),
        )
        raise Conflict(said % {"number": len(found)}, code="election_silence", number=len(found))


def _read(line: CalendarLine, *, by: User, now: datetime) -> tuple[dict[str, list[str]], Area | None]:
    fields: dict[str, list[str]] = {}
    if line.kind is None:
        fields["kind"] = [_("The kind is one of: %(kinds)s.") % {"kinds": ", ".join(CalendarKind.values)}]
    for name, day in (("from", line.starts_on), ("to", line.ends_on)):
        if day is None:
            fields[name] = [_("This is not a day: write it as 2027-02-14.")]
    if line.starts_on and line.ends_on:
        fields |= window_troubles(starts_on=line.starts_on, ends_on=line.ends_on, labels=line.labels, source=line.source)
    area = None
    try:
        area = area_named(country=line.country, kind=line.area_kind, code=line.area)
        require_organised(by, area, now=now)
    except Invalid as refused:
        fields |= {name: list(words) for name, words in refused.fields.items()}
    except Forbidden as refused:
        fields["area"] = [refused.detail]
    return fields, area
