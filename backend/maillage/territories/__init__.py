"""Places: lasting areas, their pictures, and how to find one. No people, no permissions."""
