"""PostgreSQL with PostGIS, as Django has it but for how instants are read (the ENGINE of settings; Django looks for `base`)."""
