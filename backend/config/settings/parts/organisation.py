"""The one organisation of this installation, controller of its data (decision 1)."""

from config.env import env

ORGANISATION_NAME = env("ORGANISATION_NAME")
ORGANISATION_ADDRESS = env("ORGANISATION_ADDRESS")
ORGANISATION_EMAIL = env("ORGANISATION_EMAIL")
ORGANISATION_LEGAL_KIND = env("ORGANISATION_LEGAL_KIND")
ORGANISATION_PUBLISHER = env("ORGANISATION_PUBLISHER")
HOSTING_PROVIDER = env("HOSTING_PROVIDER")
# The licence gives whoever uses a changed copy over a network the right to its source (AGPL, section 13).
SOURCE_URL = env("SOURCE_URL")
