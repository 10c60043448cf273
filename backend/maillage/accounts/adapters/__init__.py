"""What the frameworks ask of accounts."""
