"""A believable campaign of invented people."""
