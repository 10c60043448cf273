"""What advocacy does."""

from maillage.advocacy.services.office_holders import load_office_holders

__all__ = ["load_office_holders"]
