"""Keeping the list of who sits where."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from maillage.advocacy.domain import FR_ASSEMBLEE, Line, Loaded
from maillage.advocacy.models import Mandate, Office, OfficeHolder, PoliticalGroup
from maillage.kernel.errors import Invalid
from maillage.territories.models import Area, AreaAlias

REDATED_WITHIN = timedelta(days=31)
"""How much later than what is kept a list may date the same mandate: lists count from the election, the count or the first sitting."""


@dataclass(frozen=True)
class _Sits:
    """A line whose seat is known here, with the day since which it is kept."""

    line: Line
    area_id: UUID
    holder_id: UUID
    begins_on: date
    is_begin_known: bool

    @property
    def place(self) -> tuple[UUID, str]:
        return self.area_id, self.line.seat


def load_office_holders(*, lines: Sequence[Line], today: date, body: str = FR_ASSEMBLEE, country: str = "FR", kind: str = "") -> Loaded:
    """Make the list of an assembly ours: holders, groups, mandates opened and closed. Loading it twice changes nothing.

    A line's seat may be spelled in any way that an area's aliases know. A running mandate that the list dates otherwise stays, with
    the day that the list says. A running mandate that the list no longer holds
    ends: the day before its successor's, or `today` where the seat stays empty. A line with an end is history. One that does not say
    since when it runs begins on the day on which it is first loaded, and says so. `kind`: of the areas; those that bear seats.

    Raises: Invalid when two lines sit in one seat, or when no line's seat is known.
    """
    seats = _seat_ids(country, kind)
    known = [(line, seats[line.area_code]) for line in lines if line.area_code in seats]
    unknown = tuple(sorted({line.area_code for line in lines if line.area_code not in seats}))
    running = {(area_id, line.seat) for line, area_id in known if line.ends_on is None}
    if len(running) < sum(line.ends_on is None for line, _area in known):
        raise Invalid("two sitting members share a seat in this list", code="bad_list")
    if not known:
        raise Invalid(f"no seat of {country} is known here; load the territories first", code="no_seat_known")
    with transaction.atomic():
        groups = _keep_groups(lines, body)
        holders = _keep_holders(lines, body)
        sitting = _dated(known, holders=holders, body=body, today=today)
        _redate_mandates(sitting, body=body)
        closed = _close_mandates({one.place: one for one in sitting if one.line.ends_on is None}, body=body, today=today)
        opened = _keep_mandates(sitting, groups=groups, body=body)
        _keep_offices([line for line, _area in known], holders=holders, body=body, today=today)
    return Loaded(
        holders=len(holders),
        mandates_opened=opened,
        mandates_closed=closed,
        unknown_codes=unknown,
        empty_seats=len(set(seats.values()) - {area_id for area_id, _seat in running}),
    )


def _seat_ids(country: str, kind: str) -> dict[str, UUID]:
    """Map every spelling of a seat to its area; the code of one seat wins over another's alias."""
    areas = Area.objects.filter(country=country, valid_until=None)
    bearing = areas.filter(kind__code=kind) if kind else areas.filter(kind__bears_seats=True)
    aliases = AreaAlias.objects.filter(area__in=bearing).values_list("code", "area_id")
    return {**dict(aliases), **dict(bearing.values_list("code", "id"))}


def _keep_groups(lines: Sequence[Line], body: str) -> dict[str, PoliticalGroup]:
    """Write each group once. A list without colours leaves those that another list gave."""
    coloured = {line.group.code: line.group for line in lines if line.group}
    kept = dict(PoliticalGroup.objects.filter(body=body).values_list("code", "colour"))
    rows = [
        PoliticalGroup(
            body=body, code=group.code, abbreviation=group.abbreviation, name=group.name, colour=group.colour or kept.get(group.code, "")
        )
        for group in coloured.values()
    ]
    PoliticalGroup.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["body", "code"], update_fields=["abbreviation", "name", "colour"]
    )
    return {group.code: group for group in PoliticalGroup.objects.filter(body=body)}


def _keep_holders(lines: Sequence[Line], body: str) -> dict[str, UUID]:
    """Write each holder once. A list without e-mails or addresses leaves those that another list gave."""
    kept = {holder.external_id: holder for holder in OfficeHolder.objects.filter(source=body)}
    rows = []
    for line in {line.external_id: line for line in lines}.values():
        before = kept.get(line.external_id)
        rows.append(
            OfficeHolder(
                source=body,
                external_id=line.external_id,
                civility=line.civility,
                given_name=line.given_name,
                family_name=line.family_name,
                office_email=line.office_email or (before.office_email if before else ""),
                profile_url=line.profile_url or (before.profile_url if before else ""),
            )
        )
    OfficeHolder.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["source", "external_id"],
        update_fields=["civility", "given_name", "family_name", "office_email", "profile_url"],
    )
    return dict(OfficeHolder.objects.filter(source=body).values_list("external_id", "id"))


