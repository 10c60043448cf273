"""Tables as CSV, whatever their delimiter and encoding."""

import csv

from maillage.territories.domain import Origin
from maillage.territories.services.importers.registry import Reader, reader
from maillage.territories.services.importers.rows import BoundariesRefused, Found, Rows


@reader("csv")
class CsvReader(Reader):
    """Comma (or semicolon) separated tables with a line of column names."""

    suffixes = (".csv",)

    def read(self, *, found: Found, origin: Origin) -> Rows:
        """Read every row as text."""
        try:
            with found.path.open(encoding=origin.encoding, newline="") as file:
                rows = list(csv.DictReader(file, delimiter=origin.delimiter, restval=""))
        except (UnicodeDecodeError, csv.Error) as error:
            raise BoundariesRefused(f"{found.label} is not a table in {origin.encoding} ({error}).") from error
        return Rows(rows=rows)
