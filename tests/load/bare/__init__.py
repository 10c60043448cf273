"""A bare REST framework project: what the `start` figures compare with."""
