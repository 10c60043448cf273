"""One line of JSON for each log record; never a query string, a body, an address or the words of a foreign exception."""

import logging
import re
import traceback
from collections.abc import Iterator

import orjson

_QUERY = re.compile(r"\?[^\s\"']*")
_TOKEN = re.compile(r"(?<=/)[\w.:=~-]{41,}")  # longer than a UUID
_ADDRESS = re.compile(r"[^\s@<>\"'(:]+@[^\s@<>\"'),]+")

# Their words speak of our code, not of what somebody typed.
_SPEAKS_OF_CODE = (AttributeError, TypeError, NameError, ImportError, NotImplementedError, SyntaxError)


class JsonFormatter(logging.Formatter):
    """Write instant, level, logger, message, and an exception's types and places.

    What an exception says is left out, because a database says the row and a parser what it read; kept are the words
    of programming errors, and the code and constraint of a database's. Query strings and e-mail addresses are cut from
    every message, and from Django's lines about requests the signed tokens that stand in paths.
    """

    def format(self, record: logging.LogRecord) -> str:
        message = _message(record)
        if record.name.startswith("django."):
            message = _TOKEN.sub("<token>", message)
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": without_personal(message),
        }
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = "".join(_told(record.exc_info[1]))
        return orjson.dumps(line, default=str).decode()


def without_personal(text: str) -> str:
    """Cut query strings and e-mail addresses from a text."""
    return _ADDRESS.sub("<address>", _QUERY.sub("", text))


def _message(record: logging.LogRecord) -> str:
    """Format the message with exceptions among its arguments reduced to their type."""
    if isinstance(record.args, tuple) and any(isinstance(arg, BaseException) for arg in record.args):
        args = tuple(_said(arg) if isinstance(arg, BaseException) else arg for arg in record.args)
        try:
            return str(record.msg) % args
        except (TypeError, ValueError):
            return str(record.msg)
    return _said(record.msg) if isinstance(record.msg, BaseException) else record.getMessage()


def _told(error: BaseException, seen: frozenset[int] = frozenset()) -> Iterator[str]:
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _told(before, seen | {id(error)})
        yield "then\n"
    yield from traceback.format_tb(error.__traceback__)
    yield _said(error) + "\n"


def _said(error: BaseException) -> str:
    name = f"{type(error).__module__}.{type(error).__qualname__}".removeprefix("builtins.")
    if isinstance(error, _SPEAKS_OF_CODE):
        return f"{name}: {without_personal(str(error))}"
    sqlstate = getattr(error, "sqlstate", None)
    constraint = getattr(getattr(error, "diag", None), "constraint_name", None)
    return " ".join(filter(None, [name, sqlstate, constraint]))
