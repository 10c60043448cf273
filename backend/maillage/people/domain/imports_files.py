"""How a file of people is written: its letters, what parts its columns, its lines."""

import codecs
import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import IO

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from maillage.kernel.errors import Invalid
from maillage.people.domain.imports import LONGEST_LINE, MOST_COLUMNS, MOST_LINES

SAMPLE = 64 * 1024
_PIECE = 1 << 20
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class Encoding(models.TextChoices):
    """How letters are written; the value is Python's name."""

    UTF_8 = "utf-8", "UTF-8"
    UTF_8_BOM = "utf-8-sig", gettext_lazy("UTF-8 with a mark")
    UTF_16 = "utf-16", "UTF-16"
    WINDOWS = "cp1252", "Windows-1252"


class Separator(models.TextChoices):
    """What parts the columns."""

    SEMICOLON = ";", gettext_lazy("semicolon")
    COMMA = ",", gettext_lazy("comma")
    TAB = "\t", gettext_lazy("tab")


@dataclass(frozen=True)
class Writing:
    """How a file is to be read."""

    encoding: Encoding
    separator: Separator


def writing_of(file: IO[bytes], *, encoding: str = "", separator: str = "") -> Writing:
    """Find how a file is written, unless it is said; the file is then at its beginning.

    Raises: Invalid (empty_file, not_csv).
    """
    file.seek(0)
    head = file.read(SAMPLE)
    if not head.strip():
        raise Invalid(_("This file is empty."), code="empty_file")
    found = Encoding(encoding) if encoding else _encoding_of(file, head)
    is_text = found == Encoding.UTF_16 or b"\0" not in head
    if head.startswith(_WORKBOOKS) or not is_text:
        raise Invalid(_("This is not a CSV file. In your spreadsheet, choose “Save as”, then CSV."), code="not_csv")
    text = codecs.getincrementaldecoder(found)(errors="replace").decode(head)
    file.seek(0)
    return Writing(encoding=found, separator=Separator(separator) if separator else _separator_of(text))


def lines_of(text: Iterable[str], *, separator: str) -> Iterator[list[str]]:
    """Read the lines of a file, those without any text left out. Raises: Invalid (unreadable_file, too_many_columns, too_many_lines)."""
    count = letters = 0

    def fed() -> Iterator[str]:
        nonlocal letters
        for line in text:
            letters += len(line)
            if letters > LONGEST_LINE:  # csv has a limit of its own, which whoever reads polygons lifts for the whole process
                raise csv.Error
            yield line.replace("\0", "")

    try:
        for cells in csv.reader(fed(), delimiter=separator):
            letters = 0
            if not any(cells) or not any(cell.strip() for cell in cells):
                continue
            if len(cells) > MOST_COLUMNS:
                raise Invalid(_("A line has more than %(most)s columns.") % {"most": MOST_COLUMNS}, code="too_many_columns")
            count += 1
            if count > MOST_LINES:
                raise Invalid(_("A file holds at most a million people. Cut it in two."), code="too_many_lines")
            yield cells
    except csv.Error:
        raise Invalid(_("A cell of this file never ends: a quotation mark is missing somewhere."), code="unreadable_file") from None


def looks_like_headings(cells: Sequence[str]) -> bool:
    """Say whether a first line names columns: no figure and no address in it, and no cell twice."""
    filled = [cell.strip().lower() for cell in cells if cell.strip()]
    is_word = all("@" not in cell and sum(letter.isdigit() for letter in cell) <= 2 for cell in filled)
    return is_word and len(set(filled)) == len(filled)


def _encoding_of(file: IO[bytes], head: bytes) -> Encoding:
    """UTF-8 when all of it is; Windows-1252 takes what is left, since nearly every byte is a letter there."""
    if head.startswith(codecs.BOM_UTF8):
        return Encoding.UTF_8_BOM
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return Encoding.UTF_16
    decoder = codecs.getincrementaldecoder("utf-8")()
    file.seek(0)
    try:
        while piece := file.read(_PIECE):
            decoder.decode(piece)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return Encoding.WINDOWS
    return Encoding.UTF_8


def _separator_of(sample: str) -> Separator:
    """Choose what parts the first lines into most columns, the same number in each."""
    lines = sample.splitlines()[:50]
    whole = lines[:-1] if len(lines) > 1 and len(sample) >= SAMPLE else lines

    def worth(separator: Separator) -> tuple[int, int]:
        try:
            widths = [len(cells) for cells in csv.reader(whole, delimiter=separator) if cells]
        except csv.Error:
            return (0, 0)
        usual = max(set(widths), key=widths.count, default=1)
        return (widths.count(usual) if usual > 1 else 0, usual)

    return max(Separator, key=worth)
