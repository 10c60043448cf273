"""Money after a payment, by its treasurer: differences, disputes, payouts, cards that wait, and what goes back."""

from typing import Any, cast
from uuid import UUID

from django.utils.translation import gettext as _
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from maillage.accounts.domain import Role
from maillage.accounts.models import User
from maillage.fundraising import services
from maillage.fundraising.domain.words import (
    DifferenceKind,
    DisputeState,
    DonationState,
    HeldFor,
    HeldOutcome,
    Method,
    MovementState,
    PayoutState,
    RefundState,
)
from maillage.fundraising.models import Donation, RefundRequest
from maillage.fundraising.selectors import money
from maillage.fundraising.selectors.treasury import recipient_kept
from maillage.fundraising.services.refunds import is_authorisation_needed, left_authorised, left_to_give_back
from maillage.journal.idempotency import HEADER, idempotent
from maillage.kernel.clock import now
from maillage.kernel.errors import Invalid
from maillage.kernel.rest.pages import keyset_page, read_limit
from maillage.kernel.rest.permissions import SignedIn
from maillage.people import services as people

PAGED = [OpenApiParameter("after"), OpenApiParameter("limit", int)]


class RunOut(serializers.Serializer[Any]):
    """One reading back of the provider: under way while `ended_at` is empty."""

    began_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)
    is_whole = serializers.BooleanField(help_text="it ended, and was not given up")
    is_by_night = serializers.BooleanField()
    seen = serializers.IntegerField(help_text="payments and movements read so far")
    applied = serializers.IntegerField(help_text="what had happened and was not heard of")
    balance = serializers.IntegerField(allow_null=True, help_text="cents")


class NewCardsOut(serializers.Serializer[Any]):
    """Cards that nobody knows are not taken."""

    closed_at = serializers.DateTimeField()
    until = serializers.DateTimeField(help_text="when they are taken again, unless it goes on")
    tries = serializers.IntegerField()
    declined = serializers.IntegerField()


class MoneyOut(serializers.Serializer[Any]):
    """How a recipient's money stands at the provider, in cents, and what waits for its treasurer."""

    currency = serializers.CharField()
    books = serializers.IntegerField(help_text="at the provider, by the books")
    balance = serializers.IntegerField(allow_null=True, help_text="there, as it was read last; empty: never")
    opening = serializers.IntegerField(help_text="what was there before these books began")
    under_way = serializers.IntegerField(help_text="debits on their way, which the balance counts and the books do not yet")
    reconciliation = RunOut(allow_null=True)
    differences = serializers.IntegerField(help_text="to be explained")
    explained = serializers.IntegerField()
    held = serializers.IntegerField(help_text="cards that wait")
    disputes = serializers.IntegerField(help_text="that wait for an answer")
    new_cards_closed = NewCardsOut(allow_null=True)


class WhoseOut(serializers.Serializer[Any]):
    """Whose donation it is about; empty where it is about none."""

    donation = serializers.UUIDField(allow_null=True)
    donor = serializers.CharField()


class DifferenceOut(WhoseOut):
    """Something on which the books and the provider do not agree."""

    id = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=DifferenceKind.choices)
    said = serializers.CharField(help_text="the kind, in the reader's language")
    reference = serializers.CharField(help_text="at the provider, or of the ledger")
    ours = serializers.IntegerField(allow_null=True, help_text="cents")
    theirs = serializers.IntegerField(allow_null=True, help_text="cents")
    opened_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)
    words = serializers.CharField(help_text="the explanation; empty: it waits for one")
    explained_at = serializers.DateTimeField(allow_null=True)


class DifferencesOut(serializers.Serializer[Any]):
    """A page of differences, the newest first."""

    items = DifferenceOut(many=True)
    next = serializers.CharField(allow_null=True)


class WordsIn(serializers.Serializer[Any]):
    """A sentence of the treasurer's."""

    words = serializers.CharField(max_length=1000)


