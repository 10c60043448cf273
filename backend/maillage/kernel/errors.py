"""Why a request is refused, said in a way that programs and people can act on.

Services raise these; `kernel.rest.problems` turns them into application/problem+json (RFC 9457).
`code` is stable and is what clients compare; `detail` is a translated sentence for people.
"""

from collections.abc import Mapping, Sequence

Fields = Mapping[str, Sequence[str]]


class Refusal(Exception):
    """A request that cannot be granted, with a stable code, a sentence, and what is wrong by field."""

    status = 400
    code = "refused"

    def __init__(self, detail: str = "", *, code: str = "", fields: Fields | None = None, **extra: object) -> None:
        super().__init__(detail or code or self.code)
        self.detail = detail
        self.code = code or self.code
        self.fields = dict(fields or {})
        self.extra = extra


class Invalid(Refusal):
    """The request says something impossible."""

    status = 400
    code = "invalid"


class Forbidden(Refusal):
    """The actor sees the thing and may not do this to it."""

    status = 403
    code = "forbidden"


class NotFound(Refusal):
    """There is no such thing, or the actor may not know that there is."""

    status = 404
    code = "not_found"


class Conflict(Refusal):
    """The thing has changed, or somebody was faster."""

    status = 409
    code = "conflict"


class Unavailable(Refusal):
    """Something outside does not answer; try again later."""

    status = 503
    code = "unavailable"
