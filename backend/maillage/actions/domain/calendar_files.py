"""How a file says the days on which people are away: a line each, its columns named by the first one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from maillage.kernel.text import fold
from maillage.territories.domain import CalendarKind

COLUMNS = ("kind", "country", "area_kind", "area", "from", "to", "source")
"""Without the labels, one column a language: `label_fr`."""

NEEDED = ("kind", "from", "to")
LABEL = "label_"
LINES_MOST = 2_000
BYTES_MOST = 1_000_000
_DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y")


@dataclass(frozen=True)
class CalendarLine:
    """One line as it is written; None: it cannot be read. An empty `area` is the whole country, an empty country the organisation's."""

    kind: CalendarKind | None
    country: str
    area_kind: str
    area: str
    starts_on: date | None
    ends_on: date | None
    labels: Mapping[str, str]
    source: str


def columns_of(headings: Sequence[str]) -> dict[str, int]:
    """Find the columns by their headings, whatever their case."""
    return {fold(heading).strip().replace(" ", "_"): place for place, heading in reversed(list(enumerate(headings)))}


def read_calendar_line(cells: Sequence[str], columns: Mapping[str, int]) -> CalendarLine:
    """Read one line."""
    said = {name: cells[place].strip() for name, place in columns.items() if place < len(cells)}
    kind = fold(said.get("kind", ""))
    return CalendarLine(
        kind=CalendarKind(kind) if kind in CalendarKind.values else None,
        country=said.get("country", ""),
        area_kind=said.get("area_kind", ""),
        area=said.get("area", ""),
        starts_on=read_day(said.get("from", "")),
        ends_on=read_day(said.get("to", "")),
        labels={name.removeprefix(LABEL): words for name, words in said.items() if name.startswith(LABEL) and words},
        source=said.get("source", ""),
    )


def read_day(text: str) -> date | None:
    """Read a day as 2027-02-14, 14/02/2027 or 14.02.2027."""
    for written in _DAYS:
        try:
            return datetime.strptime(text, written).date()  # noqa: DTZ007 (a day, not an instant)
        except ValueError:
            continue
    return None
