"""Applications found by what is typed: names, seats, communes; accents and typing errors forgiven."""

from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast, Greatest

from maillage.kernel.text import fold
from maillage.people.selectors.names import CLOSE, longest, turned
from maillage.relays.models import Application

SHORTEST = 2
"""A search begins with its second letter."""

_PLACES = ("seat__area__folded_name", "person__locality__folded_name")


def applications_found(rows: QuerySet[Application], typed: str) -> QuerySet[Application]:
    """Keep the applications that hold each word typed, as the beginning of a name, a place or a code of one.

    Where none does, those that are near. One query more.
    """
    words = longest(fold(typed).split())
    if sum(map(len, words)) < SHORTEST:
        return rows
    exact = rows.filter(reduce(and_, (_begins(word) for word in words)))
    if exact.exists():
        return exact
    near = rows
    for number, word in enumerate(words):
        nearness = Greatest(*(TrigramWordSimilarity(word, Cast(name, TextField())) for name in ("person__folded_name", *_PLACES)))
        near = near.alias(**{f"near{number}": nearness})
        near = near.filter(reduce(or_, (_begins(other) for other in turned(word)), Q((f"near{number}__gte", CLOSE))))
    return near


def _begins(word: str) -> Q:
    wanted = Q(person__folded_name__contains=f" {word}") | Q(seat__area__code__istartswith=word)
    for place in _PLACES:
        wanted |= Q(**{f"{place}__startswith": word}) | Q(**{f"{place}__contains": f" {word}"})
    return wanted
