"""One line of JSON for each log record; never a query string, a body or an address."""

import logging

import orjson


class JsonFormatter(logging.Formatter):
    """Write level, logger, message, instant, and the exception's type and trace."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, object] = {
            "at": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage().split("?", 1)[0] if record.name.startswith("django.request") else record.getMessage(),
        }
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return orjson.dumps(line).decode()
