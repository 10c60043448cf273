"""Places that last: countries, regions, departments, constituencies, communes, countries abroad."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import get_language

from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.territories.models.naming import languages_for


class AreaKind(models.Model):
    """A kind of place in one country: `constituency` in FR, with its level and whether it bears seats.

    Levels order kinds from the whole country (0) down; a kind that bears seats is what a relay network covers.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    country = models.CharField(max_length=2, help_text="ISO 3166-1 alpha-2")
    code = models.SlugField(max_length=32)
    name = models.JSONField(default=dict, help_text="by language: singular name")
    level = models.PositiveSmallIntegerField()
    bears_seats = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["country", "code"], name="territories_one_kind")]

    def __str__(self) -> str:
        return f"{self.country}/{self.code}"

    @property
    def called(self) -> str:
        """What such a place is called in the reader's language, else in the deployment's, else by its code."""
        return next((str(self.name[each]) for each in languages_for(get_language()) if each in self.name), self.code)


class Area(models.Model):
    """A place with a lasting identity, whatever picture is drawn of it (decision 2).

    `cut` is the legal drawing that the place belongs to (`fr-2010`, `gb-2024`, empty where none applies):
    a redistricting makes new areas under a new cut and leaves these as they were. `name` is how its source writes it, for
    sorting, searching and machines; whatever a person reads says `called`.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    kind = models.ForeignKey(AreaKind, on_delete=models.PROTECT, related_name="areas")
    country = models.CharField(max_length=2)
    code = models.CharField(max_length=32)
    cut = models.CharField(max_length=32, blank=True)
    name = models.CharField(max_length=200)
    names = models.JSONField(default=dict, blank=True, help_text="by language; what people read")
    folded_name = models.CharField(max_length=200, editable=False, help_text="kernel.text.fold(name)")
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of a constituency within its parent")
    time_zone = models.CharField(max_length=64, default="Europe/Paris", help_text="IANA; the one to reckon by where there are several")
    time_zones = models.JSONField(default=list, blank=True, help_text="all of them, where there are several (a seat abroad)")
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    population = models.PositiveIntegerField(null=True, blank=True)
    has_shape = models.BooleanField(default=True, help_text="false for a seat abroad: no set can draw it")
    valid_from = models.DateField(null=True, blank=True)
    valid_until = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "code", "cut"], name="territories_one_area")]
        indexes = [
            models.Index(fields=["country", "code"], name="territories_area_code"),
            models.Index(fields=["folded_name"], name="territories_area_name", opclasses=["varchar_pattern_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def called(self) -> str:
        """What the place is called in the reader's language: Nord, 6e circonscription; Nord, constituency 6."""
        return self.called_in(get_language())

    def called_in(self, language: str | None) -> str:
        """Name it in a language, else in the deployment's, else as its source writes it."""
        return next((str(self.names[each]) for each in languages_for(language) if each in self.names), self.name)


class AreaAlias(models.Model):
    """Another spelling of an area's code, read on input and never written out: `001-01`, `ZX01`, a postal code."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="aliases")
    scheme = models.SlugField(max_length=32)
    code = models.CharField(max_length=64)
    bare = models.CharField(max_length=64, help_text="domain.bare_code(code): how it is looked up")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "code", "area"], name="territories_one_alias")]
        indexes = [
            models.Index(fields=["code"], name="territories_alias_code"),
            models.Index(fields=["bare"], name="territories_alias_bare"),
        ]


class AreaClosure(models.Model):
    """`descendant` lies in `ancestor`: wholly, or in part (133 communes lie in several constituencies).

    Each area is in its own closure, wholly. Derived at import.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    # 200,000 rows that only an import writes, from areas it has just written: checking each key again doubled its time.
    ancestor = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="below", db_constraint=False)
    descendant = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="above", db_constraint=False)
    whole = models.BooleanField(default=True)
    to_seat = models.BooleanField(default=False, help_text="the descendant's kind bears seats")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["ancestor", "descendant"], name="territories_one_closure")]
        # Which seats a role reaches is asked at every reading of people: 577 lines of a country's 42,000.
        indexes = [
            models.Index(
                fields=["ancestor"], include=["descendant"], condition=models.Q(whole=True, to_seat=True), name="territories_closure_seats"
            )
        ]


class AreaNeighbour(models.Model):
    """`other` is next to `area`: a shared border of more than 100 m, else one of the three nearest within 100 km."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="neighbours")
    other = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="+")
    shared_metres = models.PositiveIntegerField(null=True, help_text="null: near, without a common border")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["area", "other"], name="territories_one_neighbour")]


class AreaOverlap(models.Model):
    """After a redistricting: the share of `from_area` (old cut) that now lies in `to_area` (new cut), by surface.

    Seats are closed and proposed anew from it by an organiser, never silently.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    from_area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="went_to")
    to_area = models.ForeignKey(Area, on_delete=models.CASCADE, related_name="came_from")
    share = models.FloatField(help_text="0 to 1")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["from_area", "to_area"], name="territories_one_overlap"),
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="territories_share_is_a_share"),
        ]