class DisputeOut(WhoseOut):
    """A donation that a bank takes back, or asks about."""

    id = serializers.CharField()
    amount = serializers.IntegerField(help_text="cents")
    state = serializers.ChoiceField(choices=DisputeState.choices)
    reason = serializers.CharField(help_text="the bank's code")
    is_inquiry = serializers.BooleanField(help_text="nothing was taken yet")
    opened_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True, help_text="until when it may be answered")
    evidence = serializers.CharField(help_text="what was answered")
    answered_at = serializers.DateTimeField(allow_null=True)
    settled_at = serializers.DateTimeField(allow_null=True, help_text="when it was given")
    method = serializers.ChoiceField(choices=[*Method.choices, ("", "")])


class DisputesOut(serializers.Serializer[Any]):
    """A page of disputes, the newest first."""

    items = DisputeOut(many=True)
    next = serializers.CharField(allow_null=True)


class EvidenceIn(serializers.Serializer[Any]):
    """What speaks for us."""

    evidence = serializers.CharField(max_length=10_000)


class HeldOut(WhoseOut):
    """A card that waits for the treasurer, or about which it was decided."""

    amount = serializers.IntegerField(help_text="cents")
    country = serializers.CharField(help_text="of the donor's address")
    reason = serializers.ChoiceField(choices=HeldFor.choices)
    held_at = serializers.DateTimeField()
    given_up_at = serializers.DateTimeField(help_text="when it is given up unless somebody decides")
    outcome = serializers.ChoiceField(choices=HeldOutcome.choices)
    words = serializers.CharField()
    decided_at = serializers.DateTimeField(allow_null=True)


class HeldsOut(serializers.Serializer[Any]):
    """A page of such cards: those that wait by who waits longest, the others the newest first."""

    items = HeldOut(many=True)
    next = serializers.CharField(allow_null=True)


class DecidedOut(serializers.Serializer[Any]):
    """What became of it; still `held` where the provider does not answer, which is followed up."""

    state = serializers.ChoiceField(choices=DonationState.choices)


class PayoutOut(serializers.Serializer[Any]):
    """Money sent to the bank account."""

    id = serializers.CharField()
    amount = serializers.IntegerField(help_text="cents")
    state = serializers.ChoiceField(choices=PayoutState.choices)
    sent_at = serializers.DateTimeField()
    arrives_on = serializers.DateField()
    failure = serializers.CharField()
    is_automatic = serializers.BooleanField(help_text="only then it is known what it holds")


class PayoutsOut(serializers.Serializer[Any]):
    """A page of payouts, the newest first."""

    items = PayoutOut(many=True)
    next = serializers.CharField(allow_null=True)


class MovementOut(serializers.Serializer[Any]):
    """One line of the provider's books."""

    id = serializers.CharField()
    kind = serializers.CharField(help_text="as the provider names it")
    amount = serializers.IntegerField(help_text="cents")
    fee = serializers.IntegerField(help_text="cents")
    comes_from = serializers.CharField(help_text="charge, refund or dispute at the provider")
    happened_at = serializers.DateTimeField()
    state = serializers.ChoiceField(choices=MovementState.choices)
    donation = serializers.UUIDField(allow_null=True)


class PayoutLinesOut(PayoutOut):
    """A payout and a page of what it holds."""

    items = MovementOut(many=True)
    next = serializers.CharField(allow_null=True)


class RefundIn(serializers.Serializer[Any]):
    """What is to go back."""

    amount = serializers.IntegerField(help_text="cents")
    reason = serializers.CharField(max_length=300, help_text="for the books")


