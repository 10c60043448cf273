from django.db import migrations, models

# What was reported before days were asked is of the day on which it came, at the latest that on which the action ended.
DAYS = """
UPDATE actions_report AS report
SET met_on = LEAST((report.reported_at AT TIME ZONE area.time_zone)::date, (action.ends_at AT TIME ZONE area.time_zone)::date)
FROM actions_assignment AS assignment
JOIN actions_action AS action ON action.id = assignment.action_id
JOIN relays_seat AS seat ON seat.id = assignment.seat_id
JOIN territories_area AS area ON area.id = seat.area_id
WHERE assignment.id = report.assignment_id
"""


class Migration(migrations.Migration):
    dependencies = [("actions", "0006_launch_requests")]

    operations = [
        migrations.AddField(
            model_name="report",
            name="version",
            field=models.PositiveIntegerField(default=1, help_text="grows with each correction; one that waited names the one it read"),
        ),
        migrations.AddField(
            model_name="report",
            name="met_on",
            field=models.DateField(help_text="on which day of the place one met, or tried to", null=True),
        ),
        migrations.RunSQL(DAYS, migrations.RunSQL.noop),
        migrations.AlterField(
            model_name="report",
            name="met_on",
            field=models.DateField(help_text="on which day of the place one met, or tried to"),
        ),
    ]
