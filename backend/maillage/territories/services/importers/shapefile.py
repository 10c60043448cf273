"""Boundaries as a shapefile, alone or zipped, read by GDAL. For an operator's files only, never a user's."""

import shapely
from django.contrib.gis.gdal import DataSource, GDALException, SpatialReference
from django.contrib.gis.gdal.srs import AxisOrder, CoordTransform

from maillage.territories.domain import Origin
from maillage.territories.services.importers.registry import Reader, reader
from maillage.territories.services.importers.rows import BoundariesRefused, Found, Rows, text_of


@reader("shapefile")
class ShapefileReader(Reader):
    """The first layer, brought to WGS 84 from whatever its own projection is."""

    suffixes = (".shp", ".zip")

    def read(self, *, found: Found, origin: Origin) -> Rows:
        """Read attributes as text and geometries in longitude and latitude."""
        path = f"/vsizip/{found.path}" if found.path.suffix == ".zip" else str(found.path)
        try:
            layer = DataSource(path, encoding="utf-8")[0]
            world = SpatialReference(4326, axis_order=AxisOrder.TRADITIONAL)
            own = SpatialReference(layer.srs.wkt, axis_order=AxisOrder.TRADITIONAL) if layer.srs else world
            turn = CoordTransform(own, world)
            rows, shapes = [], []
            for feature in layer:
                rows.append({name: text_of(feature.get(name)) for name in layer.fields})
                shapes.append(bytes(feature.geom.transform(turn, clone=True).wkb))
        except (GDALException, IndexError, ValueError) as error:
            raise BoundariesRefused(f"{found.label} is not a shapefile that GDAL reads ({error}).") from error
        return Rows(rows=rows, geometries=list(shapely.from_wkb(shapes)))
