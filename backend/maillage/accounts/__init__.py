"""Who signs in, and which role they hold in which place."""
