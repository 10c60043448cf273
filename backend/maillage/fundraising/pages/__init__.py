"""Pages that the server draws: giving, and what became of it."""
