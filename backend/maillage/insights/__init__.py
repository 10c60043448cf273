"""What several halls show together: the public pages."""
