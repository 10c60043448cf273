"""Who decides: elected representatives and their mandates."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from maillage.advocacy.domain.bounds import GROUP_MOST, HOLDER_MOST, OFFICE_MOST, SEAT_MOST
from maillage.advocacy.domain.staff import NAME_MOST, ROLE_MOST
from maillage.kernel.clock import now
from maillage.kernel.fates import Erasure, Fate
from maillage.kernel.ids import uuid7
from maillage.territories.models import Area


class PoliticalGroup(models.Model):
    """A group of an assembly, with the colour that the assembly publishes for it, empty where the list gave none."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    body = models.CharField(max_length=32, help_text="the assembly: `fr-assemblee`")
    code = models.CharField(max_length=GROUP_MOST["code"])
    abbreviation = models.CharField(max_length=GROUP_MOST["abbreviation"])
    name = models.CharField(max_length=GROUP_MOST["name"])
    colour = models.CharField(max_length=7, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "code"], name="advocacy_one_group")]


class OfficeHolder(models.Model):
    """Someone who holds or held an elective office, known by public-office facts only."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.CharField(max_length=32, help_text="who numbers them: `fr-assemblee`")
    external_id = models.CharField(max_length=HOLDER_MOST["external_id"])
    civility = models.CharField(max_length=HOLDER_MOST["civility"], blank=True)
    given_name = models.CharField(max_length=HOLDER_MOST["given_name"])
    family_name = models.CharField(max_length=HOLDER_MOST["family_name"])
    office_email = models.EmailField(max_length=HOLDER_MOST["office_email"], blank=True)
    profile_url = models.URLField(max_length=HOLDER_MOST["profile_url"], blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "external_id"], name="advocacy_one_holder")]

    @property
    def full_name(self) -> str:
        return f"{self.given_name} {self.family_name}"


class Office(models.Model):
    """What an office holder is or was in their assembly beyond a member, in the words of its list."""

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    holder = models.ForeignKey(OfficeHolder, on_delete=models.CASCADE, related_name="offices")
    body = models.CharField(max_length=32)
    external_id = models.CharField(max_length=OFFICE_MOST["external_id"])
    title = models.CharField(max_length=OFFICE_MOST["title"])
    organ = models.CharField(max_length=OFFICE_MOST["organ"])
    begins_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["body", "external_id"], name="advocacy_one_office")]


class Mandate(models.Model):
    """An office holder sits for an area in an assembly, from a day to another; one at a time for each seat.

    Where several sit for one area (senators of a department), `seat` tells them apart.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    holder = models.ForeignKey(OfficeHolder, on_delete=models.CASCADE, related_name="mandates")
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="mandates")
    body = models.CharField(max_length=32)
    seat = models.CharField(max_length=SEAT_MOST, blank=True, default="")
    group = models.ForeignKey(PoliticalGroup, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    begins_on = models.DateField()
    is_begin_known = models.BooleanField(default=True, help_text="false: the list does not say, and it is the day on which we first saw it")
    ends_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["area", "body", "seat"], condition=Q(ends_on__isnull=True), name="advocacy_one_running_mandate"
            ),
            models.UniqueConstraint(fields=["holder", "area", "body", "begins_on"], name="advocacy_one_mandate"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("begins_on")), name="advocacy_mandate_ends_after_start"
            ),
        ]


class StaffMember(models.Model):
    """Somebody who works for an office holder, for the time of the mandate: name, role and the address of the office, nothing else.

    They are no person of ours and signed nothing: whoever may read it takes it away when they ask, and it goes once the mandate ended.
    """

    erasure: ClassVar[Erasure] = Fate.DELETE

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.CASCADE, related_name="staff")
    name = models.CharField(max_length=NAME_MOST)
    role = models.CharField(max_length=ROLE_MOST)
    office_email = models.EmailField(blank=True)
    noted_at = models.DateTimeField(default=now)
