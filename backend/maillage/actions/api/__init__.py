"""What machines ask of actions."""
