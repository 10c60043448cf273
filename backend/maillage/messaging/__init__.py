"""Everything that is sent, through one gate."""
