"""What machines ask of relays."""
