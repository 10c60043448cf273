"""The conductor: one brief, every place, and what came of it."""
