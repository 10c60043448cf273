"""Words and rules of places that can be computed on paper: no table, no clock, no settings."""

from maillage.territories.domain.codes import bare_code, display_code, spellings_of
from maillage.territories.domain.figures import FIGURES, Compared, ComparedFigure, Figure
from maillage.territories.domain.likeness import CLOSE, Likeness, Theme, most_alike
from maillage.territories.domain.naming import aside, ordinal_suffix
from maillage.territories.domain.profiles import (
    AreaRule,
    FigureRule,
    Origin,
    Profile,
    SetSpec,
    TableSpec,
    known_countries,
    profile_of,
    read_profile,
)
from maillage.territories.domain.words import (
    ARTICLES,
    NEAR_BOUNDARY_METRES,
    NEAREST_METRES,
    CalendarKind,
    Confidence,
    Position,
    SetUse,
    WindowKind,
    confidence,
    near_boundary_metres,
)

__all__ = [
    "ARTICLES",
    "CLOSE",
    "FIGURES",
    "NEAREST_METRES",
    "NEAR_BOUNDARY_METRES",
    "AreaRule",
    "CalendarKind",
    "Compared",
    "ComparedFigure",
    "Confidence",
    "Figure",
    "FigureRule",
    "Likeness",
    "Origin",
    "Position",
    "Profile",
    "SetSpec",
    "SetUse",
    "TableSpec",
    "Theme",
    "WindowKind",
    "aside",
    "bare_code",
    "confidence",
    "display_code",
    "known_countries",
    "most_alike",
    "near_boundary_metres",
    "ordinal_suffix",
    "profile_of",
    "read_profile",
    "spellings_of",
]
