"""Crashes, for real: workers, dispatchers and Redis as processes of their own, killed at named points and at random."""
