"""Money given: funds and their rules, donations that are never taken twice, the books, and what the law has declared."""
