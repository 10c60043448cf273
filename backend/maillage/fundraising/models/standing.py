"""How many monthly donations stand in each state, kept by the database as they change."""

import pgtrigger

_STANDING = """
    INSERT INTO fundraising_monthlytotal AS known (fund_id, state, slot, donations, cents)
    SELECT changed.fund_id, changed.state, pg_backend_pid() % 8, sum(changed.one), sum(changed.one * changed.amount)
    FROM (VALUES {rows}) AS changed (fund_id, state, amount, one)
    GROUP BY changed.fund_id, changed.state HAVING sum(changed.one) <> 0 OR sum(changed.one * changed.amount) <> 0
    ORDER BY changed.fund_id, changed.state
    ON CONFLICT (fund_id, state, slot)
    DO UPDATE SET donations = known.donations + excluded.donations, cents = known.cents + excluded.cents;
    RETURN NULL;
"""
_NEW = "(NEW.fund_id, NEW.state, NEW.amount, 1)"
_OLD = "(OLD.fund_id, OLD.state, OLD.amount, -1)"


def standing_triggers() -> list[pgtrigger.Trigger]:
    """Say how `MonthlyTotal` follows the monthly donations: deferred, so that its hot rows are held for the commit alone."""
    when: list[tuple[str, pgtrigger.Operation, str]] = [
        ("standing_made", pgtrigger.Insert, _NEW),
        ("standing_changed", pgtrigger.Update, f"{_OLD}, {_NEW}"),
        ("standing_gone", pgtrigger.Delete, _OLD),
    ]
    return [
        pgtrigger.Trigger(name=name, operation=operation, when=pgtrigger.After, timing=pgtrigger.Deferred, func=_STANDING.format(rows=rows))
        for name, operation, rows in when
    ]
