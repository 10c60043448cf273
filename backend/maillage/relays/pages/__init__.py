"""Server-rendered pages of asking for a seat."""
