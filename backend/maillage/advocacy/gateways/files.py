"""Files that an assembly publishes, from a path or an address: no more is read of any than a bound allows."""

import csv
import io
import json
import tempfile
import zipfile
import zlib
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import httpx

from maillage.kernel.errors import Invalid, Unavailable

_TIMEOUT = httpx.Timeout(10.0, read=30.0)
IN_MEMORY = 4_000_000
ARCHIVE_BYTES = 200_000_000
DOCUMENTS_MOST = 200_000
DOCUMENT_BYTES = 8_000_000
ALL_BYTES = 3_000_000_000
"""Of an archive: how large it may be, how many documents, how large each of them unpacked, and all of them together."""


@contextmanager
def opened(source: str, *, most_bytes: int) -> Iterator[IO[bytes]]:
    """Open a path or an http(s) address, to be read from any place of it.

    Raises: Invalid (`bad_list`) when it is larger than the bound, Unavailable (`list_absent`) when it cannot be had.
    """
    if not source.startswith(("http://", "https://")):
        path = Path(source)
        if not path.is_file():
            raise Unavailable(f"there is no file {path}", code="list_absent")
        if path.stat().st_size > most_bytes:
            raise too_large(source, most_bytes)
        with path.open("rb") as file:
            yield file
        return
    with tempfile.SpooledTemporaryFile(max_size=IN_MEMORY) as kept:
        try:
            with httpx.stream("GET", source, timeout=_TIMEOUT, follow_redirects=True) as answer:
                answer.raise_for_status()
                size = 0
                for piece in answer.iter_bytes():
                    size += kept.write(piece)
                    if size > most_bytes:
                        raise too_large(source, most_bytes)
        except httpx.HTTPError as error:
            raise Unavailable(f"{source} cannot be fetched ({type(error).__name__})", code="list_absent") from error
        kept.seek(0)
        yield kept


def read_text(source: str, *, most_bytes: int) -> str:
    """Read a whole text in UTF-8. Raises: as `opened`; Invalid when it is no such text."""
    with opened(source, most_bytes=most_bytes) as file:
        try:
            return file.read().decode("utf-8-sig")
        except UnicodeDecodeError as error:
            raise Invalid(f"{source} is not written in UTF-8", code="bad_list") from error


def table(source: str, *, needs: Collection[str], most_bytes: int, separator: str = ",") -> Iterator[tuple[int, dict[str, str]]]:
    """Yield each row of a CSV with the number of its line; what a short one lacks is empty.

    Raises: as `read_text`; Invalid (`bad_list`) when it lacks a column that is needed, or is no CSV.
    """
    rows = csv.DictReader(io.StringIO(read_text(source, most_bytes=most_bytes), newline=""), delimiter=separator, restval="")
    try:
        if missing := sorted(set(needs) - set(rows.fieldnames or [])):
            raise Invalid(f"{source} lacks the columns {', '.join(missing)}", code="bad_list")
        yield from enumerate(rows, start=2)
    except csv.Error as error:
        raise Invalid(f"{source}, line {rows.line_num}: {error}", code="bad_list") from error


def documents(source: str, *, below: str = "") -> Iterator[dict[str, Any]]:
    """Yield each JSON document of a zip archive, one in memory at a time; `below`: those of a folder alone.

    What an archive says of its own sizes is not believed: what is unpacked is counted. Raises: as `opened`; Invalid.
    """
    with opened(source, most_bytes=ARCHIVE_BYTES) as file:
        try:
            with zipfile.ZipFile(file) as archive:
                members = [member for member in archive.infolist() if member.filename.endswith(".json") and below in member.filename]
                if len(members) > DOCUMENTS_MOST:
                    raise Invalid(f"{source} holds more than {DOCUMENTS_MOST} documents", code="bad_list")
                unpacked = 0
                for member in members:
                    with archive.open(member) as packed:
                        body = packed.read(DOCUMENT_BYTES + 1)
                    unpacked += len(body)
                    if len(body) > DOCUMENT_BYTES or unpacked > ALL_BYTES:
                        raise too_large(f"{source}, {member.filename}, unpacked", min(DOCUMENT_BYTES, ALL_BYTES))
                    yield _document(body, f"{source}, {member.filename}")
        except (
            zipfile.BadZipFile,
            zlib.error,
            EOFError,
            NotImplementedError,
            RuntimeError,
        ) as error:  # broken, or locked
            raise Invalid(f"{source} is no zip archive that can be read", code="bad_list") from error


def too_large(what: str, most_bytes: int) -> Invalid:
    """Why a file is not read to its end."""
    return Invalid(f"{what} is larger than {most_bytes} bytes", code="bad_list")


def _document(body: bytes, what: str) -> dict[str, Any]:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Invalid(f"{what} is no JSON", code="bad_list") from error
    if not isinstance(found, dict):
        raise Invalid(f"{what} holds no object", code="bad_list")
    return found
