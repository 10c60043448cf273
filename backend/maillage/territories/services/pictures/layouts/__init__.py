"""Where the parts of a country sit on its sheet: as data for those that we know, by a rule for all others."""

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from maillage.territories.services.pictures.projections import Azimuthal, Conic, Plane

HERE = Path(__file__).parent

Box = tuple[float, float, float, float]
LabelAt = Literal["above", "below", "left"]


@dataclass(frozen=True)
class Window:
    """A box of longitudes and latitudes: west, south, east, north."""

    west: float
    south: float
    east: float
    north: float

    def holds(self, lon: float, lat: float) -> bool:
        """Say whether a place is in the window."""
        return self.west <= lon <= self.east and self.south <= lat <= self.north


@dataclass(frozen=True)
class Inset:
    """One drawing of the sheet: which seats, on which plane, into which box (left, top, width, height, sheet units).

    `codes` are seats' codes, `begins` their beginnings; neither means all seats that no other drawing takes. `enlarges`
    names the drawing where these seats stay as well, too small to be hit. What is smaller than a square of side
    `tolerance` (sheet units) is not drawn; islets below `smallest_share` of the largest land or outside `within` are
    left out; `moved` brings a far island near, as every wall map does.
    """

    key: str
    plane: Plane
    box: Box
    codes: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    labels: dict[str, str] = field(default_factory=dict)
    label_at: LabelAt = "below"
    enlarges: str = ""
    tolerance: float = 0.8
    smallest_share: float = 0.0
    within: Window | None = None
    moved: tuple[tuple[Window, tuple[float, float]], ...] = ()

    @property
    def takes_the_rest(self) -> bool:
        """Say whether this is the mainland: what no other drawing names."""
        return not (self.codes or self.begins)

    def takes(self, code: str) -> bool:
        """Say whether this drawing names the seat."""
        return code in self.codes or code.startswith(self.begins)


@dataclass(frozen=True)
class Tiles:
    """A row of numbered squares for the seats that have no territory, ending at `right`."""

    key: str
    labels: dict[str, str]
    label_at: LabelAt
    side: float
    gap: float
    right: float
    top: float


@dataclass(frozen=True)
class Layout:
    """How the sheet of one kind of area of one country is composed."""

    width: float
    insets: tuple[Inset, ...]
    tiles: Tiles


def known(*, country: str, kind: str) -> Layout | None:
    """Read the layout that was drawn by hand for a country, if there is one for this kind of area."""
    path = HERE / f"{country.upper()}.json"
    if not path.is_file():
        return None
    read = json.loads(path.read_text(encoding="utf-8"))
    if read["kind"] != kind:
        return None
    return Layout(width=read["width"], insets=tuple(_inset(each) for each in read["panels"]), tiles=Tiles(**read["tiles"]))


def _inset(read: dict[str, Any]) -> Inset:
    plane = read.pop("plane")
    lon, lat = plane["around"]
    south_north = plane.get("conic")
    return Inset(
        plane=Conic(south=south_north[0], north=south_north[1], lon=lon, lat=lat) if south_north else Azimuthal(lon=lon, lat=lat),
        box=tuple(read.pop("box")),
        codes=tuple(read.pop("codes", ())),
        begins=tuple(read.pop("begins", ())),
        within=Window(*read.pop("within")) if "within" in read else None,
        moved=tuple((Window(*each["within"]), tuple(each["by"])) for each in read.pop("moved", ())),
        **read,
    )
