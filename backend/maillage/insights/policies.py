"""Who may do what with what is shown together."""


def progress_abilities(*, organises_country: bool, organises: bool) -> dict[str, bool]:
    """What a reader may do on the page of a network's progress: aim anew, read tables about people."""
    return {"set_target": organises_country, "read_tables": organises}
