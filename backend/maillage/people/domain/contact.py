"""How an address or a number is written down, so that the same one is found again."""

import re

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from maillage.kernel.errors import Invalid
from maillage.people.domain.telephones import international
from maillage.people.domain.words import Channel

PLAIN_ADDRESS = re.compile(r"[a-z0-9_+-]+(\.[a-z0-9_+-]+)*@([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}")
"""Some of what `validate_email` takes, and nearly all that is met: told in 2 µs instead of 17, for files of a million."""
_LONGEST_PLAIN = 254


def normal_value(channel: Channel, raw: str, *, country: str = "") -> str:
    """Write an e-mail address in lower case and a number as `+33612345678`; leave a postal address.

    `country`: the organisation's, in which a number in national form is read.
    Raises: Invalid with the channel's name as field.
    """
    value = raw.strip()
    if channel == Channel.EMAIL:
        value = value.lower()
        if not _is_address(value):
            raise Invalid(fields={"email": [_("This does not look like an e-mail address.")]})
    elif channel in (Channel.SMS, Channel.PHONE):
        value = international(value, country=country)
        if not value:
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
