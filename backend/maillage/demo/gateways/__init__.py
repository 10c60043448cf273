"""The outside world of the demo: the stand-in for Stripe."""
