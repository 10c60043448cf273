"""The ground under every room: no tables, no domain word."""
