"""The outside world of sending."""
