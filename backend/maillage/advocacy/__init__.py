"""Who decides, and every contact with them."""
