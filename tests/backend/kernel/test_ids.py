"""UUIDv7 as RFC 9562 draws it."""

import time
from itertools import pairwise
from uuid import RFC_4122

from maillage.kernel.ids import read_uuid, uuid7


def test_version_variant_and_instant():
    before = time.time_ns() // 1_000_000
    made = uuid7()
    after = time.time_ns() // 1_000_000
    assert (made.version, made.variant) == (7, RFC_4122)
    assert before <= made.int >> 80 <= after


def test_ids_made_one_after_the_other_sort_so_and_differ():
    made = [uuid7() for _ in range(2000)]
    assert len(set(made)) == 2000
    in_order = sum(earlier < later for earlier, later in pairwise(made))
    assert in_order >= 1900, "within one 4096th of a millisecond only chance decides"


def test_sixty_two_bits_are_chance():
    seen_set = seen_clear = 0
    for _ in range(200):
        bits = uuid7().int & (1 << 62) - 1
        seen_set |= bits
        seen_clear |= ~bits & (1 << 62) - 1
    assert seen_set == seen_clear == (1 << 62) - 1


def test_an_id_is_read_from_an_address():
    made = uuid7()
    assert read_uuid(str(made)) == made
    assert read_uuid("not-an-id") is None
