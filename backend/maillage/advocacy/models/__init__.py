"""Tables of who decides."""

from maillage.advocacy.models.office_holders import Mandate, OfficeHolder, PoliticalGroup

__all__ = ["Mandate", "OfficeHolder", "PoliticalGroup"]
