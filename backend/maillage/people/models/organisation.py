"""The organisation of this installation, as it presents itself."""

from datetime import date
from typing import Any, ClassVar

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from maillage.kernel.fates import Erasure, Fate
from maillage.people.domain import NOTICE, Follows, LegalKind, missing_from_notice, what_follows
from maillage.people.models.consents import Controller


def every_language() -> list[str]:
    """Return the languages that the fixed texts speak, the installation's own first."""
    return [code for code, _name in settings.LANGUAGES]


class Organisation(models.Model):
    """Who runs this installation: one row. Its controller is who answers in law for the data (decision 1).

    The names of the publisher and of the data-protection officer stand here because a law has them printed on a public page: they
    are no data of a supporter.
    """

    erasure: ClassVar[Erasure] = Fate.NOT_PERSONAL

    id = models.SmallIntegerField(primary_key=True, default=1, editable=False)
    controller = models.ForeignKey(Controller, on_delete=models.PROTECT, related_name="+")
    country = models.CharField(max_length=2, help_text="ISO 3166-1")
    legal_kind = models.CharField(max_length=24, choices=LegalKind.choices)
    languages = ArrayField(models.CharField(max_length=8), default=every_language, help_text="offered to the public, the usual one first")
    address = models.TextField(blank=True)
    email = models.EmailField(blank=True, help_text="where people write about their data")
    officer = models.CharField(max_length=200, blank=True, help_text="the data-protection officer, by name, e-mail address or both")
    publisher = models.CharField(max_length=200, blank=True, help_text="the person responsible for what is published")
    host = models.TextField(blank=True, help_text="name, address and telephone")
    opened_at = models.DateTimeField(null=True, blank=True, help_text="since when the public may come in; empty: not yet")

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(pk=1), name="people_one_organisation")]

    @property
    def name(self) -> str:
        """Return the name of who answers in law for the data."""
        return self.controller.name

    @property
    def is_described(self) -> bool:
        """Say whether the first run was answered: false of the unnamed one, which names no controller of the database."""
        return not self.controller._state.adding

    @property
    def missing(self) -> list[str]:
        """Name what the notices still lack."""
        said: dict[str, Any] = {field: getattr(self, field) for field in NOTICE} if self.is_described else {}
        return missing_from_notice(said)

    def follows(self, on: date) -> Follows:
        """Return what follows in law from its country and kind on a day."""
        return what_follows(country=self.country, kind=self.legal_kind, on=on)

    @property
    def is_open(self) -> bool:
        """Say whether the public may come in."""
        return self.opened_at is not None

    def language_for(self, wanted: str) -> str:
        """Return the language in which somebody is spoken to: the one wanted, its base (`fr` for `fr-CA`), else the usual one."""
        return next((code for code in (wanted, wanted.split("-", 1)[0]) if code in self.languages), self.languages[0])
