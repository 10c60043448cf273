"""What changes places: loading official boundaries, drawing their pictures. Shapely lives here, so nothing is re-exported."""
