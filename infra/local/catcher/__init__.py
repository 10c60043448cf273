"""A stand-in for the mail of the outside world: a real SMTP server that keeps what it is given, and a page to read it.

No mail leaves the machine. Only `make run` and the journeys start it.
"""
