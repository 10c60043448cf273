"""What a donor is asked and declares, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

WHY: Mapping[str, str | LazyText] = {
    "cap_of_a_person": _(
        "The law limits what one person gives, whatever their addresses: name and birth date count it, and say that you are old "
        "enough. They serve nothing else."
    ),
    "french_or_resident": _("The law lets only who is French or lives in France give."),
    "kept_with_the_donation": _("The law has it kept with the donation, and your official receipt names it. It serves nothing else."),
    "printed_on_the_receipt": _("Your tax receipt has to name it. It serves nothing else."),
}
"""Why each fact is asked, by the key of `rules.toml`."""

DECLARATIONS: Mapping[str, str | LazyText] = {
    "political.1": _(
        "I am a natural person, French or resident in France, I am 18 or older, and this payment comes from my own money, not from a "
        "company or an association."
    ),
    "private.1": _("I give for myself, with my own money, and I am 18 or older."),
    "adult.1": _("I am 18 or older."),
}
"""What each version of a declaration says. Words that somebody declared are never changed: others are a new version."""
