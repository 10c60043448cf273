"""What the framework asks of people."""
