"""Pages reached from a mail."""
