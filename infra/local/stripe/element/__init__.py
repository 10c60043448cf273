"""The script of the stand-in, and the frame in which a card or an IBAN is typed: the page that holds it never sees them."""
