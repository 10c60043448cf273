"""Facts out, messages in, durable jobs: ids and names only, no foreign key leaves it."""
