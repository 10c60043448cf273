"""What machines ask of places."""
