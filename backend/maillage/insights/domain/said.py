"""How places, numbers and instants are said on the public pages. Computed on paper: no clock, no table."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from maillage.territories.domain import aside, ordinal_suffix


@dataclass(frozen=True)
class Remaining:
    """What is left until an instant, in whole days, hours and minutes."""

    days: int
    hours: int
    minutes: int


def remaining(*, until: datetime, now: datetime) -> Remaining | None:
    """Split what is left until an instant, rounded down to the minute; None once it has passed."""
    left = until - now
    if left <= timedelta(0):
        return None
    minutes = int(left.total_seconds() // 60)
    return Remaining(days=minutes // 1440, hours=minutes % 1440 // 60, minutes=minutes % 60)


def share(part: int | float, whole: int | float) -> str:
    """Give a part of a whole as a CSS percentage: `share(359, 577)` is `62.22%`; nothing of nothing is `0%`."""
    return f"{100 * part / whole:.2f}%" if whole else "0%"


@dataclass(frozen=True)
class PlaceName:
    """What a place that bears a seat is called: by its number within its parent where it has one, else by its own name."""

    own: str
    parent: str
    number: int | None

    @property
    def detail(self) -> str:
        """What its own name adds in brackets: the part of the world of a seat abroad."""
        return aside(self.own)

    @property
    def is_numbered(self) -> bool:
        return bool(self.number and self.parent)

    def short(self, *, language: str) -> str:
        """Say it in a few letters: `Drôme, 3e`."""
        return f"{self.parent}, {self.number}{ordinal_suffix(self.number, language=language)}" if self.number and self.parent else self.own


@dataclass(frozen=True)
class Label:
    """A town on a small map: where its dot is, and on which side its name stands."""

    text: str
    x: int
    y: int
    at_end: bool

    @property
    def label_x(self) -> int:
        return self.x - 10 if self.at_end else self.x + 10


def placed_labels(towns: list[tuple[str, float, float]], *, width: int, height: int, most: int) -> list[Label]:
    """Choose the first towns whose names neither leave the drawing nor lie over one another.

    `towns` are (name, x, y), the most important first; a letter is reckoned 9 units wide, a line 24 high.
    """
    kept: list[Label] = []
    boxes: list[tuple[float, float, float, float]] = []
    for text, x, y in towns:
        reach = 14 + 9 * len(text)
        at_end = x + reach > width
        box = (x - reach if at_end else x - 6, y - 12, x + 6 if at_end else x + reach, y + 12)
        is_inside = box[0] >= 0 and box[2] <= width and 12 <= y <= height - 12
        if is_inside and all(box[2] < b[0] or box[0] > b[2] or box[3] < b[1] or box[1] > b[3] for b in boxes):
            kept.append(Label(text=text, x=round(x), y=round(y), at_end=at_end))
            boxes.append(box)
        if len(kept) == most:
            break
    return kept


def rounded_up(instant: datetime, *, to: timedelta = timedelta(minutes=10)) -> datetime:
    """Round an instant up, so that an hour which a page promises stays true while the page is kept."""
    past = timedelta(minutes=instant.minute, seconds=instant.second, microseconds=instant.microsecond) % to
    return instant if not past else instant + (to - past)
