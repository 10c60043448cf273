"""Who gave, as they declared it, and as the law counts them."""

from typing import ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, KeepUntil
from maillage.kernel.ids import uuid7
from maillage.people.models import Person
from maillage.people.models.persons import FoldedName
from maillage.territories.models import Area

KEPT = KeepUntil(law="Code de commerce L.123-22: accounting records", years=10)


class DonorIdentity(models.Model):
    """One natural person as a cap counts them: family name, first given name and birth date, normalised (`domain.identity`).

    Whoever declares the same three is counted as the same, at once, and no record of a person is joined for it. What the
    treasurer confirmed to be the same person written otherwise `counts_as` the oldest of them: those that do, and that one, are
    a group, which is one step deep (`selectors.allowance.group_of`).
    """

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    family_key = models.CharField(max_length=100)
    given_key = models.CharField(max_length=100)
    born_on = models.DateField()
    counts_as = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="counted")
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["family_key", "given_key", "born_on"], name="fundraising_one_identity"),
            models.CheckConstraint(condition=~Q(counts_as=F("id")), name="fundraising_counts_as_another"),
        ]
        indexes = [models.Index(fields=["born_on"], name="fundraising_identity_born")]


class DeclaredWords(models.Model):
    """Who somebody is, as they declared it."""

    honorific = models.CharField(max_length=16, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    family_name = models.CharField(max_length=100, blank=True)
    born_on = models.DateField(null=True, blank=True, help_text="as declared; `identity` is found by it a moment later")
    nationality = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1")
    address_lines = models.TextField(blank=True, help_text="tax address")
    postcode = models.CharField(max_length=16, blank=True)
    city = models.CharField(max_length=100, blank=True)
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1, of the tax address")

    class Meta:
        abstract = True

    @property
    def full_name(self) -> str:
        """Their names, in the order in which they are said."""
        return f"{self.given_name} {self.family_name}".strip()


class Donor(DeclaredWords):
    """Whoever gave, in the words of one declaration: names, nationality, tax address, and where to write to them.

    `person` is the record that gives, once an address of it was proved (`proved_at`): until then anybody may have typed it, and
    it joins no record that was known. What a law has kept outlives the person: then nothing but the declaration is left.
    """

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    person = models.ForeignKey(Person, on_delete=models.SET_NULL, null=True, blank=True, related_name="donors")
    identity = models.ForeignKey(DonorIdentity, on_delete=models.PROTECT, null=True, blank=True, related_name="donors")
    counted_with = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="the first declaration of whoever counts as one: the same names at one address, or a person who is erased",
    )
    proved_at = models.DateTimeField(null=True, blank=True, help_text="when the owner of the address showed that it is theirs")
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=8)
    folded_name = FoldedName(editable=False, default="")
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="from where they give: the constituency; the commune where it lies in several",
    )
    elected = models.BooleanField(default=False, help_text="holds an elective office: their dues are not counted")
    news = models.CharField(
        max_length=64, blank=True, help_text="version of the words that were ticked, until the address is proved and the consent kept"
    )
    created_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        indexes = [
            models.Index(fields=["email"], name="fundraising_donor_email"),
            models.Index(fields=["postcode"], condition=Q(email="", born_on__isnull=True), name="fundraising_donor_on_paper"),
            GinIndex(fields=["folded_name"], name="fundraising_donor_words", opclasses=["gin_trgm_ops"]),
        ]


class DonorCorrection(DeclaredWords):
    """What a donor had declared until a treasurer put it right: the words that stood, which of them changed, who did it and why.

    The donor's row says what stands; this one, that it was declared otherwise before. It is kept, and emptied, with the declaration.
    """

    erasure: ClassVar[Erasure] = KEPT

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    donor = models.ForeignKey(Donor, on_delete=models.PROTECT, related_name="corrections")
    named = models.UUIDField(null=True, blank=True, help_text="by which the file of donors named them until then: identity, or declaration")
    changed = ArrayField(models.CharField(max_length=16), help_text="names of what changed")
    reason = models.CharField(max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=now)
