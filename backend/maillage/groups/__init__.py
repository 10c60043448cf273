"""What people make together: for now, what anybody reports about it."""