class RefundOut(serializers.Serializer[Any]):
    """A refund that was asked for."""

    id = serializers.UUIDField()
    amount = serializers.IntegerField(help_text="cents")
    reason = serializers.CharField()
    state = serializers.ChoiceField(choices=RefundState.choices)
    failure = serializers.CharField(help_text="the provider's code of why not")
    asked_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class AuthorisationIn(serializers.Serializer[Any]):
    """That the agent agreed."""

    amount = serializers.IntegerField(help_text="cents at most")
    authorised_by = serializers.CharField(max_length=200)
    authorised_on = serializers.DateField()
    reference = serializers.CharField(max_length=200, help_text="letter, mail or minutes in which it is written")


class AuthorisationOut(AuthorisationIn):
    """That the agent agreed, as it was recorded."""

    id = serializers.UUIDField()
    recorded_at = serializers.DateTimeField()


class DisputeLineOut(serializers.Serializer[Any]):
    """A dispute, beside its donation."""

    id = serializers.CharField()
    amount = serializers.IntegerField(help_text="cents")
    state = serializers.ChoiceField(choices=DisputeState.choices)
    reason = serializers.CharField()
    opened_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(allow_null=True)


class GivenBackOut(serializers.Serializer[Any]):
    """What went back of a donation, and what may."""

    amount = serializers.IntegerField(help_text="cents")
    refunded = serializers.IntegerField(help_text="cents, by refunds and by banks")
    left = serializers.IntegerField(help_text="cents that may still go back")
    needs_authorisation = serializers.BooleanField(help_text="the law lets it go back by the agent's word only")
    authorised = serializers.IntegerField(help_text="cents of that which are authorised; below zero where too much went back")
    requests = RefundOut(many=True)
    authorisations = AuthorisationOut(many=True)
    disputes = DisputeLineOut(many=True)


class MoneyView(APIView):
    """How a recipient's money stands."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_money", responses=MoneyOut)
    def get(self, request: Request, code: str) -> Response:
        """Say it; no donor is named."""
        at = now()
        return Response(money.money_of(recipient_kept(request.user, code=code, now=at), now=at))


class ReconcileView(APIView):
    """Reading the provider back."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_reconcile", request=None, responses={202: RunOut})
    def post(self, request: Request, code: str) -> Response:
        """Begin now, as each night; the run that is under way is answered where there is one. How far it is, `money` says."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        return Response(money.run_shown(services.begin_reconciliation(fund=fund, by=_by(request), now=at)), status=202)


class DifferencesView(APIView):
    """What the books and the provider do not agree about."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_differences",
        parameters=[OpenApiParameter("stands", str, enum=list(money.STANDS), description="open where nothing is said"), *PAGED],
        responses=DifferencesOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """List them."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        stands = request.query_params.get("stands", "open")
        if stands not in money.STANDS:
            raise Invalid(fields={"stands": [_("Choose one of what is offered.")]})
        page = keyset_page(money.differences_of(fund, stands=stands), keys=["-opened_at", "-id"], **_page(request))
        said = {kind.value: str(kind.label) for kind in DifferenceKind}
        _note(request, page["items"], "fundraising.differences")
        return Response({**page, "items": [_whose(row) | {"said": said[row["kind"]]} for row in page["items"]]})


class DifferenceView(APIView):
    """One difference."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_difference_explain", request=WordsIn, responses={204: None})
    def post(self, request: Request, id: UUID) -> Response:
        """Write down why it is so; it stays until it is gone, and is not red any more."""
        at = now()
        said = WordsIn(data=request.data)
        difference = money.difference_kept(request.user, id=id, now=at)
        said.is_valid(raise_exception=True)
        services.explain_difference(difference_id=difference.pk, words=said.validated_data["words"], by=_by(request), now=at)
        return Response(status=204)


