"""What may be done with a fund; sent as `abilities` with it."""


def fund_abilities(*, is_published: bool, is_closed: bool, is_envelope: bool, is_complete: bool) -> dict[str, bool]:
    """What an administrator may do with a fund as it stands; an envelope shows on the page of its recipient and has none of its own."""
    return {
        "describe": not is_closed,
        "publish": not is_envelope and not is_published and not is_closed and is_complete,
        "add_envelope": not is_envelope and not is_closed,
        "close": not is_closed and (is_envelope or is_published),
        "reopen": is_closed,
    }
