"""How Maillage is started and installed. Nothing of the product imports this."""
