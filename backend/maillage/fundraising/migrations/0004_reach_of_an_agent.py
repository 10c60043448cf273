from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("fundraising", "0003_fewer_bins"),
    ]

    operations = [
        migrations.AddField(
            model_name="fund",
            name="phone",
            field=models.CharField(blank=True, help_text="of an agent, for the file of donors alone: no page shows it", max_length=32),
        ),
        migrations.AddField(
            model_name="fund",
            name="email",
            field=models.EmailField(blank=True, help_text="of an agent, for the file of donors alone: no page shows it", max_length=254),
        ),
    ]
