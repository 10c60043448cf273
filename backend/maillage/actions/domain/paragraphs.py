"""What a part of the territory adds to a brief."""

from django.utils.translation import gettext as _

from maillage.kernel.markdown import escaped

WORDS_MOST = 2_000
"""Letters of one paragraph: the brief is the organisers' of the whole territory."""


def paragraph_said(*, place: str, words: str) -> str:
    """Write a paragraph under a heading that names who adds it, as markdown."""
    return f"## {_('Also for %(place)s') % {'place': escaped(place)}}\n\n{words}"
