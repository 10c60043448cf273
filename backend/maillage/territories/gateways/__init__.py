"""What leaves the building: files of boundaries, a street's coordinates."""
