"""Persons and how to reach them."""

from typing import TYPE_CHECKING, Any, ClassVar

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.kernel.text import fold
from maillage.people.domain import Channel, PlacedBy
from maillage.territories.models import Area

if TYPE_CHECKING:
    _Text = models.TextField[str, str]
else:
    _Text = models.TextField


class FoldedName(_Text):
    """A person's names as searched: folded, a space before each word; written with every save, bulk ones too."""

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        """Fold the two names that stand beside."""
        value = fold(f"{getattr(model_instance, 'family_name')} {getattr(model_instance, 'given_name')}")  # noqa: B009
        setattr(model_instance, self.attname, f" {value}" if value else "")
        return getattr(model_instance, self.attname)


_LATER = "substr(%(expressions)s, 1 + nullif(strpos(substr(%(expressions)s, 2), ' '), 0))"
LATER_NAMES = _LATER % {"expressions": "folded_name"}
"""All words of a name but the first, as SQL and as an index: who is called Martine Bernard is not found there among the Bernards."""


class PersonQuerySet(models.QuerySet["Person"]):
    """People, by what they may be used for."""

    def standing(self) -> "PersonQuerySet":
        """Keep who may be seen, counted and written to: confirmed, not erased, not merged into another record."""
        return self.filter(confirmed_at__isnull=False, erased_at__isnull=True, merged_into__isnull=True)


class Person(models.Model):
    """Someone known to the organisation, who signed themself up; most never sign in (decision 9).

    Until `confirmed_at` they may have been typed in by somebody else: nobody sees them, counts them or writes to
    them but for the one mail that asks them to confirm.
    Where they live is the commune (or country abroad) and the constituency, never a position (decision 3).
    One that was merged into another is a second record of the same person: `standing()` leaves it out (ADR 17).
    """

    erasure: ClassVar[Erasure] = Fate.PSEUDONYMISE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    user = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="person")
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    folded_name = FoldedName(editable=False, default="", db_collation="C")  # a-z, so that its order finds beginnings too
    language = models.CharField(max_length=8, default="fr")
    locality = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", help_text="commune or country abroad"
    )
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False, help_text="constituency"
    )
    placed_by = models.CharField(max_length=16, choices=PlacedBy.choices, blank=True)
    placed_with = models.CharField(max_length=64, blank=True, help_text="hash of the boundary set used")
    shows_given_name = models.BooleanField(default=False, help_text="the person chose to show their first name on public pages")
    created_at = models.DateTimeField(default=now, editable=False)
    confirmed_at = models.DateTimeField(
        null=True, blank=True, help_text="proved a contact point, or was entered by a relay with a paper's number"
    )
    erased_at = models.DateTimeField(null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed",
        db_index=False,
        help_text="the record that stands for this one, which is hidden behind it until they are taken apart",
    )

    objects: ClassVar[models.Manager["Person"]] = PersonQuerySet.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(merged_into=F("id")), name="people_not_merged_into_itself")]
        indexes = [
            models.Index(  # what a list of names is narrowed by stands in it: very many are read without touching their rows
                fields=["folded_name", "id"], include=["area", "confirmed_at", "erased_at"], name="people_person_in_order"
            ),
            models.Index(
                fields=["area", "folded_name", "id"],
                condition=Q(confirmed_at__isnull=False, erased_at__isnull=True),
                name="people_person_here",
            ),
            models.Index(fields=["merged_into"], condition=Q(merged_into__isnull=False), name="people_person_merged"),
            models.Index(
                fields=["-confirmed_at", "-id"],
                condition=Q(confirmed_at__isnull=False, erased_at__isnull=True),
                name="people_person_joined",
            ),
            models.Index(fields=["created_at"], condition=Q(confirmed_at__isnull=True), name="people_person_unconfirmed"),
            GinIndex(fields=["folded_name"], name="people_person_search", opclasses=["gin_trgm_ops"]),
            GinIndex(OpClass(Func(F("folded_name"), template=_LATER), name="gin_trgm_ops"), name="people_person_later_names"),
        ]

    @property
    def full_name(self) -> str:
        """The person's names, in the order in which they are said."""
        return f"{self.given_name} {self.family_name}".strip()


class ContactPoint(models.Model):
    """An address or number of a person. Couples share one, so it is not unique (decision 9)."""

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contact_points", db_index=False)  # one below begins with it
    channel = models.CharField(max_length=8, choices=Channel.choices)
    value = models.CharField(max_length=254)
    verified_at = models.DateTimeField(null=True, blank=True)
    is_preferred = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "channel", "value"], name="people_one_contact_point"),
            models.UniqueConstraint(fields=["person", "channel"], condition=Q(is_preferred=True), name="people_one_preferred_a_channel"),
        ]
        indexes = [models.Index(fields=["channel", "value"], name="people_contact_value")]
