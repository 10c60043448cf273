"""What machines ask of fundraising."""
