"""What advocacy knows."""

from maillage.advocacy.selectors.office_holders import Card, card, cards, sitting_for

__all__ = ["Card", "card", "cards", "sitting_for"]
