"""Public files by address, kept once fetched."""

import hashlib
import logging
import time
from pathlib import Path
from urllib.parse import urlsplit

import httpx

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 3.0
WHOLE_SECONDS = 60.0
MOST_BYTES = 200_000_000


def fetched(*, url: str, cache: Path) -> Path | None:
    """Give a local copy of a public file, from the cache or the network; None when neither has it.

    An address names one edition of a file, so a copy once complete is kept for ever. The connection must stand within
    3 s and the whole within a minute; a refusal is logged with the host's name only.
    """
    name = Path(urlsplit(url).path).name or "file"
    kept = cache / hashlib.blake2b(url.encode(), digest_size=8).hexdigest() / name
    if kept.is_file():
        return kept
    kept.parent.mkdir(parents=True, exist_ok=True)
    partial = kept.with_suffix(kept.suffix + ".partial")
    started = time.monotonic()
    try:
        with (
            httpx.stream("GET", url, timeout=httpx.Timeout(10.0, connect=CONNECT_SECONDS), follow_redirects=True) as answer,
            partial.open("wb") as file,
        ):
            answer.raise_for_status()
            size = 0
            for chunk in answer.iter_bytes():
                size += file.write(chunk)
                if size > MOST_BYTES or time.monotonic() - started > WHOLE_SECONDS:
                    raise httpx.ReadTimeout("too large or too slow")
    except (httpx.HTTPError, OSError) as error:
        partial.unlink(missing_ok=True)
        logger.warning("%s does not give its file (%s)", urlsplit(url).hostname, type(error).__name__)
        return None
    partial.rename(kept)
    return kept
