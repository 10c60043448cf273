"""What the law asks to be said to everyone."""
