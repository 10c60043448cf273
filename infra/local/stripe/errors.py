"""What the stand-in refuses, in Stripe's error shape."""

from typing import Any


class Refused(Exception):
    """An answer that is an error.

    `saved`: an idempotency key keeps it, as Stripe keeps what came after validation. `kept`: what was done before the
    refusal stays, as the failed charge of a declined card does.
    """

    def __init__(
        self,
        message: str,
        *,
        status: int = 400,
        kind: str = "invalid_request_error",
        saved: bool = True,
        kept: bool = False,
        **more: Any,
    ) -> None:
        super().__init__(message)
        self.status, self.saved, self.kept = status, saved, kept
        self.error = {"type": kind, "message": message} | {name: value for name, value in more.items() if value is not None}
        if code := self.error.get("code"):
            self.error["doc_url"] = f"https://stripe.com/docs/error-codes/{str(code).replace('_', '-')}"

    @property
    def body(self) -> dict[str, Any]:
        """The answer's body."""
        return {"error": self.error}


def missing(kind: str, id: str, *, param: str = "id") -> Refused:
    """Say that there is no such object."""
    said = {"payment_intent": "payment_intent", "payment_method": "PaymentMethod"}.get(kind, kind)
    return Refused(f"No such {said}: '{id}'", status=404 if param == "id" else 400, code="resource_missing", param=param)
