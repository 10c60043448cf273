"""What the law asks of an installation. Who runs it is told by its administrators, in the application."""

from config.env import env

# The licence gives whoever uses a changed copy over a network the right to its source (AGPL, section 13).
SOURCE_URL = env("SOURCE_URL")

CLOSED_UNTIL_OPENED = True
"""Nothing is public before an administrator completed the legal notice and opened the site."""
