"""What a published list of office holders says, one line a mandate."""

import re
from dataclasses import dataclass
from datetime import date

from maillage.advocacy.domain.bounds import GROUP_MOST, HOLDER_MOST, OFFICE_MOST, SEAT_MOST, require_fitting

FR_ASSEMBLEE = "fr-assemblee"
"""The Assemblée nationale, as body of a mandate and as source of its holders' numbers."""

FR_SENAT = "fr-senat"
"""The Sénat: those who sit for a department are several, each by a number of its own."""

_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


@dataclass(frozen=True)
class Group:
    """A political group as the list names it; `colour` is empty where the list gives none."""

    code: str
    abbreviation: str
    name: str
    colour: str = ""

    def __post_init__(self) -> None:
        require_fitting(self, GROUP_MOST)
        if self.colour and not _COLOUR.fullmatch(self.colour):
            raise ValueError(f"the colour of {self.code} is not #RRGGBB")


@dataclass(frozen=True)
class OfficeHeld:
    """What somebody is in their assembly beyond a member: in its bureau, a committee, a group; in the words of the list."""

    external_id: str
    title: str
    organ: str
    begins_on: date
    ends_on: date | None = None

    def __post_init__(self) -> None:
        require_fitting(self, OFFICE_MOST)


@dataclass(frozen=True)
class Line:
    """One mandate of one person, by public-office facts only. `area_code` may be any spelling of the seat.

    `offices`: those of the mandate, None where the list says nothing of offices. `begins_on` is None where it does not say since when.
    `seat` tells apart those who sit for one area together, and is empty where only one does.
    """

    external_id: str
    civility: str
    given_name: str
    family_name: str
    area_code: str
    group: Group | None
    office_email: str
    begins_on: date | None
    ends_on: date | None
    profile_url: str = ""
    offices: tuple[OfficeHeld, ...] | None = None
    seat: str = ""

    def __post_init__(self) -> None:
        require_fitting(self, {**HOLDER_MOST, "seat": SEAT_MOST})


@dataclass(frozen=True)
class Loaded:
    """What loading a list changed; `unknown_codes` are seats that no area bears, `empty_seats` those without a holder."""

    holders: int
    mandates_opened: int
    mandates_closed: int
    unknown_codes: tuple[str, ...]
    empty_seats: int
