"""A worker's memory: what it has loaded is never walked again by garbage collection."""

import gc
from collections.abc import Iterator

import pytest
from celery.signals import worker_process_init

from config import celery


@pytest.fixture(autouse=True)
def thawed() -> Iterator[None]:
    """Leave this process as it was."""
    before = gc.get_freeze_count()
    yield
    if not before:
        gc.unfreeze()


def test_each_worker_keeps_what_is_loaded_when_it_begins() -> None:
    assert celery.app
    before = gc.get_freeze_count()
    worker_process_init.send(sender=None)
    assert gc.get_freeze_count() > before + 10_000
