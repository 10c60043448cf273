"""What advocacy knows."""

from maillage.advocacy.selectors.office_holders import Card, card, card_of, card_rows, sitting_for, sitting_in

__all__ = ["Card", "card", "card_of", "card_rows", "sitting_for", "sitting_in"]
