"""Why something of ours cannot go on."""


class CannotGoOn(Exception):
    """Said to whoever typed the command, as it stands: the message tells why and what to do."""
