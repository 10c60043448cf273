import django.contrib.postgres.fields
import django.db.models.deletion
import maillage.kernel.clock
import maillage.kernel.ids
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("fundraising", "0004_reach_of_an_agent"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="DonorCorrection",
            fields=[
                ("honorific", models.CharField(blank=True, max_length=16)),
                ("given_name", models.CharField(blank=True, max_length=100)),
                ("family_name", models.CharField(blank=True, max_length=100)),
                ("born_on", models.DateField(blank=True, help_text="as declared; `identity` is found by it a moment later", null=True)),
                ("nationality", models.CharField(blank=True, help_text="ISO 3166-1", max_length=2)),
                ("address_lines", models.TextField(blank=True, help_text="tax address")),
                ("postcode", models.CharField(blank=True, max_length=16)),
                ("city", models.CharField(blank=True, max_length=100)),
                ("country", models.CharField(blank=True, help_text="ISO 3166-1, of the tax address", max_length=2)),
                ("id", models.UUIDField(default=maillage.kernel.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ("named", models.UUIDField(blank=True, help_text="by which the file of donors named them until then: identity, or declaration", null=True)),
                ("changed", django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=16), help_text="names of what changed", size=None)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=maillage.kernel.clock.now)),
                ("by", models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name="+", to=settings.AUTH_USER_MODEL)),
                ("donor", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="corrections", to="fundraising.donor")),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="receipt",
            name="printed",
            field=models.ForeignKey(blank=True, help_text="names and address as they are printed, where the donor's were put right since", null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="fundraising.donorcorrection"),
        ),
        migrations.AlterField(
            model_name="receipt",
            name="donor",
            field=models.ForeignKey(help_text="who gave", on_delete=django.db.models.deletion.PROTECT, related_name="receipts", to="fundraising.donor"),
        ),
    ]
