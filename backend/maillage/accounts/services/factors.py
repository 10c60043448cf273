"""Second factors and passwords: what is told of them, and how somebody who lost them begins anew."""

from datetime import datetime
from uuid import UUID

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from maillage import journal
from maillage.accounts.models import AddressChange, User
from maillage.accounts.selectors.proofs import factor_types
from maillage.accounts.services.sessions import end_sessions
from maillage.kernel.errors import Invalid


def note_added_factor(*, request: HttpRequest, user: User, kind: str, now: datetime) -> None:
    """Whoever sets a factor up has proved it in this session; a mail tells its owner. Facts: factor.added."""
    record_authentication(request, user, "mfa", type=kind, reauthenticated=True)
    journal.record("factor.added", subject=user, at=now, actor_id=user.pk, kind=kind)


def note_removed_factor(*, request: HttpRequest, user: User, kind: str, now: datetime) -> None:
    """With the last factor goes what this session proved by it; a mail tells its owner. Facts: factor.removed."""
    if not factor_types(user):
        records = request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, [])
        request.session[AUTHENTICATION_METHODS_SESSION_KEY] = [record for record in records if record.get("method") != "mfa"]
    journal.record("factor.removed", subject=user, at=now, actor_id=user.pk, kind=kind)


def note_renewed_codes(*, user: User, now: datetime) -> None:
    """Other recovery codes were made, and the former ones are good for nothing; a mail tells their owner. Facts: factor.codes_renewed."""
    journal.record("factor.codes_renewed", subject=user, at=now, actor_id=user.pk)


def reset_factors(*, email: str, by_id: UUID | None, now: datetime) -> bool:
    """Take every second factor and the password of somebody away and sign them out everywhere; they sign in by code and begin anew.

    With the sessions goes another address that was asked for.
    `by_id`: the administrator, None for who has a shell on the machine. Says whether the address is a user's.
    Facts: factor.reset.
    """
    with transaction.atomic():
        user = User.objects.select_for_update().filter(email=email.strip().lower()).first()
        if user is None:
            return False
        Authenticator.objects.filter(user=user).delete()
        user.set_unusable_password()
        user.save(update_fields=["password"])
        end_sessions(user_id=user.pk)
        journal.record("factor.reset", subject=user, at=now, actor_id=by_id)
    return True


def set_password(*, user: User, password: str, session_key: str | None, now: datetime) -> None:
    """Let a user sign in with a password too. Their sessions end but that of this key, and what those browsers keep is wiped.

    Another address that was asked for before, in whatever session, is asked for no more.
    Facts: password.changed.  Raises: Invalid, with what the password lacks.
    """
    try:
        validate_password(password, user)
    except ValidationError as weak:
        raise Invalid(code="weak_password", fields={"password": list(weak.messages)}) from None
    with transaction.atomic():
        user.set_password(password)
        user.save(update_fields=["password"])
        AddressChange.objects.filter(user=user).delete()
        end_sessions(user_id=user.pk, but_key=session_key)
        journal.record("password.changed", subject=user, at=now, actor_id=user.pk)


def remove_password(*, user: User, session_key: str | None, now: datetime) -> None:
    """Sign in by code or passkey alone again; the same ends as with a new password. Facts: password.removed."""
    with transaction.atomic():
        user.set_unusable_password()
        user.save(update_fields=["password"])
        AddressChange.objects.filter(user=user).delete()
        end_sessions(user_id=user.pk, but_key=session_key)
        journal.record("password.removed", subject=user, at=now, actor_id=user.pk)
