"""What a name must be to be written down."""

from django.utils.translation import gettext as _

from maillage.kernel.text import typed

LONGEST_NAME = 100


def wrong_names(*, given_name: str, family_name: str) -> dict[str, list[str]]:
    """Say, by field, what has to be mended in two names: a first name is needed, a family name is not."""
    fields = {}
    if not typed(given_name).strip():
        fields["given_name"] = [_("Write the first name.")]
    for name, value in (("given_name", given_name), ("family_name", family_name)):
        if len(value) > LONGEST_NAME:
            fields[name] = [_("At most %(most)s letters fit here.") % {"most": LONGEST_NAME}]
    return fields