class DisputesView(APIView):
    """Donations that banks take back."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_disputes",
        parameters=[OpenApiParameter("decided", bool, description="true: those that are decided"), *PAGED],
        responses=DisputesOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """List them."""
        fund = recipient_kept(request.user, code=code, now=now())
        rows = money.disputes_of(fund, is_open=not _is_asked(request, "decided"))
        page = keyset_page(rows, keys=["-opened_at", "-id"], **_page(request))
        _note(request, page["items"], "fundraising.disputes")
        return Response({**page, "items": [_whose(row) for row in page["items"]]})


class DisputeView(APIView):
    """One dispute."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_dispute_answer", request=EvidenceIn, responses={204: None})
    def post(self, request: Request, id: str) -> Response:
        """Answer the bank, once and for good."""
        at = now()
        dispute = money.dispute_kept(request.user, id=id, now=at)
        said = EvidenceIn(data=request.data)
        said.is_valid(raise_exception=True)
        services.answer_dispute(dispute_id=dispute.pk, evidence=said.validated_data["evidence"], by=_by(request), now=at)
        return Response(status=204)


class HeldView(APIView):
    """Cards that wait for the treasurer."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(
        operation_id="fundraising_held",
        parameters=[OpenApiParameter("decided", bool, description="true: those about which it was decided"), *PAGED],
        responses=HeldsOut,
    )
    def get(self, request: Request, code: str) -> Response:
        """List them."""
        fund = recipient_kept(request.user, code=code, now=now())
        is_waiting = not _is_asked(request, "decided")
        keys = ["given_up_at", "donation_id"] if is_waiting else ["-held_at", "-donation_id"]
        page = keyset_page(money.held_of(fund, is_waiting=is_waiting), keys=keys, **_page(request))
        _note(request, page["items"], "fundraising.held")
        items = [_whose(row) | {"amount": row["donation__amount"], "country": row["donation__donor__country"]} for row in page["items"]]
        return Response({**page, "items": items})


class TakeHeldView(APIView):
    """Taking a card that waited."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_held_take", request=None, responses=DecidedOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take what its bank granted."""
        at = now()
        donation = money.donation_kept(request.user, id=id, now=at)
        return Response({"state": services.take_held(donation_id=donation.pk, by=_by(request), now=at).state})


class RefuseHeldView(APIView):
    """Refusing a card that waited."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_held_refuse", request=WordsIn, responses=DecidedOut)
    def post(self, request: Request, id: UUID) -> Response:
        """Take nothing; the donor is told why, in these words."""
        at = now()
        donation = money.donation_kept(request.user, id=id, now=at)
        said = WordsIn(data=request.data)
        said.is_valid(raise_exception=True)
        done = services.refuse_held(donation_id=donation.pk, words=said.validated_data["words"], by=_by(request), now=at)
        return Response({"state": done.state})


class PayoutsView(APIView):
    """Money sent to the bank account."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_payouts", parameters=PAGED, responses=PayoutsOut)
    def get(self, request: Request, code: str) -> Response:
        """List it; no donor is named."""
        fund = recipient_kept(request.user, code=code, now=now())
        return Response(keyset_page(money.payouts_of(fund), keys=["-sent_at", "-id"], **_page(request)))


class PayoutView(APIView):
    """One payout."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_payout", parameters=PAGED, responses=PayoutLinesOut)
    def get(self, request: Request, id: str) -> Response:
        """Say what it holds, line by line; no donor is named."""
        payout = money.payout_kept(request.user, id=id, now=now())
        page = keyset_page(money.movements_of(payout), keys=["-happened_at", "-id"], **_page(request))
        items = [row | {"donation": row["entry__donation_id"], "comes_from": row["source"]} for row in page["items"]]
        return Response({**money.payouts_of(payout.fund).get(pk=payout.pk), **page, "items": items})


