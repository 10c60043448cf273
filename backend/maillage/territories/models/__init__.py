"""Tables of places."""

from maillage.territories.models.areas import Area, AreaAlias, AreaClosure, AreaKind, AreaNeighbour

__all__ = ["Area", "AreaAlias", "AreaClosure", "AreaKind", "AreaNeighbour"]
