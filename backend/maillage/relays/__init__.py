"""One accountable person for each place: networks, seats, applications, terms."""
