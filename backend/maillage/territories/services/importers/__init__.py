"""Read official places and boundaries, whatever their format, and write them without touching what others point at."""
