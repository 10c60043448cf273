"""What machines ask of people."""
