from django.db import migrations, models

WITH_NOBODY = """
UPDATE people_promisestep step SET kind = 'nobody'
FROM people_promise promise
WHERE promise.id = step.promise_id AND step.kind = 'climb' AND step.owed_by_id IS NULL AND step.area_id = promise.area_id
"""
"""A call that came to a place where nobody organises was kept as a climb; where somebody without a name does, it comes to them once more."""


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0022_no_index_twice'),
    ]

    operations = [
        migrations.AlterField(
            model_name='promisestep',
            name='kind',
            field=models.CharField(choices=[('reminder', 'whoever owes the call was reminded'), ('climb', 'its hour passed, and the next organiser up owes the call'), ('nobody', 'its hour passed, and nobody is there to call')], max_length=16),
        ),
        migrations.RunSQL(WITH_NOBODY, "UPDATE people_promisestep SET kind = 'climb' WHERE kind = 'nobody'"),
    ]