def _dated(known: Sequence[tuple[Line, UUID]], *, holders: dict[str, UUID], body: str, today: date) -> list[_Sits]:
    """Say since when each line runs: where it does not say, since what is kept, else since today."""
    kept = {
        (mandate.holder_id, mandate.area_id): (mandate.begins_on, mandate.is_begin_known)
        for mandate in Mandate.objects.filter(body=body, ends_on=None)
    }
    found = []
    for line, area_id in known:
        holder_id = holders[line.external_id]
        begins_on, is_known = (line.begins_on, True) if line.begins_on else kept.get((holder_id, area_id), (today, False))
        found.append(_Sits(line=line, area_id=area_id, holder_id=holder_id, begins_on=begins_on, is_begin_known=is_known))
    return found


def _redate_mandates(sitting: Sequence[_Sits], *, body: str) -> None:
    """Move the first day of a running mandate that the list dates otherwise: it is the same one, with whoever works in it.

    It is another one where the list, or what is kept, has both days, or where it begins so much later that there was an election.
    """
    running = {one.place: one for one in sitting if one.line.ends_on is None}
    told = {(one.holder_id, one.area_id, one.begins_on) for one in sitting}
    mandates = list(Mandate.objects.select_for_update(no_key=True).filter(body=body).order_by("id"))
    kept = {(mandate.holder_id, mandate.area_id, mandate.begins_on) for mandate in mandates}
    moved = []
    for mandate in mandates:
        sits = running.get((mandate.area_id, mandate.seat))
        if mandate.ends_on is not None or sits is None or sits.holder_id != mandate.holder_id:
            continue
        has_both = (*_whose(mandate), sits.begins_on) in kept or (*_whose(mandate), mandate.begins_on) in told
        if not has_both and sits.begins_on <= mandate.begins_on + REDATED_WITHIN:
            mandate.begins_on, mandate.is_begin_known = sits.begins_on, sits.is_begin_known
            moved.append(mandate)
    Mandate.objects.bulk_update(moved, ["begins_on", "is_begin_known"])


def _whose(mandate: Mandate) -> tuple[UUID, UUID]:
    return mandate.holder_id, mandate.area_id


def _close_mandates(running: dict[tuple[UUID, str], _Sits], *, body: str, today: date) -> int:
    """End running mandates that the list gives to somebody else, to nobody, or from another day."""
    ended = []
    for mandate in Mandate.objects.select_for_update(no_key=True).filter(body=body, ends_on=None).order_by("id"):
        now_sits = running.get((mandate.area_id, mandate.seat))
        if now_sits and (now_sits.holder_id, now_sits.begins_on) == (mandate.holder_id, mandate.begins_on):
            continue
        last_day = now_sits.begins_on - timedelta(days=1) if now_sits else today
        mandate.ends_on = max(last_day, mandate.begins_on)
        ended.append(mandate)
    Mandate.objects.bulk_update(ended, ["ends_on"])
    return len(ended)


def _keep_mandates(sitting: Sequence[_Sits], *, groups: dict[str, PoliticalGroup], body: str) -> int:
    before = Mandate.objects.filter(body=body).count()
    rows = [
        Mandate(
            holder_id=one.holder_id,
            area_id=one.area_id,
            body=body,
            seat=one.line.seat,
            group=groups[one.line.group.code] if one.line.group else None,
            begins_on=one.begins_on,
            is_begin_known=one.is_begin_known,
            ends_on=one.line.ends_on,
        )
        for one in sitting
    ]
    Mandate.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["holder", "area", "body", "begins_on"],
        update_fields=["group", "seat", "is_begin_known", "ends_on"],
    )
    return Mandate.objects.filter(body=body).count() - before


def _keep_offices(lines: Sequence[Line], *, holders: dict[str, UUID], body: str, today: date) -> None:
    """Write each office once; one that a list of offices holds no more ends today. A list that says nothing of them leaves them."""
    telling = [line for line in lines if line.offices is not None]
    if not telling:
        return
    told = {office.external_id: (office, holders[line.external_id]) for line in telling for office in line.offices or ()}
    Office.objects.filter(body=body, ends_on=None).exclude(external_id__in=list(told)).update(ends_on=today)
    rows = [
        Office(
            holder_id=holder_id,
            body=body,
            external_id=office.external_id,
            title=office.title,
            organ=office.organ,
            begins_on=office.begins_on,
            ends_on=office.ends_on,
        )
        for office, holder_id in told.values()
    ]
    Office.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["body", "external_id"],
        update_fields=["holder", "title", "organ", "begins_on", "ends_on"],
    )
