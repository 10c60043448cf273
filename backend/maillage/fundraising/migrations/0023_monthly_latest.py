from django.db import migrations, models


class Migration(migrations.Migration):
    """The order in which the treasurer's list of monthly donations is read gets an index."""

    dependencies = [
        ("fundraising", "0022_wording_of_a_closing"),
    ]

    operations = [
        migrations.AddIndex(
            model_name="monthlydonation",
            index=models.Index(fields=["fund", "-created_at", "-id"], name="fundraising_monthly_latest"),
        ),
    ]
