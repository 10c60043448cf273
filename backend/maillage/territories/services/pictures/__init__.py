"""Pictures drawn when a set of boundaries is loaded. Only importers come here: it brings shapely, which no web process loads."""

from maillage.territories.services.pictures.baking import bake_pictures

__all__ = ["bake_pictures"]
