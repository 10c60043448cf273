"""How an address or a number is written down, so that the same one is found again."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from maillage.kernel.errors import Invalid
from maillage.people.domain.words import Channel

_NOT_DIALLED = re.compile(r"[\s.\-()/\u00a0\u202f]")
PLAIN_ADDRESS = re.compile(r"[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
"""Some of what `validate_email` takes, and nearly all that is met: told in 2 µs instead of 17, for files of a million."""
_LONGEST_PLAIN = 254
_NUMBER = re.compile(r"\+?[0-9]{4,15}")  # E.164: at most 15 digits


def normal_value(channel: Channel, raw: str) -> str:
    """Write an e-mail address in lower case and a number without its spaces (`00` as `+`); leave a postal address.

    Raises: Invalid with the channel's name as field.
    """
    value = raw.strip()
    if channel == Channel.EMAIL:
        value = value.lower()
        if not _is_address(value):
            raise Invalid(fields={"email": [_("This does not look like an e-mail address.")]})
    elif channel in (Channel.SMS, Channel.PHONE):
        value = _NOT_DIALLED.sub("", value)
        value = f"+{value[2:]}" if value.startswith("00") else value
        if not _NUMBER.fullmatch(value):
            raise Invalid(fields={str(channel): [_("This does not look like a telephone number.")]})
    return value


def _is_address(value: str) -> bool:
    if len(value) <= _LONGEST_PLAIN and PLAIN_ADDRESS.fullmatch(value):
        return True
    try:
        validate_email(value)
    except ValidationError:
        return False
    return True
