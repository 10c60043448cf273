"""The question whether to stay, by its name."""

STAY_PURPOSE = "messaging.stay"
"""Purpose of the message that asks: `about_id` is the StayQuestion."""
