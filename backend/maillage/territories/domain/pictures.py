"""What drawing and serving pictures must agree on."""

TILE_EXTENT = 4096
"""Units along a side of a tile, the format's usual."""
TILE_MARGIN = 64
"""Units drawn beyond a tile's edge, so that its outline is not seen."""
BAKED_ZOOMS = range(8)
"""Zooms whose tiles are drawn when a set is loaded; closer ones are cut from the finest outlines when asked for."""
CLOSEST_ZOOM = 14
"""Screens stretch these tiles to go closer: a vertex is then far below a pixel."""
