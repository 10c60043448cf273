"""What a process has loaded by the time it begins to work, and how little one looks at it afterwards."""

import gc

MADE_BETWEEN_WALKS = 20_000
"""How many objects more than before are made before the youngest are walked. A list of a thousand rows holds as many: with Python's 700 it
was walked twenty times while it was drawn, and nothing of it was garbage."""


def keep_what_is_loaded(**_: object) -> None:
    """Leave what is loaded out of garbage collection: hundreds of thousands of objects that never go, walked anew each few requests.

    Called once by each process that serves or works, when all of its code is there. A list of a thousand rows makes so many objects that
    a walk falls due within it: the slowest of twenty requests waited 150 ms for one.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(MADE_BETWEEN_WALKS, *gc.get_threshold()[1:])
