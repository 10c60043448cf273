"""What keeps a year of the books from being closed."""

from enum import StrEnum


class Bar(StrEnum):
    """Something that is still to be done before a year is closed."""

    NOT_OVER = "not_over"
    EARLIER_OPEN = "earlier_open"
    OPEN_BATCHES = "open_batches"
    OPEN_LINES = "open_lines"
    UNSEEN_ENTRIES = "unseen_entries"
    STATEMENTS_DIFFER = "statements_differ"
    NOT_READ_BACK = "not_read_back"
    OPEN_DIFFERENCES = "open_differences"
