"""Tables of places."""

from maillage.territories.models.areas import Area, AreaAlias, AreaClosure, AreaKind, AreaNeighbour, AreaOverlap
from maillage.territories.models.calendar import CalendarWindow
from maillage.territories.models.elections import Election, ElectionWindow
from maillage.territories.models.figures import AreaFigure, Indicator
from maillage.territories.models.locating import AreaBorder, AreaPiece, Findable, Locality, SeatCard
from maillage.territories.models.naming import CALLED_SQL, called
from maillage.territories.models.pictures import BakedTile, NationalPicture
from maillage.territories.models.sets import AreaShape, BoundarySet, Dataset

__all__ = [
    "CALLED_SQL",
    "Area",
    "AreaAlias",
    "AreaBorder",
    "AreaClosure",
    "AreaFigure",
    "AreaKind",
    "AreaNeighbour",
    "AreaOverlap",
    "AreaPiece",
    "AreaShape",
    "BakedTile",
    "BoundarySet",
    "CalendarWindow",
    "Dataset",
    "Election",
    "ElectionWindow",
    "Findable",
    "Indicator",
    "Locality",
    "NationalPicture",
    "SeatCard",
    "called",
]
