"""Two records of one person as situations: each with rows in every hall, and the whole database as text."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import connection

from maillage.accounts.domain import Role
from maillage.accounts.models import Grant, User
from maillage.actions import services as actions
from maillage.actions.domain import Met
from maillage.actions.models import Assignment
from maillage.kernel.clock import now
from maillage.messaging import services as messaging
from maillage.people import services as people
from maillage.people.domain import RELAY_CONTACT, Channel, ReasonKind
from maillage.people.models import AccessReason, ContactPoint, Person, SavedView
from maillage.relays import services as relays
from maillage.relays.domain import ApplicationStatus, TermKind
from tests.backend.accounts.factories import make_user
from tests.backend.people.factories import agree_to_relay
from tests.backend.people.import_files import agreement, imported, line
from tests.backend.relays.factories import SmallNetwork, make_application, make_holder

KEEPING_BOOKS = (
    "people_merge",
    "people_mergestep",
    "people_likeness",
    "people_likenesssearch",
    "people_consent",
    "people_access",
    "journal_",
    "accounts_session",
    "django_",
)
"""Tables that a merge and its undoing leave lines in."""


@dataclass(frozen=True)
class TwoRecords:
    """`kept` and `absorbed` are one person; `by` organises both places."""

    net: SmallNetwork
    kept: Person
    absorbed: Person
    by: User


def two_full_records(net: SmallNetwork) -> TwoRecords:
    """Two records with an account each and rows in every hall, some of which only one record can have."""
    by = net.organiser("department", "01", name="Inès Prat")
    imported(by, [line("Maïa", "Quillon", email="n@people.example", agreed="oui", on="2026-01-02", paper="P-1")], consents=[agreement()])
    people.addresses_to_ask(most=1, now=now() + timedelta(hours=2))
    people.confirm_entered_address(contact_point_id=ContactPoint.objects.get(value="n@people.example").pk, now=now())
    absorbed = Person.objects.get(family_name="Quillon")
    ContactPoint.objects.create(person=absorbed, channel=Channel.PHONE, value="+33600000001", verified_at=now(), is_preferred=True)
    _term, kept = make_holder(net.seat("0101"), email="maia@people.example", given_name="Maïa", family_name="Quillon-Leroy")
    ContactPoint.objects.create(person=kept, channel=Channel.EMAIL, value="n@people.example")
    ContactPoint.objects.create(person=kept, channel=Channel.PHONE, value="+33600000009", verified_at=now(), is_preferred=True)
    absorbed.user = make_user("n@people.example")
    absorbed.save()
    make_application(net.seat("0102"), person=absorbed)
    make_application(net.seat("0102"), person=kept, at=now() - timedelta(hours=3))
    make_application(net.seat("0103"), person=absorbed, status=ApplicationStatus.DECLINED)
    seat = net.seat("0103")
    relays.open_term(seat=seat, person=absorbed, kind=TermKind.RELAY, now=now() - timedelta(days=9), by=None)
    people.record_consent(
        person_id=kept.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, wording=RELAY_CONTACT.version, source="my_data", now=now()
    )
    people.withdraw_consent(person_id=absorbed.pk, purpose=RELAY_CONTACT.purpose, channel=Channel.EMAIL, source="mail_link", now=now())
    agree_to_relay(absorbed, channel=Channel.PHONE)
    words = {"fr": {"title": "Parlons-en", "summary": "", "brief": "Allez voir."}}
    action = actions.draft_action(
        network=net.network, texts=words, starts_at=now(), ends_at=now() + timedelta(days=9), by=net.organiser(), now=now()
    )
    actions.launch_action(action_id=action.pk, by=User.objects.get(email="nadia.xm@desk.example"), now=now())
    actions.report_assignment(
        assignment_id=Assignment.objects.get(action=action, seat=seat).pk,
        author_id=absorbed.pk,
        met=Met.STAFF,
        stance=None,
        quote="Je vous écoute.",
        failed="",
        now=now(),
    )
    for person in (kept, absorbed):
        messaging.queue_message("messaging.own_data", person=person, about_id=action.pk, now=now())
        SavedView.objects.create(owner=person.user, name="Ici", created_at=now())
    SavedView.objects.create(owner=absorbed.user, name="Ailleurs", created_at=now())
    AccessReason.objects.create(
        reader=by, kind=ReasonKind.OFFICER, words="Demande d'accès", person=absorbed, made_at=now(), ends_at=now() + timedelta(hours=1)
    )
    Grant.objects.create(
        user=absorbed.user,
        role=Role.RELAY,
        area=net.country.area("0104"),
        starts_at=now() - timedelta(days=2),
        ends_at=now(),
        origin="term:0",
    )
    return TwoRecords(net=net, kept=Person.objects.get(pk=kept.pk), absorbed=Person.objects.get(pk=absorbed.pk), by=by)


def dump() -> dict[str, list[str]]:
    """Every table as text, but for the books that a merge keeps."""
    rows = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            if not table.startswith(KEEPING_BOOKS) and table != "spatial_ref_sys":
                cursor.execute(f"SELECT row_to_json(t)::text FROM {table} t ORDER BY 1")
                rows[table] = [row for (row,) in cursor.fetchall()]
    return rows
