import django.db.models.deletion
from django.db import migrations, models

import maillage.kernel.ids


class Migration(migrations.Migration):
    dependencies = [("actions", "0009_vacant_rule")]

    operations = [
        migrations.CreateModel(
            name="ReportPhoto",
            fields=[
                ("id", models.UUIDField(default=maillage.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("jpeg", models.BinaryField()),
                ("added_at", models.DateTimeField()),
                (
                    "report",
                    models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name="photo", to="actions.report"),
                ),
            ],
        ),
    ]