class GivenBackView(APIView):
    """What went back of one donation."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_given_back", responses=GivenBackOut)
    def get(self, request: Request, id: UUID) -> Response:
        """Say it, and what may still go back."""
        donation = money.donation_kept(request.user, id=id, now=now())
        _note_one(request, donation)
        return Response(_given_back(donation))

    @extend_schema(
        operation_id="fundraising_give_back",
        request=RefundIn,
        responses={201: RefundOut},
        parameters=[OpenApiParameter(HEADER, location=OpenApiParameter.HEADER, required=True, description="names this refund")],
    )
    def post(self, request: Request, id: UUID) -> Response:
        """Give back, once for each key; `asked` in the answer where the provider does not answer, which is followed up."""
        at = now()
        donation = money.donation_kept(request.user, id=id, now=at)
        key = request.headers.get(HEADER, "")
        if not 16 <= len(key) <= 128:
            raise Invalid(_("A refund needs a key of 16 to 128 letters, so that it is never made twice."), code="bad_idempotency_key")
        said = RefundIn(data=request.data)
        said.is_valid(raise_exception=True)
        made = services.give_back(donation_id=donation.pk, **said.validated_data, by=_by(request), key=key, now=at)
        return Response(_refund(made), status=201)


class AuthorisationsView(APIView):
    """The agent's word."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_authorise_refund", request=AuthorisationIn, responses={201: AuthorisationOut})
    @idempotent
    def post(self, request: Request, id: UUID) -> Response:
        """Record it: who, when, where it is written, and up to how much."""
        at = now()
        donation = money.donation_kept(request.user, id=id, now=at)
        said = AuthorisationIn(data=request.data)
        said.is_valid(raise_exception=True)
        made = services.authorise_refund(donation_id=donation.pk, **said.validated_data, by=_by(request), now=at)
        return Response({**AuthorisationIn(made).data, "id": made.pk, "recorded_at": made.recorded_at}, status=201)


class NewCardsView(APIView):
    """Cards that nobody knows, closed while somebody tries stolen ones."""

    policy = "fundraising.books"
    permission_classes = [SignedIn]

    @extend_schema(operation_id="fundraising_new_cards_open", request=None, responses={204: None})
    def post(self, request: Request, code: str) -> Response:
        """Take them again; nothing happens where they are taken."""
        at = now()
        fund = recipient_kept(request.user, code=code, now=at)
        services.open_new_cards(fund_id=fund.pk, by=_by(request), now=at)
        return Response(status=204)


def _given_back(donation: Donation) -> dict[str, Any]:
    return {
        "amount": donation.amount,
        "refunded": donation.refunded,
        "left": left_to_give_back(donation) if donation.charge else 0,
        "needs_authorisation": is_authorisation_needed(donation, now=now()),
        "authorised": left_authorised(donation),
        **money.given_back_of(donation),
    }


def _refund(made: RefundRequest) -> dict[str, Any]:
    return {
        "id": made.pk,
        "amount": made.amount,
        "reason": made.reason,
        "state": made.state,
        "failure": made.failure,
        "asked_at": made.asked_at,
        "ended_at": made.ended_at,
    }


def _whose(row: dict[str, Any]) -> dict[str, Any]:
    names = f"{row['donation__donor__given_name'] or ''} {row['donation__donor__family_name'] or ''}".strip()
    shown = {name.removeprefix("donation__"): value for name, value in row.items() if not name.startswith("donation__donor__")}
    return shown | {"donation": row["donation_id"], "donor": names}


def _note(request: Request, rows: list[dict[str, Any]], reading: str) -> None:
    named = {row["donation__donor__person_id"] for row in rows} - {None}
    people.note_access(reader=request.user, role=Role.TREASURER, reading=reading, person_ids=named, now=now())


def _note_one(request: Request, donation: Donation) -> None:
    named = [donation.donor.person_id] if donation.donor.person_id else []
    people.note_access(reader=request.user, role=Role.TREASURER, reading="fundraising.given_back", person_ids=named, now=now())


def _by(request: Request) -> User:
    return cast("User", request.user)


def _page(request: Request) -> dict[str, Any]:
    return {"after": request.query_params.get("after"), "limit": read_limit(request.query_params.get("limit"))}


def _is_asked(request: Request, name: str) -> bool:
    return request.query_params.get(name) == "true"
