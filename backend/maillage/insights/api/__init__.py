"""What machines ask of insights."""
