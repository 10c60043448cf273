"""Tables as texts: taken away as files that a spreadsheet opens, or handed to the database."""

import csv
import re
from collections.abc import Iterable
from io import StringIO

BYTE_ORDER_MARK = "\N{BYTE ORDER MARK}".encode()
"""Put first, so that spreadsheets read the letters right."""


_SIGNS = "=+\\-@＝＋－＠"  # the wide ones too: Japanese spreadsheets take them for the others
_BEFORE_A_SIGN = re.compile(rf"""^[;,"\s]*+(?=[{_SIGNS}])|(?<![;,"\s])[;,"\s]++(?=[{_SIGNS}])""")
_PARTS_CELLS = re.compile(r"[;,\t\r\n]")


class Figure(str):
    """A number as a file wants it written: its sign is no formula's, so that nothing is put before it."""

    __slots__ = ()


def harmless(cell: object) -> str:
    """Keep a spreadsheet from running a text as a formula: an apostrophe before each sign that would begin one.

    Also within a text, after whatever parts cells anywhere: a French Excel parts the cells of any file at semicolons, an English
    one at commas, and the quotation marks that we put around a cell bind neither once it has begun another (OWASP, CSV injection).
    """
    text = str(cell)
    if isinstance(cell, int | Figure):
        return text
    kept = _BEFORE_A_SIGN.sub(lambda run: f"{run[0]}'" if run.start() == 0 or _PARTS_CELLS.search(run[0]) else run[0], text)
    return f"'{kept}" if kept[:1] in ("\t", "\r") else kept


def csv_line(cells: Iterable[object], *, separator: str = ",") -> bytes:
    """Write one line of a CSV file in UTF-8, each cell harmless and between quotation marks."""
    text = StringIO()
    csv.writer(text, delimiter=separator, quoting=csv.QUOTE_ALL).writerow([harmless(cell) for cell in cells])
    return text.getvalue().encode()


def array_written(cells: Iterable[str]) -> str:
    """Write texts as an array of PostgreSQL (its manual, 8.15.2): for thousands that is four times as fast as to have them adapted."""
    quoted = [cell.replace("\\", "\\\\").replace('"', '\\"') for cell in cells]
    return '{"' + '","'.join(quoted) + '"}' if quoted else "{}"
