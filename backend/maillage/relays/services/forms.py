"""What the public forms of a place ask in common: a name, an age, and how often one address is written to."""

from datetime import datetime, timedelta
from typing import Literal

from django.utils.translation import gettext as _

from maillage.kernel.errors import Invalid
from maillage.kernel.limits import forget_how_often, happens_at_most
from maillage.people.domain import ALONE_FROM, Channel, normal_value
from maillage.people.selectors.organisation import organisation
from maillage.relays.domain import MAILS_A_DAY

Form = Literal["ask", "write"]
"""What counts together: asking for a seat or to take part around a place, and writing to a place."""


def what_is_wrong(*, given_name: str, email: str, phone: str, is_of_age: bool) -> dict[str, list[str]]:
    """Say, by field, all that has to be mended in a form: a first name, an address, a number where one is given, an age."""
    fields = wrong_contact(Channel.EMAIL, email) | (wrong_contact(Channel.PHONE, phone) if phone.strip() else {})
    if not given_name.strip():
        fields["given_name"] = [_("Write your first name, so that we know whom to ask for.")]
    if not is_of_age:
        fields["is_of_age"] = [_("Younger than %(age)s, a parent would have to agree: come with them to a meeting.") % {"age": ALONE_FROM}]
    return fields


def wrong_contact(channel: Channel, typed: str) -> dict[str, list[str]]:
    """Say, by field, why somebody cannot be reached so; nothing where they can."""
    try:
        normal_value(channel, typed, country=organisation().country)
    except Invalid as invalid:
        return {field: list(said) for field, said in invalid.fields.items()}
    return {}


def typed_too_often(form: Form, email: str, *, now: datetime) -> bool:
    """Count that an address was typed into a form, and say whether it was so often today that it gets no further mail of it.

    Raises: Invalid (email).
    """
    address = normal_value(Channel.EMAIL, email)
    return not happens_at_most(f"relays.{form}", to=address, most=MAILS_A_DAY, over=timedelta(days=1), now=now)


def note_wanted(form: Form, email: str) -> None:
    """Count anew for an address whose owner confirmed: others who type it do not shut them out."""
    forget_how_often(f"relays.{form}", to=normal_value(Channel.EMAIL, email))
