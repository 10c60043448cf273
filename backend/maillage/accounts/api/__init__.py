"""What machines ask of accounts."""
